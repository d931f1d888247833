import { assumption, cause, component, flow, pool, promoted, target, topology, whole, year, zoneCause } from '../../test/estimate/build';
import { settingsIn, topologyOf } from '../../test/specs';
import { minutesPerYear } from '../units/duration';
import { chanceToMeet } from './chance';
import { CutSetSearch } from './cut-sets';
import { estimate } from './estimate';
import { AssumptionTable } from './numbers';
import { modelOf } from './model';
import { statesOf } from './evaluation';

const zones = ['a', 'b', 'c'];
const hour = 3600;
/** Share of time in which something is present that happens so often a year, counted in the time without it. */
const present = (perYear: number, seconds: number): number => (perYear * seconds) / year / (1 + (perYear * seconds) / year);
const starts = (perYear: number, seconds: number): number => present(perYear, seconds) / seconds;
const ratio = (found: number, expected: number): number => found / expected;

test('two tiers over the same zones fall together: not the product of two independent tiers', () => {
  const [result] = estimate(
    topology({
      components: [component('web', pool('web', ['a', 'b'], 1), ['app']), component('app', pool('app', ['a', 'b'], 1))],
      flows: [flow('visit', ['web'])],
      causes: [zoneCause('a', 2), zoneCause('b', 2)],
    }),
  ).results;
  const q = present(2, hour);
  expect(ratio(result!.unavailability, q * q)).toBeCloseTo(1, 9);
  expect(result!.unavailability).toBeLessThan(0.51 * (2 * q * q));
  expect(ratio(result!.outagesPerYear.value!, 2 * starts(2, hour) * q * year)).toBeCloseTo(1, 9);
});

test('two tiers that fail over in 60 s after the same outage cost its first minute once', () => {
  const one = { outcomes: [{ zones: {}, primary: 'unit/db/a/0' }] };
  const two = { outcomes: [{ zones: {}, primary: 'unit/cache/a/0' }] };
  const [result] = estimate(
    topology({
      components: [
        component('db', promoted('db', ['a', 'b'], { place: one }), ['cache']),
        component('cache', promoted('cache', ['a', 'b'], { place: two })),
      ],
      flows: [flow('visit', ['db'])],
      // So long that the end of an outage in its first minute does not count.
      causes: [{ ...zoneCause('a'), occurrence: { perYear: 0.2, length: { distribution: 'fixed', mean: hour, sigma: null } } }],
    }),
  ).results;
  expect(result!.unavailability * minutesPerYear).toBeCloseTo(0.2, 4);
  expect(ratio(result!.unavailability, starts(0.2, hour) * 60)).toBeCloseTo(1, 9);
  expect(ratio(result!.meanOutageMinutes.value!, 1)).toBeCloseTo(1, 9);
  expect(result!.cutSets.map(({ events }) => events)).toEqual([
    [{ address: 'zone/r/a', youngerThanSeconds: 60, overForLessThanSeconds: null, choice: null }],
  ]);
  expect(result!.singlePoints).toEqual([]);
});

test('a primary lies in any zone with equal chance, and a failover that fails waits for a person', () => {
  const [result] = estimate(
    topology({
      components: [component('db', promoted('db', ['a', 'b'], { coverage: 0.9, operator: 1800 }))],
      flows: [flow('visit', ['db'])],
      causes: [zoneCause('a')],
    }),
  ).results;
  const within = (t: number): number => starts(0.2, hour) * hour * -Math.expm1(-t / hour);
  expect(ratio(result!.unavailability, 0.5 * (within(60) + 0.1 * (within(1800) - within(60))))).toBeCloseTo(1, 9);
  expect(result!.cutSets.map(({ events }) => events[0]!.choice)).toEqual([
    'unit/db/a/0 serves, db: the switch-over fails',
    'unit/db/a/0 serves',
  ]);
});

test('what is required, done without and degraded adds up to one', () => {
  const [result] = estimate(
    topology({
      components: [
        component('web', whole(cause('service/web', { component: 'web' }, 1)), [{ on: 'cache', without: 'degraded' }]),
        component('cache', whole(cause('service/cache', { component: 'cache' }, 3))),
      ],
      flows: [flow('visit', ['web'])],
    }),
  ).results;
  const [web, cache] = [present(1, hour), present(3, hour)];
  expect(ratio(result!.states.down, web)).toBeCloseTo(1, 9);
  expect(ratio(result!.states.degraded, (1 - web) * cache)).toBeCloseTo(1, 9);
  expect(ratio(result!.states.up + result!.states.degraded + result!.states.down, 1)).toBeCloseTo(1, 9);
  expect(ratio(result!.requestFailure, web)).toBeCloseTo(1, 9);
});

