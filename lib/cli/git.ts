import { execFile } from 'node:child_process';
import { UsageError } from './command';

/** Reads from a git repository without touching its checkout. */
export interface Git {
  /** The commit that a revision names; undefined if it names none. */
  tryCommit(revision: string): Promise<string | undefined>;
  /** The best common ancestor. */
  mergeBase(a: string, b: string): Promise<string>;
  /** Files below a path at a commit, relative to the top of the repository. */
  files(commit: string, path: string): Promise<string[]>;
  read(commit: string, file: string): Promise<Uint8Array>;
  /** Several files that `files` has named, by one process. */
  readAll(commit: string, files: readonly string[]): Promise<Uint8Array[]>;
  /** Files that differ between a commit and the working tree, relative to the top. */
  changedSince(commit: string): Promise<string[]>;
  /** The top folder of the repository. */
  readonly top: string;
}

function run(cwd: string, args: readonly string[], input?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      encoding: 'buffer' as const,
      maxBuffer: 512 * 1024 * 1024,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    };
    const child = execFile('git', args, options, (cause, stdout, stderr) => {
      if (cause) reject(new UsageError(`git ${args[0]} failed: ${stderr.toString('utf8').trim() || cause.message}.`));
      else resolve(stdout);
    });
    if (input !== undefined) child.stdin!.end(input);
  });
}

const names = (output: Buffer) =>
  output
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');

/** The repository around a folder. */
export async function openGit(cwd: string): Promise<Git> {
  const top = (await run(cwd, ['rev-parse', '--show-toplevel'])).toString('utf8').replace(/\n$/, '');
  const git = (...args: string[]) => run(top, args);
  const blobs = new Map<string, string>();
  const checked = (revision: string) => {
    refuseOption(revision);
    return revision;
  };
  return {
    top,
    tryCommit: async (revision) => {
      checked(revision);
      try {
        return (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)).toString('utf8').trim();
      } catch {
        return undefined;
      }
    },
    mergeBase: async (a, b) => (await git('merge-base', '--end-of-options', checked(a), checked(b))).toString('utf8').trim(),
    files: async (commit, path) => {
      const entries = names(await git('ls-tree', '-r', '-z', '--full-tree', checked(commit), '--', ...(path === '' ? [] : [path])));
      return entries.map((entry) => {
        const [, blob, file] = /^\S+ \S+ (\S+)\t(.*)$/s.exec(entry) as unknown as [string, string, string];
        blobs.set(`${commit}:${file}`, blob);
        return file;
      });
    },
    readAll: async (commit, files) => {
      if (files.length === 0) return [];
      const wanted = files.map((file) => blobs.get(`${commit}:${file}`)!);
      return contentsIn(await run(top, ['cat-file', '--batch'], wanted.map((blob) => `${blob}\n`).join('')), wanted.length);
    },
    read: (commit, file) => git('cat-file', 'blob', `${checked(commit)}:${file}`),
    changedSince: async (commit) => [
      ...names(await git('diff', '--name-only', '-z', '--no-renames', checked(commit), '--')),
      ...names(await git('ls-files', '--others', '--exclude-standard', '-z')),
    ],
  };
}

/** What `cat-file --batch` answers: a line with the size, then so many bytes and a line break, for each. */
function contentsIn(output: Buffer, count: number): Uint8Array[] {
  const contents: Uint8Array[] = [];
  for (let at = 0; contents.length < count;) {
    const end = output.indexOf(0x0a, at);
    const header = output.toString('utf8', at, end);
    const size = /^\S+ blob ([0-9]+)$/.exec(header)?.[1];
    if (size === undefined) throw new UsageError(`git cat-file failed: ${header}.`);
    contents.push(output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return contents;
}

/** A revision that begins with a dash would be read as an option of git. */
export function refuseOption(revision: string): void {
  if (revision.startsWith('-')) throw new UsageError(`a revision cannot begin with a dash: ${JSON.stringify(revision)}.`);
}
