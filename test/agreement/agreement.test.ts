import { simulate } from '../../lib/simulation/simulate';
import { primariesOf } from '../../lib/topology/place';
import { component, flow, lasting, pool, promoted, topology, unit, unitCauses, zoneCauses } from '../random-topologies/build';
import { dividedTopology } from '../random-topologies/random-topology';
import { exampleFiles, settingsIn, topologyFiles, topologyOf } from '../specs';
import { agreementOf, beyondChance, seeds } from './agree';
import { compare, judge, resolved, worded, type Comparison } from './compare';
import { exactFlows } from './exact';
import { batches, simulatedWell } from './simulated';

const hour = 3600;

/** Of some dozens of numbers, five standard deviations are no chance. */
const far = (comparisons: readonly Comparison[]): string[] => comparisons.filter((one) => resolved(one) && Math.abs(one.z) > 5).map(worded);

test.each([...topologyFiles, ...exampleFiles])('%s: estimate and simulation agree, with and without change', (file) => {
  const built = topologyOf(settingsIn(file));
  const comparisons = compare(file, exactFlows(built), simulatedWell(built, seeds[0], 6000).flows);
  expect(far(comparisons)).toEqual([]);
  expect(comparisons.filter(resolved).length).toBeGreaterThanOrEqual(3);
  const withoutChange = exactFlows(built, 'infrastructureOnly');
  const simulated = simulate(built, { seed: seeds[1], cycles: 4000, chunks: batches, includesChange: false });
  expect(far(compare(file, withoutChange, simulated.flows))).toEqual([]);
});

test.each([4, 6, 8])('units that move over %i zones agree, where two outages of zones at once matter', (count) => {
  const zones = Array.from('abcdefgh').slice(0, count);
  const units = zones.map((zone) => unit('web', zone));
  const causes = unitCauses(units, 2, lasting(20 * 60, 'exponential'));
  const web = component('web', { units, causes, groups: [pool(units, count - 1, { time: 300, spare: 0.97, needs: 'control-plane' })] });
  const built = topology([web], [flow('f', ['web'])], zoneCauses(zones, 3, lasting(3 * 3600, 'exponential')), {
    regions: [{ name: 'r', zones, cidr: '10.0.0.0/16', nat: 'per-zone' }],
    controlPlaneWithZone: 0.1,
  });
  const comparisons = compare(
    `${count} zones`,
    exactFlows(built),
    simulate(built, { seed: seeds[0], cycles: 150_000, chunks: batches }).flows,
  );
  expect(far(comparisons)).toEqual([]);
  expect(comparisons.filter(resolved).length).toBeGreaterThanOrEqual(3);
});

test.each(seeds)('standbys that catch up for hours agree, where two outages at once matter: seed %i', (seed) => {
  const zones = ['a', 'b', 'c'];
  const pair = (name: string, catchUp: number) => {
    const units = [unit(name, null, 0), unit(name, null, 1)];
    const causes = unitCauses(units, 5, lasting(hour / 2));
    const place = { outcomes: primariesOf(units, zones) };
    return component(name, {
      units,
      causes,
      groups: [promoted(units, { switchOver: 1, operator: hour, coverage: 1 }, { place, catchUp })],
    });
  };
  const components = [pair('db', 3 * hour), pair('cache', hour / 2), pair('current', 0)];
  const outages = zoneCauses(zones, 3, { distribution: 'lognormal', mean: 3 * hour, sigma: 1 });
  const flows = [...components.map(({ name }) => flow(name, [name])), flow('both', ['db', 'cache'])];
  const built = topology(components, flows, outages);
  const exact = exactFlows(built);
  const comparisons = compare('catching up', exact, simulate(built, { seed, cycles: 150_000, chunks: batches }).flows);
  expect(far(comparisons)).toEqual([]);
  expect(comparisons.filter(resolved).length).toBeGreaterThanOrEqual(12);
  // And it does matter.
  const [db, cache, current] = exact.map(({ unavailability }) => unavailability!);
  expect(db! / current!).toBeGreaterThan(1.5);
  expect(cache! / current!).toBeGreaterThan(1.1);
});

test.each(seeds)('random topologies agree beyond what chance explains: seed %i', (seed) => {
  const agreement = agreementOf(seed, 6, 8000);
  expect(beyondChance(agreement)).toEqual([]);
});

test.each(seeds)('whom outages hit agrees where users are divided over shards: seed %i', (seed) => {
  const agreement = agreementOf(seed, 4, 12_000, dividedTopology);
  expect(beyondChance(agreement)).toEqual([]);
  for (const measure of ['anyUser', 'anyUserOutages', 'allUsers', 'allUsersOutages']) {
    expect(agreement.verdicts.find((verdict) => verdict.measure === measure)!.topologies).toBeGreaterThan(1);
  }
});

describe('the judge', () => {
  const one = (z: number, i: number): Comparison => ({
    topology: `t${i}`,
    flow: 'f',
    measure: 'unavailability',
    exact: 1,
    simulated: { value: 1, standardError: 0.01, low: 0.98, high: 1.02 },
    z,
  });

  test('does not mind what chance gives', () => {
    const zs = Array.from({ length: 100 }, (_, i) => one(Math.sqrt(2) * Math.cos(i), i));
    expect(judge('unavailability', zs, 40).excess).toBeLessThan(1);
  });

  test('minds errors that are 60 % too large for chance', () => {
    const zs = Array.from({ length: 100 }, (_, i) => one(1.6 * Math.sqrt(2) * Math.cos(i), i));
    expect(judge('unavailability', zs, 40).excess).toBeGreaterThan(4);
  });
});