test('of a balanced pool the dead unit keeps its share of requests until it is noticed', () => {
  const behaviour = { ...pool('web', zones, 1), balanced: { group: 'targets', detection: 30, loadInUnits: 1 } };
  const [result] = estimate(
    topology({ components: [component('web', behaviour)], flows: [flow('visit', ['web'])], causes: [zoneCause('a', 2)] }),
  ).results;
  expect(result!.unavailability).toBe(0);
  expect(ratio(result!.requestFailure, (starts(2, hour) * hour * -Math.expm1(-30 / hour)) / 3)).toBeCloseTo(1, 9);
  expect(result!.outagesPerYear).toEqual({ value: 0, because: null });
});

test('split shares add up to one, shares overlap, and both are larger for what fails more often', () => {
  const [result] = estimate(
    topology({
      components: [
        component('web', pool('web', ['a', 'b'], 1)),
        component('api', whole(cause('service/api', { component: 'api' }, 0.001))),
      ],
      flows: [flow('visit', ['web', 'api'])],
      causes: [zoneCause('a', 4), zoneCause('b', 1)],
    }),
  ).results;
  const { causes, components, disruptions, zones: byZone } = result!.contributions;
  for (const list of [causes, disruptions])
    expect(
      ratio(
        list.reduce((sum, { splitShare }) => sum + splitShare, 0),
        1,
      ),
    ).toBeCloseTo(1, 9);
  const shares = new Map(causes.map(({ address, share }) => [address, share]));
  // Without either zone's outages both would never be out at once.
  const both = present(4, hour) * present(1, hour);
  const api = present(0.001, hour);
  const all = both + api - both * api;
  expect(ratio(shares.get('zone/r/a')!, (all - api) / all)).toBeCloseTo(1, 9);
  expect(ratio(shares.get('zone/r/a')!, shares.get('zone/r/b')!)).toBeCloseTo(1, 9);
  expect(ratio(shares.get('service/api')!, (all - both) / all)).toBeCloseTo(1, 9);
  expect(components.map(({ address }) => address)).toEqual(['component/api']);
  expect(byZone.map(({ address }) => address)).toEqual(['zone/r/a', 'zone/r/b']);
});

test('without a stated length the frequency is unknown, with the reason', () => {
  const external = whole({ ...cause('external/bank', { component: 'bank' }, 1), occurrence: { unavailability: 1e-3, length: null } });
  const [result] = estimate(topology({ components: [component('bank', external, [], 'outside')], flows: [flow('pay', ['bank'])] })).results;
  expect(ratio(result!.unavailability, 1e-3)).toBeCloseTo(1, 9);
  expect(result!.outagesPerYear.value).toBeNull();
  expect(result!.outagesPerYear.because).toContain('external/bank');
  expect(result!.meanOutageMinutes.value).toBeNull();
});

test('a target that leaves out changes is judged without them, and one of requests by requests', () => {
  const change = cause('change/web', { component: 'web' }, 5);
  const web = component('web', whole(cause('service/web', { component: 'web' }, 1), change));
  const judge = (more: object): number =>
    estimate(topology({ components: [web], flows: [flow('visit', ['web'], { target: target('99.98%', 2e-4, more) })] })).results[0]!.target!
      .judged;
  const [service, both] = [present(1, hour), present(1, hour) + present(5, hour) - present(1, hour) * present(5, hour)];
  expect(ratio(judge({}), both)).toBeCloseTo(1, 9);
  expect(ratio(judge({ includesChange: false }), service)).toBeCloseTo(1, 9);
  expect(ratio(judge({ measure: 'requests' }), both)).toBeCloseTo(1, 9);
});

test('the verdict turns at the value of a judged assumption at which the target is just met', () => {
  const rate = { assumption: 'service.perYear' };
  const spec = topology({
    components: [component('web', whole(cause('service/web', { component: 'web' }, rate)))],
    flows: [flow('visit', ['web'], { target: target('99.95%', 5e-4) })],
    assumptions: [assumption('service.perYear', 2, [0.5, 20])],
  });
  const { results, findings } = estimate(spec);
  const turn = results[0]!.turns[0]!;
  expect(ratio(present(turn.at, hour), 5e-4)).toBeCloseTo(1, 9);
  expect(turn.metBelow).toBe(true);
  expect(results[0]!.target).toMatchObject({ met: true, metAt95: false });
  expect(findings.map(({ code }) => code)).toEqual(['target-uncertain', 'verdict-turns']);
});

