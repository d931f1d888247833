import { AND, CHOICE, LITERAL, type Formula, type Ref } from '../engine/formula';
import type { Events } from '../fault-tree/events';
import type { CutSetSearch } from './cut-sets';

/** A unit, zone or shared network part without which a flow is down for as long as it is out. */
export interface SinglePoint {
  readonly address: string;
  /** The component that it belongs to, or whose units it takes; null: it is shared by several. */
  readonly component: string | null;
  readonly share: number;
}

/** Any other cause that takes a flow down alone. */
export interface SingleCause {
  readonly address: string;
  readonly share: number;
}

const points: readonly string[] = ['unit', 'zone', 'network'];

/**
 * Causes that alone keep a flow down until they are over: all recoveries work as meant, and AWS may have chosen any place. What a recovery ends is no
 * single point of failure.
 */
export function singlesOf(
  { parts, tree }: CutSetSearch,
  flow: number,
  shareOf: (address: string) => number,
): { readonly singlePoints: SinglePoint[]; readonly singleCauses: SingleCause[] } {
  const { events, topology } = tree;
  const singlePoints: SinglePoint[] = [];
  const singleCauses: SingleCause[] = [];
  // A flow is down when a part of it is, so each part is looked at with its own causes alone.
  for (const event of new Set(parts[flow]!.flatMap((part) => aloneIn(events, part)))) {
    const source = events.sources[event]!;
    if (source.type !== 'cause') continue;
    const { address, scope } = source.cause;
    const owner = events.owners[event]!;
    const share = shareOf(address);
    if (points.includes(scope)) singlePoints.push({ address, component: owner < 0 ? null : topology.components[owner]!.name, share });
    else singleCauses.push({ address, share });
  }
  const byShare = (a: { share: number; address: string }, b: { share: number; address: string }): number =>
    b.share - a.share || (a.address < b.address ? -1 : 1);
  return { singlePoints: singlePoints.sort(byShare), singleCauses: singleCauses.sort(byShare) };
}

/** Causes that alone make a root hold. */
function aloneIn(events: Events, root: Ref): number[] {
  const { formula, sources } = events;
  const nodes = nodesBelow(formula, root);
  const causes = new Set(nodes.flatMap((node) => (formula.kind(node) === LITERAL ? [formula.parameter(node)] : [])));
  const values = new Uint8Array(2 * formula.nodeCount);
  values[1] = 1;
  return [...causes].filter((cause) => sources[cause]!.type === 'cause' && holds(events, nodes, root, cause, values));
}

/** Nodes below a root and its own, children first. */
function nodesBelow(formula: Formula, root: Ref): number[] {
  const seen = new Set<number>();
  const stack = [root >> 1];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (node === 0 || seen.has(node)) continue;
    seen.add(node);
    for (let i = 0; i < formula.arity(node); i++) stack.push(formula.child(node, i) >> 1);
  }
  return [...seen].sort((a, b) => a - b);
}

/** Whether the root holds while one cause is present, past all its phases, and nothing else is. */
function holds({ formula, sources }: Events, nodes: readonly number[], root: Ref, cause: number, values: Uint8Array): boolean {
  for (const node of nodes) {
    const kind = formula.kind(node);
    if (kind === LITERAL) {
      const event = formula.parameter(node);
      const level = formula.level(node);
      const choice = formula.eventKinds[event] === CHOICE;
      const value = choice ? drawn(sources[event]!, level) : event === cause && level === 0;
      values[2 * node] = value ? 1 : 0;
      values[2 * node + 1] = !value || (choice && alwaysPossible(sources[event]!)) ? 1 : 0;
      continue;
    }
    const arity = formula.arity(node);
    for (let negated = 0; negated < 2; negated++) {
      const k = kind === AND ? arity : formula.parameter(node);
      let needed = negated ? arity - k + 1 : k;
      for (let i = 0; i < arity && needed > 0; i++) if (values[formula.child(node, i) ^ negated] === 1) needed--;
      values[2 * node + negated] = needed === 0 ? 1 : 0;
    }
  }
  return values[root] === 1;
}

type Source = Events['sources'][number];

const alwaysPossible = (source: Source): boolean =>
  source.type === 'choice' && (source.choice.what === 'place' || source.choice.what === 'shard');

/** How choices fall: recoveries work, a bad change is not caught, and every place is possible. */
function drawn(source: Source, level: number): boolean {
  if (source.type !== 'choice') return false;
  switch (source.choice.what) {
    case 'place':
    case 'shard':
      return true;
    case 'control-plane':
    case 'caught':
      return level === 1;
    default:
      return level === 0;
  }
}
