import { component, flow, lasting, pool, promoted, topology, unit, unitCauses, zoneCauses } from '../../test/random-topologies/build';
import { dividedTopology } from '../../test/random-topologies/random-topology';
import { randomSpec } from '../../test/random-specs/random-spec';
import type { Behaviour, Cause } from '../topology/behaviour';
import type { Topology } from '../topology/topology';
import { resolve } from '../resolve/resolve';
import { estimate } from './estimate';
import { modelOf } from './model';
import { usersOf, type HitUsers } from './users';

const year = 365 * 86_400;
const hour = 3600;
const present = (perYear: number, mean: number): number => (perYear * mean) / (year + perYear * mean);
/** Starts in a calendar year. */
const starts = (perYear: number, mean: number): number => perYear / (1 + (perYear * mean) / year);

const service = (name: string, perYear: number): Cause => ({
  address: `service/${name}`,
  scope: 'service',
  occurrence: { perYear, length: lasting(hour) },
  hits: { component: name },
  caught: null,
});

/** Shards of one unit each, which fails so often a year. */
function lone(name: string, perYear: readonly number[]): Partial<Behaviour> {
  const units = perYear.map((_, shard) => unit(`${name}/shard-${shard}`, 'a'));
  return {
    units,
    causes: units.flatMap((one, shard) => unitCauses([one], perYear[shard]!, lasting(hour))),
    groups: units.map((one, shard) => pool([one], 1, null, { name: `shard-${shard}`, shard })),
  };
}

const resultOf = (built: Topology) => estimate(built, { samples: 10, cutSets: 0 }).results[0]!;

function expectHits({ allUsers, anyUser }: HitUsers, any: readonly [number, number], all: readonly [number, number]): void {
  const found = [anyUser, allUsers].map(({ outagesPerYear, unavailability }) => [unavailability, outagesPerYear.value!]);
  found.flat().forEach((value, i) => expect(value / [...any, ...all][i]!).toBeCloseTo(1, 9));
  for (const { meanOutageMinutes, outagesPerYear, unavailability } of [anyUser, allUsers]) {
    expect(meanOutageMinutes.value! / ((unavailability * 365 * 24 * 60) / outagesPerYear.value!)).toBeCloseTo(1, 9);
  }
}

test('of three shards any one hits someone, all three hit everyone, and what they stand on hits everyone', () => {
  const rates = [1, 2, 3];
  const db = lone('db', rates);
  const { unavailability, users } = resultOf(
    topology([component('db', { ...db, causes: [...db.causes!, service('db', 0.5)] })], [flow('f', ['db'])]),
  );
  const [a, b, c] = rates.map((rate) => present(rate, hour)) as [number, number, number];
  const [na, nb, nc] = rates.map((rate) => starts(rate, hour)) as [number, number, number];
  const s = present(0.5, hour);
  const ns = starts(0.5, hour);
  const none = (1 - a) * (1 - b) * (1 - c);
  const one = a + b + c - a * b - a * c - b * c + a * b * c;
  expectHits(
    users!,
    [s + (1 - s) * one, ns * none + (1 - s) * (na * (1 - b) * (1 - c) + nb * (1 - a) * (1 - c) + nc * (1 - a) * (1 - b))],
    [s + (1 - s) * a * b * c, ns * (1 - a * b * c) + (1 - s) * (na * b * c + nb * a * c + nc * a * b)],
  );
  // A given user is as likely to be in each.
  expect(unavailability / (s + ((1 - s) * (a + b + c)) / 3)).toBeCloseTo(1, 9);
});

test('of two components all users are down when all shards of one of them are, not when one of each is', () => {
  const { users } = resultOf(
    topology([component('db', lone('db', [1, 2])), component('cache', lone('cache', [3, 4]))], [flow('f', ['db', 'cache'])]),
  );
  const [a, b, c, d] = [1, 2, 3, 4].map((rate) => present(rate, hour)) as [number, number, number, number];
  const [na, nb, nc, nd] = [1, 2, 3, 4].map((rate) => starts(rate, hour)) as [number, number, number, number];
  const up = [a, b, c, d].map((q) => 1 - q).reduce((product, one) => product * one);
  expectHits(
    users!,
    [a + (1 - a) * (b + (1 - b) * (c + (1 - c) * d)), up * (na / (1 - a) + nb / (1 - b) + nc / (1 - c) + nd / (1 - d))],
    [a * b + c * d - a * b * c * d, (na * b + nb * a) * (1 - c * d) + (nc * d + nd * c) * (1 - a * b)],
  );
});

test('shards whose primaries lose one zone switch over together, or together do not', () => {
  const operators = [600, 700, 800];
  const shards = operators.map((operator, shard) => {
    const nodes = ['a', 'b'].map((zone) => unit(`db/shard-${shard}`, zone));
    const place = { outcomes: [{ zones: {}, primary: nodes[0]!.address }] };
    return { nodes, group: promoted(nodes, { switchOver: 60, operator, coverage: 0.9 }, { name: `shard-${shard}`, shard, place }) };
  });
  const db = component('db', { units: shards.flatMap(({ nodes }) => nodes), groups: shards.map(({ group }) => group) });
  const { unavailability, users } = resultOf(topology([db], [flow('f', ['db'])], zoneCauses(['a'], 1, lasting(2 * hour, 'fixed'))));
  const often = starts(1, 2 * hour);
  const hit = (seconds: number): number => (often / year) * (0.9 * 60 + 0.1 * seconds);
  expect(unavailability / hit(700)).toBeCloseTo(1, 9);
  expectHits(users!, [hit(800), often], [hit(600), often]);
});

