import type { Spread } from '../engine/sampling';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Attributed } from '../estimate/attribution';
import type { Comparison, FlowComparison } from '../estimate/compare';
import { placeOf, type Edit } from '../estimate/edits';
import type { Finding } from '../estimate/findings';
import type { ResourceDifference } from '../resources/difference';
import type { PlainValue } from '../topology/plain';
import { minutesPerYear } from '../units/duration';
import { estimateDocument, type FlowDocument, type ObjectiveDocument, type Tool, type TopologyDocument } from './estimate';

/** The result of `nines diff`, exact and unrounded. What is unknown is null, with the reason in `because`. */
export interface DiffDocument {
  readonly version: 1;
  readonly tool: Tool;
  readonly topologies: readonly ComparedTopology[];
  readonly flows: readonly ComparedFlow[];
  /** Recovery objectives of the flows above, as each version states them. */
  readonly objectives: readonly ComparedObjective[];
  readonly findings: { readonly added: readonly ComparedFinding[]; readonly removed: readonly ComparedFinding[] };
  readonly assumptions: readonly ComparedAssumption[];
  /** `because`: resources were not compared, and why. */
  readonly resources: {
    readonly added: readonly ComparedResource[];
    readonly removed: readonly ComparedResource[];
    readonly changed: readonly ComparedChange[];
    readonly because: string | null;
  };
  readonly diagnostics: readonly Diagnostic[];
}

export interface SourceDocument {
  readonly path: string;
  readonly sha256: string;
}

export interface ComparedTopology {
  readonly topology: string;
  readonly status: 'added' | 'removed' | 'changed' | 'unchanged';
  readonly source: { readonly before: SourceDocument | null; readonly after: SourceDocument | null };
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Every setting that differs. */
  readonly edits: readonly EditDocument[];
  /** How differences were shared out; null with a `because` where they were not. */
  readonly attribution: 'exact' | 'drawn' | null;
  readonly because: string | null;
}

export interface EditDocument {
  readonly address: string;
  /** null: the whole of it has come or gone. */
  readonly setting: string | null;
  readonly before: PlainValue | null;
  readonly after: PlainValue | null;
  /** Where it is written: in the new version, or where it is gone in the old one. */
  readonly place: { readonly path: string; readonly line: number; readonly in: 'before' | 'after' } | null;
}

export interface ComparedFlow {
  readonly topology: string;
  readonly flow: string;
  readonly before: FlowDocument | null;
  readonly after: FlowDocument | null;
  readonly delta: DeltaDocument | null;
  readonly changes: readonly ChangeDocument[];
}

export interface DeltaDocument {
  readonly unavailability: number;
  readonly downtimeMinutesPerYear: number;
  readonly outagesPerYear: number | null;
  readonly requestFailure: number;
  /** Of the difference in unavailability, with the same draws on both sides. */
  readonly interval: Spread;
  readonly significant: boolean;
  readonly target: 'newly missed' | 'newly met' | 'missed' | 'met' | null;
}

export interface ChangeDocument extends EditDocument {
  /** What it adds to the unavailability. */
  readonly unavailability: number;
  readonly requestFailure: number;
  /** Edits without which this one would leave no valid topology. */
  readonly joined: readonly EditDocument[];
}

export interface ComparedObjective {
  readonly topology: string;
  readonly flow: string;
  readonly objective: ObjectiveDocument['objective'];
  /** null: it is not stated. */
  readonly before: ObjectiveState | null;
  readonly after: ObjectiveState | null;
}

/** `met` is null, with a `because`, where it is not judged. */
export type ObjectiveState = Pick<ObjectiveDocument, 'seconds' | 'met' | 'because'>;

export interface ComparedFinding extends Finding {
  readonly topology: string;
}

export interface ComparedAssumption {
  readonly topology: string;
  readonly name: string;
  readonly unit: string;
  readonly before: AssumptionNumbers | null;
  readonly after: AssumptionNumbers | null;
}

export interface AssumptionNumbers {
  readonly value: number;
  readonly range: readonly [number, number] | null;
}

export interface ComparedResource {
  readonly topology: string;
  readonly address: string;
}

export interface ComparedChange extends ComparedResource {
  readonly was: string | null;
  readonly arguments: readonly string[];
}

/** One topology of a diff. */
export interface DiffPart {
  readonly comparison: Comparison;
  readonly before: SourceDocument | null;
  readonly after: SourceDocument | null;
  readonly resources: ResourceDifference | null;
  /** Where a setting is written. */
  readonly placeOf: (edit: Edit) => EditDocument['place'];
}

