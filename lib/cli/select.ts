import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { UsageError, type Io } from './command';
import { openGit } from './git';
import type { Input } from './inputs';
import { organizations } from './organization';

/** Which of the specs that were named are looked at. */
export type Select = (inputs: readonly Input[]) => Promise<readonly Input[]>;

export interface Selection {
  /** `1/4`: the first of four parts. */
  readonly shard: string | undefined;
  /** A revision: only what differs from it, or whose `nines.yaml` does. */
  readonly changedSince: string | undefined;
}

/** Selects by the options `--changed-since` and `--shard`; the shards of one list are disjoint, and together they are all of it. */
export function selectBy({ changedSince, shard }: Selection, io: Io): Select {
  const part = shard === undefined ? undefined : partOf(shard);
  return async (inputs) => {
    const changed = changedSince === undefined ? inputs : await changedOf(inputs, changedSince, io);
    return part ? changed.filter((_, i) => i % part.of === part.number - 1) : changed;
  };
}

function partOf(text: string): { readonly number: number; readonly of: number } {
  const [, number = 0, of = 0] = (/^([0-9]{1,4})\/([0-9]{1,4})$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of) throw new UsageError(`--shard takes a part such as 1/4, got ${JSON.stringify(text)}.`);
  return { number, of };
}

async function changedOf(inputs: readonly Input[], revision: string, io: Io): Promise<Input[]> {
  const git = await openGit(io.cwd);
  const commit = await git.tryCommit(revision);
  if (commit === undefined) throw new UsageError(`there is no revision ${JSON.stringify(revision)}. In CI, is it fetched?`);
  const changed = new Set(await git.changedSince(commit));
  const top = realpathSync(git.top);
  const isChanged = (file: string) => changed.has(relative(top, realpathSync(resolve(io.cwd, file))).replaceAll('\\', '/'));
  const organizationOf = organizations(io);
  return inputs.filter(({ file, unreadable }) => {
    // What has no file has no past.
    if (file === '<stdin>' || unreadable !== undefined) return true;
    const shared = organizationOf(file)?.file;
    return isChanged(file) || (shared !== undefined && isChanged(shared));
  });
}
