import { component, flow, lasting, pool, promoted, topology, unit, unitCauses, zoneCauses } from '../../test/random-topologies/build';
import type { Cause } from '../topology/behaviour';
import type { Topology } from '../topology/topology';
import { simulateChunk } from './chunk';
import { simulate } from './simulate';
import { student975 } from './student';
import { summarize } from './summary';
import type { Simulated, SimulatedFlow } from './summary';

const year = 365 * 86_400;
const hour = 3600;

function run(built: Topology, cycles = 20_000): SimulatedFlow {
  return simulate(built, { seed: 7, cycles, chunks: 20 }).flows[0]!;
}

/** Within four standard errors and 0.1 %, and not trivially so: the error is at most 3 %. */
function expectNear(simulated: Simulated | null, expected: number): void {
  expect(simulated!.standardError).toBeLessThanOrEqual(0.03 * expected);
  expect(Math.abs(simulated!.value - expected)).toBeLessThanOrEqual(4 * simulated!.standardError + 0.001 * expected);
}

function service(name: string, perYear: number, mean: number): Cause {
  return {
    address: `service/${name}`,
    scope: 'service',
    occurrence: { perYear, length: lasting(mean) },
    hits: { component: name },
    caught: null,
  };
}

function change(name: string, perYear: number, mean: number, caught: Cause['caught']): Cause {
  return {
    address: `change/${name}`,
    scope: 'change',
    occurrence: { perYear, length: lasting(mean, 'fixed') },
    hits: { component: name },
    caught,
  };
}

/** Share of the time in which a cause of λ a year is present. */
function share(perYear: number, mean: number): number {
  const load = (perYear / year) * mean;
  return load / (1 + load);
}

