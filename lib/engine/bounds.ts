import { Bdd, type Node } from './bdd';
import { BudgetExceeded, checkTime, startMeter, type Budget, type Meter } from './budget';
import { literal, threshold, Variables } from './build';
import { ALL, ANY, circuitOf, type Circuit } from './circuit';
import { fillStates, stateOffsets } from './diagram';
import { unfold } from './flatten';
import { CONSTANT, LITERAL, XOR, type Formula, type Ref } from './formula';
import { asWritten, heaviestFirst, largestFirst, pulledTogether, type Ordering } from './order';
import { countParents, gateLike, rewriteWith, sameEvents, type Rewritten } from './rewriting';
import { simplify } from './simplify';

/** Limits between which a probability certainly lies. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export interface BoundsOptions {
  /** Nodes that one function may have; more nodes, closer bounds. @default 30000 */
  readonly nodes?: number;
  /** In which order the events are asked for. @default - the heaviest first, which loses least in most formulas */
  readonly ordering?: Ordering;
  /** What may be used before it gives up. @default - no limit */
  readonly budget?: Budget;
}

/**
 * Guaranteed bounds of a root's probability where its diagram would be too large: each gate's function is replaced by a smaller one below it, or above
 * it, by turning what is reached with the smallest probability into a constant (after Ravi and Somenzi 1995, who prune by the number of paths).
 * Invariant: gates are monotone in their inputs once negations are pushed to the literals, so a bound of the inputs gives a bound of the gate.
 */
export const bounds = (formula: Formula, root: Ref, values: ArrayLike<number>, options: BoundsOptions = {}): Bounds => {
  const { nodes = 30_000, ordering = heaviestFirst, budget = {} } = options;
  return boundsOf(prepare(formula, root), values, { nodes, ordering, meter: startMeter(budget) });
};

interface Prepared {
  readonly formula: Formula;
  readonly circuit: Circuit;
}

const prepare = (formula: Formula, root: Ref): Prepared => {
  const plain = withoutXor(formula, root);
  const small = simplify(plain.formula, plain.roots);
  return { formula: small.formula, circuit: circuitOf(small.formula, small.roots) };
};

/** How a bound is computed: with so many nodes, in this order, as long as the meter lets it. */
interface Plan {
  readonly nodes: number;
  readonly ordering: Ordering;
  readonly meter: Meter;
}

const boundsOf = (prepared: Prepared, values: ArrayLike<number>, plan: Plan): Bounds => {
  const lower = new Side(prepared, values, plan, 0).probability();
  const upper = new Side(prepared, values, plan, 1).probability();
  // Rounding may turn equal bounds round.
  return { lower: Math.min(lower, upper), upper: Math.min(1, Math.max(lower, upper)) };
};

/** The first size that `closestBounds` tries: the lower bound is mostly good at once, the upper one by luck in one order or another. */
const FIRST_SIZE = 30;
const LARGEST_SIZE = 1 << 17;
const ORDERINGS: readonly Ordering[] = [heaviestFirst, pulledTogether(asWritten), largestFirst];
/** Up to this size all orders are tried, above it the one that has given the lowest upper bound. */
const ALL_ORDERS = 120;

/**
 * The closest bounds that a budget's time allows, from larger and larger functions; each size gives guaranteed bounds, so all hold together. Undefined
 * if there was no time for any.
 */
export const closestBounds = (formula: Formula, root: Ref, values: ArrayLike<number>, budget: Budget): Bounds | undefined => {
  const meter = startMeter(budget);
  const prepared = prepare(formula, root);
  let best: Bounds | undefined;
  let bestOrdering = ORDERINGS[0]!;
  for (let nodes = FIRST_SIZE; nodes < LARGEST_SIZE; nodes *= 2) {
    for (const ordering of nodes <= ALL_ORDERS ? ORDERINGS : [bestOrdering]) {
      try {
        const { lower, upper } = boundsOf(prepared, values, { nodes, ordering, meter });
        if (upper < (best?.upper ?? Infinity)) bestOrdering = ordering;
        best = { lower: Math.max(lower, best?.lower ?? 0), upper: Math.min(upper, best?.upper ?? 1) };
      } catch (error) {
        if (!(error instanceof BudgetExceeded)) throw error;
        return best;
      }
      if (best.upper - best.lower <= best.upper * CLOSE) return best;
    }
  }
  return best;
};

