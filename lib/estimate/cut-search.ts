import { AND, AT_LEAST, CHOICE, LITERAL, type Formula, type Ref } from '../engine/formula';

/** What is chosen of an event: a level of a ladder, which implies those before it, or an outcome of a choice. */
export type Chosen = ReadonlyMap<number, number>;

export interface FoundSet {
  readonly chosen: Chosen;
  readonly probability: number;
}

interface Pending {
  readonly ref: Ref;
  readonly rest: Pending | null;
}

/** Steps after which a search gives up looking for more. */
const mostSteps = 60_000;

/**
 * Minimal cut sets down to a probability, from the top of the formula (MOCUS, Fussell and Vesely 1972), leaving a branch as soon as what is chosen and the
 * best of what is still to be chosen are too improbable. Negated phases are taken as true: ageing only helps.
 */
export class CutSearch {
  /** The largest probability that a reference can have by one of its cut sets, by reference. */
  readonly #best: Float64Array;
  #steps = 0;

  constructor(
    private readonly formula: Formula,
    private readonly probabilities: ArrayLike<number>,
  ) {
    this.#best = new Float64Array(2 * formula.nodeCount);
    this.#best[1] = 1;
    for (let node = 1; node < formula.nodeCount; node++) {
      this.#best[2 * node] = this.#bound(node, 0);
      this.#best[2 * node + 1] = this.#bound(node, 1);
    }
  }

  /** Sets with at least this probability; null when there are too many to list. */
  above(root: Ref, least: number): FoundSet[] | null {
    this.#steps = 0;
    const found = new Map<string, FoundSet>();
    const complete = this.#expand({ ref: root, rest: null }, new Map(), 1, least, found);
    return complete ? minimal([...found.values()], this.formula) : null;
  }

  #bound(node: number, negated: 0 | 1): number {
    const { formula } = this;
    const kind = formula.kind(node);
    if (kind === LITERAL) {
      const event = formula.parameter(node);
      if (!negated) return this.#probability(event, formula.level(node));
      return formula.eventKinds[event] === CHOICE ? 1 - this.#probability(event, formula.level(node)) : 1;
    }
    const bounds = Array.from({ length: formula.arity(node) }, (_, i) => this.#best[formula.child(node, i) ^ negated]!);
    if (kind === AND) return negated ? Math.max(...bounds) : Math.min(...bounds);
    const needed = this.#needed(node, negated);
    bounds.sort((a, b) => b - a);
    return bounds[needed - 1]!;
  }

