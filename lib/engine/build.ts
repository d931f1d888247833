import type { Bdd, Node } from './bdd';
import { BudgetExceeded } from './budget';
import { ALL, ANY, type Circuit } from './circuit';
import { AT_LEAST, BASIC, CHOICE, CONSTANT, LADDER, LITERAL, type Formula } from './formula';
import { sift } from './sift';

/**
 * Binary variables for events of several states. A ladder of n levels is a chain of n variables, "present", "and younger", …: level k is the first
 * k + 1 of them. A choice of n outcomes is a chain of n - 1: "the first", "else the second", …. A node never asks for a later variable of a chain
 * unless it asked for the ones before, so the first of a chain stands for the event, and the chain unfolds into its exact states.
 */
export class Variables {
  /** First variable of each event, -1 if it has none. */
  readonly first: Int32Array;
  /** Event of each variable. */
  readonly events: number[] = [];

  constructor(readonly formula: Formula) {
    this.first = new Int32Array(formula.eventCount).fill(-1);
  }

  /** Gives variables to events from `start` on; what was there is replaced. */
  place(order: readonly number[], start: number): void {
    this.events.length = start;
    for (const event of order) {
      this.first[event] = this.events.length;
      for (let i = this.lengthOf(event); i > 0; i--) this.events.push(event);
    }
  }

  /** How many variables an event has. */
  lengthOf(event: number): number {
    return this.formula.eventLiterals[event]! - (this.formula.eventKinds[event] === CHOICE ? 1 : 0);
  }
}

/** Where to build, and what to do when it grows. */
export interface BuildPlan {
  readonly start: number;
  /** Events in their first order. */
  readonly order: readonly number[];
  /** Nodes that survive sweeping besides those in the making. */
  readonly keep: readonly Node[];
  /** Nodes in the making at which variables are first sifted. @default - never */
  readonly siftAt?: number;
  /** Nodes in the making above which sifting would cost more than it saves. @default - no limit */
  readonly siftUpTo?: number;
  /** Nodes that may be made in all, also those that are swept. @default - no limit */
  readonly most?: number;
  readonly deadline?: number;
  /** Is told how many nodes of the circuit have been built, for the case that it is stopped. */
  readonly progress?: { built: number };
}

/** The roots' nodes, and the events in their last order. */
export interface Built {
  readonly nodes: Node[];
  readonly order: readonly number[];
}

/** Where sweeping starts at the earliest: a sweep also forgets what is computed, so it should be rare while tables are small. */
const SWEEP_AT = 1 << 16;

/**
 * Builds the roots of a circuit, inputs first. When what is alive has doubled since the variables were last sifted, they are sifted again (Rudell 1993):
 * order is mended while the diagram is small, which costs little and keeps it small.
 */
export const build = (bdd: Bdd, circuit: Circuit, variables: Variables, plan: BuildPlan): Built => {
  const { nodeCount, inputs, starts } = circuit;
  const built = new Int32Array(nodeCount);
  const uses = new Int32Array(nodeCount);
  for (const input of inputs) uses[input]! += 1;
  for (const root of circuit.roots) uses[root]! += 1;
  const live = new Set<number>();
  const alive = (): Node[] => [...plan.keep, ...[...live].map((one) => built[one]!)];
  let order = plan.order;
  variables.place(order, plan.start);
  let ends = lastVariables(circuit, variables);
  const base = bdd.used;
  let siftAt = plan.siftAt ?? Infinity;
  let sweepAt = base + Math.min(SWEEP_AT, siftAt);
  const limit = bdd.limit;
  let swept = 0;
  const tidy = (): void => {
    if ((plan.deadline ?? Infinity) !== Infinity && performance.now() > plan.deadline!) throw new BudgetExceeded('milliseconds');
    swept += bdd.used;
    bdd.sweep(alive());
    swept -= bdd.used;
    if (swept > (plan.most ?? Infinity)) throw new BudgetExceeded('nodes');
    if (bdd.used - base > siftAt && bdd.used - base < (plan.siftUpTo ?? Infinity)) {
      const blocks = order.map((event) => variables.lengthOf(event));
      const places = sift(bdd, { start: plan.start, blocks, roots: alive(), deadline: plan.deadline ?? Infinity });
      const before = order;
      order = places.map((place) => before[place]!);
      variables.place(order, plan.start);
      ends = lastVariables(circuit, variables);
      siftAt = Math.max(siftAt, 2 * (bdd.used - base));
    }
    sweepAt = base + Math.max(Math.min(SWEEP_AT, siftAt), 2 * (bdd.used - base));
  };
  for (let number = 0; number < nodeCount; number++) {
    for (let room = siftAt === Infinity ? Infinity : 8 * siftAt; ; room *= 2) {
      bdd.limit = Math.min(limit, bdd.used + room);
      try {
        built[number] = gate(bdd, circuit, number, built, ends, variables);
        break;
      } catch (error) {
        // Too large for this order: mend it with what there is, then try again with more room.
        if (!(error instanceof BudgetExceeded) || error.limit !== 'nodes' || bdd.limit === limit) throw error;
        bdd.limit = limit;
        tidy();
      }
    }
    bdd.limit = limit;
    if (plan.progress !== undefined) plan.progress.built = number + 1;
    live.add(number);
    for (let i = starts[number]!; i < starts[number + 1]!; i++) {
      uses[inputs[i]!]! -= 1;
      if (uses[inputs[i]!] === 0) live.delete(inputs[i]!);
    }
    if (bdd.used > sweepAt) tidy();
  }
  return { nodes: circuit.roots.map((root) => built[root]!), order };
};

