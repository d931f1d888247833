import { ComponentConstruct } from '../terraform/component-construct';
import type { Network } from '../terraform/network';
import type { Plain, PlainValue } from '../topology/plain';

/** What a topology says beside its network, components and flows. */
export interface TopLevelSettings {
  readonly assumeRole?: string;
  /** Of all flows, for policies. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly provider?: Plain;
  readonly backend?: PlainValue;
  /** Other values for assumptions, each with its source or reason. */
  readonly assumptions?: Plain;
  /** Why what components that are no longer here held may be destroyed, by their names. */
  readonly allowReplacement?: Readonly<Record<string, string>>;
}

/** The plain settings of what was made in a network: the spec that would have made the same. */
export function settingsOf(network: Network, flows: Plain, topLevel: TopLevelSettings = {}): Plain {
  const { name: region, zones, cidr, nat } = network.region;
  const components = network.members.filter((member) => member instanceof ComponentConstruct);
  return {
    version: 1,
    name: network.topology,
    ...(network.account === null ? {} : { account: network.account }),
    ...(network.namePrefix === '' ? {} : { namePrefix: network.namePrefix }),
    ...(topLevel as Plain),
    regions: { [region]: { zones, cidr, nat } },
    components: Object.fromEntries(components.map((component) => [component.name, settingsOfComponent(component)])),
    flows,
  };
}

function settingsOfComponent(component: ComponentConstruct): Plain {
  const { kind, written, dependencies } = component;
  const { terraform, was, assumptions, allowReplacement } = component.props;
  return {
    kind: kind.name,
    ...written,
    ...(dependencies.length === 0 ? {} : { dependsOn: dependencies.map(({ on, without }) => ({ on: on.name, without })) }),
    ...(terraform === undefined ? {} : { terraform }),
    ...(was === undefined ? {} : { was }),
    ...(assumptions === undefined ? {} : { assumptions }),
    ...(allowReplacement === undefined ? {} : { allowReplacement }),
  };
}
