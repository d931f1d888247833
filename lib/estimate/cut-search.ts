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

/** Sets of causes that are looked at for one root before the search gives up, and steps for each. */
const mostSubsets = 400;
const mostSteps = 200;

/**
 * Minimal cut sets of one root, most probable causes first. For each set of causes, the likeliest sets first, everything else is taken as absent: what is
 * left of the formula is small, and its cut sets that need all of these causes are found from the top (MOCUS, Fussell and Vesely 1972). Negated phases are
 * taken as true: ageing only helps.
 */
export class CutSearch {
  /** What the root stands on, as references, children first: literals, and gates with their children. */
  readonly #literals: readonly { readonly ref: Ref; readonly event: number; readonly value: number }[];
  readonly #gates: Int32Array;
  readonly #isCause: Uint8Array;
  readonly #active: Uint8Array;
  /** Its causes with the largest probability that they can have here, likeliest first. */
  readonly #causes: readonly { readonly event: number; readonly chance: number }[];
  readonly #found: FoundSet[] = [];
  readonly #queue: { readonly members: readonly number[]; readonly bound: number }[] = [];
  #subsets = 0;
  #steps = 0;

  constructor(
    private readonly formula: Formula,
    private readonly probabilities: ArrayLike<number>,
    private readonly root: Ref,
    isCause: (event: number) => boolean,
    /** Whether each reference can hold within the causes that are looked at; shared by searches, since each fills in what it needs. */
    private readonly best: Float64Array,
  ) {
    const refs = reached(formula, root);
    this.#isCause = Uint8Array.from({ length: formula.eventCount }, (_, event) => (isCause(event) ? 1 : 0));
    this.#active = new Uint8Array(formula.eventCount);
    this.#literals = refs.flatMap((ref) => {
      if (formula.kind(ref >> 1) !== LITERAL) return [];
      const event = formula.parameter(ref >> 1);
      const p = this.#probability(event, formula.level(ref >> 1));
      const choice = formula.eventKinds[event] === CHOICE;
      return [{ ref, event, value: ref & 1 ? (choice ? 1 - p : 1) : p }];
    });
    this.#gates = Int32Array.from(
      refs.flatMap((ref) => {
        if (formula.kind(ref >> 1) === LITERAL) return [];
        const arity = formula.arity(ref >> 1);
        return [
          ref,
          this.#needed(ref >> 1, ref & 1),
          arity,
          ...Array.from({ length: arity }, (_, i) => formula.child(ref >> 1, i) ^ (ref & 1)),
        ];
      }),
    );
    // Not of its presence but of the widest phase that matters here: a unit may be broken for days and is replaced in minutes.
    const chances = new Map<number, number>();
    for (const { event, ref, value } of this.#literals) {
      if (this.#isCause[event] === 1 && (ref & 1) === 0) chances.set(event, Math.max(value, chances.get(event) ?? 0));
    }
    this.#causes = [...chances].map(([event, chance]) => ({ event, chance })).sort((x, y) => y.chance - x.chance || x.event - y.event);
    if (this.#causes.length > 0) this.#queue.push({ members: [0], bound: this.#causes[0]!.chance });
  }

  /** All sets with at least this probability, or as many as could be found within limits. Asked again for less, it goes on where it was. */
  above(least: number): readonly FoundSet[] {
    while (this.#queue.length > 0 && this.#subsets < mostSubsets) {
      let next = 0;
      for (let i = 1; i < this.#queue.length; i++) if (this.#queue[i]!.bound > this.#queue[next]!.bound) next = i;
      const { bound, members } = this.#queue[next]!;
      if (bound < least) break;
      this.#queue[next] = this.#queue[this.#queue.length - 1]!;
      this.#queue.pop();
      this.#follow(members, bound);
      this.#look(members);
      this.#subsets++;
    }
    return this.#found;
  }

  /** Puts the next sets of causes into the queue: the last one exchanged for the next, or the next one added. Each set comes up once. */
  #follow(members: readonly number[], bound: number): void {
    const last = members[members.length - 1]!;
    const next = this.#causes[last + 1];
    if (!next) return;
    this.#queue.push({ members: [...members.slice(0, -1), last + 1], bound: (bound / this.#causes[last]!.chance) * next.chance });
    this.#queue.push({ members: [...members, last + 1], bound: bound * next.chance });
  }

  #look(members: readonly number[]): void {
    const events = new Set(members.map((i) => this.#causes[i]!.event));
    this.#bounds(events);
    if (!(this.best[this.root]! > 0)) return;
    this.#steps = 0;
    const sets = new Map<string, FoundSet>();
    this.#expand({ ref: this.root, rest: null }, new Map(), 1, sets);
    for (const set of sets.values()) {
      // Sets of fewer causes have been found with fewer causes.
      if ([...events].every((event) => set.chosen.has(event))) this.#found.push(set);
    }
  }

  /** Whether each reference can hold by these causes. */
  #bounds(causes: ReadonlySet<number>): void {
    const { best } = this;
    const gates = this.#gates;
    best[0] = 0;
    best[1] = 1;
    for (const event of causes) this.#active[event] = 1;
    for (const { ref, event, value } of this.#literals)
      best[ref] = (ref & 1) === 0 && this.#isCause[event] === 1 && this.#active[event] === 0 ? 0 : value;
    for (const event of causes) this.#active[event] = 0;
    for (let at = 0; at < gates.length;) {
      const ref = gates[at]!;
      let needed = gates[at + 1]!;
      const end = at + 3 + gates[at + 2]!;
      for (let i = at + 3; i < end && needed > 0 && needed <= end - i; i++) if (best[gates[i]!]! > 0) needed--;
      best[ref] = needed === 0 ? 1 : 0;
      at = end;
    }
  }

  /** How many children must hold. */
  #needed(node: number, negated: number): number {
    const arity = this.formula.arity(node);
    if (this.formula.kind(node) === AND) return negated ? 1 : arity;
    if (this.formula.kind(node) !== AT_LEAST) throw new Error('A fault tree has no exclusive or. This is a bug in nines.');
    const k = this.formula.parameter(node);
    return negated ? arity - k + 1 : k;
  }

  #probability(event: number, level: number): number {
    return this.probabilities[this.formula.eventOffsets[event]! + level]!;
  }

  #expand(pending: Pending | null, chosen: Map<number, number>, probability: number, sets: Map<string, FoundSet>): void {
    if (++this.#steps > mostSteps) return;
    let rest = pending;
    while (rest !== null && this.#holds(rest.ref, chosen)) rest = rest.rest;
    if (rest === null) {
      const key = [...chosen].sort(([a], [b]) => a - b).join(' ');
      if (!sets.has(key)) sets.set(key, { chosen: new Map(chosen), probability });
      return;
    }
    const { ref } = rest;
    if (!(this.best[ref]! > 0)) return;
    const node = ref >> 1;
    const negated = ref & 1;
    if (this.formula.kind(node) === LITERAL) {
      this.#literal(node, negated, rest.rest, chosen, probability, sets);
      return;
    }
    const children: Ref[] = [];
    for (let i = 0; i < this.formula.arity(node); i++) {
      const child = this.formula.child(node, i) ^ negated;
      if (this.best[child]! > 0) children.push(child);
    }
    this.#some(children, this.#needed(node, negated), rest.rest, chosen, probability, sets);
  }

  /** So many of the children: those that hold already are taken without a choice. */
  #some(
    children: readonly Ref[],
    needed: number,
    rest: Pending | null,
    chosen: Map<number, number>,
    probability: number,
    sets: Map<string, FoundSet>,
  ): void {
    const open = children.filter((child) => !this.#holds(child, chosen));
    const missing = needed - (children.length - open.length);
    if (missing <= 0) {
      this.#expand(rest, chosen, probability, sets);
      return;
    }
    if (open.length < missing) return;
    if (open.length === missing) {
      let next = rest;
      for (const child of open) next = { ref: child, rest: next };
      this.#expand(next, chosen, probability, sets);
      return;
    }
    for (let i = 0; i <= open.length - missing; i++) {
      if (missing === 1) {
        this.#expand({ ref: open[i]!, rest }, chosen, probability, sets);
        continue;
      }
      // The child's own sets first; then what else is needed is looked at with them in place.
      const inner = new Map<string, FoundSet>();
      this.#expand({ ref: open[i]!, rest: null }, chosen, probability, inner);
      for (const set of inner.values()) this.#some(open.slice(i + 1), missing - 1, rest, new Map(set.chosen), set.probability, sets);
    }
  }

  #literal(
    node: number,
    negated: number,
    rest: Pending | null,
    chosen: Map<number, number>,
    probability: number,
    sets: Map<string, FoundSet>,
  ): void {
    const { formula } = this;
    const event = formula.parameter(node);
    const level = formula.level(node);
    const before = chosen.get(event);
    const choice = formula.eventKinds[event] === CHOICE;
    if (negated && !choice) {
      // An age is no part of a set; but nothing is younger and older than the same.
      if (before === undefined || before < level) this.#expand(rest, chosen, probability, sets);
      return;
    }
    for (let next = 0; next < formula.eventLiterals[event]!; next++) {
      if (negated ? next === level : next !== level) continue;
      if (choice && before !== undefined && before !== next) continue;
      const p = (probability / (before === undefined ? 1 : this.#probability(event, before))) * this.#probability(event, next);
      if (p > 0) this.#expand(rest, new Map(chosen).set(event, next), p, sets);
    }
  }

  /** Whether what is chosen makes a reference true. */
  #holds(ref: Ref, chosen: ReadonlyMap<number, number>): boolean {
    // What cannot be true does not hold, and most of the formula cannot.
    if (!(this.best[ref]! > 0)) return false;
    const node = ref >> 1;
    const negated = ref & 1;
    if (node === 0) return true;
    if (this.formula.kind(node) === LITERAL) {
      const at = chosen.get(this.formula.parameter(node));
      const level = this.formula.level(node);
      const choice = this.formula.eventKinds[this.formula.parameter(node)] === CHOICE;
      if (negated) return choice && at !== undefined && at !== level;
      return at !== undefined && (choice ? at === level : at >= level);
    }
    let needed = this.#needed(node, negated);
    const arity = this.formula.arity(node);
    for (let i = 0; i < arity && needed > 0 && needed <= arity - i; i++)
      if (this.#holds(this.formula.child(node, i) ^ negated, chosen)) needed--;
    return needed === 0;
  }
}

/** References below a root and itself, children first, constants left out. */
function reached(formula: Formula, root: Ref): Ref[] {
  const seen = new Set<Ref>();
  const stack = [root];
  while (stack.length > 0) {
    const ref = stack.pop()!;
    if (ref < 2 || seen.has(ref)) continue;
    seen.add(ref);
    for (let i = 0; i < formula.arity(ref >> 1); i++) stack.push(formula.child(ref >> 1, i) ^ (ref & 1));
  }
  return [...seen].sort((a, b) => a - b);
}

/** Leaves out what another set makes needless: the same events at no later an age, or fewer of them. Most probable first. */
export function minimal(sets: readonly FoundSet[], formula: Formula): FoundSet[] {
  const sorted = [...sets].sort((a, b) => b.probability - a.probability || a.chosen.size - b.chosen.size || before(a, b));
  const kept: FoundSet[] = [];
  for (const set of sorted) if (!kept.some((other) => implies(set, other, formula))) kept.push(set);
  return kept;
}

const before = (a: FoundSet, b: FoundSet): number => {
  const [x, y] = [a, b].map(({ chosen }) => [...chosen].map(([event, level]) => 1000 * event + level).sort((p, q) => p - q));
  for (let i = 0; i < x!.length; i++) if (x![i] !== y![i]) return x![i]! - (y![i] ?? Infinity);
  return 0;
};

function implies(set: FoundSet, other: FoundSet, formula: Formula): boolean {
  if (other.chosen.size > set.chosen.size) return false;
  for (const [event, level] of other.chosen) {
    const at = set.chosen.get(event);
    if (at === undefined || (formula.eventKinds[event] === CHOICE ? at !== level : at < level)) return false;
  }
  return true;
}
