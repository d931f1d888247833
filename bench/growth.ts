import { compile } from '../lib/engine/compile';
import { cutSets } from '../lib/engine/cut-sets';
import { Formula, type Ref } from '../lib/engine/formula';
import { Random } from '../lib/engine/random';
import { median, type Benchmark, type Table } from './table';

/** Builds a root over about so many events. */
type Shape = (formula: Formula, events: number) => Ref;

/** 2-of-3 gates inside each other: each counts the one within and two events of its own. */
const chainOfThresholds: Shape = (formula, events) => {
  let root = formula.basic('first');
  for (let i = 0; 2 * i < events - 1; i++) root = formula.atLeast(2, [root, formula.basic(`a${i}`), formula.basic(`b${i}`)]);
  return root;
};

/** Half of all events, by one gate. */
const oneThreshold: Shape = (formula, events) =>
  formula.atLeast(
    Math.ceil(events / 2),
    Array.from({ length: events }, (_, i) => formula.basic(`e${i}`)),
  );

/** Tiers of six units over three zones that all tiers share: a tier is out when fewer than four of its units are left. */
const zonesAndTiers: Shape = (formula, events) => {
  const zones = Array.from({ length: 3 }, (_, i) => formula.basic(`zone ${i}`));
  const tiers = Array.from({ length: Math.ceil((events - 3) / 6) }, (_, tier) =>
    formula.atLeast(
      3,
      Array.from({ length: 6 }, (_, unit) => formula.or([formula.basic(`unit ${tier}-${unit}`), zones[unit % 3]!])),
    ),
  );
  return formula.or(tiers);
};

/** A tree of random gates of two to four inputs; one event in twenty is used again by a gate nearby. */
const randomTree: Shape = (formula, events) => {
  const random = new Random(events);
  let layer: Ref[] = Array.from({ length: events }, (_, i) => formula.basic(`e${i}`));
  while (layer.length > 1) {
    const next: Ref[] = [];
    for (let at = 0; at < layer.length;) {
      const inputs = layer.slice(at, at + 2 + random.integer(3));
      at += inputs.length;
      if (random.happens(0.05)) inputs.push(layer[Math.min(layer.length - 1, at + random.integer(3))]!);
      const form = random.integer(5);
      next.push(form < 2 ? formula.and(inputs) : form < 4 ? formula.or(inputs) : formula.atLeast(Math.min(2, inputs.length), inputs));
    }
    layer = next;
  }
  return layer[0]!;
};

const shapes: Readonly<Record<string, { readonly shape: Shape; readonly most: number }>> = {
  'chain of 2-of-3 gates': { shape: chainOfThresholds, most: 100_000 },
  // Its diagram has a quarter of the square of its events.
  'one half-of-n gate': { shape: oneThreshold, most: 1000 },
  'zones × tiers': { shape: zonesAndTiers, most: 100_000 },
  'random tree': { shape: randomTree, most: 100_000 },
};

function rows(name: string, shape: Shape, most: number): (string | number)[][] {
  return [100, 1000, 10_000, 100_000]
    .filter((events) => events <= most)
    .map((events) => {
      const formula = new Formula();
      const root = shape(formula, events);
      const values = new Float64Array(formula.literalCount).fill(1e-3);
      let start = performance.now();
      const compiled = compile(formula, [root]);
      const compiling = performance.now() - start;
      start = performance.now();
      const sets = cutSets(compiled).nodeCount;
      const cutting = performance.now() - start;
      const into = new Float64Array(1);
      const runs = Math.max(1, Math.ceil(200_000 / compiled.nodeCount));
      const evaluating = median(
        Array.from({ length: 5 }, () => {
          const begin = performance.now();
          for (let run = 0; run < runs; run++) compiled.probability(values, into);
          return (performance.now() - begin) / runs;
        }),
      );
      const memory = process.memoryUsage();
      return [
        name,
        formula.eventCount,
        compiled.nodeCount,
        sets,
        compiling,
        (1000 * compiling) / formula.eventCount,
        cutting,
        1000 / evaluating,
        (memory.heapUsed + memory.arrayBuffers) / 2 ** 20,
      ];
    });
}

/** How time and memory grow with the number of events. */
export const benchmark: Benchmark = {
  name: 'growth',
  run: (): Table[] => {
    // What is compiled by then is compiled for all.
    rows('', randomTree, 1000);
    return [
      {
        title: 'Growth: from formula to probability and cut sets',
        columns: ['formula', 'events', 'nodes', 'nodes of sets', 'compile ms', 'µs per event', 'cut sets ms', 'evaluations/s', 'MB'],
        rows: Object.entries(shapes).flatMap(([name, { shape, most }]) => rows(name, shape, most)),
        note: 'Memory: what the process holds then, before anything is collected.',
      },
    ];
  },
};