test('the interval is that of the assumptions, and the same for the same seed', () => {
  const spec = topology({
    components: [component('web', whole(cause('service/web', { component: 'web' }, { assumption: 'service.perYear' }, 1)))],
    flows: [flow('visit', ['web'])],
    assumptions: [assumption('service.perYear', 2, [1, 8])],
  });
  const { interval } = estimate(spec).results[0]!;
  expect(interval.p5 / present(1, 1)).toBeCloseTo(1, 1);
  expect(interval.p50 / present(2, 1)).toBeCloseTo(1, 2);
  expect(interval.p95 / present(8, 1)).toBeCloseTo(1, 1);
  expect(JSON.stringify(estimate(spec).results)).toBe(JSON.stringify(estimate(spec).results));
  expect(estimate(spec, { seed: 2 }).results[0]!.interval).not.toEqual(interval);
});

test('boundaries keep the order of their nominal values when a sample swaps them, in the pessimistic way', () => {
  const spec = topology({
    components: [
      component('fast', promoted('fast', ['a', 'b'], { switchOver: { assumption: 'fast' } })),
      component('slow', promoted('slow', ['a', 'b'], { switchOver: { assumption: 'slow' } })),
    ],
    flows: [flow('visit', ['fast', 'slow'])],
    causes: [zoneCause('a')],
    assumptions: [assumption('fast', 60, undefined, { unit: 'seconds' }), assumption('slow', 120, undefined, { unit: 'seconds' })],
  });
  const model = modelOf(spec);
  const event = model.tree.events.sources.findIndex((source) => source.type === 'cause' && source.cause.address === 'zone/r/a');
  const literals = (fast: number, slow: number): number[] => {
    const states = statesOf(model, Float64Array.of(fast, slow));
    const exact = [...states.subarray(model.offsets[event]!, model.offsets[event + 1]!)];
    expect(exact.every((p) => p >= 0)).toBe(true);
    return [exact[4]!, exact[3]! + exact[4]!];
  };
  const rate = starts(0.2, hour) * hour;
  const younger = (t: number): number => rate * -Math.expm1(-t / hour);
  const [shortest, next] = literals(300, 120);
  expect(ratio(shortest!, younger(300))).toBeCloseTo(1, 9);
  // The longer boundary is at least the shorter one.
  expect(ratio(next!, younger(300))).toBeCloseTo(1, 9);
});

/** Two nodes of which the first serves; its zone fails, and the other one by itself. */
const pairThatCatchesUp = (catchUp: number) => {
  const one = { outcomes: [{ zones: {}, primary: 'unit/db/a/0' }] };
  const db = promoted('db', ['a', 'b'], { place: one, catchUp });
  return topology({
    components: [component('db', { ...db, causes: [cause('unit/db/b/0', { units: ['unit/db/b/0'] }, 2, hour / 2)] })],
    flows: [flow('visit', ['db'], { target: target('99%', 1e-2) })],
    causes: [{ ...zoneCause('a', 3), occurrence: { perYear: 3, length: { distribution: 'fixed', mean: 2 * hour, sigma: null } } }],
  });
};

test('a node whose zone is back cannot take over until it has caught up', () => {
  const tail = hour / 4;
  const [result] = estimate(pairThatCatchesUp(tail)).results;
  const zone = starts(3, 2 * hour);
  const node = present(2, hour / 2);
  // The node had failed before the zone did, and is out still: exp(−D/m), on average over the time that the zone has been back.
  const before = Math.exp(-4) * (-Math.expm1(-0.5) / 0.5);
  const down = zone * (60 + (2 * hour - 60) * node + tail * node * (1 - before));
  expect(ratio(result!.unavailability, down)).toBeCloseTo(1, 9);
  const outages = zone + starts(2, hour / 2) * zone * (2 * hour - 60 + tail);
  expect(ratio(result!.outagesPerYear.value!, outages * year)).toBeCloseTo(1, 9);
  expect(result!.cutSets.map(({ events }) => events)).toContainEqual([
    { address: 'unit/db/b/0', youngerThanSeconds: null, overForLessThanSeconds: null, choice: null },
    { address: 'zone/r/a', youngerThanSeconds: null, overForLessThanSeconds: tail, choice: 'it went out first' },
  ]);
  expect(result!.singlePoints).toEqual([]);
});

