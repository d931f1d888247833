import type { Behaviour, Cause, Group, Length, Promoted, Replacement, Unit } from '../../lib/topology/behaviour';
import type { Component, Dependency, Flow, Topology } from '../../lib/topology/topology';

/** A length of this many seconds on average. */
export function lasting(mean: number, distribution: 'fixed' | 'exponential' = 'exponential'): Length {
  return { distribution, mean, sigma: null };
}

/** A behaviour in which nothing is said but what is given. */
export function behaviour(parts: Partial<Behaviour>): Behaviour {
  return { units: [], causes: [], groups: [], balanced: null, notModelled: ['all else'], ...parts };
}

export function unit(component: string, zone: string | null, number = 0): Unit {
  return { address: `unit/${component}/${zone ?? 'any'}/${number}`, zone };
}

/** Each unit fails by itself. */
export function unitCauses(units: readonly Unit[], perYear: number, length: Length): Cause[] {
  return units.map(({ address }) => ({
    address,
    scope: 'unit',
    occurrence: { perYear, length },
    hits: { units: [address] },
    caught: null,
  }));
}

export function pool(units: readonly Unit[], needs: number, replacement: Replacement | null = null, more: Partial<Group> = {}): Group {
  return {
    name: 'targets',
    form: 'pool',
    units: units.map(({ address }) => address),
    shard: null,
    without: 'down',
    place: null,
    needs,
    replacement,
    ...more,
  } as Group;
}

export function promoted(
  units: readonly Unit[],
  times: { switchOver: number; operator: number; coverage: number; catchUp?: number },
  more: Partial<Promoted> = {},
): Group {
  const addresses = units.map(({ address }) => address);
  const place = { outcomes: addresses.map((primary) => ({ zones: {}, primary })) };
  return { name: 'nodes', form: 'promoted', units: addresses, shard: null, without: 'down', place, ...times, ...more } as Group;
}

export function component(
  name: string,
  parts: Partial<Behaviour>,
  dependsOn: readonly Dependency[] = [],
  more: Partial<Component> = {},
): Component {
  return {
    name,
    kind: 'any',
    region: 'r',
    settings: {},
    dependsOn,
    behaviour: behaviour(parts),
    reach: 'inside',
    terraform: null,
    was: null,
    ...more,
  };
}

export function flow(name: string, requires: readonly string[], more: Partial<Flow> = {}): Flow {
  return { name, requires, atomic: [], inDoubt: 0, target: null, labels: {}, ...more };
}

export function zoneCauses(zones: readonly string[], perYear: number, length: Length): Cause[] {
  return zones.map((zone) => ({ address: `zone/r/${zone}`, scope: 'zone', occurrence: { perYear, length }, hits: { zone }, caught: null }));
}

/** A topology of one region from its components, without a spec behind it. */
export function topology(
  components: readonly Component[],
  flows: readonly Flow[],
  causes: readonly Cause[] = [],
  more: Partial<Topology> = {},
): Topology {
  return {
    name: 'built',
    regions: [{ name: 'r', zones: ['a', 'b', 'c'], cidr: '10.0.0.0/16', nat: 'per-zone' }],
    components,
    flows,
    causes,
    controlPlaneWithZone: 0,
    assumptions: [],
    notModelled: [],
    deployment: { account: null, assumeRole: null, namePrefix: '', tags: {}, provider: {}, backend: 'local' },
    settings: {},
    ...more,
  };
}
