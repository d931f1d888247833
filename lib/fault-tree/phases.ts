import type { Cause, Group } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Component, Topology } from '../topology/topology';
import { zonesOf } from './places';
import { doubtsOf } from './requirements';

/** Two quantities that are written alike are one boundary: they hang on the same assumptions. */
export const keyOf = (quantity: Quantity): string => (typeof quantity === 'number' ? JSON.stringify(quantity) : textOf(quantity));

/** The text of something that is never changed, written once. */
export function textOf(plain: object): string {
  let text = texts.get(plain);
  if (text === undefined) texts.set(plain, (text = JSON.stringify(plain)));
  return text;
}

/** Each unit of a component asks again. */
const texts = new WeakMap<object, string>();

/** The boundary of a switch-over that leaves transactions in doubt. */
export const withDoubt = (time: Quantity, doubt: Quantity | null): Quantity => (doubt === null ? time : { sum: [time, doubt] });

/** When something recovers from a cause: longest first at nominal values, equal ones by their key. */
export interface Ladder {
  /** Times after its end. */
  readonly tails: readonly Quantity[];
  /** Ages. */
  readonly boundaries: readonly Quantity[];
}

/** The ladder of each cause that has one, by its address. */
export type Phases = ReadonlyMap<string, Ladder>;

/** Gathers the boundaries and tails of all causes. */
export function phasesOf(topology: Topology, nominal: (quantity: Quantity) => number): Phases {
  const found = new Map<string, { readonly tails: Map<string, Quantity>; readonly boundaries: Map<string, Quantity> }>();
  const add = (cause: Cause, quantity: Quantity, to: keyof Ladder = 'boundaries'): void => {
    const ladder = found.get(cause.address) ?? { tails: new Map<string, Quantity>(), boundaries: new Map<string, Quantity>() };
    ladder[to].set(keyOf(quantity), quantity);
    found.set(cause.address, ladder);
  };
  const doubts = doubtsOf(topology);
  for (const component of topology.components) {
    for (const group of component.behaviour.groups) {
      const near = nearby(topology, component, group);
      if (group.form === 'promoted') {
        if (group.units.length === 1) continue;
        if (group.catchUp !== undefined) for (const cause of near.zones) add(cause, group.catchUp, 'tails');
        for (const doubt of [null, ...(doubts.get(component.name) ?? [])]) {
          for (const cause of [...near.units, ...near.caught, ...near.zones]) {
            add(cause, withDoubt(group.switchOver, doubt));
            add(cause, withDoubt(group.operator, doubt));
          }
        }
      } else if (group.replacement) {
        const { time, spare, needs } = group.replacement;
        for (const cause of near.units) add(cause, time);
        if (spare !== null) for (const cause of near.zones) add(cause, time);
        if (spare !== null && needs === 'control-plane') for (const cause of near.controlPlanes) add(cause, time);
      }
      const { balanced } = component.behaviour;
      if (balanced?.group === group.name)
        for (const cause of [...near.units, ...near.caught, ...near.zones]) add(cause, balanced.detection);
    }
  }
  // Units of a component have the same ones, so these are put in order once.
  const known = new Map<string, Ladder>();
  return new Map(
    [...found].map(([address, { tails, boundaries }]) => {
      const key = `${[...tails.keys()].join(' ')} / ${[...boundaries.keys()].join(' ')}`;
      let ordered = known.get(key);
      if (!ordered) known.set(key, (ordered = { tails: longestFirst(tails, nominal), boundaries: longestFirst(boundaries, nominal) }));
      return [address, ordered];
    }),
  );
}

interface Nearby {
  readonly units: readonly Cause[];
  readonly caught: readonly Cause[];
  readonly zones: readonly Cause[];
  readonly controlPlanes: readonly Cause[];
}

function nearby(topology: Topology, component: Component, group: Group): Nearby {
  const units = new Set(group.units);
  const zones = new Set(zonesOf(component));
  const names = (list: readonly string[] | undefined): boolean => list?.some((unit) => units.has(unit)) ?? false;
  return {
    units: component.behaviour.causes.filter(({ hits }) => 'units' in hits && names(hits.units)),
    caught: component.behaviour.causes.filter(({ caught }) => names(caught?.units)),
    zones: topology.causes.filter(({ hits }) => 'zone' in hits && zones.has(hits.zone)),
    controlPlanes: topology.causes.filter(({ hits }) => 'controlPlaneOf' in hits && hits.controlPlaneOf === component.region),
  };
}

function longestFirst(quantities: ReadonlyMap<string, Quantity>, nominal: (quantity: Quantity) => number): Quantity[] {
  return [...quantities]
    .map(([key, quantity]) => ({ key, quantity, seconds: nominal(quantity) }))
    .sort((a, b) => b.seconds - a.seconds || (a.key < b.key ? 1 : -1))
    .map(({ quantity }) => quantity);
}