test('nodes that share a zone come back with the same data', () => {
  const db = promoted('db', ['a', 'a'], { catchUp: hour });
  const units = db.units.map((unit, i) => ({ ...unit, address: `unit/db/a/${i}` }));
  const names = units.map(({ address }) => address);
  const place = { outcomes: names.map((primary) => ({ zones: {}, primary })) };
  const spec = topology({
    components: [
      component('db', {
        ...db,
        units,
        causes: [cause(names[0]!, { units: [names[0]!] }, 1)],
        groups: [{ ...db.groups[0]!, units: names, place }],
      }),
    ],
    flows: [flow('visit', ['db'])],
    causes: [zoneCause('a')],
  });
  // The zone, or the first minute of the node where it is the one that serves.
  const zone = present(0.2, hour);
  const young = (starts(1, hour) * hour * -Math.expm1(-60 / hour)) / 2;
  expect(ratio(estimate(spec).results[0]!.unavailability, zone + young - zone * young)).toBeCloseTo(1, 9);
});

test('tails keep the order of their nominal values when a sample swaps them, in the pessimistic way', () => {
  const spec = topology({
    components: [
      component('fast', promoted('fast', ['a', 'b'], { catchUp: { assumption: 'fast' } })),
      component('slow', promoted('slow', ['a', 'b'], { catchUp: { assumption: 'slow' } })),
    ],
    flows: [flow('visit', ['fast', 'slow'])],
    causes: [zoneCause('a')],
    assumptions: [assumption('fast', 600, undefined, { unit: 'seconds' }), assumption('slow', 1200, undefined, { unit: 'seconds' })],
  });
  const model = modelOf(spec);
  const event = model.tree.events.sources.findIndex((source) => source.type === 'cause' && source.cause.address === 'zone/r/a');
  const tails = (fast: number, slow: number): number[] => {
    const [, longest, shortest] = statesOf(model, Float64Array.of(fast, slow)).subarray(model.offsets[event]!);
    return [longest! + shortest!, shortest!];
  };
  const each = starts(0.2, hour);
  for (const [fast, slow, longest] of [
    [600, 1200, 1200],
    [3000, 1200, 3000],
  ] as const)
    expect(tails(fast, slow).map((p, i) => ratio(p, each * [longest, fast][i]!))).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
});

test('single points of failure are units, zones and network parts; other causes that act alone are told apart', () => {
  const lone = { ...pool('db', ['a'], 1), causes: [cause('unit/db/a/0', { units: ['unit/db/a/0'] }, 1)] };
  const [result] = estimate(
    topology({
      components: [
        component('web', pool('web', zones, 2), ['db', 'bank']),
        component('db', lone),
        component('bank', whole(cause('external/bank', { component: 'bank' }, 1)), [], 'outside'),
      ],
      flows: [flow('pay', ['web'])],
      causes: [...zones.map((zone) => zoneCause(zone)), cause('network/r/nat/a', { outboundOf: zones, livesIn: 'a' }, 0.1)],
    }),
  ).results;
  expect(result!.singlePoints.map(({ address, component: of }) => [address, of])).toEqual([
    ['unit/db/a/0', 'db'],
    ['zone/r/a', null],
    ['network/r/nat/a', null],
  ]);
  expect(result!.singleCauses.map(({ address }) => address)).toEqual(['external/bank']);
});

