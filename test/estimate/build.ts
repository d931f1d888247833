import type { Assumption } from '../../lib/assumptions/assumption';
import type { Behaviour, Cause, Group, Pool, Promoted, Unit } from '../../lib/topology/behaviour';
import { primariesOf } from '../../lib/topology/place';
import type { Quantity } from '../../lib/topology/quantity';
import type { Component, Dependency, Flow, Target, Topology } from '../../lib/topology/topology';

const hour = 3600;
export const year = 365 * 86_400;

/** A cause that lasts exponentially long. */
export function cause(address: string, hits: Cause['hits'], perYear: Quantity, mean: Quantity = hour, scope?: Cause['scope']): Cause {
  return {
    address,
    scope: scope ?? (address.split('/')[0] as Cause['scope']),
    occurrence: { perYear, length: { distribution: 'exponential', mean, sigma: null } },
    hits,
    caught: null,
  };
}

export const zoneCause = (zone: string, perYear: Quantity = 0.2, mean: Quantity = hour): Cause =>
  cause(`zone/r/${zone}`, { zone }, perYear, mean);

/** A pool with a unit in each of these zones; its units fail with their zones alone. */
export function pool(name: string, zones: readonly string[], needs: number, more: Partial<Pool> = {}): Behaviour {
  const units: Unit[] = zones.map((zone, i) => ({ address: `unit/${name}/${zone}/${i}`, zone }));
  const group: Group = {
    form: 'pool',
    name: 'targets',
    units: units.map(({ address }) => address),
    shard: null,
    without: 'down',
    place: null,
    needs,
    replacement: null,
    ...more,
  };
  return { units, causes: [], groups: [group], balanced: null, notModelled: [] };
}

/** A unit in each of these zones, any of which may serve. */
export function promoted(name: string, zones: readonly string[], more: Partial<Promoted> = {}): Behaviour {
  const units: Unit[] = zones.map((zone) => ({ address: `unit/${name}/${zone}/0`, zone }));
  const group: Group = {
    form: 'promoted',
    name: 'nodes',
    units: units.map(({ address }) => address),
    shard: null,
    without: 'down',
    place: { outcomes: primariesOf(units, zones) },
    switchOver: 60,
    coverage: 1,
    operator: hour,
    ...more,
  };
  return { units, causes: [], groups: [group], balanced: null, notModelled: [] };
}

/** Something that is down while its one cause is present. */
export const whole = (...causes: readonly Cause[]): Behaviour => ({ units: [], causes, groups: [], balanced: null, notModelled: [] });

export function component(
  name: string,
  behaviour: Behaviour,
  dependsOn: readonly (string | Dependency)[] = [],
  reach: Component['reach'] = 'inside',
): Component {
  return {
    name,
    kind: 'test',
    region: 'r',
    settings: {},
    dependsOn: dependsOn.map((on) => (typeof on === 'string' ? { on, without: 'down' } : on)),
    behaviour,
    reach,
    terraform: null,
    was: null,
  };
}

export const target = (availability: string, unavailability: number, more: Partial<Target> = {}): Target => ({
  availability,
  unavailability,
  measure: 'time',
  includesChange: true,
  enforce: true,
  rto: null,
  rpo: null,
  ...more,
});

export const flow = (name: string, requires: readonly string[], more: Partial<Flow> = {}): Flow => ({
  name,
  requires,
  atomic: [],
  labels: {},
  inDoubt: 60,
  target: null,
  ...more,
});

export const assumption = (name: string, value: number, range?: readonly [number, number], more: Partial<Assumption> = {}): Assumption => ({
  name,
  unit: 'per year',
  value,
  ...(range ? { range } : {}),
  basis: 'judgement',
  source: 'made up for a test',
  date: '2026-01',
  covers: 'this test',
  ...more,
});

export function topology(parts: {
  readonly components: readonly Component[];
  readonly flows: readonly Flow[];
  readonly causes?: readonly Cause[];
  readonly assumptions?: readonly Assumption[];
  readonly zones?: readonly string[];
}): Topology {
  return {
    name: 'test',
    regions: [{ name: 'r', zones: parts.zones ?? ['a', 'b', 'c'], cidr: '10.0.0.0/16', nat: 'per-zone' }],
    components: parts.components,
    flows: parts.flows,
    causes: parts.causes ?? [],
    controlPlaneWithZone: 0,
    assumptions: (parts.assumptions ?? []).map((each) => ({ ...each, from: 'default' })),
    notModelled: ['everything else'],
    deployment: { account: null, assumeRole: null, namePrefix: '', tags: {}, provider: {}, backend: 'local' },
    settings: {},
  };
}
