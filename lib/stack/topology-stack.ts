import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DiagnosticsError, hasErrors } from '../diagnostics/diagnostic';
import { constructs } from '../kinds/constructs.generated';
import { resolve } from '../resolve/resolve';
import { sharedKeys, type Spec } from '../resolve/spec';
import type { ComponentConstruct, ComponentProps } from '../terraform/component-construct';
import { Network } from '../terraform/network';
import { withoutStackTraces } from '../terraform/stack-traces';
import type { Plain } from '../topology/plain';
import type { Component, Topology } from '../topology/topology';
import { makeBackend } from './backend';
import { Flows, type FlowsProps } from './flows';
import type { TopLevelSettings } from './settings-of';

type ConstructClass = new (scope: Construct, name: string, props: ComponentProps) => ComponentConstruct;

/** Moved blocks, lock files in S3 and write-only arguments: what we write needs all of them. */
const terraformVersion = '>= 1.11';

/**
 * The whole of a topology as one stack: provider, backend, network, components, flows.
 * @example new TopologyStack(app, 'orders', { version: 1, name: 'orders', regions: {…}, components: {…}, flows: {…} })
 */
export class TopologyStack extends TerraformStack {
  readonly network: Network;
  readonly components: ReadonlyMap<string, ComponentConstruct>;
  readonly flows: Flows;

  /** @param given a topology, or the settings of one as a spec has them */
  constructor(scope: Construct, id: string, given: Topology | Spec) {
    super(scope, id);
    const topology = 'settings' in given ? given : topologyOf(given);
    const made = withoutStackTraces(() => this.make(topology));
    this.network = made.network;
    this.components = made.components;
    this.flows = made.flows;
  }

  private make(topology: Topology) {
    const { name, deployment, settings } = topology;
    const region = topology.regions[0]!;
    this.addOverride('terraform.required_version', terraformVersion);
    makeProvider(this, region.name, topology);
    makeBackend(this, deployment.backend);
    const network = new Network(this, 'network', {
      topology: name,
      region: region.name,
      zones: region.zones,
      cidr: region.cidr,
      nat: region.nat,
      namePrefix: deployment.namePrefix,
      ...(deployment.account === null ? {} : { account: deployment.account }),
    });
    const components = new Map<string, ComponentConstruct>();
    const written = settings.components as Readonly<Record<string, Plain>>;
    for (const component of dependenciesFirst(topology.components)) {
      components.set(component.name, makeComponent(this, network, component, written[component.name]!, components));
    }
    const flows = new Flows(this, 'flows', (settings.flows ?? {}) as unknown as FlowsProps, topLevelOf(settings));
    return { network, components, flows };
  }
}

function topologyOf(spec: Spec): Topology {
  const { topology, diagnostics } = resolve(spec as unknown as Plain);
  if (!topology) throw new DiagnosticsError(diagnostics.filter((diagnostic) => hasErrors([diagnostic])));
  return topology;
}

function makeProvider(stack: TerraformStack, region: string, { name, deployment }: Topology): void {
  const { account, assumeRole, tags, provider } = deployment;
  const aws = new AwsProvider(stack, 'aws', {
    region,
    defaultTags: [{ tags: { topology: name, ...tags } }],
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
  const { terraform, was, assumptions } = written as Partial<Pick<ComponentProps, 'terraform' | 'was' | 'assumptions'>>;
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

function topLevelOf({ labels, assumeRole, tags, provider, backend, assumptions }: Plain): TopLevelSettings {
  const given = { labels, assumeRole, tags, provider, backend, assumptions };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as TopLevelSettings;
}
