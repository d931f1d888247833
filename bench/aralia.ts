import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from '../lib/engine/compile';
import { readOpenPsa } from '../lib/fault-tree/open-psa';
import { interleaved } from './process';
import { median, type Benchmark } from './table';

const cli = resolve(__dirname, '../bin/nines.js');
const folder = resolve(process.env.NINES_ARALIA ?? resolve(__dirname, '../../shared/aralia'));

interface Reference {
  /** null: the peer does not solve it. */
  readonly peer_probability_wall_s?: number | null;
}

/** Nodes of a tree's diagram, and how often a second its probability is computed for other values once it is compiled. */
function compiled(file: string): { readonly nodes: number; readonly perSecond: number } {
  const { model } = readOpenPsa(readFileSync(file, 'utf8'), { file });
  if (model === undefined) throw new Error(`${file} could not be read`);
  const tree = compile(model.formula, [model.root]);
  const into = new Float64Array(1);
  const runs = Math.max(1, Math.ceil(200_000 / Math.max(1, tree.nodeCount)));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    for (let run = 0; run < runs; run++) tree.probability(model.values, into);
    return (performance.now() - start) / runs;
  });
  return { nodes: tree.nodeCount, perSecond: 1000 / median(times) };
}

/** Industrial fault trees, whole processes less node's own start-up, beside the times of SCRAM that their reference states. */
export const benchmark: Benchmark = {
  name: 'aralia',
  run: () => {
    const file = resolve(folder, 'reference.json');
    if (!existsSync(file)) throw new Error(`there are no Aralia trees in ${folder}: name their folder by NINES_ARALIA`);
    const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Reference>;
    const rows = Object.entries(reference).flatMap(([name, { peer_probability_wall_s: peer }]) => {
      if (typeof peer !== 'number') return [];
      const model = resolve(folder, `${name}.xml`);
      const commands = {
        node: ['-e', '0'],
        solve: [cli, 'solve', model, '--probability-only'],
        // The cut sets of the largest tree take minutes.
        ...(peer > 10 ? {} : { all: [cli, 'solve', model] }),
      };
      const measured = interleaved(commands, peer > 10 ? 1 : 5);
      const over = (command: string) => (measured[command]!.milliseconds - measured.node!.milliseconds) / 1000;
      return [
        { name, ours: over('solve'), all: peer > 10 ? '' : over('all'), peer, megabytes: measured.solve!.megabytes, ...compiled(model) },
      ];
    });
    const sum = (of: 'ours' | 'peer') => rows.reduce((total, row) => total + row[of], 0);
    // Trees that the peer does in under 20 ms count as 20 ms.
    const slowest = rows
      .map(({ name, ours, peer }) => ({ name, times: ours / Math.max(peer, 0.02) }))
      .sort((a, b) => b.times - a.times)[0]!;
    return [
      {
        title: 'The Aralia trees, medians of five interleaved runs of whole processes',
        columns: ['tree', 'probability s', 'SCRAM s', 'ratio', 'all answers s', 'MB', 'nodes', 'evaluations/s'],
        rows: [
          ...rows.map(({ name, ours, peer, all, megabytes, nodes, perSecond }) => [
            name,
            ours,
            peer,
            ours / peer,
            all,
            megabytes,
            nodes,
            Math.round(perSecond),
          ]),
          ['all', sum('ours'), sum('peer'), sum('ours') / sum('peer'), '', '', '', ''],
        ],
        note: `Ours less node's start-up; SCRAM's as its reference states them, on another day. Slowest against it: ${slowest.name}, ${slowest.times.toFixed(1)} times.`,
      },
    ];
  },
};
