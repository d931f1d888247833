import { spread, type Spread } from '../engine/sampling';
import { changeOf, summingTo } from '../engine/shapley';
import type { Topology, UsedAssumption } from '../topology/topology';
import { attribute, type Attributed, type Attribution } from './attribution';
import { editsBetween, edited, treeOf, tryResolve, type Edit, type Tree } from './edits';
import { estimate, type Estimate, type FlowEstimate } from './estimate';
import type { Finding } from './findings';
import { fullKeyOf, keyOf, neededPart, partOfFlow } from './part-of-flow';

export interface CompareOptions {
  /** Samples of the assumptions, shared by both sides. @default 300 */
  readonly samples?: number;
  /** Names the random numbers. @default 1 */
  readonly seed?: number;
  /** Minimal cut sets listed for each flow. @default 5 */
  readonly cutSets?: number;
  /** Figures of the organization for each version, below those of the spec. @default - none */
  readonly organization?: { readonly before: readonly UsedAssumption[]; readonly after: readonly UsedAssumption[] };
}

/** What a change of a topology does to its availability. */
export interface Comparison {
  /** null: it is new. */
  readonly before: Estimate | null;
  /** null: it was deleted. */
  readonly after: Estimate | null;
  /** None where nothing changed. */
  readonly flows: readonly FlowComparison[];
  readonly edits: readonly Edit[];
  readonly renamed: ReadonlyMap<string, string>;
  readonly findings: { readonly added: readonly Finding[]; readonly removed: readonly Finding[] };
  readonly assumptions: readonly ChangedAssumption[];
  readonly attribution: Pick<Attribution, 'because' | 'method'>;
}

export interface FlowComparison {
  readonly flow: string;
  readonly before: FlowEstimate | null;
  readonly after: FlowEstimate | null;
  /** null: there are not two to compare. */
  readonly delta: Delta | null;
  readonly changes: readonly Attributed[];
}

export interface Delta {
  readonly unavailability: number;
  readonly requestFailure: number;
  readonly outagesPerYear: number | null;
  /** Of the difference in unavailability, both sides with the same draws of the assumptions. */
  readonly interval: Spread;
  /** The difference has the same sign at both ends of its interval. */
  readonly significant: boolean;
}

/** An assumption whose number is another one, or that is stated for the first or the last time. */
export interface ChangedAssumption {
  readonly name: string;
  readonly before: UsedAssumption | null;
  readonly after: UsedAssumption | null;
}

/**
 * Compares two versions of a topology; null: there is none. Parts that have been renamed (`was`) are the same parts.
 * @example compare(before, after).flows[0].delta.unavailability // => -1.2e-5
 */
export function compare(before: Topology | null, after: Topology | null, options: CompareOptions = {}): Comparison {
  const renamed = before && after ? renamesOf(before, after) : new Map<string, string>();
  const { organization } = options;
  const trees = {
    before: before && treeOf(before.settings, renamed, organization?.before),
    after: after && treeOf(after.settings, undefined, organization?.after),
  };
  const edits = trees.before && trees.after ? editsBetween(trees.before, trees.after) : [];
  if (before && after && edits.length + renamed.size === 0) return unchanged(before, after);
  const estimates = new Estimates(options);
  const base = trees.before && estimates.of(trees.before);
  const head = trees.after && estimates.of(trees.after);
  const names = [...new Set([...(base?.results ?? []), ...(head?.results ?? [])].map(({ flow }) => flow.name))];
  const common = names.filter((name) => tryFind(base, name) && tryFind(head, name));
  const needed = (side: Estimate, name: string) => keyOf(neededPart(partOfFlow(side.topology, name)));
  const changed = common.filter((name) => needed(base!, name) !== needed(head!, name));
  const attribution: Attribution =
    trees.before && trees.after
      ? attributionOf(trees.before, edits, common, changed)
      : { flows: new Map(), because: null, method: 'exact' };
  const flows = names.map((name): FlowComparison => {
    const [one, other] = [tryFind(base, name), tryFind(head, name)];
    const delta = one && other ? deltaOf(one, other, !changed.includes(name)) : null;
    return { flow: name, before: one, after: other, delta, changes: delta ? addingUpTo(delta, attribution.flows?.get(name) ?? []) : [] };
  });
  return {
    before: base,
    after: head,
    flows,
    edits,
    renamed,
    findings: { added: without(head?.findings, base?.findings), removed: without(base?.findings, head?.findings) },
    assumptions: base && head ? changedAssumptions(base.topology, head.topology) : [],
    attribution: { because: attribution.because, method: attribution.method },
  };
}

/** Nothing is estimated, so that of a thousand specs only those cost time that have changed. */
function unchanged(before: Topology, after: Topology): Comparison {
  const of = (topology: Topology): Estimate => {
    const { assumptions, notModelled } = topology;
    return { topology, results: [], objectives: [], assumptions, findings: [], notModelled };
  };
  return {
    before: of(before),
    after: of(after),
    flows: [],
    edits: [],
    renamed: new Map(),
    findings: { added: [], removed: [] },
    assumptions: [],
    attribution: { because: null, method: 'exact' },
  };
}

/** What has another name now: a component of the new version says what it was, and the old version has one of that name that is gone. */
function renamesOf(before: Topology, after: Topology): Map<string, string> {
  const old = new Set(before.components.map(({ name }) => name));
  return new Map(
    after.components.flatMap(({ name, was }) => (was !== null && old.has(was) && !old.has(name) ? [[was, name] as const] : [])),
  );
}

/** Settings on which no number hangs: what both versions are compared with is taken from the new one. */
function isInert({ path: [top, , part] }: Edit): boolean {
  if (top === 'flows') return part === 'target';
  if (top === 'components') return part === 'terraform';
  return top !== 'regions' && top !== 'assumptions' && top !== 'nines.yaml';
}

