import { Random } from '../../lib/engine/random';
import { frequencyOf, gainsAtStart, statesOf } from '../../lib/estimate/evaluation';
import { modelOf } from '../../lib/estimate/model';
import { Program } from '../../lib/estimate/program';
import type { Topology } from '../../lib/topology/topology';
import { expectation } from './paths';
import { randomTopology } from './random-topology';
import { World } from './world';

const seconds = 365 * 86_400;

function byBruteForce(topology: Topology, flow: number) {
  const at = (known: { address: string; present: boolean } | null): number[] | null =>
    expectation((draw) => new World(topology, draw, known).flow(topology.flows[flow]!), mostPaths);
  const whole = at(null);
  if (!whole) return null;
  const [down, degraded, requests] = whole as [number, number, number];
  const causes = [...topology.causes, ...topology.components.flatMap(({ behaviour }) => behaviour.causes)];
  let outages = 0;
  for (const cause of causes) {
    const [young, absent] = [true, false].map((present) => at({ address: cause.address, present }));
    if (!young || !absent) return null;
    outages += new World(topology, () => 0).starts(cause) * (young[0]! - absent[0]!) * seconds;
  }
  return { down, degraded, requests, outages };
}

function byModel(topology: Topology, flow: number) {
  const model = modelOf(topology);
  const states = statesOf(model);
  const { down, degraded, requests } = model.flows[flow]!;
  const program = new Program(model.joint.nodes, model.offsets, states, [down, degraded, requests]);
  const [atStart] = gainsAtStart(model, program, states, [0]);
  program.evaluate(states);
  const outages = frequencyOf(model, states, program.gains(states, 0), atStart).perYear!;
  return { down: program.value(0), degraded: program.value(1), requests: program.value(2), outages };
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
      const found = byModel(topology, flow);
      for (const measure of ['down', 'degraded', 'requests', 'outages'] as const) {
        const ratio = brute[measure] === 0 ? 1 + found[measure] : found[measure] / brute[measure];
        expect({ seed, flow, measure, ratio }).toEqual({ seed, flow, measure, ratio: expect.closeTo(1, 9) });
      }
    });
  }
  expect(compared).toBeGreaterThan(seeds.length / 2);
});
