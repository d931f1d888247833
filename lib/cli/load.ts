import { error, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { diagnosticsText } from '../report/diagnostics-text';
import { loadSpec, readTopologyFile, type Loaded } from '../spec/load';
import type { LoadedOrganization, Organization } from '../spec/policy';
import type { Topology, UsedAssumption } from '../topology/topology';
import { wantsColour, type Io } from './command';
import { sha256 } from './digest';
import { refuseOverwriting, type Format } from './formats';
import { readInputs, type Input } from './inputs';
import { filesOf, organizations } from './organization';

/** A spec that could be read and is without errors. */
export interface LoadedTopology {
  readonly topology: Topology;
  readonly loaded: Loaded;
  /** Of its `nines.yaml`; null: there is none. */
  readonly organization: Organization | null;
  readonly source: { readonly path: string; readonly sha256: string };
}

export interface LoadedAll {
  /** Those without errors. */
  readonly good: readonly LoadedTopology[];
  readonly diagnostics: readonly Diagnostic[];
  readonly bad: boolean;
}

/** Reads the specs that a command was given; what is wrong is told on stderr, all of it. No result may go to a file that is read. */
export async function loadAll(args: readonly string[], io: Io, formats: readonly Format[] = []): Promise<LoadedAll> {
  const inputs = await readInputs(args, io);
  const organizationOf = organizations(io);
  refuseOverwriting(formats, filesOf(inputs, organizationOf), io);
  return loadInputs(inputs, io, organizationOf);
}

/** The same for files that have been read already, with the `nines.yaml` of each; those that have been loaded too are not loaded again. */
export function loadInputs(
  inputs: readonly Input[],
  io: Io,
  organizationOf: (file: string) => LoadedOrganization | null = () => null,
  already: readonly Loaded[] = [],
): LoadedAll {
  const all = inputs.map((input, i) => {
    const shared = organizationOf(input.file);
    return { input, shared, loaded: already[i] ?? loadInput(input, shared?.organization?.assumptions ?? []) };
  });
  const shared = new Set(all.flatMap((one) => one.shared ?? []));
  const diagnostics = [...[...shared].flatMap((one) => one.diagnostics), ...all.flatMap(({ loaded }) => loaded.diagnostics)];
  const texts = [...shared].map(({ file, text }) => [file, text] as const);
  tell(diagnostics, [...texts, ...all.map(({ input, loaded }) => [input.file, loaded.text] as const)], io);
  // With a broken policy file nobody knows what the figures are.
  const unusable = (one: LoadedOrganization | null) => one !== null && one.organization === null;
  const good = all.flatMap(({ input, loaded, shared: own }) =>
    loaded.topology === null || hasErrors(loaded.diagnostics) || unusable(own)
      ? []
      : [
          {
            topology: loaded.topology,
            loaded,
            organization: own?.organization ?? null,
            source: sourceOf(input),
          },
        ],
  );
  return { good, diagnostics, bad: good.length < inputs.length };
}

function sourceOf({ bytes, file }: Input): LoadedTopology['source'] {
  return {
    path: file.replaceAll('\\', '/'),
    get sha256() {
      return sha256(bytes);
    },
  };
}

/** One spec, with the figures of its organization. */
export function loadInput({ form, bytes, file, unreadable }: Input, organization: readonly UsedAssumption[]): Loaded {
  if (unreadable !== undefined) {
    const diagnostics = [error('spec/unreadable', 'A spec that cannot be read', unreadable)];
    return { topology: null, diagnostics, positions: undefined, text: '' };
  }
  const options = { organization };
  return form === 'synthesized' ? readTopologyFile(bytes, file, options) : loadSpec(bytes, file, options);
}

/** Shows diagnostics on stderr. */
export function tell(diagnostics: readonly Diagnostic[], texts: readonly (readonly [string, string])[], io: Io): void {
  io.heard?.(diagnostics);
  if (diagnostics.length > 0) io.stderr.write(diagnosticsText(diagnostics, { texts: new Map(texts), colour: wantsColour(io, io.stderr) }));
}
