import type { Cause, Group, Length, Unit } from '../topology/behaviour';
import { evaluate } from '../topology/quantity';
import type { Quantity } from '../topology/quantity';
import type { Component, Topology } from '../topology/topology';
import { secondsPerYear } from '../units/duration';
import { companionsOf } from './companions';
import { drawsOf } from './draws';
import type {
  CauseLayout,
  ChoiceLayout,
  ComponentLayout,
  FlowLayout,
  GroupLayout,
  HitLayout,
  Layout,
  LengthLayout,
  UnitLayout,
} from './layout';
import { closure, dependenciesFirst } from './order';

export interface LayoutOptions {
  /** False leaves out bad deployments and configurations. */
  readonly includesChange: boolean;
}

/** Lengths that nobody stated: any will do for shares of time. */
const unstatedLength: Length = { distribution: 'exponential', mean: 3600, sigma: null };

/** A failing choice is drawn at least this often, shared between the choices of one cause. */
const failuresDrawn = 0.3;

/** The topology as the simulation moves it. */
export function layoutOf(topology: Topology, options: LayoutOptions = { includesChange: true }): Layout {
  const nominal = new Map(topology.assumptions.map((assumption) => [assumption.name, assumption.value]));
  const number = (quantity: Quantity): number =>
    evaluate(quantity, (name) => {
      const value = nominal.get(name);
      if (value === undefined) throw new Error(`The topology states no value for the assumption ${name}. This is a bug in nines.`);
      return value;
    });

  const order = dependenciesFirst(topology.components);
  const componentIndex = new Map(order.map((component, i) => [component.name, i]));
  const regions = topology.regions.map((region) => region.name);
  const zones = topology.regions.flatMap((region) => region.zones);
  const zoneRegion = topology.regions.flatMap((region, r) => region.zones.map(() => r));
  const stated: Cause[] = [...topology.causes, ...order.flatMap((component) => component.behaviour.causes)];
  const written = stated.filter(
    (cause) =>
      (options.includesChange || cause.scope !== 'change') &&
      number('perYear' in cause.occurrence ? cause.occurrence.perYear : cause.occurrence.unavailability) > 0,
  );
  const unitIndex = new Map(order.flatMap((component) => component.behaviour.units).map((unit, i) => [unit.address, i]));
  const unitsOf = (names: readonly string[]): Int32Array => Int32Array.from(names, (name) => find(unitIndex, name));
  // A part that never fails itself is still out with the zone in which it lives.
  const parts = stated.flatMap((cause) => ('outboundOf' in cause.hits ? [cause.hits] : []));

  let hitCount = 0;
  let choiceCount = 0;
  const choices: ChoiceLayout[][] = written.map(() => []);
  const choiceAt = new Map<string, number>();
  /** One choice per cause, component and chance; certain outcomes need none. */
  function choiceFor(kind: string, cause: number, component: number, works: number): number {
    const key = `${kind} ${cause} ${component} ${works}`;
    const known = choiceAt.get(key);
    if (known !== undefined) return known;
    choices[cause]!.push({ index: choiceCount, works, fails: 1 - works, drawnToFail: 0 });
    choiceAt.set(key, choiceCount);
    return choiceCount++;
  }

  const units: UnitLayout[] = [];
  const groups: GroupLayout[] = [];
  const components: ComponentLayout[] = [];
  order.forEach((component, c) => {
    const { behaviour } = component;
    const region = regions.indexOf(component.region);
    const inZones = zonesOf(component, zones);
    for (const unit of behaviour.units) {
      const { pool, detection } = recoveryOf(component, unit);
      const replacement = pool?.replacement ?? null;
      const moves = replacement !== null && replacement.spare !== null;
      const home = unit.zone === null ? -1 : zones.indexOf(unit.zone);
      const spare = replacement?.spare ?? null;
      units.push({
        address: unit.address,
        component: c,
        region,
        home,
        movesAfter: moves ? number(replacement.time) : Infinity,
        moveNeedsControlPlane: replacement?.needs === 'control-plane',
        spareChoice: Int32Array.from(written, (cause, i) =>
          moves && spare !== null && 'zone' in cause.hits && inZones.includes(zones.indexOf(cause.hits.zone))
            ? choiceFor('spare', i, c, number(spare))
            : -1,
        ),
        zones: Int32Array.from(inZones),
        peers: unitsOf((pool?.units ?? [unit.address]).slice()),
        detection: detection === null ? -1 : number(detection),
      });
    }
    const first = groups.length;
    for (const group of behaviour.groups) {
      const members = unitsOf(group.units);
      groups.push({
        form: group.form,
        component: c,
        units: members,
        needs: group.form === 'pool' ? group.needs : 1,
        switchOver: group.form === 'promoted' ? number(group.switchOver) : 0,
        operator: group.form === 'promoted' ? number(group.operator) : 0,
        catchUp: group.form === 'promoted' ? number(group.catchUp ?? 0) : 0,
        failoverChoice: Int32Array.from(written, (cause, i) =>
          group.form === 'promoted' && group.units.length > 1 && mayHit(cause, component, group)
            ? choiceFor('failover', i, c, number(group.coverage))
            : -1,
        ),
        without: group.without,
        shard: group.shard ?? -1,
      });
    }
    const outside = component.dependsOn.filter(({ on }) => order[find(componentIndex, on)]!.reach === 'outside');
    const shards = new Set(behaviour.groups.flatMap((group) => (group.shard === null ? [] : [group.shard])));
    components.push({
      name: component.name,
      region,
      hard: Int32Array.from(
        component.dependsOn.filter(({ without }) => without === 'down'),
        ({ on }) => find(componentIndex, on),
      ),
      soft: Int32Array.from(
        component.dependsOn.filter(({ without }) => without === 'degraded'),
        ({ on }) => find(componentIndex, on),
      ),
      groups: Int32Array.from(behaviour.groups, (_, i) => first + i),
      outside: outside.some(({ without }) => without === 'down') ? 'hard' : outside.length > 0 ? 'soft' : 'none',
      shards: shards.size,
      balancedGroup: behaviour.balanced ? first + behaviour.groups.findIndex(({ name }) => name === behaviour.balanced!.group) : -1,
      loadInUnits: behaviour.balanced?.loadInUnits ?? 0,
    });
  });

  function hitsOf(cause: Cause, names: readonly string[]): HitLayout[] {
    return names.map((name) => {
      const unit = find(unitIndex, name);
      const component = order[units[unit]!.component]!;
      const replacement =
        cause.scope === 'change'
          ? null
          : (recoveryOf(
              component,
              component.behaviour.units.find(({ address }) => address === name)!,
            ).pool?.replacement ?? null);
      return {
        index: hitCount++,
        unit,
        replacedAfter: replacement ? number(replacement.time) : Infinity,
        needsControlPlane: replacement?.needs === 'control-plane',
      };
    });
  }

  const withoutCompanions = written.map((cause, i): Omit<CauseLayout, 'companions'> => {
    const { hits, occurrence } = cause;
    const length = occurrence.length ?? unstatedLength;
    const meanLength = number(length.mean);
    const zone = 'zone' in hits ? zones.indexOf(hits.zone) : -1;
    const mayLieThere = groups.filter(({ units: members }) => members.some((unit) => units[unit]!.zones.includes(zone)));
    return {
      address: cause.address,
      rate: 'perYear' in occurrence ? number(occurrence.perYear) / secondsPerYear : rateOf(number(occurrence.unavailability), meanLength),
      meanLength,
      tail: Math.max(0, ...mayLieThere.map(({ catchUp }) => catchUp)),
      lengthKnown: occurrence.length !== null,
      length: lengthLayout(length, meanLength),
      zone,
      region: 'region' in hits ? regions.indexOf(hits.region) : -1,
      component: 'component' in hits ? find(componentIndex, hits.component) : -1,
      controlPlane: 'controlPlaneOf' in hits ? regions.indexOf(hits.controlPlaneOf) : -1,
      part: 'outboundOf' in hits ? parts.indexOf(hits) : -1,
      coverage: cause.caught ? number(cause.caught.coverage) : null,
      zoneRegion: zone < 0 ? -1 : zoneRegion[zone]!,
      takesControlPlane: zone < 0 ? 0 : number(topology.controlPlaneWithZone),
      hits: 'units' in hits ? hitsOf(cause, hits.units) : [],
      caughtHits: cause.caught ? hitsOf(cause, cause.caught.units) : [],
      choices: drawnMoreOften(choices[i]!),
    };
  });

  const divided = Int32Array.from(components.flatMap(({ shards }, c) => (shards > 1 ? [c] : [])));
  const placed = { order, units, groups, zones, componentIndex, unitIndex };
  const layout = {
    units,
    groups,
    components,
    zones,
    regions,
    parts: parts.map((part) => ({
      livesIn: zones.indexOf(part.livesIn),
      zones: Int32Array.from(part.outboundOf, (zone) => zones.indexOf(zone)),
    })),
    draws: drawsOf(placed),
    hitCount,
    choiceCount,
    divided,
    watched: topology.flows.length * (divided.length > 0 ? 3 : 1),
    flows: topology.flows.map((flow): FlowLayout => {
      const index = (name: string): number => find(componentIndex, name);
      const required = closure(components, [...flow.requires, ...flow.atomic].map(index));
      const inAtomic = closure(components, flow.atomic.map(index));
      return {
        name: flow.name,
        required: Int32Array.from(required),
        atomic: Int32Array.from(flow.atomic, index),
        doubtGroups: Int32Array.from(inAtomic.flatMap((c) => [...components[c]!.groups].filter((g) => groups[g]!.form === 'promoted'))),
        inDoubt: number(flow.inDoubt),
        frequencyKnown: withoutCompanions.every((cause) => cause.lengthKnown || !touchesAny(cause, required)),
      };
    }),
  };
  return { ...layout, causes: companionsOf(withoutCompanions, layout) };
}

