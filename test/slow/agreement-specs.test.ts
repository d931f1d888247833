import { compare, resolved, worded } from '../agreement/compare';
import { exactFlows } from '../agreement/exact';
import { seeds } from '../agreement/agree';
import { simulatedWell } from '../agreement/simulated';
import { randomSpec } from '../random-specs/random-spec';
import { topologyOf } from '../specs';

test('estimate and simulation of random specs agree', () => {
  const comparisons = Array.from({ length: 40 }, (_, i) => {
    const topology = topologyOf(randomSpec(i));
    return compare(`spec ${i}`, exactFlows(topology), simulatedWell(topology, seeds[0], 30_000).flows);
  }).flat();
  expect(comparisons.filter((one) => resolved(one) && Math.abs(one.z) > 5).map(worded)).toEqual([]);
  expect(comparisons.filter(resolved).length).toBeGreaterThan(200);
});
