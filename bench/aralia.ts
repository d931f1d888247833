import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { interleaved } from './process';
import type { Benchmark } from './table';

const cli = resolve(__dirname, '../bin/nines.js');
const folder = resolve(process.env.NINES_ARALIA ?? resolve(__dirname, '../../shared/aralia'));

interface Reference {
  readonly peer_probability_wall_s?: number;
}

/** Industrial fault trees, whole processes less node's own start-up, beside the times of SCRAM that their reference states. */
export const benchmark: Benchmark = {
  name: 'aralia',
  run: () => {
    const file = resolve(folder, 'reference.json');
    if (!existsSync(file)) throw new Error(`there are no Aralia trees in ${folder}: name their folder by NINES_ARALIA`);
    const reference = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Reference>;
    const rows = Object.entries(reference).flatMap(([name, { peer_probability_wall_s: peer }]) => {
      if (peer === undefined) return [];
      const model = resolve(folder, `${name}.xml`);
      const measured = interleaved({ node: ['-e', '0'], solve: [cli, 'solve', model, '--probability-only'] }, peer > 10 ? 1 : 5);
      const ours = (measured.solve!.milliseconds - measured.node!.milliseconds) / 1000;
      return [{ name, ours, peer, megabytes: measured.solve!.megabytes }];
    });
    const sum = (of: 'ours' | 'peer') => rows.reduce((total, row) => total + row[of], 0);
    // Trees that the peer does in under 20 ms count as 20 ms.
    const slowest = rows
      .map(({ name, ours, peer }) => ({ name, times: ours / Math.max(peer, 0.02) }))
      .sort((a, b) => b.times - a.times)[0]!;
    return [
      {
        title: 'Probability of the Aralia trees, medians of five interleaved runs',
        columns: ['tree', 'ours s', 'SCRAM s', 'ratio', 'MB'],
        rows: [
          ...rows.map(({ name, ours, peer, megabytes }) => [name, ours, peer, ours / peer, megabytes]),
          ['all', sum('ours'), sum('peer'), sum('ours') / sum('peer'), ''],
        ],
        note: `Ours less node's start-up; SCRAM's as its reference states them, on another day. Slowest against it: ${slowest.name}, ${slowest.times.toFixed(1)} times.`,
      },
    ];
  },
};
