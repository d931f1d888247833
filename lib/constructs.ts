/** The constructs of `nines/constructs`: they use the user's own copies of `cdktf`, `constructs` and the AWS provider. */
export * from './kinds/constructs.generated';
export type { Estimate, EstimateOptions, FlowEstimate } from './estimate/estimate';
export { estimate } from './stack/estimate-stack';
export { Flows, type FlowsProps } from './stack/flows';
export type { TopLevelSettings } from './stack/settings-of';
export { TopologyStack } from './stack/topology-stack';
export { ComponentConstruct, type Access, type ComponentProps, type DependencyProp } from './terraform/component-construct';
export type { AliasTarget, BalancerTarget } from './terraform/connections';
export { Network, type NetworkProps } from './terraform/network';
