import { randomTopology } from '../random-topologies/random-topology';
import { compare, judge, measures, resolved, worded, type Comparison, type Verdict } from './compare';
import { exactFlows } from './exact';
import { batches, simulatedWell } from './simulated';

/** Three seeds, committed: each has topologies and random numbers of its own. */
export const seeds = [11, 2026, 777_777] as const;

/** Chance exceeds four standard deviations once in about ten thousand of such sums. */
export const mostExcess = 4;

export interface Agreement {
  readonly comparisons: readonly Comparison[];
  readonly verdicts: readonly Verdict[];
}

/** Estimates so many random topologies of a seed, and simulates each for `most` cycles at most. */
export function agreementOf(seed: number, count: number, most: number, topologyOf = randomTopology): Agreement {
  const comparisons = Array.from({ length: count }, (_, i) => {
    const topology = topologyOf(seed * 10_000 + i);
    return compare(topology.name, exactFlows(topology), simulatedWell(topology, seed, most).flows);
  }).flat();
  return { comparisons, verdicts: measures.map((measure) => judge(measure, comparisons, batches)) };
}

/** What is beyond chance, worst first, for whoever looks for the reason. */
export function beyondChance({ comparisons, verdicts }: Agreement): string[] {
  const wrong = verdicts.filter(({ excess }) => excess > mostExcess);
  return wrong.flatMap((verdict) => [
    `${verdict.measure}: mean z² ${verdict.meanSquare.toFixed(2)} over ${verdict.topologies} topologies, ${verdict.excess.toFixed(1)} standard deviations too much`,
    ...comparisons
      .filter((one) => one.measure === verdict.measure && resolved(one))
      .toSorted((a, b) => Math.abs(b.z) - Math.abs(a.z))
      .slice(0, 10)
      .map(worded),
  ]);
}
