import type { Bdd, Node } from './bdd';
import { AND, AT_LEAST, BASIC, CHOICE, LADDER, LITERAL, type Formula, type Ref } from './formula';

/**
 * Binary variables for events of several states. A ladder of n levels is a chain of n variables, "present", "and younger", …: level k is the first
 * k + 1 of them. A choice of n outcomes is a chain of n - 1: "the first", "else the second", …. A node never asks for a later variable of a chain
 * unless it asked for the ones before, so the first of a chain stands for the event, and the chain unfolds into its exact states.
 */
export interface Variables {
  /** Events in the order of their variables. */
  readonly order: readonly number[];
  /** First variable of each event, -1 if it has none. */
  readonly first: Int32Array;
  /** Event of each variable. */
  readonly events: Int32Array;
}

/** Lays out the variables of events in the given order. */
export const layOut = (formula: Formula, order: readonly number[]): Variables => {
  const first = new Int32Array(formula.eventCount).fill(-1);
  const events: number[] = [];
  for (const event of order) {
    first[event] = events.length;
    const length = formula.eventLiterals[event]! - (formula.eventKinds[event] === CHOICE ? 1 : 0);
    for (let i = 0; i < length; i++) events.push(event);
  }
  return { order, first, events: Int32Array.from(events) };
};

const literal = (bdd: Bdd, formula: Formula, first: number, event: number, level: number, negated: boolean): Node => {
  const no = negated ? 1 : 0;
  const yes = 1 - no;
  const kind = formula.eventKinds[event]!;
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

/** At least `k` of the functions, by a row of thresholds that each function shifts (no expansion into combinations). */
const threshold = (bdd: Bdd, k: number, functions: readonly Node[]): Node => {
  const reached: Node[] = [1];
  for (let i = 0; i < functions.length; i++) {
    const rest = functions.length - i - 1;
    // Only thresholds that can still matter: the remaining functions lift a count by at most their number.
    for (let j = Math.min(k, i + 1); j >= Math.max(1, k - rest); j--) reached[j] = bdd.ite(functions[i]!, reached[j - 1]!, reached[j] ?? 0);
  }
  return reached[k]!;
};

/** Builds the roots of a formula, children first. Negation is pushed to the literals, so monotone formulas never meet it. */
export const build = (bdd: Bdd, formula: Formula, roots: readonly Ref[], variables: Variables): Node[] => {
  const built = new Int32Array(2 * formula.nodeCount).fill(-1);
  const uses = countUses(formula, roots);
  built[0] = 0;
  built[1] = 1;
  let sweepAt = 1 << 16;
  const kept = new Set(roots);
  const live = new Set<Ref>();
  for (let ref = 2; ref < uses.length; ref++) {
    if (uses[ref] === 0) continue;
    built[ref] = gate(bdd, formula, ref, built, variables);
    live.add(ref);
    for (let i = 0; i < formula.arity(ref >> 1); i++) {
      for (const child of childRefs(formula, ref, i)) {
        uses[child]! -= 1;
        if (uses[child] === 0 && !kept.has(child)) live.delete(child);
      }
    }
    if (bdd.used > sweepAt) {
      bdd.sweep([...live].map((one) => built[one]!));
      sweepAt = Math.max(1 << 16, bdd.used * 2);
    }
  }
  return roots.map((root) => built[root]!);
};

const childRefs = (formula: Formula, ref: Ref, index: number): Ref[] => {
  const child = formula.child(ref >> 1, index);
  if (formula.kind(ref >> 1) <= AT_LEAST) return [child ^ (ref & 1)];
  return index === 0 ? [child ^ (ref & 1)] : [child];
};

const countUses = (formula: Formula, roots: readonly Ref[]): Int32Array => {
  const uses = new Int32Array(2 * formula.nodeCount);
  for (const root of roots) uses[root]! += 1;
  for (let ref = uses.length - 1; ref >= 2; ref--) {
    // Both polarities of a node are above its children, whose numbers are smaller.
    if (uses[ref] === 0) continue;
    for (let i = 0; i < formula.arity(ref >> 1); i++) for (const child of childRefs(formula, ref, i)) uses[child]! += 1;
  }
  return uses;
};

const gate = (bdd: Bdd, formula: Formula, ref: Ref, built: Int32Array, variables: Variables): Node => {
  const node = ref >> 1;
  const negated = (ref & 1) === 1;
  const kind = formula.kind(node);
  if (kind === LITERAL) {
    const event = formula.parameter(node);
    return literal(bdd, formula, variables.first[event]!, event, formula.level(node), negated);
  }
  const inputs: Node[] = [];
  for (let i = 0; i < formula.arity(node); i++) for (const child of childRefs(formula, ref, i)) inputs.push(built[child]!);
  if (kind === AT_LEAST) {
    const k = formula.parameter(node);
    inputs.sort((a, b) => bdd.variables[b]! - bdd.variables[a]!);
    return threshold(bdd, negated ? inputs.length - k + 1 : k, inputs);
  }
  if (kind !== AND) return bdd.xor(inputs[0]!, inputs[1]!);
  // The deepest first: then most steps only put a new top on what is there.
  inputs.sort((a, b) => bdd.variables[b]! - bdd.variables[a]! || a - b);
  let result = inputs[0]!;
  for (let i = 1; i < inputs.length; i++) result = negated ? bdd.or(result, inputs[i]!) : bdd.and(result, inputs[i]!);
  return result;
};