function touchesAny(cause: { readonly component: number }, required: readonly number[]): boolean {
  return cause.component < 0 || required.includes(cause.component);
}

/** λ of a stated share of time: q = λE / (1 + λE). */
function rateOf(unavailability: number, meanLength: number): number {
  return unavailability / (meanLength * (1 - unavailability));
}

function lengthLayout(length: Length, mean: number): LengthLayout {
  if (length.distribution !== 'lognormal') return { form: length.distribution, mean };
  const sigma = length.sigma ?? 1;
  return { form: 'lognormal', median: mean * Math.exp((-sigma * sigma) / 2), sigma };
}

function drawnMoreOften(choices: readonly ChoiceLayout[]): ChoiceLayout[] {
  const uncertain = choices.filter(({ works }) => works > 0 && works < 1).length;
  return choices.map((choice) => {
    const { fails } = choice;
    return { ...choice, drawnToFail: fails === 0 || fails === 1 ? fails : Math.max(fails, failuresDrawn / uncertain) };
  });
}

/** The zones in which the component's units may live, in the order of the region. */
function zonesOf(component: Component, zones: readonly string[]): number[] {
  const named = new Set<string>();
  for (const unit of component.behaviour.units) if (unit.zone !== null) named.add(unit.zone);
  for (const group of component.behaviour.groups)
    for (const outcome of group.place?.outcomes ?? []) for (const zone of Object.values(outcome.zones)) named.add(zone);
  return zones.flatMap((zone, z) => (named.has(zone) ? [z] : []));
}

/** How a unit comes back, and when the balancer notices that it is gone. */
function recoveryOf(component: Component, unit: Unit): { pool: (Group & { form: 'pool' }) | null; detection: Quantity | null } {
  const { groups, balanced } = component.behaviour;
  const pools = groups.flatMap((group) => (group.form === 'pool' && group.units.includes(unit.address) ? [group] : []));
  const rotation = groups.find((group) => group.name === balanced?.group && group.units.includes(unit.address));
  return {
    pool: pools.find(({ replacement }) => replacement !== null) ?? pools[0] ?? null,
    detection: rotation ? balanced!.detection : null,
  };
}

function mayHit(cause: Cause, component: Component, group: Group): boolean {
  if ('zone' in cause.hits) return true;
  const named = [...('units' in cause.hits ? cause.hits.units : []), ...(cause.caught?.units ?? [])];
  if (named.some((unit) => group.units.includes(unit))) return true;
  return 'outboundOf' in cause.hits && component.dependsOn.length > 0;
}

function find(index: ReadonlyMap<string, number>, name: string): number {
  const found = index.get(name);
  if (found === undefined) throw new Error(`The topology names ${name}, which it does not have. This is a bug in nines.`);
  return found;
}
