import { createHash } from 'node:crypto';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { diagnosticsText } from '../report/diagnostics-text';
import { loadSpec, readTopologyFile, type Loaded } from '../spec/load';
import type { Topology } from '../topology/topology';
import { wantsColour, type Io } from './command';
import { readInputs, type Input } from './inputs';

/** A spec that could be read and is without errors. */
export interface LoadedTopology {
  readonly topology: Topology;
  readonly loaded: Loaded;
  readonly source: { readonly path: string; readonly sha256: string };
}

export interface LoadedAll {
  /** Those without errors. */
  readonly good: readonly LoadedTopology[];
  readonly diagnostics: readonly Diagnostic[];
  readonly bad: boolean;
}

/** Reads the specs that a command was given; what is wrong is told on stderr, all of it. */
export async function loadAll(args: readonly string[], io: Io): Promise<LoadedAll> {
  return loadInputs(await readInputs(args, io), io);
}

/** The same for files that have been read already. */
export function loadInputs(inputs: readonly Input[], io: Io): LoadedAll {
  const all = inputs.map((input) => ({ input, loaded: load(input) }));
  const diagnostics = all.flatMap(({ loaded }) => loaded.diagnostics);
  tell(
    diagnostics,
    all.map(({ input, loaded }) => [input.file, loaded.text]),
    io,
  );
  const good = all.flatMap(({ input, loaded }) =>
    loaded.topology === null || hasErrors(loaded.diagnostics)
      ? []
      : [
          {
            topology: loaded.topology,
            loaded,
            source: { path: input.file.replaceAll('\\', '/'), sha256: createHash('sha256').update(input.bytes).digest('hex') },
          },
        ],
  );
  return { good, diagnostics, bad: good.length < inputs.length };
}

function load({ form, bytes, file }: Input): Loaded {
  return form === 'synthesized' ? readTopologyFile(bytes, file) : loadSpec(bytes, file);
}

/** Shows diagnostics on stderr. */
export function tell(diagnostics: readonly Diagnostic[], texts: readonly (readonly [string, string])[], io: Io): void {
  if (diagnostics.length > 0) io.stderr.write(diagnosticsText(diagnostics, { texts: new Map(texts), colour: wantsColour(io, io.stderr) }));
}
