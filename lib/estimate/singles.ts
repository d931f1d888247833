import { AND, LITERAL, type Formula, type Ref } from '../engine/formula';
import type { Events } from '../fault-tree/events';
import type { CutSetSearch } from './cut-sets';
import type { Root } from './root';
import { toldApart } from '../units/told-apart';

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
  const alone = parts[flow]!.flatMap((part) => aloneIn(events, part.root).map((event) => part.events?.get(event) ?? event));
  for (const event of new Set(alone)) {
    const source = events.sources[event]!;
    if (source.type !== 'cause') continue;
    const { address, scope } = source.cause;
    const owner = events.owners[event]!;
    const share = shareOf(address);
    if (points.includes(scope)) singlePoints.push({ address, component: owner < 0 ? null : topology.components[owner]!.name, share });
    else singleCauses.push({ address, share });
  }
  const byShare = (a: { share: number; address: string }, b: { share: number; address: string }): number =>
    toldApart(b.share) - toldApart(a.share) || (a.address < b.address ? -1 : 1);
  return { singlePoints: singlePoints.sort(byShare), singleCauses: singleCauses.sort(byShare) };
}

/** Several flows and components ask about the same root. */
const known = new WeakMap<Root, readonly number[]>();

function aloneIn(events: Events, root: Root): readonly number[] {
  let alone = known.get(root);
  if (!alone) known.set(root, (alone = tried(events, root)));
  return alone;
}

/** Causes that alone make a root hold: all are tried at once, each with a bit of its own. */
function tried(events: Events, { nodes, ref: root }: Root): readonly number[] {
  const { formula, sources } = events;
  const literals = [...nodes].filter((node) => formula.kind(node) === LITERAL);
  const causes = [...new Set(literals.map((node) => formula.parameter(node)))].filter((event) => sources[event]!.type === 'cause');
  const trials = new Trials(causes.length);
  const bitOf = new Map(causes.map((event, bit) => [event, bit]));
  for (const node of nodes) {
    if (formula.kind(node) !== LITERAL) trials.gate(formula, node);
    else {
      const event = formula.parameter(node);
      const source = sources[event]!;
      const level = formula.level(node);
      if (source.type === 'choice') trials.choice(node, drawn(source, level), !drawn(source, level) || alwaysPossible(source));
      // A cause that is alone is present, and past all its phases.
      else trials.cause(node, source.type === 'cause' && level > source.tails.length ? -1 : (bitOf.get(event) ?? -1));
    }
  }
  return causes.filter((_, bit) => trials.holds(root, bit));
}

/** Which references hold when each of some causes is alone: one bit for each cause. */
class Trials {
  readonly #words: number;
  readonly #held = new Map<Ref, Uint32Array>();
  readonly #counts: Int32Array;

  constructor(causes: number) {
    this.#words = Math.ceil(causes / 32);
    this.#counts = new Int32Array(32 * this.#words);
    this.#held.set(0, this.#all(false));
    this.#held.set(1, this.#all(true));
  }

  holds(ref: Ref, bit: number): boolean {
    return ((this.#held.get(ref)![bit >> 5]! >>> (bit & 31)) & 1) === 1;
  }

  choice(node: number, holds: boolean, not: boolean): void {
    this.#held.set(2 * node, this.#all(holds));
    this.#held.set(2 * node + 1, this.#all(not));
  }

  /** `bit`: where it is the cause that is tried; −1: nowhere. */
  cause(node: number, bit: number): void {
    const [held, not] = [this.#all(false), this.#all(true)];
    if (bit >= 0) {
      held[bit >> 5] = 1 << (bit & 31);
      not[bit >> 5] = ~(1 << (bit & 31));
    }
    this.#held.set(2 * node, held);
    this.#held.set(2 * node + 1, not);
  }

  gate(formula: Formula, node: number): void {
    const arity = formula.arity(node);
    const k = formula.kind(node) === AND ? arity : formula.parameter(node);
    for (let negated = 0; negated < 2; negated++) {
      const children = Array.from({ length: arity }, (_, i) => this.#held.get(formula.child(node, i) ^ negated)!);
      this.#held.set(2 * node + negated, this.#atLeast(negated ? arity - k + 1 : k, children));
    }
  }

  #atLeast(needed: number, children: readonly Uint32Array[]): Uint32Array {
    const result = this.#all(needed === children.length && needed > 1);
    if (needed === children.length || needed === 1) {
      for (const child of children) {
        for (let word = 0; word < this.#words; word++)
          result[word] = needed === 1 ? result[word]! | child[word]! : result[word]! & child[word]!;
      }
      return result;
    }
    const counts = this.#counts.fill(0);
    for (const child of children) {
      for (let word = 0; word < this.#words; word++) {
        for (let bits = child[word]!; bits !== 0; bits &= bits - 1) {
          const bit = 31 - Math.clz32(bits & -bits);
          if (++counts[32 * word + bit]! === needed) result[word] = result[word]! | (1 << bit);
        }
      }
    }
    return result;
  }

  #all(held: boolean): Uint32Array {
    return new Uint32Array(this.#words).fill(held ? 0xffffffff : 0);
  }
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
