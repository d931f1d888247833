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
  /** Files that differ between a commit and the working tree, relative to the top. */
  changedSince(commit: string): Promise<string[]>;
  /** The top folder of the repository. */
  readonly top: string;
}

function run(cwd: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      encoding: 'buffer' as const,
      maxBuffer: 512 * 1024 * 1024,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    };
    execFile('git', args, options, (cause, stdout, stderr) => {
      if (cause) reject(new UsageError(`git ${args[0]} failed: ${stderr.toString('utf8').trim() || cause.message}.`));
      else resolve(stdout);
    });
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
    files: async (commit, path) =>
      names(await git('ls-tree', '-r', '-z', '--name-only', '--full-tree', checked(commit), '--', ...(path === '' ? [] : [path]))),
    read: (commit, file) => git('cat-file', 'blob', `${checked(commit)}:${file}`),
    changedSince: async (commit) => [
      ...names(await git('diff', '--name-only', '-z', '--no-renames', checked(commit), '--')),
      ...names(await git('ls-files', '--others', '--exclude-standard', '-z')),
    ],
  };
}

/** A revision that begins with a dash would be read as an option of git. */
export function refuseOption(revision: string): void {
  if (revision.startsWith('-')) throw new UsageError(`a revision cannot begin with a dash: ${JSON.stringify(revision)}.`);
}
