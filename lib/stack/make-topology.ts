import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { constructs } from '../kinds/constructs.generated';
import { sharedKeys } from '../resolve/spec';
import type { ComponentConstruct, ComponentProps } from '../terraform/component-construct';
import { Network } from '../terraform/network';
import type { Plain } from '../topology/plain';
import type { Component, Topology } from '../topology/topology';
import { makeBackend } from './backend';
import { makeOutputs } from './outputs';

type ConstructClass = new (scope: Construct, name: string, props: ComponentProps) => ComponentConstruct;

/** Moved blocks, lock files in S3 and write-only arguments: what we write needs all of them. */
const terraformVersion = '>= 1.11';

/** What a topology is made of in its stack. */
export interface MadeTopology {
  readonly network: Network;
  readonly components: ReadonlyMap<string, ComponentConstruct>;
}

/** Makes provider, backend, network and components of a topology: all that becomes resources. */
export function makeTopology(stack: TerraformStack, topology: Topology): MadeTopology {
  const { name, deployment, settings } = topology;
  const region = topology.regions[0]!;
  stack.addOverride('terraform.required_version', terraformVersion);
  makeBackend(stack, deployment.backend);
  const network = new Network(stack, 'network', {
    topology: name,
    region: region.name,
    zones: region.zones,
    cidr: region.cidr,
    nat: region.nat,
    namePrefix: deployment.namePrefix,
    tags: deployment.tags,
    ...(deployment.account === null ? {} : { account: deployment.account }),
  });
  makeProvider(stack, network, deployment);
  const components = new Map<string, ComponentConstruct>();
  const written = settings.components as Readonly<Record<string, Plain>>;
  for (const component of dependenciesFirst(topology.components)) {
    components.set(component.name, makeComponent(stack, network, component, written[component.name]!, components));
  }
  makeOutputs(stack, [...components.values()]);
  return { network, components };
}

function makeProvider(stack: TerraformStack, { region, tags }: Network, { account, assumeRole, provider }: Topology['deployment']): void {
  const aws = new AwsProvider(stack, 'aws', {
    region: region.name,
    defaultTags: [{ tags }],
    ...(account === null ? {} : { allowedAccountIds: [account] }),
    ...(assumeRole === null ? {} : { assumeRole: [{ roleArn: assumeRole }] }),
  });
  for (const [argument, value] of Object.entries(provider)) aws.addOverride(argument, value);
}

function makeComponent(
  scope: Construct,
  network: Network,
  { name, kind, dependsOn }: Component,
  written: Plain,
  made: ReadonlyMap<string, ComponentConstruct>,
): ComponentConstruct {
  const { terraform, was, assumptions, allowReplacement } = written as Partial<ComponentProps>;
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => !(sharedKeys as readonly string[]).includes(key)));
  const Construct = (constructs as unknown as Readonly<Record<string, ConstructClass>>)[kind];
  if (!Construct) throw new Error(`The kind ${kind} has no construct. This is a bug in nines.`);
  return new Construct(scope, name, {
    ...own,
    network,
    dependsOn: dependsOn.map(({ on, without }) => ({ on: made.get(on)!, without })),
    ...(terraform === undefined ? {} : { terraform }),
    ...(was === undefined ? {} : { was }),
    ...(assumptions === undefined ? {} : { assumptions }),
    ...(allowReplacement === undefined ? {} : { allowReplacement }),
  });
}

/** Each component after all that it depends on; otherwise in the order of the spec. */
export function dependenciesFirst(components: readonly Component[]): Component[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  const done = new Set<Component>();
  const visit = (component: Component) => {
    if (done.has(component)) return;
    // Dependencies have no cycles, as was checked: a component is done when all below it are.
    for (const { on } of component.dependsOn) visit(byName.get(on)!);
    done.add(component);
  };
  components.forEach(visit);
  return [...done];
}