export interface DiffDocumentOptions {
  readonly tool: Tool;
  readonly parts: readonly DiffPart[];
  /** Why resources were not compared. @default - they were */
  readonly resourcesBecause?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * The document from which every format of `diff` is rendered, and the comment.
 * @example diffDocument({ tool, parts: [{ comparison: compare(before, after), … }] }).flows[0].delta.significant // => true
 */
export function diffDocument({ tool, parts, resourcesBecause, diagnostics = [] }: DiffDocumentOptions): DiffDocument {
  const named = parts.map((part) => ({ ...part, topology: nameOf(part.comparison) }));
  const findings = (which: 'added' | 'removed') =>
    named.flatMap(({ comparison, topology }) => comparison.findings[which].map((finding) => ({ topology, ...finding })));
  const addresses = (which: 'added' | 'removed') =>
    named.flatMap(({ resources, topology }) => (resources?.[which] ?? []).map((address) => ({ topology, address })));
  return {
    version: 1,
    tool,
    topologies: named.map(topologyOf),
    flows: named.flatMap((part) => flowsOf(part, tool)),
    objectives: named.flatMap(objectivesOf),
    findings: { added: findings('added'), removed: findings('removed') },
    assumptions: named.flatMap(({ comparison, topology }) =>
      comparison.assumptions.map(({ name, before, after }) => {
        const numbers = (side: typeof before) => side && { value: side.value, range: side.range ?? null };
        return { topology, name, unit: (after ?? before)!.unit, before: numbers(before), after: numbers(after) };
      }),
    ),
    resources: {
      added: addresses('added'),
      removed: addresses('removed'),
      changed: named.flatMap(({ resources, topology }) => (resources?.changed ?? []).map((change) => ({ topology, ...change }))),
      because: resourcesBecause ?? null,
    },
    diagnostics,
  };
}

interface NamedPart extends DiffPart {
  readonly topology: string;
}

const nameOf = ({ before, after }: Comparison): string => (after ?? before)!.topology.name;

function topologyOf(part: NamedPart): ComparedTopology {
  const { after, before, comparison, topology } = part;
  const { attribution, edits, renamed } = comparison;
  const status = !comparison.before ? 'added' : !comparison.after ? 'removed' : edits.length + renamed.size > 0 ? 'changed' : 'unchanged';
  return {
    topology,
    status,
    source: { before, after },
    renamed: [...renamed].map(([from, to]) => ({ from, to })),
    edits: edits.map((edit) => editOf(edit, part)),
    attribution: attribution.because === null ? attribution.method : null,
    because: attribution.because,
  };
}

function editOf(edit: Edit, { placeOf: written, topology }: NamedPart): EditDocument {
  return { ...placeOf(edit, topology), before: edit.before ?? null, after: edit.after ?? null, place: written(edit) };
}

function flowsOf(part: NamedPart, tool: Tool): ComparedFlow[] {
  const { comparison, topology } = part;
  const documents = (side: Comparison['before']): ReadonlyMap<string, FlowDocument> => {
    const made: TopologyDocument | undefined = side
      ? estimateDocument({ tool, topologies: [{ estimate: side, source: null }] }).topologies[0]
      : undefined;
    return new Map((made?.results ?? []).map((result) => [result.flow, result]));
  };
  const [before, after] = [documents(comparison.before), documents(comparison.after)];
  return comparison.flows.map((flow) => {
    const [one, other] = [before.get(flow.flow) ?? null, after.get(flow.flow) ?? null];
    return {
      topology,
      flow: flow.flow,
      before: one,
      after: other,
      delta: deltaOf(flow, one, other),
      changes: flow.changes.map((change) => changeOf(change, part)),
    };
  });
}

function objectivesOf({ comparison, topology }: NamedPart): ComparedObjective[] {
  const { after, before } = comparison;
  const stated = (side: Comparison['before'], flow: string, objective: ComparedObjective['objective']): ObjectiveState | null => {
    const found = side?.objectives.find((one) => one.flow === flow && one.objective === objective);
    return found ? { seconds: found.seconds, met: found.met, because: found.because } : null;
  };
  return comparison.flows.flatMap(({ flow }) =>
    (['rto', 'rpo'] as const)
      .map((objective) => ({ topology, flow, objective, before: stated(before, flow, objective), after: stated(after, flow, objective) }))
      .filter((one) => one.before !== null || one.after !== null),
  );
}

function changeOf({ edits, requestFailure, unavailability }: Attributed, part: NamedPart): ChangeDocument {
  // What has come or gone as a whole says more than what refers to it.
  const [first, ...joined] = [...edits.filter(isWhole), ...edits.filter((edit) => !isWhole(edit))].map((edit) => editOf(edit, part));
  return { ...first!, unavailability, requestFailure, joined };
}

const isWhole = ({ path }: Edit): boolean => path.length === 2;

function deltaOf({ delta }: FlowComparison, before: FlowDocument | null, after: FlowDocument | null): DeltaDocument | null {
  if (!delta) return null;
  const was = before?.target ? before.target.met : null;
  const is = after?.target ? after.target.met : null;
  return {
    unavailability: delta.unavailability,
    downtimeMinutesPerYear: delta.unavailability * minutesPerYear,
    outagesPerYear: delta.outagesPerYear,
    requestFailure: delta.requestFailure,
    interval: delta.interval,
    significant: delta.significant,
    // A target that is new and missed is newly missed.
    target: is === null ? null : is ? (was === false ? 'newly met' : 'met') : was === false ? 'missed' : 'newly missed',
  };
}
