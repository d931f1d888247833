import type { PlaceOutcome, Unit } from './behaviour';

/** All ways to take `count` of the zones, in zone order. */
function combinations(zones: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return zones.flatMap((zone, i) => combinations(zones.slice(i + 1), count - 1).map((rest) => [zone, ...rest]));
}

/**
 * Units spread evenly over zones: each zone gets its whole share by name, what is left over lies in `any`, in different zones.
 * @example spread('api', 7, ['z-a', 'z-b', 'z-c']).length // => 7: two in each zone, one in any
 */
export function spread(component: string, count: number, zones: readonly string[], role?: string): Unit[] {
  const prefix = role ? `unit/${component}/${role}` : `unit/${component}`;
  const share = Math.floor(count / zones.length);
  const exact = zones.flatMap((zone) => Array.from({ length: share }, (_, i) => ({ address: `${prefix}/${zone}/${i}`, zone })));
  const rest = Array.from({ length: count - exact.length }, (_, i) => ({ address: `${prefix}/any/${i}`, zone: null }));
  return [...exact, ...rest];
}

/** Where the units in `any` may lie: different zones, every choice of zones equally likely. */
export function placesOf(units: readonly Unit[], zones: readonly string[]): PlaceOutcome[] {
  const anywhere = units.filter((unit) => unit.zone === null);
  return combinations(zones, anywhere.length).map((taken) => ({
    zones: Object.fromEntries(anywhere.map((unit, i) => [unit.address, taken[i]!])),
    primary: null,
  }));
}

/** Every place of the units with each of them as the primary. */
export function primariesOf(units: readonly Unit[], zones: readonly string[]): PlaceOutcome[] {
  return placesOf(units, zones).flatMap((outcome) => units.map((unit) => ({ ...outcome, primary: unit.address })));
}
