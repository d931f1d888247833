import { Random } from '../../lib/engine/random';
import { frequenciesOf, statesOf } from '../../lib/estimate/evaluation';
import { modelOf } from '../../lib/estimate/model';
import { Program } from '../../lib/estimate/program';
import { usersOf } from '../../lib/estimate/users';
import type { Topology } from '../../lib/topology/topology';
import { cause, component, flow, promoted, topology as topologyOf, zoneCause } from './build';
import { expectation } from './paths';
import { randomTopology } from './random-topology';
import { World } from './world';

const seconds = 365 * 86_400;

/** What is expected of what the topology is like, and how often each of it begins; null: that takes too many paths. */
function enumerated(topology: Topology, of: (world: World) => number[], most = mostPaths) {
  const at = (known: { address: string; present: boolean } | null): number[] | null =>
    expectation((draw) => of(new World(topology, draw, known)), most);
  const values = at(null);
  if (!values) return null;
  const outages = values.map(() => 0);
  for (const cause of [...topology.causes, ...topology.components.flatMap(({ behaviour }) => behaviour.causes)]) {
    const [young, absent] = [true, false].map((present) => at({ address: cause.address, present }));
    if (!young || !absent) return null;
    const starts = new World(topology, () => 0).starts(cause) * seconds;
    young.forEach((value, i) => (outages[i] = outages[i]! + starts * (value - absent[i]!)));
  }
  return { values, outages };
}

function byBruteForce(topology: Topology, flow: number, most?: number) {
  const found = enumerated(topology, (world) => world.flow(topology.flows[flow]!), most);
  if (!found) return null;
  const [down, degraded, requests] = found.values as [number, number, number];
  return { down, degraded, requests, outages: found.outages[0]! };
}

function byModel(topology: Topology, flow: number) {
  const model = modelOf(topology);
  const states = statesOf(model);
  const { down, degraded, requests } = model.flows[flow]!;
  const program = new Program(model.joint, states, [down, degraded, requests]);
  const outages = frequenciesOf(model, program, states, [0])[0]!.perYear!;
  program.evaluate(states);
  return { down: program.value(0), degraded: program.value(1), requests: program.value(2), outages };
}

/** Numbers by name that are the same but for rounding. */
function expectSame(found: Readonly<Record<string, number>>, brute: Readonly<Record<string, number>>, about: object): void {
  for (const [measure, value] of Object.entries(brute)) {
    const ratio = value === 0 ? 1 + found[measure]! : found[measure]! / value;
    expect({ ...about, measure, ratio }).toEqual({ ...about, measure, ratio: expect.closeTo(1, 9) });
  }
}

/** Paths that a brute-force run may take; a topology with more is left out. */
const mostPaths = 300;
const seeds = Array.from({ length: Number(process.env['TOPOLOGIES'] ?? 30) }, (_, seed) => seed);

test('small topologies give what their full enumeration gives', () => {
  let compared = 0;
  for (const seed of seeds) {
    const topology = randomTopology(new Random(seed));
    topology.flows.forEach((_, flow) => {
      const brute = byBruteForce(topology, flow);
      if (!brute) return;
      compared++;
      expectSame(byModel(topology, flow), brute, { seed, flow });
    });
  }
  expect(compared).toBeGreaterThan(seeds.length / 2);
});

test('of three nodes, what has not caught up cannot take over either', () => {
  const zones = ['a', 'b', 'c'];
  const db = promoted('db', zones, { coverage: 0.8, catchUp: 1200 });
  const spec = topologyOf({
    components: [component('db', { ...db, causes: [cause('unit/db/b/0', { units: ['unit/db/b/0'] }, 100)] })],
    flows: [flow('visit', ['db'])],
    causes: zones.map((zone) => zoneCause(zone, 200)),
  });
  const brute = byBruteForce(spec, 0, 20_000);
  expect(brute).not.toBeNull();
  expectSame(byModel(spec, 0), brute!, {});
  const current = topologyOf({
    ...spec,
    components: [component('db', { ...spec.components[0]!.behaviour, groups: promoted('db', zones, { coverage: 0.8 }).groups })],
  });
  expect(byModel(spec, 0).down).toBeGreaterThan(1.003 * byModel(current, 0).down);
});

test('whom outages hit is what all users of all shards together see', () => {
  let compared = 0;
  let apart = 0;
  for (const seed of seeds) {
    const topology = randomTopology(new Random(seed), true);
    const found = usersOf(modelOf(topology));
    topology.flows.forEach((flow, f) => {
      const users = found[f];
      if (!users) return;
      const brute = enumerated(topology, (world) => world.users(flow));
      if (!brute) return;
      const [any, all] = brute.values as [number, number];
      const [outagesOfAny, outagesOfAll] = brute.outages as [number, number];
      const { allUsers, anyUser } = users;
      const exact = { any: anyUser.unavailability, all: allUsers.unavailability };
      const outages = { outagesOfAny: anyUser.outagesPerYear.value!, outagesOfAll: allUsers.outagesPerYear.value! };
      expectSame({ ...exact, ...outages }, { any, all, outagesOfAny, outagesOfAll }, { seed, f });
      compared++;
      if (all < 0.9 * any) apart++;
    });
  }
  expect(compared).toBeGreaterThan(seeds.length / 4);
  expect(apart).toBeGreaterThan(seeds.length / 8);
});
