import { resolve } from 'node:path';
import { interleaved } from './process';
import type { Benchmark } from './table';

const cli = resolve(__dirname, '../bin/nines.js');
const topology = (name: string) => resolve(__dirname, '../topologies', name);

/** The whole process as a user waits for it, against node that does nothing. */
export const benchmark: Benchmark = {
  name: 'start-up',
  run: () => {
    const measured = interleaved(
      {
        'node -e 0': ['-e', '0'],
        'nines --version': [cli, '--version'],
        'nines estimate topologies/minimal.yaml': [cli, 'estimate', topology('minimal.yaml')],
        'nines estimate topologies/orders.yaml': [cli, 'estimate', topology('orders.yaml')],
        'nines check topologies/orders.yaml': [cli, 'check', topology('orders.yaml')],
      },
      15,
    );
    const bare = measured['node -e 0']!;
    return [
      {
        title: 'Whole process, medians of 15 interleaved runs',
        columns: ['command', 'ms', 'over node ms', 'MB'],
        rows: Object.entries(measured).map(([name, { milliseconds, megabytes }]) => [
          name,
          milliseconds,
          milliseconds - bare.milliseconds,
          megabytes,
        ]),
        note: 'Wanted: at most 60 ms over node for `estimate topologies/orders.yaml` (all flows, interval from 1,000 samples, 20 cut sets).',
      },
    ];
  },
};
