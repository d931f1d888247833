import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMean } from '../diagnostics/did-you-mean';
import { UsageError, type Io } from './command';
import { whyNot } from './read-file';

/** One `--format F[=FILE]`. */
export interface Format {
  readonly name: string;
  /** null: standard output. */
  readonly file: string | null;
}

/** The formats asked for; text where none is. At most one may go to standard output, and to each file. */
export function parseFormats(given: readonly string[], known: readonly string[], io: Pick<Io, 'cwd'>): Format[] {
  if (given.length === 0) return [{ name: 'text', file: null }];
  const formats = given.map((text) => {
    const [, name, file] = /^([^=]*)(?:=(.*))?$/s.exec(text) as unknown as [string, string, string | undefined];
    if (!known.includes(name)) {
      const meant = didYouMean(name, known);
      throw new UsageError(
        `there is no format ${JSON.stringify(name)}.${meant ? ` Did you mean ${meant}?` : ''} Formats: ${known.join(', ')}.`,
      );
    }
    if (file === '') throw new UsageError(`--format ${text} names no file.`);
    return { name, file: file ?? null };
  });
  if (formats.filter((format) => format.file === null).length > 1)
    throw new UsageError('only one format can go to standard output; give the others a file: --format json=out.json.');
  const files = formats.flatMap(({ file }) => file ?? []);
  const paths = files.map((file) => realPath(file, io));
  const twice = files.find((_, i) => paths.indexOf(paths[i]!) < i);
  if (twice !== undefined) throw new UsageError(`only one format can go to ${twice}; give the others a file of their own.`);
  return formats;
}

/** Refuses a result that would be written over what it is made from. */
export function refuseOverwriting(formats: readonly Format[], read: Iterable<string>, io: Pick<Io, 'cwd'>): void {
  const results = formats.filter(({ file }) => file !== null && isFile(resolve(io.cwd, file)));
  if (results.length === 0) return;
  const sources = new Set([...read].map((file) => realPath(file === '<stdin>' ? '/dev/stdin' : file, io)));
  const over = results.find(({ file }) => sources.has(realPath(file!, io)));
  if (over) throw new UsageError(`--format ${over.name}=${over.file} would overwrite what is read. Name another file.`);
}

/** Devices hold nothing that could be lost. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Where a file is, or would be, when links are followed. */
function realPath(file: string, io: Pick<Io, 'cwd'>): string {
  const path = resolve(io.cwd, file);
  for (const [there, below] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync.native(there), below);
    } catch {
      // It is not there, or lies where nothing can be read: what writes it will say so.
    }
  }
  return path;
}

/** Writes each format's text where it belongs; files are written whole or not at all. */
export function writeFormats(formats: readonly Format[], render: (name: string) => string, io: Io): void {
  for (const format of formats) {
    const text = render(format.name);
    if (format.file === null) io.stdout.write(text);
    else writeWhole(resolve(io.cwd, format.file), text);
  }
}

/** Writes a file so that a reader sees the old text or the new one, never a part. A device or a pipe is written to and stays what it is. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  let partial: string | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const there = statSync(path, { throwIfNoEntry: false });
    // Standard output under the name of a file may be one that a shell has opened.
    if (there !== undefined && (!there.isFile() || /^\/(dev|proc)\//.test(path))) return writeFileSync(path, text);
    // A link keeps pointing to the file.
    const target = there === undefined ? path : realpathSync(path);
    partial = `${target}.partial-${process.pid}`;
    writeFileSync(partial, text);
    renameSync(partial, target);
  } catch (cause) {
    if (partial !== undefined) rmSync(partial, { force: true });
    throw new UsageError(`could not write ${path}: ${whyNot(cause)}.`);
  }
}