  #needed(node: number, negated: number): number {
    const k = this.formula.parameter(node);
    return negated ? this.formula.arity(node) - k + 1 : k;
  }

  #probability(event: number, level: number): number {
    return this.probabilities[this.formula.eventOffsets[event]! + level]!;
  }

  #expand(pending: Pending | null, chosen: Map<number, number>, probability: number, least: number, found: Map<string, FoundSet>): boolean {
    if (++this.#steps > mostSteps) return false;
    let rest = pending;
    while (rest !== null && this.#holds(rest.ref, chosen)) rest = rest.rest;
    if (rest === null) {
      const key = [...chosen].sort(([a], [b]) => a - b).join(' ');
      found.set(key, { chosen: new Map(chosen), probability });
      return true;
    }
    const { ref } = rest;
    if (ref === 0 || !(this.#best[ref]! > 0)) return true;
    const node = ref >> 1;
    const negated = (ref & 1) as 0 | 1;
    const kind = this.formula.kind(node);
    if (kind === LITERAL) return this.#literal(node, negated, rest.rest, chosen, probability, least, found);
    const children = Array.from({ length: this.formula.arity(node) }, (_, i) => this.formula.child(node, i) ^ negated);
    if (kind === AND && !negated) {
      let next = rest.rest;
      for (const child of children) next = { ref: child, rest: next };
      return this.#expand(next, chosen, probability, least, found);
    }
    if (kind !== AND && kind !== AT_LEAST) throw new Error('A fault tree has no exclusive or. This is a bug in nines.');
    return this.#some(children, kind === AND ? 1 : this.#needed(node, negated), 0, rest.rest, chosen, probability, least, found);
  }

  /** Some of the children: those that hold already are taken without a choice. */
  #some(
    children: readonly Ref[],
    needed: number,
    from: number,
    rest: Pending | null,
    chosen: Map<number, number>,
    probability: number,
    least: number,
    found: Map<string, FoundSet>,
  ): boolean {
    const open = children.slice(from).filter((child) => !this.#holds(child, chosen) && this.#fits(child, chosen, probability, least));
    const missing = needed - children.filter((child) => this.#holds(child, chosen)).length;
    if (missing <= 0) return this.#expand(rest, chosen, probability, least, found);
    if (open.length < missing) return true;
    for (let i = 0; i <= open.length - missing; i++) {
      const child = open[i]!;
      // The child's own sets first; then what else is needed is looked at with them in place.
      const inner = new Map<string, FoundSet>();
      if (!this.#expand({ ref: child, rest: null }, new Map(chosen), probability, least, inner)) return false;
      const after = open.slice(i + 1);
      for (const { chosen: with_, probability: p } of inner.values()) {
        const held = open.filter((other) => this.#holds(other, with_)).length;
        const still = missing - held;
        const goesOn =
          still <= 0
            ? this.#expand(rest, new Map(with_), p, least, found)
            : this.#some(after, still, 0, rest, new Map(with_), p, least, found);
        if (!goesOn) return false;
      }
    }
    return true;
  }

  #fits(ref: Ref, chosen: Map<number, number>, probability: number, least: number): boolean {
    const best = this.#best[ref]!;
    // What shares an event with what is chosen may cost nothing more: only what is impossible by itself is left out.
    return best > 0 && (probability * best >= least || this.#touches(ref, chosen));
  }

  #touches(ref: Ref, chosen: ReadonlyMap<number, number>): boolean {
    const node = ref >> 1;
    if (node === 0) return false;
    if (this.formula.kind(node) === LITERAL) return chosen.has(this.formula.parameter(node));
    for (let i = 0; i < this.formula.arity(node); i++) if (this.#touches(this.formula.child(node, i), chosen)) return true;
    return false;
  }

  #literal(
    node: number,
    negated: 0 | 1,
    rest: Pending | null,
    chosen: Map<number, number>,
    probability: number,
    least: number,
    found: Map<string, FoundSet>,
  ): boolean {
    const event = this.formula.parameter(node);
    const level = this.formula.level(node);
    const before = chosen.get(event);
    const choice = this.formula.eventKinds[event] === CHOICE;
    if (negated && !choice) {
      // An age is no part of a set; but nothing is younger and older than the same.
      return before !== undefined && before >= level ? true : this.#expand(rest, chosen, probability, least, found);
    }
    const levels = negated ? Array.from({ length: this.formula.eventLiterals[event]! }, (_, i) => i).filter((i) => i !== level) : [level];
    for (const next of levels) {
      if (choice && before !== undefined && before !== next) continue;
      const p = (probability / (before === undefined ? 1 : this.#probability(event, before))) * this.#probability(event, next);
      if (p < least || p === 0) continue;
      const extended = new Map(chosen).set(event, next);
      if (!this.#expand(rest, extended, p, least, found)) return false;
    }
    return true;
  }

  /** Whether what is chosen makes a reference true. */
  #holds(ref: Ref, chosen: ReadonlyMap<number, number>): boolean {
    const node = ref >> 1;
    const negated = (ref & 1) === 1;
    if (node === 0) return negated;
    const kind = this.formula.kind(node);
    if (kind === LITERAL) {
      const at = chosen.get(this.formula.parameter(node));
      const level = this.formula.level(node);
      const choice = this.formula.eventKinds[this.formula.parameter(node)] === CHOICE;
      if (negated) return choice && at !== undefined && at !== level;
      return at !== undefined && (choice ? at === level : at >= level);
    }
    let needed = kind === AND ? (negated ? 1 : this.formula.arity(node)) : this.#needed(node, negated ? 1 : 0);
    for (let i = 0; i < this.formula.arity(node) && needed > 0; i++) {
      if (this.#holds(this.formula.child(node, i) ^ (negated ? 1 : 0), chosen)) needed--;
    }
    return needed === 0;
  }
}

/** Leaves out what another set makes needless: the same events at no later an age, or fewer of them. */
function minimal(sets: readonly FoundSet[], formula: Formula): FoundSet[] {
  const sorted = [...sets].sort((a, b) => b.probability - a.probability || a.chosen.size - b.chosen.size);
  const kept: FoundSet[] = [];
  for (const set of sorted) if (!kept.some((other) => implies(set, other, formula))) kept.push(set);
  return kept;
}

function implies(set: FoundSet, other: FoundSet, formula: Formula): boolean {
  if (other.chosen.size > set.chosen.size) return false;
  for (const [event, level] of other.chosen) {
    const at = set.chosen.get(event);
    if (at === undefined || (formula.eventKinds[event] === CHOICE ? at !== level : at < level)) return false;
  }
  return true;
}
