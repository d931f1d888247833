import { AND, AT_LEAST, CHOICE, LITERAL, type Formula, type Ref } from '../engine/formula';
import type { Root } from './root';

/**
 * What must be chosen, as codes in ascending order: a level of a ladder, which implies those before it, or an outcome of a choice. `below` holds the
 * levels that must not be reached, since nothing is younger and older than the same.
 */
export interface Chosen {
  readonly codes: readonly number[];
  readonly below: readonly number[];
  readonly probability: number;
}

/** Bits for the level: more than an event has. */
const bits = 12;
const codeOf = (event: number, level: number): number => (event << bits) | level;
export const eventOf = (code: number): number => code >> bits;
export const levelOf = (code: number): number => code & ((1 << bits) - 1);

type Family = readonly Chosen[];

const never: Family = [];
const always: Family = [{ codes: [], below: [], probability: 1 }];

/** More sets of one reference are not kept: the most probable ones are. */
const most = 64;

/**
 * Minimal sets of choices that make references true while all causes but a few are absent: from the bottom up, each reference once (after MOCUS, Fussell
 * and Vesely 1972). Invariant: a family holds no set that another one of it makes needless.
 */
export class Families {
  readonly #known: (Family | undefined)[] = [];
  /** In which round a family was found. */
  readonly #rounds: Int32Array;
  /** Families while all causes are absent. */
  readonly #idle: (Family | undefined)[] = [];
  /** In which round a node last had an active cause below it. */
  readonly #touched: Int32Array;
  #round = 0;
  #active: ReadonlySet<number> = new Set();
  #least = 0;

  constructor(
    private readonly formula: Formula,
    /** Nominal probability of each literal. */
    private readonly probabilities: ArrayLike<number>,
    private readonly isCause: ArrayLike<number>,
    /** Events that no set may contain. @default - none */
    private readonly isNever?: ArrayLike<number>,
  ) {
    this.#rounds = new Int32Array(2 * formula.nodeCount);
    this.#touched = new Int32Array(formula.nodeCount);
  }

  /** The sets for a root by these causes and no other, with at least this probability. */
  of(root: Root, causes: ReadonlySet<number>, least = 0): Family {
    this.#least = least;
    this.#round++;
    this.#active = causes;
    for (const cause of causes) for (const node of root.above(cause)) this.#touched[node] = this.#round;
    return this.#family(root.ref);
  }

  #family(ref: Ref): Family {
    if (ref < 2) return ref === 1 ? always : never;
    if (this.#touched[ref >> 1] !== this.#round) return (this.#idle[ref] ??= this.#idleFamily(ref));
    if (this.#rounds[ref] === this.#round) return this.#known[ref]!;
    const family = this.#made(ref);
    this.#rounds[ref] = this.#round;
    this.#known[ref] = family;
    return family;
  }

  /** It is the same for all causes that are not below it, and so for any least probability. */
  #idleFamily(ref: Ref): Family {
    const least = this.#least;
    this.#least = 0;
    const family = this.#made(ref);
    this.#least = least;
    return family;
  }

