import { relative, resolve } from 'node:path';
import { solve, type SolveDocument, type SolveOptions, type WantedSets } from '../document/solve';
import type { SolvedSimulation } from '../document/solve-simulation';
import type { Budget } from '../engine/budget';
import type { SimulatedChunk } from '../engine/tree-simulation';
import { readOpenPsa, type OpenPsaModel } from '../fault-tree/open-psa';
import { diagnosticsText } from '../report/diagnostics-text';
import { solveText } from '../report/solve-text';
import { tryParseDuration } from '../units/duration';
import { UsageError, wantsColour, type Command, type ExitCode, type Io } from './command';
import { parseFormats, refuseOverwriting, writeFormats } from './formats';
import { parseOptions, wholeNumber } from './options';
import { readText } from './read-file';

const help = `Usage: nines solve MODEL.xml [OPTIONS]

Solves a fault tree in the Open-PSA Model Exchange Format: exact probability, minimal cut sets, importance. MODEL.xml may be - for standard input.

Options
  --top GATE                   the gate to solve; default: the only one that no other gate uses
  --probability-only           neither cut sets nor importance
  --cut-sets count             how many there are, of each order
             top=K             and the K most probable ones (default: top=10)
             order=N           and all of up to N events
             none              no cut sets
  --mission-time HOURS         what <system-mission-time/> stands for; default: 8760
  --time-limit DURATION        such as 30s or 5m; default: none
  --memory-limit SIZE          of node tables, such as 512MB or 2GB; default: none
  --samples N                  how the probability spreads when random deviates do, by N samples
  --simulate CYCLES            also simulate it, on all cores; rare tops by importance sampling
  --seed N                     of samples and simulation; default: 1
  --workers N                  threads of the simulation; default: as many as the machine has
  --format text|json[=FILE]    repeatable

A limit that is met leaves unanswered what needs more: in JSON null, with "stoppedBy". In place of the probability there are guaranteed bounds then.

Examples
  nines solve model.xml
  nines solve model.xml --cut-sets order=2 --format json
  nines estimate orders.yaml --format open-psa=orders.xml && nines solve orders.xml --top checkout
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, {
    top: 'value',
    'probability-only': 'flag',
    'cut-sets': 'value',
    'mission-time': 'value',
    'time-limit': 'value',
    'memory-limit': 'value',
    samples: 'value',
    simulate: 'value',
    seed: 'value',
    workers: 'value',
    format: 'values',
  });
  const [path, ...rest] = positionals;
  if (path === undefined || rest.length > 0) throw new UsageError('it takes one model: a file, or - for standard input.');
  const formats = parseFormats(options.format, ['text', 'json'], io);
  const wanted = options['cut-sets'] === undefined ? undefined : parseSets(options['cut-sets']);
  if (wanted !== undefined && options['probability-only']) throw new UsageError('--probability-only and --cut-sets exclude each other.');
  const budget: Budget = {
    ...(options['time-limit'] === undefined ? {} : { milliseconds: parseTime(options['time-limit']) }),
    ...(options['memory-limit'] === undefined ? {} : { bytes: parseMemory(options['memory-limit']) }),
  };
  const seed = options.seed === undefined ? 1 : wholeNumber('seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  const samples = options.samples === undefined ? 0 : wholeNumber('samples', options.samples, 10, 1_000_000);
  if (options.seed !== undefined && samples === 0 && options.simulate === undefined)
    throw new UsageError('--seed is an option of --samples and --simulate.');
  const probabilityOnly = options['probability-only'];
  const settings: SolveOptions = { probabilityOnly, samples, seed, budget, ...(wanted === undefined ? {} : { cutSets: wanted }) };
  const simulated = parseSimulation(options.simulate, seed, options.workers);

  const file = path === '-' ? '<stdin>' : relative(io.cwd, resolve(io.cwd, path)).replace(/^$/, path);
  refuseOverwriting(formats, [path === '-' ? '<stdin>' : path], io);
  const text = path === '-' ? await io.readStdin() : readText(resolve(io.cwd, path), path);
  const missionTime = options['mission-time'] === undefined ? undefined : parseHours(options['mission-time']);
  const { model, diagnostics } = readOpenPsa(text, {
    file,
    ...(options.top === undefined ? {} : { top: options.top }),
    ...(missionTime === undefined ? {} : { missionTime }),
  });
  if (diagnostics.length > 0)
    io.stderr.write(diagnosticsText(diagnostics, { texts: new Map([[file, text]]), colour: wantsColour(io, io.stderr) }));
  if (model === undefined) {
    writeFormats(
      formats.filter(({ name }) => name === 'json'),
      () => json({ version: 1, model: null, diagnostics }),
      io,
    );
    return 2;
  }
  const solved = solve(model, settings);
  const document = simulated === undefined ? solved : { ...solved, simulation: await simulateModel(model, solved, simulated, io.progress) };
  writeFormats(formats, (name) => (name === 'json' ? json({ ...document, diagnostics }) : solveText(document)), io);
  return 0;
}

interface Simulate {
  readonly cycles: number;
  readonly seed: number;
  readonly workers: number | undefined;
}

function parseSimulation(cycles: string | undefined, seed: number, workers: string | undefined): Simulate | undefined {
  if (cycles === undefined && workers !== undefined) throw new UsageError('--workers is an option of --simulate.');
  if (cycles === undefined) return undefined;
  const threads = workers === undefined ? undefined : wholeNumber('workers', workers, 1, 256);
  return { cycles: wholeNumber('simulate', cycles, 100, 1_000_000_000), seed, workers: threads };
}

/** In chunks of fixed size, so that the answer does not depend on the number of workers. */
async function simulateModel(
  model: OpenPsaModel,
  solved: SolveDocument,
  { cycles, seed, workers }: Simulate,
  progress: Io['progress'],
): Promise<SolvedSimulation> {
  const { simulationOf, simulationResult } = await import('../document/solve-simulation');
  const { inWorkers } = await import('./workers');
  const simulation = simulationOf(model, solved);
  const perChunk = Math.max(100, Math.min(5000, Math.ceil(cycles / 64)));
  const shared = { simulation, seed, cycles: perChunk };
  const chunks = await inWorkers<SimulatedChunk>('tree', shared, Math.ceil(cycles / perChunk), { workers, progress });
  return simulationResult(simulation, chunks, seed);
}

export const command: Command = { name: 'solve', summary: 'the engine alone, on an Open-PSA fault tree', help, run };

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function parseSets(text: string): WantedSets {
  if (text === 'none' || text === 'count') return { form: text };
  const [name, value] = text.split('=');
  if (name === 'top' && value !== undefined) return { form: 'top', count: wholeNumber('cut-sets top', value, 1, 1_000_000) };
  if (name === 'order' && value !== undefined) return { form: 'order', order: wholeNumber('cut-sets order', value, 0, 1000) };
  throw new UsageError(`--cut-sets takes count, top=K, order=N or none, got ${JSON.stringify(text)}.`);
}

function parseTime(text: string): number {
  const seconds = tryParseDuration(text);
  if (seconds === undefined || !(seconds > 0))
    throw new UsageError(`--time-limit takes a duration such as 30s or 5m, got ${JSON.stringify(text)}.`);
  return 1000 * seconds;
}

function parseMemory(text: string): number {
  const [, amount, unit] = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)(KB|MB|GB)$/.exec(text) ?? [];
  if (amount === undefined || !(Number(amount) > 0))
    throw new UsageError(`--memory-limit takes a size such as 512MB or 2GB, got ${JSON.stringify(text)}.`);
  return Number(amount) * (unit === 'KB' ? 1e3 : unit === 'MB' ? 1e6 : 1e9);
}

function parseHours(text: string): number {
  const hours = /^[0-9]{1,12}(\.[0-9]{1,12})?$/.test(text) ? Number(text) : NaN;
  if (!(hours > 0)) throw new UsageError(`--mission-time takes hours, got ${JSON.stringify(text)}.`);
  return hours;
}
