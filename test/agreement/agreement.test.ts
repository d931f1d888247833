import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { simulate } from '../../lib/simulation/simulate';
import { loadSpec } from '../../lib/spec/load';
import type { Topology } from '../../lib/topology/topology';
import { agreementOf, beyondChance, seeds } from './agree';
import { compare, judge, worded, type Comparison } from './compare';
import { exactFlows } from './exact';
import { batches, simulatedWell } from './simulated';

const top = join(__dirname, '../..');
const specs = [
  ...readdirSync(join(top, 'topologies')).flatMap((name) => (name.endsWith('.yaml') ? [`topologies/${name}`] : [])),
  ...readdirSync(join(top, 'lib/kinds'), { withFileTypes: true }).flatMap((kind) =>
    kind.isDirectory() ? [`lib/kinds/${kind.name}/example.yaml`] : [],
  ),
];

function loaded(file: string): Topology {
  const { topology, diagnostics } = loadSpec(readFileSync(join(top, file)), file);
  if (!topology) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
  return topology;
}

/** Of some dozens of numbers, five standard deviations are no chance. */
const far = (comparisons: readonly Comparison[]): string[] => comparisons.filter(({ z }) => Math.abs(z) > 5).map(worded);

test.each(specs)('%s: estimate and simulation agree, with and without change', (file) => {
  const topology = loaded(file);
  const comparisons = compare(file, exactFlows(topology), simulatedWell(topology, seeds[0], 12_000).flows);
  expect(far(comparisons)).toEqual([]);
  expect(comparisons.length).toBeGreaterThanOrEqual(4);
  const withoutChange = exactFlows(topology, 'infrastructureOnly');
  const simulated = simulate(topology, { seed: seeds[1], cycles: 8000, chunks: batches, includesChange: false });
  expect(far(compare(file, withoutChange, simulated.flows))).toEqual([]);
});

test.each(seeds)('random topologies agree beyond what chance explains: seed %i', (seed) => {
  const agreement = agreementOf(seed, 8, 12_000);
  expect(beyondChance(agreement)).toEqual([]);
});

describe('the judge', () => {
  const one = (z: number, i: number): Comparison => ({
    topology: `t${i}`,
    flow: 'f',
    measure: 'unavailability',
    exact: 1,
    simulated: { value: 1, standardError: 1, low: 0, high: 2 },
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
