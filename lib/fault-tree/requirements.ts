import type { Quantity } from '../topology/quantity';
import type { Component, Flow, Topology } from '../topology/topology';

/** How a component can take a flow down: by being down itself, also by being degraded, also by leaving transactions in doubt. */
export interface Requirement {
  readonly component: string;
  readonly fully: boolean;
  readonly doubt: Quantity | null;
}

const byName = (topology: Topology): Map<string, Component> => new Map(topology.components.map((component) => [component.name, component]));

/** Components that must not be down for these to be up, themselves included, in the order in which they are met. */
export function closureOf(components: ReadonlyMap<string, Component>, names: readonly string[]): string[] {
  const met = new Set<string>();
  const visit = (name: string): void => {
    if (met.has(name)) return;
    met.add(name);
    for (const { on, without } of components.get(name)!.dependsOn) if (without === 'down') visit(on);
  };
  names.forEach(visit);
  return [...met];
}

/** Components whose outage degrades one of these. */
function softOf(components: ReadonlyMap<string, Component>, names: readonly string[]): string[] {
  const soft = names.flatMap((name) => components.get(name)!.dependsOn.flatMap(({ on, without }) => (without === 'degraded' ? [on] : [])));
  return closureOf(components, soft);
}

/** The components by which a flow stands, and what its users notice of others. */
export interface FlowNeeds {
  readonly flow: Flow;
  /** Hard closure of what it requires and of the participants of its transactions. */
  readonly required: readonly string[];
  /** The flow is down when one of these is not met. */
  readonly down: readonly Requirement[];
  /** The flow is degraded or worse when one of these is not met. */
  readonly degraded: readonly Requirement[];
}

/** What each flow needs. A participant of a transaction must be fully up, and so must all that it stands on. */
export function needsOf(topology: Topology): FlowNeeds[] {
  const components = byName(topology);
  return topology.flows.map((flow) => {
    const required = closureOf(components, [...flow.requires, ...flow.atomic]);
    const participants = closureOf(components, flow.atomic);
    const down = new Map<string, Requirement>();
    const need = (name: string, fully: boolean, doubt: Quantity | null): void => {
      const known = down.get(name);
      down.set(name, { component: name, fully: fully || (known?.fully ?? false), doubt: doubt ?? known?.doubt ?? null });
    };
    for (const name of required) need(name, false, null);
    for (const name of participants) need(name, true, flow.inDoubt);
    for (const name of softOf(components, participants)) need(name, false, null);
    const degraded = new Map(down);
    for (const name of required) degraded.set(name, { ...down.get(name)!, fully: true });
    for (const name of softOf(components, required)) {
      if (!degraded.has(name)) degraded.set(name, { component: name, fully: false, doubt: null });
    }
    return { flow, required, down: [...down.values()], degraded: [...degraded.values()] };
  });
}

/** The in-doubt times that concern each component. */
export function doubtsOf(topology: Topology): Map<string, Quantity[]> {
  const components = byName(topology);
  const doubts = new Map<string, Quantity[]>();
  for (const { atomic, inDoubt } of topology.flows) {
    for (const name of closureOf(components, atomic)) doubts.set(name, [...(doubts.get(name) ?? []), inDoubt]);
  }
  return doubts;
}
