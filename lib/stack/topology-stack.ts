import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { DiagnosticsError, hasErrors } from '../diagnostics/diagnostic';
import { resolve } from '../resolve/resolve';
import type { Spec } from '../resolve/spec';
import type { ComponentConstruct } from '../terraform/component-construct';
import type { Network } from '../terraform/network';
import { withoutStackTraces } from '../terraform/stack-traces';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { Flows, type FlowsProps } from './flows';
import { makeTopology } from './make-topology';
import type { TopLevelSettings } from './settings-of';

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
    const { network, components } = makeTopology(this, topology);
    const { settings } = topology;
    const flows = new Flows(this, 'flows', (settings.flows ?? {}) as unknown as FlowsProps, topLevelOf(settings));
    return { network, components, flows };
  }
}

function topologyOf(spec: Spec): Topology {
  const { topology, diagnostics } = resolve(spec as unknown as Plain);
  if (!topology) throw new DiagnosticsError(diagnostics.filter((diagnostic) => hasErrors([diagnostic])));
  return topology;
}

function topLevelOf({ labels, assumeRole, tags, provider, backend, assumptions, allowReplacement }: Plain): TopLevelSettings {
  const given = { labels, assumeRole, tags, provider, backend, assumptions, allowReplacement };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as TopLevelSettings;
}
