import type { Compiled } from './compile';
import { startMeter, type Budget } from './budget';
import { CHOICE } from './formula';
import { compact, type FlatFamily } from './flat-family';
import { numberElements, Primes, type Elements } from './primes';
import { countSets } from './set-count';
import { likeliestSets, setsWithin, type Limits, type RatedSet } from './set-search';
import { Zbdd } from './zbdd';

/** One literal of a cut set: an event at or beyond a level, a choice with its outcome, or the negation of one. */
export interface SetLiteral {
  readonly event: number;
  readonly level: number;
  readonly negated: boolean;
}

/** A minimal cut set and the product of its literals' probabilities. */
export interface CutSet {
  readonly literals: readonly SetLiteral[];
  readonly probability: number;
}

export interface CutSetOptions {
  /** What finding them may use. @default - no limit */
  readonly budget?: Budget;
  /**
   * Whether to give prime implicants, with negated literals, of a root that is not coherent.
   * @default false - its minimal solutions: smallest sets of events that bring it about with all others absent
   */
  readonly primes?: boolean;
  /** Whether the outcome of a choice adds to the order of a set. @default true */
  readonly choicesCount?: boolean;
}

/** The minimal cut sets of a root, as a diagram: counted without being listed, searched best first. */
export class CutSets {
  #counts: readonly bigint[] | undefined;

  constructor(
    private readonly compiled: Compiled,
    private readonly elements: Elements,
    private readonly family: FlatFamily,
    private readonly orders: Uint8Array,
    /** Whether the root is monotone in basic events and ladders; if not, see `CutSetOptions.primes`. */
    readonly coherent: boolean,
  ) {}

  /** Number of nodes of the diagram, without the constants. */
  get nodeCount(): number {
    return this.family.elements.length - 2;
  }

  /** How many sets there are of each order, the first entry being order 0 (a root that is certain). */
  byOrder(): readonly bigint[] {
    this.#counts ??= countSets(this.family, this.orders);
    return this.#counts;
  }

  /** How many sets there are. */
  total(): bigint {
    return this.byOrder().reduce((sum, count) => sum + count, 0n);
  }

  /** The `count` most probable sets, the first being the most probable; `values` as for `Compiled.probability`. */
  likeliest(values: ArrayLike<number>, count: number): CutSet[] {
    return likeliestSets(this.family, this.#weights(values), this.orders, count).map((set) => this.#named(set));
  }

  /** All sets up to an order and down to a probability, the most probable first. */
  within(values: ArrayLike<number>, limits: Limits): CutSet[] {
    return setsWithin(this.family, this.#weights(values), this.orders, limits).map((set) => this.#named(set));
  }

  #weights(values: ArrayLike<number>): Float64Array {
    const { formula } = this.compiled;
    return Float64Array.from(this.elements.events, (event, element) => {
      // Modules get their weight from their sets.
      if (event >= formula.eventCount) return 0;
      const p = values[formula.eventOffsets[event]! + this.elements.levels[element]!]!;
      return this.elements.negated[element] === 1 ? 1 - p : p;
    });
  }

  #named(set: RatedSet): CutSet {
    const literals = set.elements.map((element) => ({
      event: this.elements.events[element]!,
      level: this.elements.levels[element]!,
      negated: this.elements.negated[element] === 1,
    }));
    literals.sort((a, b) => a.event - b.event || Number(a.negated) - Number(b.negated));
    return { literals, probability: set.probability };
  }
}

/** The minimal cut sets of a compiled root; throws BudgetExceeded. */
export const cutSets = (compiled: Compiled, root = 0, options: CutSetOptions = {}): CutSets => {
  const { bdd, variables, parts, formula } = compiled;
  const elements = numberElements(
    variables.formula,
    parts.flatMap(({ order }) => order),
  );
  const coherent = compiled.isCoherent(root);
  const zbdd = new Zbdd(startMeter(options.budget ?? {}), 1024 << Math.min(4, Math.ceil(Math.log2(1 + compiled.nodeCount / 1024))));
  const sought = coherent ? 'monotone' : options.primes === true ? 'primes' : 'solutions';
  const primes = new Primes(bdd, zbdd, variables, elements, sought);
  // A module's sets take the place of its literal: parts share no event, so the sets of the whole are the products (Rauzy 1993).
  const expansions = new Int32Array(elements.events.length).fill(-1);
  for (const { event, nodes } of compiled.modulesBelow(root)) {
    const element = elements.first[event]!;
    expansions[element] = primes.of(nodes[0]!);
    if (sought === 'primes') expansions[element + 1] = primes.of(bdd.not(nodes[0]!));
  }
  const family = compact(zbdd, primes.of(compiled.rootNode(root)), expansions);
  const orders = Uint8Array.from(elements.events, (event) =>
    options.choicesCount === false && formula.eventKinds[event] === CHOICE ? 0 : 1,
  );
  return new CutSets(compiled, elements, family, orders, coherent);
};
