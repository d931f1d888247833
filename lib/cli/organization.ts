import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { loadPolicy, type LoadedOrganization } from '../spec/policy';
import { UsageError, type Io } from './command';
import type { Input } from './inputs';

/** What an organization shares; no spec, wherever it lies. */
export const policyFileName = 'nines.yaml';

/** Reads the `nines.yaml` of files, each policy file once. */
export function organizations(io: Io): (file: string) => LoadedOrganization | null {
  const known = new Map<string, LoadedOrganization>();
  return (file) => {
    const found = find(file === '<stdin>' ? io.cwd : dirname(resolve(io.cwd, file)));
    if (found === undefined) return null;
    const loaded = known.get(found) ?? read(found, io);
    known.set(found, loaded);
    return loaded;
  };
}

/** The files that answers about specs come from. */
export function* filesOf(inputs: readonly Input[], organizationOf: (file: string) => LoadedOrganization | null): Generator<string> {
  for (const { file } of inputs) {
    yield file;
    const shared = organizationOf(file);
    if (shared) yield shared.file;
  }
}

/** Upwards, and not beyond the repository: what lies around it is somebody else's. */
function find(folder: string): string | undefined {
  const here = join(folder, policyFileName);
  if (existsSync(here)) return here;
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, '.git')) ? undefined : find(above);
}

function read(path: string, io: Io): LoadedOrganization {
  const below = relative(io.cwd, path);
  try {
    return loadPolicy(readFileSync(path), (below.startsWith('..') ? path : below).replaceAll('\\', '/'));
  } catch (cause) {
    throw new UsageError(`could not read ${path}: ${(cause as Error).message}.`);
  }
}