test('a zone that is a single point is one cut set, whatever works meanwhile', () => {
  const [result] = estimate(
    topologyOf({
      version: 1,
      name: 'small',
      regions: { 'eu-central-1': { zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16', nat: 'shared' } },
      components: {
        web: { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7i.large', count: 2, needs: 1, dependsOn: ['jobs'] },
        jobs: { kind: 'queue' },
      },
      flows: { f: { requires: ['web'] } },
    }),
  ).results;
  const zone = 'zone/eu-central-1/eu-central-1a';
  expect(result!.singlePoints.map(({ address }) => address)).toContain(zone);
  const sets = result!.cutSets.filter(({ events }) => events.some(({ address }) => address === zone));
  expect(sets.map(({ events }) => events)).toEqual([
    [{ address: zone, youngerThanSeconds: null, overForLessThanSeconds: null, choice: null }],
  ]);
});

test('a quantity is computed as it is written', () => {
  const spec = topology({ components: [], flows: [], assumptions: [assumption('x', 3), assumption('y', 5)] });
  const table = new AssumptionTable(spec);
  expect(table.value({ sum: [1, { product: [{ assumption: 'x' }, 2] }, { least: [{ assumption: 'y' }, 4] }] })).toBe(11);
  expect(() => table.value({ assumption: 'z' })).toThrow('z');
});

test('the chance to meet a target counts outages with their lengths, and is not that of one mean outage', () => {
  const one = { outcomes: [{ zones: {}, primary: 'unit/db/a/0' }] };
  const spec = topology({
    components: [component('db', promoted('db', ['a', 'b'], { place: one, switchOver: 60 }))],
    flows: [flow('visit', ['db'], { target: target('99.99%', 1e-4) })],
    causes: [{ ...zoneCause('a'), occurrence: { perYear: 6, length: { distribution: 'fixed', mean: hour, sigma: null } } }],
  });
  const { chanceToMeetAtNominal, chanceToMeet } = estimate(spec, { chance: true }).results[0]!.target!;
  // A month allows 259.2 s, which four outages of a minute fit into: Poisson.
  const expected = starts(6, hour) * 30 * 86_400;
  const four = [0, 1, 2, 3, 4].reduce((sum, k) => sum + (Math.exp(-expected) * expected ** k) / [1, 1, 2, 6, 24][k]!, 0);
  expect(chanceToMeetAtNominal!.month).toBeCloseTo(four, 4);
  expect(chanceToMeet).toEqual({ month: expect.closeTo(four, 4), quarter: expect.any(Number), year: expect.any(Number) });
  expect(estimate(spec).results[0]!.target).toMatchObject({ chanceToMeet: null, chanceBecause: 'Computed with --chance.' });
});

test('the chance to meet a target counts outages that two causes bring', () => {
  const spec = topology({
    components: [component('web', pool('web', ['a', 'b'], 1))],
    flows: [flow('visit', ['web'], { target: target('99.999%', 1e-5) })],
    causes: [zoneCause('a', 50), zoneCause('b', 50)],
  });
  // Both at once 2ν·q times, for half an hour on average; of those that are longer than a month allows, none may come.
  const outages = 2 * starts(50, hour) * present(50, hour) * 30 * 86_400;
  const longer = Math.exp((-1e-5 * 30 * 86_400) / (hour / 2));
  const { chanceToMeetAtNominal } = estimate(spec, { chance: true }).results[0]!.target!;
  expect(chanceToMeetAtNominal!.month).toBeCloseTo(Math.exp(-outages * longer), 3);
});

test('units that are named for cut sets change no other number of an estimate', () => {
  const spec = topologyOf(settingsIn('topologies/minimal.yaml'));
  const model = modelOf(spec);
  const [result] = estimate(spec, { chance: true }).results;
  const alone = chanceToMeet(modelOf(spec), 0, result!.flow.target!, 1);
  expect(result!.target).toMatchObject({ chanceToMeet: alone.chanceToMeet, chanceToMeetAtNominal: alone.chanceToMeetAtNominal });
  const before = model.sources.length;
  const { model: searched } = new CutSetSearch(model);
  // Each unit is an event now, and the diagram knows those that it had.
  expect(searched.tree.events.sources.length).toBeGreaterThan(before);
  expect(searched.sources).toHaveLength(before);
});

test('a unit that has moved is hit where it lives now', () => {
  const replacement = { time: 300, spare: 1, needs: 'data-plane' as const };
  const [result] = estimate(
    topology({
      components: [component('web', pool('web', zones, 2, { replacement }))],
      flows: [flow('visit', ['web'])],
      // So rare that three zones at once do not count.
      causes: zones.map((zone) => zoneCause(zone, 0.002)),
    }),
  ).results;
  const young = starts(0.002, hour) * hour * -Math.expm1(-300 / hour);
  const old = present(0.002, hour) - young;
  // Two zones go within minutes; or one is long out, and the one that took its unit in (one of two) has just gone.
  expect(ratio(result!.unavailability, 3 * young * young + 6 * old * young * 0.5)).toBeCloseTo(1, 5);
});