/** Bounds this close, relatively, are as good as exact. */
const CLOSE = 1e-12;

/** Exclusive ors in terms of and and or: they are not monotone in their inputs. */
const withoutXor = (formula: Formula, root: Ref): Rewritten => {
  const target = sameEvents(formula);
  const roots = rewriteWith(target, { formula, roots: [root] }, countParents(formula, [root]), (node, mapped) => {
    const inputs: Ref[] = [];
    for (let i = 0; i < formula.arity(node); i++) inputs.push(mapped[formula.child(node, i) >> 1]! ^ (formula.child(node, i) & 1));
    if (formula.kind(node) !== XOR) return gateLike(target, formula, node, inputs);
    const [a, b] = inputs as [Ref, Ref];
    return target.or([target.and([a, b ^ 1]), target.and([a ^ 1, b])]);
  });
  return { formula: target, roots };
};

/** Room for one step, in sizes of a function. */
const ROOM = 10;

class Side {
  readonly #circuit: Circuit;
  readonly #size: number;
  readonly #meter: Meter;
  readonly #bdd: Bdd;
  readonly #variables: Variables;
  readonly #offsets: Int32Array;
  readonly #states: Float64Array;
  #live: Node[] = [];
  #values = new Float64Array(0);
  #arrivals = new Float64Array(0);
  #marks = new Int32Array(0);
  #turn = 0;
  readonly #unfolded: Node[] = [];