function attributionOf(before: Tree, edits: readonly Edit[], common: readonly string[], changed: readonly string[]): Attribution {
  // Flows that are not in both have nothing to be attributed, and must not tie the edits that they stand on together.
  const ofOthers = ({ path }: Edit) => path[0] === 'flows' && path.length === 2;
  const bare: Tree = { ...before, flows: onlyOf(before.flows as Tree, common) };
  const playing = edits.filter((edit) => !ofOthers(edit));
  const inert = playing.filter(isInert);
  const effective = playing.filter((edit) => !isInert(edit));
  if (changed.length === 0) {
    const none = playing.map((edit): Attributed => ({ edits: [edit], unavailability: 0, requestFailure: 0 }));
    return { flows: new Map(common.map((flow) => [flow, none])), because: null, method: 'exact' };
  }
  const base = edited(bare, inert);
  const alone = tryResolve(base) !== null;
  const found = alone ? attribute(base, effective, changed) : attribute(bare, playing, changed);
  const players = found.flows?.get(changed[0]!)?.map((attributed) => attributed.edits) ?? [];
  const none = (made: readonly Edit[]): Attributed => ({ edits: made, unavailability: 0, requestFailure: 0 });
  const rest = alone ? inert.map((edit) => none([edit])) : [];
  return {
    ...found,
    flows: found.flows && new Map(common.map((flow) => [flow, [...(found.flows!.get(flow) ?? players.map(none)), ...rest]])),
  };
}

function onlyOf(tree: Tree, names: readonly string[]): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => names.includes(name)));
}

/** Parts come from models of what is needed alone, which round in another way than the estimates do. */
function addingUpTo(delta: Delta, parts: readonly Attributed[]): Attributed[] {
  const of = (measure: 'unavailability' | 'requestFailure') =>
    summingTo(
      delta[measure],
      parts.map((part) => part[measure]),
    );
  const [unavailability, requestFailure] = [of('unavailability'), of('requestFailure')];
  return parts.map(({ edits }, i) => ({ edits, unavailability: unavailability[i]!, requestFailure: requestFailure[i]! }));
}

const nothing: Delta = {
  unavailability: 0,
  requestFailure: 0,
  outagesPerYear: 0,
  interval: { p5: 0, p50: 0, p95: 0, mean: 0 },
  significant: false,
};

function deltaOf(before: FlowEstimate, after: FlowEstimate, same: boolean): Delta {
  // The two may still differ in what the flow can do without, and then in coincidences that were too rare to be followed.
  if (same) return { ...nothing, outagesPerYear: before.outagesPerYear.value === null ? null : 0 };
  const draws = after.draws!.map((value, i) => changeOf(before.draws![i]!, value));
  const interval = spread(draws);
  const unavailability = changeOf(before.unavailability, after.unavailability);
  const outages = [before.outagesPerYear.value, after.outagesPerYear.value];
  return {
    unavailability,
    requestFailure: changeOf(before.requestFailure, after.requestFailure),
    outagesPerYear: outages[0] === null || outages[1] === null ? null : changeOf(outages[0]!, outages[1]!),
    interval,
    significant: unavailability > 0 ? interval.p5 > 0 : unavailability < 0 && interval.p95 < 0,
  };
}

function without(some: readonly Finding[] = [], others: readonly Finding[] = []): Finding[] {
  const same = (a: Finding, b: Finding) => a.code === b.code && a.flow === b.flow && a.address === b.address;
  return some.filter((finding) => !others.some((other) => same(finding, other)));
}

function changedAssumptions(before: Topology, after: Topology): ChangedAssumption[] {
  const own = ({ from }: UsedAssumption) => from !== 'default';
  const numbers = ({ value, range }: UsedAssumption) => JSON.stringify([value, range ?? null]);
  const [old, now] = [before, after].map(({ assumptions }) => new Map(assumptions.map((assumption) => [assumption.name, assumption])));
  return [...new Set([...old!.keys(), ...now!.keys()])].sort().flatMap((name) => {
    const [one, other] = [old!.get(name) ?? null, now!.get(name) ?? null];
    // A default that is only used now, or no more, comes with what uses it.
    const changed = one && other ? numbers(one) !== numbers(other) : own((one ?? other)!);
    return changed ? [{ name, before: one, after: other }] : [];
  });
}

function tryFind(found: Estimate | null, flow: string): FlowEstimate | null {
  return found?.results.find((result) => result.flow.name === flow) ?? null;
}

/** Estimates flow by flow; a flow that hangs on the same things in both versions is estimated once, and so has exactly the same numbers. */
class Estimates {
  readonly #known = new Map<string, Estimate>();

  constructor(private readonly options: CompareOptions) {}

  of(tree: Tree): Estimate {
    const topology = tryResolve(tree);
    if (!topology) throw new Error('A topology is not valid any more when its settings are in another order. This is a bug in nines.');
    const flows = topology.flows.map(({ name }) => this.#flow(partOfFlow(topology, name)));
    return {
      topology,
      results: flows.flatMap(({ results }) => results),
      objectives: flows.flatMap(({ objectives }) => objectives),
      assumptions: topology.assumptions,
      findings: flows.flatMap(({ findings }) => findings),
      notModelled: topology.notModelled,
    };
  }

  #flow(part: Topology): Estimate {
    const key = fullKeyOf(part);
    const known = this.#known.get(key);
    if (known) return known;
    const { samples = 300, seed = 1, cutSets = 5 } = this.options;
    const made = estimate(part, { samples, seed, cutSets, draws: true, users: false });
    this.#known.set(key, made);
    return made;
  }
}
