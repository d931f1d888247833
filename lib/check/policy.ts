import type { Estimate, FlowEstimate } from '../estimate/estimate';
import type { Policy, PolicyTarget } from '../topology/policy';
import { evaluate } from '../topology/quantity';
import type { Topology } from '../topology/topology';
import type { Found } from './finding';
import { matches } from './matches';

/** What a policy has against a topology, beside what its own targets say. */
export function policyFindings({ results, topology }: Estimate, policy: Policy, today: string | null): Found[] {
  return [
    ...results.flatMap((result) => targetFindings(result, policy)),
    ...zoneFindings(topology, policy),
    ...kindFindings(topology, policy),
    ...ageFindings(topology, policy, today),
    ...results.flatMap((result) => promiseFindings(result, topology)),
  ];
}

function targetFindings({ flow, unavailability }: FlowEstimate, { targets }: Policy): Found[] {
  return targets
    .filter(({ flows, labels }) => matches(flows, flow.name) && labelled(flow, labels))
    .flatMap(({ fail, warn }): Found[] => {
      const [severity, wanted] =
        fail && unavailability > fail.unavailability
          ? (['error', fail] as const)
          : warn && unavailability > warn.unavailability
            ? (['warning', warn] as const)
            : [];
      return severity ? [{ code: 'policy-target', severity, flow: flow.name, address: `flow/${flow.name}`, wanted }] : [];
    });
}

function labelled({ labels }: FlowEstimate['flow'], wanted: PolicyTarget['labels']): boolean {
  return Object.entries(wanted).every(([key, pattern]) => Object.hasOwn(labels, key) && matches(pattern, labels[key]!));
}

function zoneFindings({ regions }: Topology, { minimumZones }: Policy): Found[] {
  if (minimumZones === null) return [];
  return regions
    .filter(({ zones }) => zones.length < minimumZones)
    .map(({ name, zones }) => ({
      code: 'policy-zones',
      severity: 'error',
      flow: null,
      address: `region/${name}`,
      detail: `Region ${name} has ${zones.length} ${zones.length === 1 ? 'zone' : 'zones'}, and the policy wants ${minimumZones}.`,
    }));
}

function kindFindings({ components, name }: Topology, { requiredKinds }: Policy): Found[] {
  return requiredKinds
    .filter((kind) => components.every((component) => component.kind !== kind))
    .map((kind) => ({
      code: 'policy-kind',
      severity: 'error',
      flow: null,
      address: `kind/${kind}`,
      detail: `${name} has no component of kind ${kind}, and the policy wants one.`,
    }));
}

function ageFindings({ assumptions }: Topology, { maximumAgeDays }: Policy, today: string | null): Found[] {
  if (maximumAgeDays === null || today === null) return [];
  return assumptions.flatMap(({ date, name }): Found[] => {
    const of = (detail: string): Found[] => [
      { code: 'policy-assumption-age', severity: 'error', flow: null, address: `assumption/${name}`, detail },
    ];
    if (date === '') return of(`The source of ${name} has no date, and the policy wants none older than ${maximumAgeDays} days.`);
    return daysBetween(date, today) > maximumAgeDays
      ? of(`The source of ${name} is of ${date}, and the policy wants none older than ${maximumAgeDays} days.`)
      : [];
  });
}

/** Days from a date, which may be a month or a year, to a day. The last day that the date may mean counts. */
function daysBetween(date: string, today: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number | undefined, number | undefined];
  // Day 0 of the next month is the last of this one.
  const from = day === undefined ? Date.UTC(year, month ?? 12, 0) : Date.UTC(year, month! - 1, day);
  return (Date.parse(`${today}T00:00:00Z`) - from) / 86_400_000;
}

/** A target that is stricter than what somebody else promises for a thing that the flow cannot do without. */
function promiseFindings({ flow }: FlowEstimate, topology: Topology): Found[] {
  if (!flow.target) return [];
  const { unavailability: wanted } = flow.target;
  const values = new Map(topology.assumptions.map(({ name, value }) => [name, value]));
  const valueOf = (name: string): number => values.get(name)!;
  const required = hardClosure(topology, [...flow.requires, ...flow.atomic]);
  return topology.components
    .filter(({ name }) => required.has(name))
    .flatMap(({ behaviour }) => behaviour.causes)
    .filter(
      ({ occurrence, scope }) =>
        scope === 'external' && 'unavailability' in occurrence && evaluate(occurrence.unavailability, valueOf) > wanted,
    )
    .map(({ address }) => ({ code: 'target-above-promise', severity: 'warning', flow: flow.name, address }));
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
