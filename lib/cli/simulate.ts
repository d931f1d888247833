import { simulateDocument, type SimulateDocumentOptions } from '../document/simulate';
import { estimate } from '../estimate/estimate';
import { simulateText } from '../report/simulate-text';
import { summarize } from '../simulation/summary';
import type { Chunk } from '../simulation/tally';
import type { Command, ExitCode, Io } from './command';
import { parseFormats, writeFormats } from './formats';
import { loadAll } from './load';
import { parseOptions, wholeNumber } from './options';
import { tool } from './tool';
import { defaultWorkers, inWorkers } from './workers';

const help = `Usage: nines simulate SPEC… [OPTIONS]

Moves the system of a spec through time and counts what its users would see: a second way to the numbers of \`nines estimate\`, which shares nothing
with it but the model. Prints both side by side, with 95 % intervals. SPEC is a file, a folder, a glob, a cdktf.out folder, or - for standard input.

Options
  --cycles N                   how often it goes from "all is normal" back to it (default: 100000); four times as many halve the interval
  --seed N                     names the random numbers (default: 1)
  --workers N                  threads; they change the time that it takes and nothing else (default: one per processor)
  --infrastructure-only        without bad deployments and configurations
  --format text|json[=FILE]    repeatable; one may go to standard output

Examples
  nines simulate topologies/orders.yaml
  nines simulate topologies/orders.yaml --cycles 1000000 --seed 7 --format json=simulated.json
`;

/** Batches, from whose spread the intervals come. */
const batches = 40;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, {
    cycles: 'value',
    seed: 'value',
    workers: 'value',
    'infrastructure-only': 'flag',
    format: 'values',
  });
  const formats = parseFormats(options.format, ['text', 'json'], io);
  const cycles = wholeNumber('cycles', options.cycles ?? '100000', 1000, 1_000_000_000);
  const seed = wholeNumber('seed', options.seed ?? '1', 0, 2 ** 32 - 1);
  const workers = wholeNumber('workers', options.workers ?? String(defaultWorkers()), 1, 1024);
  const includesChange = !options['infrastructure-only'];
  const { bad, diagnostics, good } = await loadAll(positionals, io, formats);
  const topologies: SimulateDocumentOptions['topologies'][number][] = [];
  for (const { topology, source } of good) {
    const chunks = await inWorkers<Chunk>(
      'topology',
      { topology, options: { seed, cycles: Math.ceil(cycles / batches), includesChange } },
      batches,
      { workers, progress: io.progress },
    );
    // The interval of the assumptions and the cut sets are not shown here.
    const exact = estimate(topology, { samples: 100, cutSets: 0 });
    topologies.push({ estimate: exact, simulation: summarize(chunks), seed, includesChange, source });
  }
  const document = simulateDocument({ tool: tool(), topologies, diagnostics });
  const shown = good.length > 0 ? formats : formats.filter(({ name }) => name === 'json');
  writeFormats(shown, (name) => (name === 'json' ? `${JSON.stringify(document, null, 2)}\n` : simulateText(document)), io);
  return bad ? 2 : 0;
}

export const command: Command = { name: 'simulate', summary: 'the independent simulation beside the exact numbers', help, run };