  constructor(
    { formula, circuit }: Prepared,
    values: ArrayLike<number>,
    { nodes, ordering, meter }: Plan,
    /** What is pruned becomes this constant. */
    private readonly constant: 0 | 1,
  ) {
    this.#circuit = circuit;
    this.#size = nodes;
    this.#meter = meter;
    this.#bdd = new Bdd(meter);
    this.#variables = new Variables(formula);
    this.#variables.place(ordering(circuit), 0);
    this.#offsets = stateOffsets(formula);
    this.#states = new Float64Array(this.#offsets[formula.eventCount]!);
    fillStates(formula, this.#offsets, values, this.#states);
  }

  probability(): number {
    const circuit = this.#circuit;
    const built: Node[] = [];
    const uses = new Int32Array(circuit.nodeCount);
    for (const input of circuit.inputs) uses[input]! += 1;
    for (const root of circuit.roots) uses[root]! += 1;
    const live = new Set<number>();
    for (let number = 0; number < circuit.nodeCount; number++) {
      checkTime(this.#meter);
      this.#live = [...live].map((one) => built[one]!);
      built[number] = this.#gate(number, built);
      live.add(number);
      for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++) {
        uses[circuit.inputs[i]!]! -= 1;
        if (uses[circuit.inputs[i]!] === 0) live.delete(circuit.inputs[i]!);
      }
    }
    return this.#measure(built[circuit.roots[0]!]!).probability;
  }

  #gate(number: number, built: readonly Node[]): Node {
    const circuit = this.#circuit;
    const kind = circuit.kinds[number]!;
    if (kind === CONSTANT) return circuit.parameters[number]!;
    if (kind === LITERAL) {
      return literal(this.#bdd, this.#variables, circuit.parameters[number]!, circuit.levels[number]!, circuit.negated[number] === 1);
    }
    const inputs = Array.from(circuit.inputs.subarray(circuit.starts[number]!, circuit.starts[number + 1]!), (input) => built[input]!);
    inputs.sort((a, b) => this.#bdd.variables[b]! - this.#bdd.variables[a]! || a - b);
    if (kind !== ALL && kind !== ANY) {
      return this.#step(inputs, (nodes) => threshold(this.#bdd, circuit.parameters[number]!, nodes));
    }
    let result = inputs[0]!;
    for (let i = 1; i < inputs.length; i++) {
      result = this.#step([result, inputs[i]!], ([a, b]) => (kind === ALL ? this.#bdd.and(a!, b!) : this.#bdd.or(a!, b!)), inputs.slice(i));
    }
    return result;
  }

  /** One operation, its result pruned to size; if it does not fit into the room for it, its inputs are pruned to a quarter, and so on. */
  #step(inputs: readonly Node[], operate: (inputs: readonly Node[]) => Node, others: readonly Node[] = []): Node {
    const bdd = this.#bdd;
    let operands = inputs;
    for (let size = this.#size; ; size = Math.ceil(size / 4)) {
      if (bdd.used > 4 * ROOM * this.#size) bdd.sweep([...this.#live, ...operands, ...others]);
      // Inputs of one node each always fit in the end: then the room is what the budget gives.
      bdd.limit = size === 1 && operands !== inputs ? this.#meter.nodes : bdd.used + ROOM * this.#size;
      checkTime(this.#meter);
      const before = bdd.used;
      try {
        const result = operate(operands);
        bdd.limit = this.#meter.nodes;
        return bdd.used - before > this.#size ? this.#prune(result, this.#size) : result;
      } catch (error) {
        if (!(error instanceof BudgetExceeded) || error.limit !== 'nodes' || bdd.limit === this.#meter.nodes) throw error;
        bdd.limit = this.#meter.nodes;
        bdd.sweep([...this.#live, ...operands, ...others]);
        operands = operands.map((operand) => this.#prune(operand, size));
      }
    }
  }

  /** The nodes below one, children first; their probabilities, and those to arrive at them, are left in the tables. */
  #measure(root: Node): { nodes: Node[]; probability: number } {
    const bdd = this.#bdd;
    if (this.#values.length < bdd.lows.length) {
      this.#values = new Float64Array(bdd.lows.length);
      this.#arrivals = new Float64Array(bdd.lows.length);
      this.#marks = new Int32Array(bdd.lows.length);
    }
    const values = this.#values;
    const arrivals = this.#arrivals;
    const nodes: Node[] = [];
    const stack = [root];
    this.#turn += 1;
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (node <= 1 || this.#marks[node] === this.#turn) continue;
      this.#marks[node] = this.#turn;
      nodes.push(node);
      stack.push(...this.#children(node));
    }
    nodes.sort((a, b) => bdd.variables[b]! - bdd.variables[a]!);
    values[0] = 0;
    values[1] = 1;
    for (const node of nodes) {
      const at = this.#stateAt(node);
      values[node] = this.#children(node).reduce((sum, child, state) => sum + this.#states[at + state]! * values[child]!, 0);
      arrivals[node] = 0;
    }
    arrivals[root] = 1;
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i]!;
      const at = this.#stateAt(node);
      this.#children(node).forEach((child, state) => (arrivals[child]! += arrivals[node]! * this.#states[at + state]!));
    }
    return { nodes, probability: values[root]! };
  }

  #children(node: Node): readonly Node[] {
    unfold(this.#bdd, this.#variables, node, this.#unfolded);
    return this.#unfolded;
  }

  #stateAt(node: Node): number {
    return this.#offsets[this.#variables.events[this.#bdd.variables[node]!]!]!;
  }

  /** Turns into a constant the nodes whose probability of another outcome, arriving there included, is least, until at most `size` are left. */
  #prune(root: Node, size: number): Node {
    const { nodes } = this.#measure(root);
    if (nodes.length <= size) return root;
    const bdd = this.#bdd;
    const lossOf = (node: Node): number => this.#arrivals[node]! * (this.constant === 0 ? this.#values[node]! : 1 - this.#values[node]!);
    const least = Float64Array.from(nodes, lossOf).sort()[nodes.length - size]!;
    const pruned = new Map<Node, Node>([
      [0, 0],
      [1, 1],
    ]);
    // Chains of an event with several states are kept or cut as a whole: only their first nodes are ranked.
    const copy = (node: Node): Node => pruned.get(node) ?? bdd.node(bdd.variables[node]!, copy(bdd.lows[node]!), copy(bdd.highs[node]!));
    for (const node of nodes) {
      const kept = lossOf(node) > least || node === root;
      pruned.set(node, kept ? bdd.node(bdd.variables[node]!, copy(bdd.lows[node]!), copy(bdd.highs[node]!)) : this.constant);
    }
    return pruned.get(root)!;
  }
}