describe('against what can be worked out by hand', () => {
  test('one service is down for λE / (1 + λE), λ / (1 + λE) times a year', () => {
    const flows = run(topology([component('s', { causes: [service('s', 50, 20 * hour)] })], [flow('f', ['s'])]));
    expectNear(flows.unavailability, share(50, 20 * hour));
    expectNear(flows.outagesPerYear, 50 / (1 + (50 * 20 * hour) / year));
    expectNear(flows.meanOutageMinutes, 1200);
    expectNear(flows.requestFailure, share(50, 20 * hour));
  });

  test('a stated unavailability is the share of time, and without a length there is no frequency', () => {
    const stated: Cause = { ...service('s', 1, 1), occurrence: { unavailability: 5e-4, length: null } };
    const flows = run(topology([component('s', { causes: [stated] })], [flow('f', ['s'])]));
    expectNear(flows.unavailability, 5e-4);
    expect(flows.outagesPerYear).toBeNull();
    expect(flows.meanOutageMinutes).toBeNull();
  });

  test('two of three units are gone for 3q²(1 − q) + q³ although two at once are rare', () => {
    const units = ['a', 'b', 'c'].map((zone) => unit('web', zone));
    const flows = run(
      topology([component('web', { units, causes: unitCauses(units, 2, lasting(hour)), groups: [pool(units, 2)] })], [flow('f', ['web'])]),
      200_000,
    );
    const q = share(2, hour);
    expectNear(flows.unavailability, 3 * q * q * (1 - q) + q ** 3);
    expectNear(flows.outagesPerYear, (6 * q * (1 - q) * q * year) / hour);
  });

  test('two tiers that fail over in 60 s after the same zone outage cost one minute, not two', () => {
    const tier = (name: string) => {
      const nodes = ['a', 'b'].map((zone) => unit(name, zone));
      const place = { outcomes: [{ zones: {}, primary: nodes[0]!.address }] };
      return component(name, { units: nodes, groups: [promoted(nodes, { switchOver: 60, operator: hour, coverage: 1 }, { place })] });
    };
    const flows = run(topology([tier('app'), tier('db')], [flow('f', ['app', 'db'])], zoneCauses(['a'], 0.2, lasting(2 * hour, 'fixed'))));
    expectNear(flows.unavailability, (0.2 * 60) / year);
    expectNear(flows.outagesPerYear, 0.2);
  });

  test('a switch-over that fails lasts until a person has done it', () => {
    const nodes = ['a', 'b'].map((zone) => unit('db', zone));
    const db = component('db', {
      units: nodes,
      causes: unitCauses(nodes, 1, lasting(2 * hour, 'fixed')),
      groups: [promoted(nodes, { switchOver: 60, operator: 1800, coverage: 0.98 })],
    });
    const flows = run(topology([db], [flow('f', ['db'])]), 40_000);
    const q = share(1, 2 * hour);
    // The primary alone, or the standby while the primary is gone: each q per two hours.
    const alone = (q / (2 * hour)) * (0.98 * 60 + 0.02 * 1800);
    expectNear(flows.unavailability, alone * (1 - q) + q * q);
  });

  test('a node whose zone is back may be promoted when it has caught up', () => {
    const nodes = ['a', 'b'].map((zone) => unit('db', zone));
    const place = { outcomes: [{ zones: {}, primary: nodes[0]!.address }] };
    const db = component('db', {
      units: nodes,
      causes: unitCauses(nodes.slice(1), 30, lasting(hour / 2)),
      groups: [promoted(nodes, { switchOver: 1, operator: hour, coverage: 1 }, { place, catchUp: 2 * hour })],
    });
    const flows = run(topology([db], [flow('f', ['db'])], zoneCauses(['a'], 0.5, lasting(2 * hour, 'fixed'))), 100_000);
    const q = share(30, hour / 2);
    const starts = share(0.5, 2 * hour) / (2 * hour);
    // What had failed before the zone did, and is out still, was not the last to serve: exp(−D/m), on average over the time since.
    const before = Math.exp(-4) * (-Math.expm1(-4) / 4);
    expectNear(flows.unavailability, starts * (1 + (2 * hour - 1) * q + 2 * hour * q * (1 - before)));
    expectNear(flows.outagesPerYear, year * starts * (1 + (q / (hour / 2)) * (4 * hour - 1)));
  });

  test('a transaction stays in doubt after the switch-over', () => {
    const nodes = ['a', 'b'].map((zone) => unit('db', zone));
    const db = component('db', {
      units: nodes,
      causes: unitCauses(nodes.slice(0, 1), 1, lasting(hour, 'fixed')),
      groups: [promoted(nodes, { switchOver: 60, operator: 1800, coverage: 1 })],
    });
    const app = component('app', {}, [{ on: 'db', without: 'down' }]);
    const flows = run(topology([db, app], [flow('f', [], { atomic: ['app'], inDoubt: 240 })]));
    // In half of the cycles the node that fails serves.
    expectNear(flows.unavailability, share(1, hour) * 0.5 * (300 / hour));
    expectNear(flows.meanOutageMinutes, 5);
  });

  test('a caught change takes its first batch, one that is not caught everything', () => {
    const units = ['a', 'b'].map((zone) => unit('web', zone));
    const caught = { coverage: 0.75, units: [units[0]!.address] };
    const web = component('web', {
      units,
      causes: [change('web', 10, 600, caught)],
      groups: [pool(units, 1), pool(units, 2, null, { name: 'all', without: 'degraded' })],
      balanced: { group: 'targets', detection: 60, loadInUnits: 1 },
    });
    const flows = run(topology([web], [flow('f', ['web'])]));
    const q = share(10, 600);
    expectNear(flows.unavailability, 0.25 * q);
    expectNear(flows.degraded, 0.75 * q);
    // For a minute half of the requests go to the batch.
    expectNear(flows.requestFailure, 0.25 * q + 0.75 * q * 0.1 * 0.5);
    expect(
      simulate(topology([web], [flow('f', ['web'])]), { seed: 7, cycles: 1000, includesChange: false }).flows[0]!.unavailability.value,
    ).toBe(0);
  });

  test('units of a zone that is out move, unless there is no capacity or no control plane', () => {
    const units = ['a', 'b'].map((zone) => unit('web', zone));
    const web = component('web', { units, groups: [pool(units, 2, { time: 300, spare: 0.9, needs: 'control-plane' })] });
    const outage = zoneCauses(['a'], 1, lasting(2 * hour, 'fixed'));
    const flows = run(topology([web], [flow('f', ['web'])], outage, { controlPlaneWithZone: 0.2 }), 40_000);
    const moves = 0.9 * 0.8;
    expectNear(flows.unavailability, (share(1, 2 * hour) / (2 * hour)) * (moves * 300 + (1 - moves) * 2 * hour));
  });

  test('a unit that fails while the control plane is out is launched when it is back', () => {
    const units = [unit('web', 'a')];
    const web = component('web', {
      units,
      causes: unitCauses(units, 20, lasting(600, 'fixed')),
      groups: [pool(units, 1, { time: 300, spare: null, needs: 'control-plane' })],
    });
    const out: Cause = {
      address: 'control-plane/r',
      scope: 'control-plane',
      occurrence: { perYear: 100, length: lasting(10 * hour, 'fixed') },
      hits: { controlPlaneOf: 'r' },
      caught: null,
    };
    const flows = run(topology([web], [flow('f', ['web'])], [out]), 60_000);
    // Failed since it began, on average over the outage: 1 − (1 − e^{−λE}) / λE; else in its first five minutes.
    const load = (20 / year) * 10 * hour;
    const since = 1 - -Math.expm1(-load) / load;
    const q = share(100, 10 * hour);
    const young = (share(20, 600) / 600) * 300;
    expect(Math.abs(flows.unavailability.value / (q * since + (1 - q) * young) - 1)).toBeLessThan(0.01);
  });

  test('a shared part takes the outbound traffic of its zones, also when the zone is out in which it lives', () => {
    const units = ['a', 'b'].map((zone) => unit('web', zone));
    const web = component('web', { units, groups: [pool(units, 1)], balanced: { group: 'targets', detection: 30, loadInUnits: 1 } }, [
      { on: 'partner', without: 'down' },
    ]);
    const partner = component('partner', {}, [], { reach: 'outside' });
    const nat: Cause = {
      address: 'network/r/nat/a',
      scope: 'network',
      occurrence: { perYear: 2, length: lasting(hour) },
      hits: { outboundOf: ['a', 'b', 'c'], livesIn: 'a' },
      caught: null,
    };
    const flows = run(topology([web, partner], [flow('f', ['web'])], [nat, ...zoneCauses(['a'], 1, lasting(hour))]), 50_000);
    const [q, zone] = [share(2, hour), share(1, hour)];
    expectNear(flows.unavailability, q + zone - q * zone);
    expectNear(flows.requestFailure, q + zone - q * zone);
    // One that never fails itself is out with its zone all the same.
    const never: Cause = { ...nat, occurrence: { perYear: 0, length: lasting(hour) } };
    expectNear(run(topology([web, partner], [flow('f', ['web'])], [never, ...zoneCauses(['a'], 1, lasting(hour))])).unavailability, zone);
    const soft = { ...web, dependsOn: [{ on: 'partner', without: 'degraded' as const }] };
    const without = run(topology([soft, partner], [flow('f', ['web'])], [nat]));
    expectNear(without.degraded, q);
    expect(without.unavailability.value).toBe(0);
  });

  test('a soft dependency that is down degrades, a hard one takes along', () => {
    const parts = (without: 'down' | 'degraded') =>
      topology(
        [component('cache', { causes: [service('cache', 3, hour)] }), component('app', {}, [{ on: 'cache', without }])],
        [flow('f', ['app'])],
      );
    expectNear(run(parts('down')).unavailability, share(3, hour));
    expectNear(run(parts('degraded')).degraded, share(3, hour));
    expect(run(parts('degraded')).unavailability.value).toBe(0);
  });

  test('a given user is hit by the outage of one shard in two', () => {
    const units = [0, 1].map((i) => unit('db', 'a', i));
    const groups = units.map((one, shard) => pool([one], 1, null, { name: `shard-${shard}`, shard }));
    const flows = run(
      topology([component('db', { units, causes: unitCauses(units, 2, lasting(hour)), groups })], [flow('f', ['db'])]),
      50_000,
    );
    const q = share(2, hour);
    expectNear(flows.unavailability, q);
    expectNear(flows.users!.anyUser.unavailability, 2 * q - q * q);
    expectNear(flows.users!.anyUser.outagesPerYear, (2 * (1 - q) * q * year) / hour);
    expectNear(flows.users!.allUsers.unavailability, q * q);
    expectNear(flows.users!.allUsers.outagesPerYear, (2 * q * q * year) / hour);
  });

  test('of two components all users are hit when all shards of one are out, not when a shard of each is', () => {
    const shards = (name: string, perYear: number) => {
      const units = [0, 1].map((i) => unit(name, 'a', i));
      const groups = units.map((one, shard) => pool([one], 1, null, { name: `shard-${shard}`, shard }));
      return component(name, { units, causes: unitCauses(units, perYear, lasting(20 * hour)), groups });
    };
    const { users } = run(topology([shards('db', 10), shards('cache', 20)], [flow('f', ['db', 'cache'])]), 100_000);
    const [a, b] = [share(10, 20 * hour), share(20, 20 * hour)];
    expectNear(users!.anyUser.unavailability, 1 - (1 - a) ** 2 * (1 - b) ** 2);
    expectNear(users!.allUsers.unavailability, a * a + b * b - a * a * b * b);
  });

  test('a transaction in doubt in one shard hits someone, whoever is followed', () => {
    const parts = [0, 1].map((shard) => {
      const nodes = ['a', 'b'].map((zone) => unit(`db/${shard}`, zone));
      const place = { outcomes: [{ zones: {}, primary: nodes[0]!.address }] };
      return { nodes, group: promoted(nodes, { switchOver: 60, operator: 1800, coverage: 1 }, { name: `shard-${shard}`, shard, place }) };
    });
    const db = component('db', {
      units: parts.flatMap(({ nodes }) => nodes),
      causes: unitCauses([parts[0]!.nodes[0]!], 1, lasting(hour, 'fixed')),
      groups: parts.map(({ group }) => group),
    });
    const { unavailability, users } = run(topology([db], [flow('f', [], { atomic: ['db'], inDoubt: 240 })]));
    expectNear(unavailability, share(1, hour) * 0.5 * (300 / hour));
    expectNear(users!.anyUser.unavailability, share(1, hour) * (300 / hour));
    expect(users!.allUsers.unavailability.value).toBe(0);
  });
});