/** The deepest variable below each node of a circuit. */
const lastVariables = (circuit: Circuit, { first }: Variables): Int32Array => {
  const { nodeCount, kinds, parameters, starts, inputs } = circuit;
  const ends = new Int32Array(nodeCount).fill(-1);
  for (let number = 0; number < nodeCount; number++) {
    if (kinds[number] === LITERAL) ends[number] = first[parameters[number]!]!;
    for (let i = starts[number]!; i < starts[number + 1]!; i++) if (ends[inputs[i]!]! > ends[number]!) ends[number] = ends[inputs[i]!]!;
  }
  return ends;
};

const gate = (bdd: Bdd, circuit: Circuit, number: number, built: Int32Array, ends: Int32Array, variables: Variables): Node => {
  const kind = circuit.kinds[number]!;
  if (kind === CONSTANT) return circuit.parameters[number]!;
  if (kind === LITERAL) return literal(bdd, variables, circuit.parameters[number]!, circuit.levels[number]!, circuit.negated[number] === 1);
  const inputs: number[] = [];
  for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++) inputs.push(circuit.inputs[i]!);
  if (kind !== ALL && kind !== ANY && kind !== AT_LEAST) return bdd.xor(built[inputs[0]!]!, built[inputs[1]!]!);
  // The deepest first: then most steps only put a new top on what is there. Of those with one top, that which ends deepest.
  inputs.sort((a, b) => bdd.variables[built[b]!]! - bdd.variables[built[a]!]! || ends[b]! - ends[a]! || built[a]! - built[b]!);
  const nodes = inputs.map((input) => built[input]!);
  if (kind === AT_LEAST) return threshold(bdd, circuit.parameters[number]!, nodes);
  let result = nodes[0]!;
  for (let i = 1; i < nodes.length; i++) result = kind === ANY ? bdd.or(result, nodes[i]!) : bdd.and(result, nodes[i]!);
  return result;
};

/** A literal, or its negation. */
export const literal = (bdd: Bdd, { formula, first: firsts }: Variables, event: number, level: number, negated: boolean): Node => {
  const no = negated ? 1 : 0;
  const yes = 1 - no;
  const kind = formula.eventKinds[event]!;
  const first = firsts[event]!;
  if (kind === BASIC) return bdd.node(first, no, yes);
  let node: Node = yes;
  if (kind === LADDER) {
    for (let i = level; i >= 0; i--) node = bdd.node(first + i, no, node);
    return node;
  }
  const chain = formula.eventLiterals[event]! - 1;
  if (level < chain) node = bdd.node(first + level, no, yes);
  for (let i = Math.min(level, chain) - 1; i >= 0; i--) node = bdd.node(first + i, node, no);
  return node;
};

/**
 * At least `k` of the functions, by a row of thresholds that each function shifts (Barlow and Heidtmann 1984, of functions instead of probabilities): no
 * expansion into combinations. Invariant: after i functions, entry j is "at least j of these i".
 */
export const threshold = (bdd: Bdd, k: number, functions: readonly Node[]): Node => {
  const reached: Node[] = [1];
  for (let i = 0; i < functions.length; i++) {
    const rest = functions.length - i - 1;
    // Only thresholds that can still matter: the remaining functions lift a count by at most their number.
    for (let j = Math.min(k, i + 1); j >= Math.max(1, k - rest); j--) reached[j] = bdd.ite(functions[i]!, reached[j - 1]!, reached[j] ?? 0);
  }
  return reached[k]!;
};