test('whom bad changes hit is said with and without them', () => {
  const db = lone('db', [1, 2]);
  const [first] = db.units!;
  const change: Cause = {
    ...service('db', 5),
    address: 'change/db',
    scope: 'change',
    caught: { coverage: 0.6, units: [first!.address] },
  };
  const { users } = resultOf(topology([component('db', { ...db, causes: [...db.causes!, change] })], [flow('f', ['db'])]));
  const [a, b, c] = [present(1, hour), present(2, hour), present(5, hour)];
  const { allUsers, anyUser, infrastructureOnly } = users!;
  expect(infrastructureOnly.anyUser.unavailability / (a + b - a * b)).toBeCloseTo(1, 9);
  expect(infrastructureOnly.allUsers.unavailability / (a * b)).toBeCloseTo(1, 9);
  // Caught in the first shard it hits nobody else, so all are down when the second is, too.
  expect(anyUser.unavailability / (c + (1 - c) * (a + b - a * b))).toBeCloseTo(1, 9);
  expect(allUsers.unavailability / (c * (0.4 + 0.6 * b) + (1 - c) * a * b)).toBeCloseTo(1, 9);
});

test('how often is unknown where the length of an outage is not stated, and how much of the time is not', () => {
  const stated: Cause = { ...service('bank', 1), occurrence: { unavailability: 1e-3, length: null } };
  const built = topology([component('db', lone('db', [1, 2])), component('bank', { causes: [stated] })], [flow('f', ['db', 'bank'])]);
  const { allUsers, anyUser } = resultOf(built).users!;
  const [a, b] = [present(1, hour), present(2, hour)];
  expect(anyUser.unavailability / (1e-3 + (1 - 1e-3) * (a + b - a * b))).toBeCloseTo(1, 9);
  expect(allUsers.unavailability / (1e-3 + (1 - 1e-3) * a * b)).toBeCloseTo(1, 9);
  for (const { meanOutageMinutes, outagesPerYear } of [anyUser, allUsers]) {
    expect([outagesPerYear.value, meanOutageMinutes.value]).toEqual([null, null]);
    expect(outagesPerYear.because).toContain('service/bank');
  }
});

test('asking whom outages hit changes no other number, also where components are alike', () => {
  const names = ['one', 'two'];
  const target = { availability: '99.9%' };
  const { topology: built } = resolve({
    version: 1,
    name: 'alike',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.20.0.0/16' } },
    components: Object.fromEntries(
      names.map((name) => [name, { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large', shards: 2 }]),
    ),
    flows: { first: { requires: ['one'], target }, second: { requires: ['two'], target }, both: { requires: names, target } },
  });
  const of = (users: boolean) => estimate(built!, { samples: 50, chance: true, users }).results;
  const [first, second, both] = of(true);
  expect([first, second, both].map((result) => ({ ...result, users: null }))).toEqual(of(false));
  for (const who of ['anyUser', 'allUsers'] as const) {
    expect(second!.users![who].unavailability / first!.users![who].unavailability).toBeCloseTo(1, 9);
    expect(both!.users![who].unavailability).toBeGreaterThan(first!.users![who].unavailability);
  }
});

test('flows that need nothing with shards, or can do without it, hit all users alike', () => {
  const app = component('app', { causes: [service('app', 1)] }, [{ on: 'db', without: 'degraded' }]);
  const built = topology(
    [component('db', lone('db', [1, 2])), component('one', lone('one', [1])), app],
    [flow('soft', ['app']), flow('lone', ['one']), flow('hard', ['db'])],
  );
  expect(usersOf(modelOf(built)).map((users) => users !== null)).toEqual([false, false, true]);
  expect(estimate(built, { samples: 10, users: false }).results.map(({ users }) => users)).toEqual([null, null, null]);
});

describe('all users are down no longer than a given one, and that one no longer than someone', () => {
  /** Flows that were compared, and those of them in which the three differ. */
  function compared(built: Topology): [number, number] {
    const model = modelOf(built);
    const found = usersOf(model).flatMap((users, i) => {
      if (!users) return [];
      const perUser = model.joint.valueOf(model.flows[i]!.down);
      const { allUsers, anyUser, bound } = users;
      const slack = bound + model.joint.bound + 1e-12 * perUser;
      expect(allUsers.unavailability).toBeLessThanOrEqual(perUser + slack);
      expect(perUser).toBeLessThanOrEqual(anyUser.unavailability + slack);
      return [allUsers.unavailability < 0.999 * perUser && perUser < 0.999 * anyUser.unavailability];
    });
    return [found.length, found.filter((apart) => apart).length];
  }

  test('in random topologies', () => {
    const counts = Array.from({ length: 40 }, (_, seed) => compared(dividedTopology(seed)));
    expect(counts.reduce((sum, [flows]) => sum + flows, 0)).toBeGreaterThan(40);
    expect(counts.reduce((sum, [, apart]) => sum + apart, 0)).toBeGreaterThan(30);
  });

  test('in random specs', () => {
    const divided = Array.from({ length: 100 }, (_, seed) => resolve(randomSpec(seed)).topology!).filter(({ components }) =>
      components.some(({ behaviour }) => behaviour.groups.some(({ shard }) => shard !== null)),
    );
    const counts = divided.map(compared);
    expect(counts.reduce((sum, [flows]) => sum + flows, 0)).toBeGreaterThan(10);
    expect(counts.reduce((sum, [, apart]) => sum + apart, 0)).toBeGreaterThan(3);
  });
});
