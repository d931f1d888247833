import type { Cause } from '../topology/behaviour';
import { assumptionsOf, evaluate } from '../topology/quantity';
import type { Component, Flow, Target, Topology } from '../topology/topology';
import { secondsPerYear } from '../units/duration';
import type { Found } from './finding';

/** What of a flow's target contradicts what it stands on, whatever the estimate says. */
export function contradictions(flow: Flow, topology: Topology): Found[] {
  const { target } = flow;
  if (!target) return [];
  const required = hardClosure(topology, [...flow.requires, ...flow.atomic]);
  return topology.components
    .filter(({ name }) => required.has(name))
    .flatMap((component) => [
      ...promises(component, flow.name, target, topology),
      ...copies(component, flow.name, target),
      ...redirects(component, flow.name, target),
    ]);
}

/** A target that is stricter than what somebody else promises for a thing that the flow cannot do without. */
function promises({ behaviour }: Component, flow: string, { unavailability }: Target, { assumptions }: Topology): Found[] {
  const byName = new Map(assumptions.map((assumption) => [assumption.name, assumption]));
  const isPromised = ({ occurrence, scope }: Cause): boolean =>
    scope === 'external' ||
    (scope === 'service' &&
      'unavailability' in occurrence &&
      assumptionsOf(occurrence.unavailability).some((name) => byName.get(name)!.basis === 'sla'));
  return behaviour.causes
    .filter(isPromised)
    .map((cause) => ({ cause, promised: promisedBy(cause, (name) => byName.get(name)!.value) }))
    .filter(({ promised }) => promised > unavailability)
    .map(({ cause: { address }, promised }) => ({ code: 'target-above-promise', severity: 'warning', flow, address, promised }));
}

function promisedBy({ occurrence }: Cause, valueOf: (assumption: string) => number): number {
  if ('unavailability' in occurrence) return evaluate(occurrence.unavailability, valueOf);
  const perUpTime = (evaluate(occurrence.perYear, valueOf) * evaluate(occurrence.length.mean, valueOf)) / secondsPerYear;
  return perUpTime / (1 + perUpTime);
}

/** Data that comes back from a copy which may be older than what may be lost. */
function copies({ behaviour: { backup }, name }: Component, flow: string, { rpo }: Target): Found[] {
  if (!backup || rpo === null || rpo >= backup.intervalSeconds) return [];
  const { intervalSeconds, standbysAreCurrent } = backup;
  return [
    {
      code: 'rpo-below-backup',
      severity: standbysAreCurrent ? 'note' : 'warning',
      flow,
      address: `component/${name}`,
      times: { wanted: rpo, parts: [intervalSeconds] },
    },
  ];
}

/** Callers that are led elsewhere later than the flow must work again. */
function redirects({ behaviour: { redirect }, name }: Component, flow: string, { rto }: Target): Found[] {
  if (!redirect || rto === null || rto >= redirect.detectionSeconds + redirect.ttlSeconds) return [];
  const times = { wanted: rto, parts: [redirect.detectionSeconds, redirect.ttlSeconds] };
  return [{ code: 'rto-below-redirect', severity: 'warning', flow, address: `component/${name}`, times }];
}

function hardClosure({ components }: Topology, from: readonly string[]): ReadonlySet<string> {
  const byName = new Map(components.map((component) => [component.name, component]));
  const reached = new Set<string>();
  const waiting = [...from];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { on, without } of byName.get(name)?.dependsOn ?? []) if (without === 'down') waiting.push(on);
  }
  return reached;
}