  #made(ref: Ref): Family {
    return this.formula.kind(ref >> 1) === LITERAL ? this.#literal(ref >> 1, ref & 1) : this.#gate(ref >> 1, ref & 1);
  }

  #literal(node: number, negated: number): Family {
    const { formula } = this;
    const event = formula.parameter(node);
    const level = formula.level(node);
    if (formula.eventKinds[event] === CHOICE) {
      if (!negated) return this.#single(event, level);
      const others: Chosen[] = [];
      for (let other = 0; other < formula.eventLiterals[event]!; other++) if (other !== level) others.push(...this.#single(event, other));
      return others;
    }
    const absent = (this.isCause[event] === 1 && !this.#active.has(event)) || this.isNever?.[event] === 1;
    if (!negated) return absent ? never : this.#single(event, level);
    // That something is not there, or not young, is no part of a set.
    return absent ? always : [{ codes: [], below: [codeOf(event, level)], probability: 1 }];
  }

  #single(event: number, level: number): Family {
    const probability = this.#probability(event, level);
    return probability > 0 && probability >= this.#least ? [{ codes: [codeOf(event, level)], below: [], probability }] : never;
  }

  #probability(event: number, level: number): number {
    return this.probabilities[this.formula.eventOffsets[event]! + level]!;
  }

  #gate(node: number, negated: number): Family {
    const { formula } = this;
    const arity = formula.arity(node);
    const kind = formula.kind(node);
    if (kind !== AND && kind !== AT_LEAST) throw new Error('A fault tree has no exclusive or. This is a bug in nines.');
    const k = kind === AND ? arity : formula.parameter(node);
    let needed = negated ? arity - k + 1 : k;
    const children: Family[] = [];
    for (let i = 0; i < arity && needed > 0; i++) {
      // As many as are left must hold, and one more does not: nothing else can help.
      if (needed > children.length + arity - i) return never;
      const child = this.#family(formula.child(node, i) ^ negated);
      if (child === always) needed--;
      else if (child.length > 0) children.push(child);
    }
    if (needed <= 0) return always;
    if (children.length < needed) return never;
    if (needed === 1) return children.length === 1 ? children[0]! : this.#minimal(children.flat());
    if (children.length === needed) return children.reduce((all, child) => this.#both(all, child));
    // Children of one family hold together: what makes one of them true makes all of them true.
    const alike = new Map<string, { readonly child: Family; count: number }>();
    for (const child of children) {
      const key = child.map(({ below, codes }) => `${codes.join(' ')}/${below.join(' ')}`).join(',');
      const known = alike.get(key);
      if (known) known.count++;
      else alike.set(key, { child, count: 1 });
    }
    // atLeast[j]: j of the children so far hold.
    const atLeast: Family[] = [always, ...Array.from({ length: needed }, () => never)];
    for (const { child, count } of alike.values()) {
      for (let j = needed; j > 0; j--) {
        const before = atLeast[Math.max(0, j - count)]!;
        if (before.length > 0) atLeast[j] = this.#minimal([...atLeast[j]!, ...this.#both(before, child)]);
      }
    }
    return atLeast[needed]!;
  }

  #both(one: Family, other: Family): Family {
    if (one === always || one === other) return other;
    const sets: Chosen[] = [];
    for (const a of one) {
      for (const b of other) {
        const set = this.#joined(a, b);
        if (set) sets.push(set);
      }
    }
    return this.#minimal(sets);
  }

  /** Both sets together; undefined: they contradict each other, or are too unlikely. */
  #joined(a: Chosen, b: Chosen): Chosen | undefined {
    const { eventKinds } = this.formula;
    const [one, other] = [a.codes, b.codes];
    const codes: number[] = [];
    let { probability } = a;
    let i = 0;
    for (let j = 0; j < other.length; j++) {
      const code = other[j]!;
      const event = eventOf(code);
      while (i < one.length && eventOf(one[i]!) < event) codes.push(one[i++]!);
      const own = i < one.length ? one[i]! : -1;
      if (eventOf(own) !== event) {
        codes.push(code);
        probability *= this.#probability(event, levelOf(code));
        continue;
      }
      i++;
      if (own !== code && eventKinds[event] === CHOICE) return undefined;
      if (code > own) probability *= this.#probability(event, levelOf(code)) / this.#probability(event, levelOf(own));
      codes.push(code > own ? code : own);
    }
    // What is added makes it no likelier.
    if (probability < this.#least) return undefined;
    while (i < one.length) codes.push(one[i++]!);
    const below = b.below.length === 0 ? a.below : a.below.length === 0 ? b.below : [...new Set([...a.below, ...b.below])];
    for (const limit of below) if (codes.some((code) => eventOf(code) === eventOf(limit) && code >= limit)) return undefined;
    return { codes, below, probability };
  }

  #minimal(sets: readonly Chosen[]): Family {
    if (sets.length < 2) return isAlways(sets[0]) ? always : sets;
    const kept = minimal(sets, this.formula, most);
    return isAlways(kept[0]) ? always : kept;
  }
}

/** The same set about other events. */
export function about({ below, codes, probability }: Chosen, events: ReadonlyMap<number, number>): Chosen {
  const other = (code: number): number => codeOf(events.get(eventOf(code)) ?? eventOf(code), levelOf(code));
  return { codes: codes.map(other).sort((a, b) => a - b), below: below.map(other), probability };
}

const isAlways = (set: Chosen | undefined): boolean => set !== undefined && set.codes.length + set.below.length === 0;

/** Leaves out what another set makes needless: the same events at no later an age, or fewer of them. Most probable first, and so many at most. */
export function minimal(sets: readonly Chosen[], formula: Formula, atMost = Infinity): Chosen[] {
  const kept: Chosen[] = [];
  for (const set of [...sets].sort(likeliestFirst)) {
    if (kept.length === atMost) break;
    if (!kept.some((other) => implies(set, other, formula))) kept.push(set);
  }
  return kept;
}

/** Most probable first, then those that ask for less. */
function likeliestFirst(a: Chosen, b: Chosen): number {
  const first = b.probability - a.probability || a.codes.length - b.codes.length || a.below.length - b.below.length;
  for (let i = 0; first === 0 && i < a.codes.length; i++) if (a.codes[i] !== b.codes[i]) return a.codes[i]! - b.codes[i]!;
  return first;
}

/** Whether what one set asks for includes all that the other asks for. */
export function implies(set: Chosen, other: Chosen, { eventKinds }: Formula): boolean {
  if (other.codes.length > set.codes.length || other.below.length > set.below.length) return false;
  let i = 0;
  for (const code of other.codes) {
    const event = eventOf(code);
    while (i < set.codes.length && eventOf(set.codes[i]!) < event) i++;
    const own = set.codes[i];
    if (own === undefined || eventOf(own) !== event) return false;
    if (eventKinds[event] === CHOICE ? own !== code : own < code) return false;
  }
  return other.below.every((limit) => set.below.includes(limit));
}
