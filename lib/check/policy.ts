import type { Estimate, FlowEstimate } from '../estimate/estimate';
import type { Policy, PolicyTarget } from '../topology/policy';
import type { Topology } from '../topology/topology';
import { isDate } from '../units/calendar';
import { contradictions } from './consistency';
import type { Found } from './finding';
import { matches } from './matches';

/** What a policy has against a topology, beside what its own targets say. */
export function policyFindings({ results, topology }: Estimate, policy: Policy, today: string | null): Found[] {
  return [
    ...results.flatMap((result) => targetFindings(result, policy)),
    ...zoneFindings(topology, policy),
    ...kindFindings(topology, policy),
    ...ageFindings(topology, policy, today),
    ...results.flatMap(({ flow }) => contradictions(flow, topology)),
  ];
}

function targetFindings({ flow, interval, unavailability }: FlowEstimate, { metAt95, targets }: Policy): Found[] {
  const judged = metAt95 ? Math.max(unavailability, interval.p95) : unavailability;
  return targets
    .filter(({ flows, labels }) => matches(flows, flow.name) && labelled(flow, labels))
    .flatMap(({ fail, warn }): Found[] => {
      const [severity, wanted] =
        fail && judged > fail.unavailability
          ? (['error', fail] as const)
          : warn && judged > warn.unavailability
            ? (['warning', warn] as const)
            : [];
      const pessimistic = wanted && unavailability <= wanted.unavailability ? { judged } : {};
      return severity ? [{ code: 'policy-target', severity, flow: flow.name, address: `flow/${flow.name}`, wanted, ...pessimistic }] : [];
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
    const wanted = `the policy wants none older than ${maximumAgeDays} days.`;
    // A stated source may say `undated`, or what looks like a day and is none.
    if (!isDate(date)) return of(`The source of ${name} has no date, and ${wanted}`);
    if (date > today.slice(0, date.length))
      return of(`The source of ${name} is of ${date}, which is after ${today}, so that it counts as not dated, and ${wanted}`);
    return daysBetween(date, today) > maximumAgeDays ? of(`The source of ${name} is of ${date}, and ${wanted}`) : [];
  });
}

/** Days from a date, which may be a month or a year, to a day. The last day that the date may mean counts. */
function daysBetween(date: string, today: string): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number | undefined, number | undefined];
  // Day 0 of the next month is the last of this one.
  const from = day === undefined ? Date.UTC(year, month ?? 12, 0) : Date.UTC(year, month! - 1, day);
  return (Date.parse(`${today}T00:00:00Z`) - from) / 86_400_000;
}