describe('chunks', () => {
  const built = topology([component('s', { causes: [service('s', 5, hour)] })], [flow('f', ['s'])]);

  test('are a pure function of seed and number', () => {
    const options = { seed: 3, chunk: 2, cycles: 500 };
    expect(simulateChunk(built, options)).toEqual(simulateChunk(built, options));
    expect(simulateChunk(built, { ...options, chunk: 1 })).not.toEqual(simulateChunk(built, options));
    expect(simulateChunk(built, { ...options, seed: 4 }).flows).not.toEqual(simulateChunk(built, options).flows);
  });

  test('give the same numbers in any order', () => {
    const chunks = [0, 1, 2].map((chunk) => simulateChunk(built, { seed: 3, chunk, cycles: 500 }));
    expect(summarize(chunks.toReversed())).toEqual(summarize(chunks));
    expect(() => summarize(chunks.slice(0, 1))).toThrow('an interval needs at least two chunks, got 1');
  });
});

test('the points of Student’s t are those of the tables', () => {
  for (const [degrees, expected] of [
    [1, 12.7062],
    [2, 4.30265],
    [9, 2.26216],
    [19, 2.09302],
    [39, 2.02269],
  ] as const) {
    expect(student975(degrees) / expected).toBeCloseTo(1, 4);
  }
});
