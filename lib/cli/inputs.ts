import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { didYouMean } from '../diagnostics/did-you-mean';
import { listed } from '../diagnostics/way-out';
import { longestText } from '../spec/source';
import { UsageError, type Io } from './command';
import { readBytes, whyNot } from './read-file';

/** A spec or a synthesized topology as text, with the name that diagnostics give it. */
export interface Input {
  /** Relative to the working directory where it lies below it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly form: 'spec' | 'synthesized';
  /** Why it could not be read, as a sentence; the others are answered all the same. @default - it was read */
  readonly unreadable?: string;
}

/** Whether a file in a folder of specs is one; `nines.yaml` holds policies, and what begins with a dot belongs to other tools. */
export const isSpecName = (name: string): boolean => /^[^.].*\.(ya?ml|json)$/.test(name) && !isNoSpec(name);

/** What lies beside specs and is surely none. */
const isNoSpec = (name: string): boolean =>
  /^(nines\.(ya?ml|json)|(cdktf|package|package-lock|tsconfig)\.json|.*\.schema\.json)$/.test(name);

/** The files that SPEC arguments name: files, folders (not their subfolders), globs, `cdktf.out` folders, `-` for standard input. */
export async function readInputs(args: readonly string[], io: Io): Promise<Input[]> {
  if (args.length === 0) throw new UsageError('it needs a spec: a file, a folder, a glob, a cdktf.out folder, or - for standard input.');
  if (args.includes('')) throw new UsageError('a spec is named by an empty text. Is a variable unset?');
  const inputs: Input[] = [];
  for (const arg of args) inputs.push(...(await readInput(arg, io)));
  // The same file named twice (a folder and a file in it) is one spec.
  return inputs.filter((input, i) => inputs.findIndex((other) => other.file === input.file) === i);
}

async function readInput(arg: string, io: Io): Promise<Input[]> {
  if (arg === '-') return [{ file: '<stdin>', bytes: Buffer.from(await io.readStdin()), form: 'spec' }];
  const path = resolve(io.cwd, arg);
  if (!existsSync(path)) return readGlob(arg, io);
  if (!statSync(path).isDirectory()) return [read(path, arg.endsWith('topology.json') ? 'synthesized' : 'spec', io)];
  const stacks = stacksIn(path);
  if (stacks !== undefined) {
    const written = stacks.map((stack) => join(path, stack, 'topology.json'));
    const found = written.filter((file) => existsSync(file)).map((file) => read(file, 'synthesized', io));
    if (found.length === 0) throw new UsageError(`${arg} holds no topology.json: it was not synthesized by nines.`);
    return found;
  }
  const names = sorted(readdirSync(path));
  const specs = names.filter(isSpecName);
  if (specs.length === 0) throw new UsageError(withoutSpecs(arg, path, names.filter(isNoSpec)));
  return specs.map((name) => read(join(path, name), 'spec', io));
}

/** Where the specs of a folder without any may be: `nines init` puts them into one of their own. */
function withoutSpecs(arg: string, path: string, others: readonly string[]): string {
  const none = others.length === 0 ? '' : `; ${areNone(others)}`;
  const below = join(arg, 'topologies');
  const meant = existsSync(join(path, 'topologies')) ? ` Did you mean ${below}?` : '';
  return `the folder ${arg} holds no spec (.yaml, .yml or .json)${none}.${meant}`;
}

const areNone = (names: readonly string[]): string => `${listed(names)} ${names.length === 1 ? 'is' : 'are'} none`;

async function readGlob(pattern: string, io: Io): Promise<Input[]> {
  const { globSync, isDynamicPattern } = await import('./glob');
  const found = isDynamicPattern(pattern) ? sorted(globSync(pattern, { cwd: io.cwd, absolute: true, expandDirectories: false })) : [];
  if (found.length === 0) return [{ file: pattern, bytes: Buffer.alloc(0), form: 'spec', unreadable: missing(pattern, io) }];
  const specs = found.filter((path) => !isNoSpec(basename(path)));
  if (specs.length === 0) throw new UsageError(`${pattern} matches no spec; ${areNone(found.map((path) => basename(path)))}.`);
  return specs.map((path) => read(path, 'spec', io));
}

function read(path: string, form: Input['form'], io: Io): Input {
  const below = relative(io.cwd, path);
  const file = below.startsWith('..') ? path : below;
  try {
    return { file, bytes: readBytes(path, longestText), form };
  } catch (cause) {
    return { file, bytes: Buffer.alloc(0), form, unreadable: `${file} could not be read: ${whyNot(cause)}.` };
  }
}

/** The folders of the stacks that a synthesized folder holds now; what earlier runs have left there is not named in its manifest. */
function stacksIn(folder: string): string[] | undefined {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest) || !existsSync(join(folder, 'stacks'))) return undefined;
  try {
    const { stacks } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      readonly stacks: Readonly<Record<string, { readonly workingDirectory: string }>>;
    };
    return sorted(Object.values(stacks).map(({ workingDirectory }) => workingDirectory));
  } catch (cause) {
    throw new UsageError(`could not read ${manifest}: ${(cause as Error).message}. Synthesize again.`);
  }
}

function missing(named: string, io: Io): string {
  const folder = dirname(named);
  const beside = existsSync(resolve(io.cwd, folder)) ? readdirSync(resolve(io.cwd, folder)).filter(isSpecName) : [];
  const meant = didYouMean(basename(named), beside);
  return `There is no file ${JSON.stringify(named)}.${meant ? ` Did you mean ${JSON.stringify(join(folder, meant))}?` : ''}`;
}

const sorted = (names: string[]) => names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
