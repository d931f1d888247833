import type { Random } from '../../lib/engine/random';
import type { Behaviour, Cause, Group, Length, Place, Replacement, Unit } from '../../lib/topology/behaviour';
import { placesOf, primariesOf, spread } from '../../lib/topology/place';
import { pool, promoted, unitCauses } from './build';
import { between, oneOf, some, whole } from './draw';

const minute = 60;
const hour = 3600;

/** A cause's length of any form. */
export function length(random: Random, low: number, high: number): Length {
  const mean = between(random, low, high);
  const distribution = oneOf(random, ['fixed', 'exponential', 'lognormal'] as const);
  return { distribution, mean, sigma: distribution === 'lognormal' ? between(random, 0.3, 1) : null };
}

type Form = (name: string, zones: readonly string[], random: Random) => Partial<Behaviour>;

/** A pool that survives any zone and any unit, so that only what happens together brings it down. */
export const robust: Form = (name, zones, random) => {
  const units = spread(name, whole(random, Math.max(2, zones.length - 1), 7), zones);
  const inOneZone = Math.ceil(units.length / zones.length);
  const needs = whole(random, Math.min(2, units.length - inOneZone), units.length - inOneZone);
  const balanced = random.happens(0.5) ? { group: 'targets', detection: between(random, 5, 3 * minute), loadInUnits: needs } : null;
  return {
    units,
    causes: unitCauses(units, between(random, 0.3, 4), length(random, 10 * minute, 6 * hour)),
    groups: [pool(units, needs, replacement(random), { place: placeOf(units, zones) })],
    balanced,
  };
};

/** Every form of behaviour, each with its chance-drawn numbers. */
export const forms: Readonly<Record<string, Form>> = {
  service: (name, _zones, random) => ({ causes: [serviceCause(name, random)] }),
  pool: (name, zones, random) => poolBehaviour(name, zones, random, false),
  balanced: (name, zones, random) => poolBehaviour(name, zones, random, true),
  promoted: (name, zones, random) => promotedBehaviour(name, zones, random, 1),
  sharded: (name, zones, random) => promotedBehaviour(name, zones, random, whole(random, 2, 3)),
};

function serviceCause(name: string, random: Random): Cause {
  const stated = random.happens(0.3);
  const lasts = length(random, 10 * minute, 4 * hour);
  return {
    address: `service/${name}`,
    scope: 'service',
    occurrence: stated
      ? { unavailability: between(random, 1e-6, 1e-4), length: lasts }
      : { perYear: between(random, 0.05, 1), length: lasts },
    hits: { component: name },
    caught: null,
  };
}

function change(name: string, units: readonly Unit[], random: Random): Cause {
  const caught = random.happens(0.7)
    ? { coverage: between(random, 0.3, 0.95), units: units.slice(0, whole(random, 1, units.length)).map(({ address }) => address) }
    : null;
  return {
    address: `change/${name}`,
    scope: 'change',
    occurrence: { perYear: between(random, 0.3, 5), length: length(random, 5 * minute, hour) },
    hits: { component: name },
    caught,
  };
}

function replacement(random: Random): Replacement | null {
  if (random.happens(0.3)) return null;
  return {
    time: between(random, 2 * minute, 15 * minute),
    spare: random.happens(0.25) ? null : oneOf(random, [1, between(random, 0.4, 0.95)]),
    needs: oneOf(random, ['control-plane', 'data-plane'] as const),
  };
}

function placeOf(units: readonly Unit[], zones: readonly string[]): Place | null {
  return units.some(({ zone }) => zone === null) ? { outcomes: placesOf(units, zones) } : null;
}

function poolBehaviour(name: string, zones: readonly string[], random: Random, balanced: boolean): Partial<Behaviour> {
  const units = spread(name, whole(random, 1, 6), zones);
  const needs = whole(random, Math.max(1, Math.ceil(units.length / 2)), units.length);
  const recovery = replacement(random);
  const groups: Group[] = [pool(units, needs, recovery, { place: placeOf(units, zones) })];
  if (random.happens(0.2) && needs < units.length) {
    groups.push(pool(units, units.length, recovery, { name: 'all', without: 'degraded' }));
  }
  return {
    units,
    causes: [
      ...unitCauses(units, between(random, 0.3, 4), length(random, 10 * minute, 6 * hour)),
      ...(random.happens(0.5) ? [change(name, units, random)] : []),
    ],
    groups,
    balanced: balanced
      ? {
          group: 'targets',
          detection: between(random, 5, 3 * minute),
          loadInUnits: random.happens(0.5) ? needs : needs - random.uniform() * 0.9,
        }
      : null,
  };
}

function promotedBehaviour(name: string, zones: readonly string[], random: Random, shards: number): Partial<Behaviour> {
  const nodes = whole(random, 1, Math.min(3, zones.length));
  const placed = random.happens(0.5);
  const times = {
    switchOver: between(random, 20, 10 * minute),
    operator: between(random, 15 * minute, 2 * hour),
    coverage: oneOf(random, [1, between(random, 0.8, 0.99)]),
    ...(random.happens(0.6) ? { catchUp: between(random, minute, 2 * hour) } : {}),
  };
  const rate = between(random, 0.2, 3);
  const lasts = length(random, 10 * minute, 4 * hour);
  const parts = Array.from({ length: shards }, (_, shard) => {
    const role = shards > 1 ? `shard-${shard}` : undefined;
    const prefix = role ? `unit/${name}/${role}` : `unit/${name}`;
    const units = placed
      ? zones.slice(0, nodes).map((zone) => ({ address: `${prefix}/${zone}/0`, zone }))
      : spread(name, nodes, zones.length > nodes ? zones : [...zones], role);
    const more = { name: role ?? 'nodes', shard: shards > 1 ? shard : null };
    const group =
      nodes === 1
        ? pool(units, 1, null, { ...more, place: placeOf(units, zones) })
        : promoted(units, times, { ...more, place: { outcomes: primariesOf(units, zones) } });
    return { units, groups: [group] };
  });
  const replicas =
    shards === 1 && random.happens(0.3)
      ? some(random, zones, 0.7).map((zone) => ({ address: `unit/${name}/replica/${zone}/0`, zone }))
      : [];
  const units = [...parts.flatMap((part) => part.units), ...replicas];
  return {
    units,
    causes: unitCauses(units, rate, lasts),
    groups: [
      ...parts.flatMap((part) => part.groups),
      ...(replicas.length > 0 ? [pool(replicas, whole(random, 1, replicas.length), null, { name: 'replicas', without: 'degraded' })] : []),
    ],
  };
}
