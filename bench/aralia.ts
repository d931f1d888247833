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

interface Row {
  readonly name: string;
  readonly startUp: number;
  /** Whole processes less node's start-up. */
  readonly ours: number;
  readonly all: number | '';
  readonly peer: number;
  readonly megabytes: number;
  readonly nodes: number;
  readonly perSecond: number;
}

/** A tree may take twice as long as the peer; trees that the peer does in under 20 ms count as 20 ms. */
const ofLimit = ({ ours, peer }: Row): number => ours / (2 * Math.max(peer, 0.02));

/** Industrial fault trees, whole processes less node's own start-up, beside the times of SCRAM that their reference states. */
export const benchmark: Benchmark = {
  name: 'aralia',
  run: () => {
    const file = resolve(folder, 'reference.json');
    if (!existsSync(file)) throw new Error(`there are no Aralia trees in ${folder}: name their folder by NINES_ARALIA`);
    const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Reference>;
    const rows = Object.entries(reference).flatMap(([name, { peer_probability_wall_s: peer }]): Row[] => {
      if (typeof peer !== 'number') return [];
      const model = resolve(folder, `${name}.xml`);
      const commands = {
        node: ['-e', '0'],
        solve: [cli, 'solve', model, '--probability-only'],
        // The cut sets of the largest tree take minutes.
        ...(peer > 10 ? {} : { all: [cli, 'solve', model] }),
      };
      const measured = interleaved(commands, peer > 10 ? 1 : 5);
      const startUp = measured.node!.milliseconds / 1000;
      const over = (command: string) => measured[command]!.milliseconds / 1000 - startUp;
      const { megabytes } = measured.solve!;
      return [{ name, startUp, ours: over('solve'), all: peer > 10 ? '' : over('all'), peer, megabytes, ...compiled(model) }];
    });
    const sum = (of: 'ours' | 'peer') => rows.reduce((total, row) => total + row[of], 0);
    const startUp = median(rows.map((row) => row.startUp));
    // All together may take half of the peer's time.
    const all = sum('ours') / (sum('peer') / 2);
    const over = rows.filter((row) => ofLimit(row) > 1).length;
    return [
      {
        title: 'The Aralia trees, medians of five interleaved runs of whole processes',
        columns: ['tree', 'SCRAM s', 'probability s', 'of limit', 'all answers s', 'MB', 'nodes', 'evaluations/s'],
        rows: [
          ...rows.map((row) => [row.name, row.peer, row.ours, ofLimit(row), row.all, row.megabytes, row.nodes, Math.round(row.perSecond)]),
          ['together', sum('peer'), sum('ours'), all, '', '', '', ''],
          ['trees over their limit', '', '', over, '', '', '', ''],
        ],
        note:
          `Ours less node's start-up, here ${startUp.toFixed(3)} s; SCRAM's whole, as the reference states it from another machine.\n  ` +
          `of limit: ours by twice SCRAM's, of which under 0.02 s count as that; together by half of SCRAM's.`,
      },
    ];
  },
};
