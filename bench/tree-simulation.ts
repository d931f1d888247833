import { availableParallelism } from 'node:os';
import { inWorkers } from '../lib/cli/workers';
import { chanceWithin } from '../lib/engine/downtime-distribution';
import { Formula } from '../lib/engine/formula';
import { plainTree } from '../lib/engine/plain-tree';
import { Random } from '../lib/engine/random';
import { latinHypercube, type Uncertain } from '../lib/engine/sampling';
import { simulateChunk, summarize, type SimulatedChunk, type TreeSimulation } from '../lib/engine/tree-simulation';
import { median, type Benchmark, type Table } from './table';

/** Milliseconds of a piece of work, the median of several runs after a first one. */
function timed(runs: number, work: (run: number) => unknown): number {
  work(0);
  const times = Array.from({ length: runs }, (_, run) => {
    const start = performance.now();
    work(run + 1);
    return performance.now() - start;
  });
  return median(times);
}

/** k failures of n units, one in a thousand of the time down. */
function kOfN(k: number, n: number): TreeSimulation {
  const formula = new Formula();
  const refs = Array.from({ length: n }, (_, i) => formula.basic(`unit ${i}`));
  const events = refs.map(() => ({ rate: 1e-3, length: { distribution: 'exponential' as const, mean: 1 } }));
  return { tree: plainTree(formula, formula.atLeast(k, refs)), events };
}

function rates(): Table {
  const cycles = 20_000;
  const rows = [[1, 3] as const, [2, 6] as const, [3, 6] as const, [3, 30] as const, [4, 100] as const].map(([k, n]) => {
    const simulation = kOfN(k, n);
    let chunk: SimulatedChunk | undefined;
    const milliseconds = timed(3, (run) => (chunk = simulateChunk(simulation, 1, run, cycles)));
    const { unavailability } = summarize(simulation, [chunk!]);
    return [
      `${k} of ${n}`,
      unavailability.value.toExponential(2),
      (100 * unavailability.standardError) / unavailability.value,
      milliseconds,
      chunk!.steps / milliseconds,
    ];
  });
  return {
    title: `Simulation of a tree, ${cycles} cycles`,
    columns: ['failures needed', 'unavailability', 'standard error %', 'ms', 'events per ms'],
    rows,
  };
}

async function speedUp(): Promise<Table> {
  const shared = { simulation: kOfN(3, 30), seed: 1, cycles: 10_000 };
  const rows: (string | number)[][] = [];
  for (const workers of [1, 2, 4].filter((count) => count === 1 || count <= availableParallelism())) {
    const start = performance.now();
    await inWorkers('tree', shared, 24, { workers });
    rows.push([workers, performance.now() - start]);
  }
  const alone = rows[0]![1] as number;
  return {
    title: 'Worker threads',
    columns: ['workers', 'ms', 'speed-up'],
    rows: rows.map(([workers, ms]) => [workers!, ms!, alone / (ms as number)]),
  };
}

function uncertainty(): Table {
  const inputs: Uncertain[] = Array.from({ length: 40 }, (_, i) => ({
    name: `number ${i}`,
    distribution: { shape: 'two-piece-lognormal', median: 1, p5: 0.3, p95: 4 },
  }));
  const random = new Random(1);
  const occurrences = Array.from({ length: 12 }, (_, i) => ({
    perYear: 3 * random.uniform(),
    length:
      i % 2 === 0
        ? ({ distribution: 'fixed', mean: 60 * (1 + random.uniform()) } as const)
        : ({ distribution: 'exponential', mean: 3600 * random.uniform() } as const),
  }));
  const chance = (tolerance: number) =>
    timed(9, () => chanceWithin(occurrences, { allowedSeconds: 2592, windowSeconds: 30 * 86_400, tolerance }));
  return {
    title: 'Uncertainty',
    columns: ['work', 'ms'],
    rows: [
      ['Latin hypercube, 1,000 samples of 40 assumptions', timed(9, (run) => latinHypercube(inputs, 1000, run))],
      ['chance to meet a target, 12 causes, error below 1e-3', chance(1e-3)],
      ['the same, error below 1e-5', chance(1e-5)],
    ],
  };
}

/** Simulated events per second, what a second worker brings, and the cost of uncertainty. */
export const benchmark: Benchmark = {
  name: 'tree-simulation',
  run: async () => [rates(), await speedUp(), uncertainty()],
};
