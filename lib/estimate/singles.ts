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
  { roots, tree }: CutSetSearch,
  flow: number,
  shareOf: (address: string) => number,
): { readonly singlePoints: SinglePoint[]; readonly singleCauses: SingleCause[] } {
  const { events, topology } = tree;
  const singlePoints: SinglePoint[] = [];
  const singleCauses: SingleCause[] = [];
  const below = reached(events.formula, roots[flow]!);
  events.sources.forEach((source, event) => {
    if (source.type !== 'cause' || !below[event] || !holds(events, roots[flow]!, event)) return;
    const { address, scope } = source.cause;
    const owner = events.owners[event]!;
    const share = shareOf(address);
    if (points.includes(scope)) singlePoints.push({ address, component: owner < 0 ? null : topology.components[owner]!.name, share });
    else singleCauses.push({ address, share });
  });
  const byShare = (a: { share: number; address: string }, b: { share: number; address: string }): number =>
    b.share - a.share || (a.address < b.address ? -1 : 1);
  return { singlePoints: singlePoints.sort(byShare), singleCauses: singleCauses.sort(byShare) };
}

/** Events below a root. */
function reached(formula: Formula, root: Ref): Uint8Array {
  const seen = new Uint8Array(formula.nodeCount);
  const events = new Uint8Array(formula.eventCount);
  seen[root >> 1] = 1;
  for (let node = root >> 1; node > 0; node--) {
    if (seen[node] === 0) continue;
    if (formula.kind(node) === LITERAL) events[formula.parameter(node)] = 1;
    for (let i = 0; i < formula.arity(node); i++) seen[formula.child(node, i) >> 1] = 1;
  }
  return events;
}

/** Whether the root holds while one cause is present, past all its phases, and nothing else is. */
function holds({ formula, sources }: Events, root: Ref, cause: number): boolean {
  const value = new Uint8Array(2 * formula.nodeCount);
  value[1] = 1;
  for (let node = 1; node <= root >> 1; node++) {
    const kind = formula.kind(node);
    if (kind === LITERAL) {
      const event = formula.parameter(node);
      const level = formula.level(node);
      const choice = formula.eventKinds[event] === CHOICE;
      value[2 * node] = choice ? (drawn(sources[event]!, level) ? 1 : 0) : event === cause && level === 0 ? 1 : 0;
      value[2 * node + 1] = choice && alwaysPossible(sources[event]!) ? 1 : 1 - value[2 * node]!;
      continue;
    }
    for (const negated of [0, 1]) {
      const and = kind === AND;
      let needed = and
        ? negated
          ? 1
          : formula.arity(node)
        : negated
          ? formula.arity(node) - formula.parameter(node) + 1
          : formula.parameter(node);
      for (let i = 0; i < formula.arity(node) && needed > 0; i++) if (value[formula.child(node, i) ^ negated] === 1) needed--;
      value[2 * node + negated] = needed === 0 ? 1 : 0;
    }
  }
  return value[root] === 1;
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
