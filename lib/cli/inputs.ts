import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { UsageError, type Io } from './command';

/** A spec or a synthesized topology as text, with the name that diagnostics give it. */
export interface Input {
  /** Relative to the working directory where it lies below it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly form: 'spec' | 'synthesized';
}

/** Whether a file in a folder of specs is one; `nines.yaml` holds policies. */
export const isSpecName = (name: string): boolean => /\.(ya?ml|json)$/.test(name) && !/^nines\.(ya?ml|json)$/.test(name);

/** The files that SPEC arguments name: files, folders (not their subfolders), globs, `cdktf.out` folders, `-` for standard input. */
export async function readInputs(args: readonly string[], io: Io): Promise<Input[]> {
  if (args.length === 0) throw new UsageError('it needs a spec: a file, a folder, a glob, a cdktf.out folder, or - for standard input.');
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
  const stacks = join(path, 'stacks');
  if (existsSync(join(path, 'manifest.json')) && existsSync(stacks)) {
    const written = sorted(readdirSync(stacks)).map((stack) => join(stacks, stack, 'topology.json'));
    const found = written.filter((file) => existsSync(file)).map((file) => read(file, 'synthesized', io));
    if (found.length === 0) throw new UsageError(`${arg} holds no topology.json: it was not synthesized by nines.`);
    return found;
  }
  const specs = sorted(readdirSync(path)).filter(isSpecName);
  if (specs.length === 0) throw new UsageError(`the folder ${arg} holds no spec (.yaml, .yml or .json).`);
  return specs.map((name) => read(join(path, name), 'spec', io));
}

async function readGlob(pattern: string, io: Io): Promise<Input[]> {
  const { globSync, isDynamicPattern } = await import('tinyglobby');
  const found = isDynamicPattern(pattern) ? sorted(globSync(pattern, { cwd: io.cwd, absolute: true, expandDirectories: false })) : [];
  if (found.length === 0) throw new UsageError(`there is no file ${JSON.stringify(pattern)}.`);
  return found.map((path) => read(path, 'spec', io));
}

function read(path: string, form: Input['form'], io: Io): Input {
  const below = relative(io.cwd, path);
  try {
    return { file: below.startsWith('..') ? path : below, bytes: readFileSync(path), form };
  } catch (cause) {
    throw new UsageError(`could not read ${path}: ${(cause as Error).message}.`);
  }
}

const sorted = (names: string[]) => names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
