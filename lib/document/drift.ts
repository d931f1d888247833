import type { Difference } from '../drift/difference';
import type { Drift } from '../drift/drift';
import type { Moved } from '../drift/moved';
import { placeOf, type Edit } from '../estimate/edits';
import { diffDocument, type ComparedFlow, type SourceDocument } from './diff';
import type { Tool } from './estimate';

/** The result of `nines drift`, exact and unrounded. What is unknown is null, with the reason in `because`. */
export interface DriftDocument {
  readonly version: 1;
  readonly tool: Tool;
  readonly topology: string;
  readonly source: SourceDocument;
  /** What the topology was compared with: a file, or, `live`, what AWS answers in a region. */
  readonly with: { readonly form: 'plan' | 'state' | 'live'; readonly path: string };
  readonly drifted: boolean;
  readonly differences: readonly DifferenceDocument[];
  readonly moved: readonly Moved[];
  /** The numbers as reviewed (`before`) beside those with what is there (`after`); null with a `because`. */
  readonly flows: readonly ComparedFlow[] | null;
  readonly because: string | null;
}

export interface DifferenceDocument extends Omit<Difference, 'path'> {
  /** What it adds to each flow's unavailability, flows that it does not touch left out; null: it is in no number, since no setting says it. */
  readonly effects: readonly { readonly flow: string; readonly unavailability: number }[] | null;
}

export interface DriftDocumentOptions {
  readonly tool: Tool;
  readonly drift: Drift;
  readonly source: SourceDocument;
  readonly with: DriftDocument['with'];
}

/** @example driftDocument({ tool, drift, source, with: { form: 'state', path: 'state.json' } }).drifted // => false */
export function driftDocument({ drift, source, tool, with: compared }: DriftDocumentOptions): DriftDocument {
  const { because, comparison, differences, moved, topology } = drift;
  const flows = comparison
    ? diffDocument({ tool, parts: [{ comparison, before: source, after: source, resources: null, placeOf: () => null }] }).flows
    : null;
  return {
    version: 1,
    tool,
    topology: topology.name,
    source,
    with: compared,
    drifted: differences.length > 0,
    differences: differences.map(({ path, ...difference }) => ({
      ...difference,
      effects: flows && path && effectsOf(path, flows, topology.name),
    })),
    moved,
    flows,
    because,
  };
}

/** What an edit of the spec that says the difference adds to each flow. Edits that are only valid together are one. */
function effectsOf(path: readonly string[], flows: readonly ComparedFlow[], topology: string): DifferenceDocument['effects'] {
  const edit: Pick<Edit, 'path'> = { path };
  const { address, setting } = placeOf(edit, topology);
  const says = (change: { readonly address: string; readonly setting: string | null }) =>
    change.address === address && (change.setting === setting || setting?.startsWith(`${change.setting}.`) === true);
  return flows.flatMap(({ changes, flow }) => {
    const change = changes.find((it) => says(it) || it.joined.some(says));
    return change && change.unavailability !== 0 ? [{ flow, unavailability: change.unavailability }] : [];
  });
}
