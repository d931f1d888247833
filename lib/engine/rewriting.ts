import { AND, BASIC, LADDER, LITERAL, XOR, Formula, type Ref } from './formula';

/** A formula with the same events, and roots in it that are equivalent to the given ones. */
export interface Rewritten {
  readonly formula: Formula;
  readonly roots: readonly Ref[];
}

/** A formula with the events of another and no gates. */
export const sameEvents = (formula: Formula): Formula => {
  const copy = new Formula();
  formula.eventNames.forEach((name, event) => {
    const kind = formula.eventKinds[event]!;
    if (kind === BASIC) copy.basic(name);
    else if (kind === LADDER) copy.ladder(name, formula.eventLiterals[event]!);
    else copy.choice(name, formula.eventLiterals[event]!);
  });
  return copy;
};

/** How many gates and roots use each node. */
export const countParents = (formula: Formula, roots: readonly Ref[]): Int32Array => {
  const parents = new Int32Array(formula.nodeCount);
  for (const root of roots) parents[root >> 1]! += 1;
  for (let node = formula.nodeCount - 1; node >= 1; node--) {
    if (parents[node] === 0) continue;
    for (let i = 0; i < formula.arity(node); i++) parents[formula.child(node, i) >> 1]! += 1;
  }
  return parents;
};

/** A gate of the kind of another one, over other inputs. */
export const gateLike = (target: Formula, formula: Formula, node: number, inputs: readonly Ref[]): Ref => {
  const kind = formula.kind(node);
  if (kind === AND) return target.and(inputs);
  return kind === XOR ? target.xor(inputs[0]!, inputs[1]!) : target.atLeast(formula.parameter(node), inputs);
};

/**
 * Copies what some roots use into a formula with the same events, each gate by a rule that is given what the nodes before it have become. Invariant:
 * children come before the gates that read them, so one pass does.
 */
export const rewriteWith = (
  target: Formula,
  { formula, roots }: Rewritten,
  parents: Int32Array,
  gate: (node: number, mapped: Int32Array) => Ref,
): Ref[] => {
  const mapped = new Int32Array(formula.nodeCount);
  for (let node = 1; node < formula.nodeCount; node++) {
    if (parents[node] === 0) continue;
    mapped[node] = formula.kind(node) === LITERAL ? target.literal(formula.parameter(node), formula.level(node)) : gate(node, mapped);
  }
  return roots.map((root) => mapped[root >> 1]! ^ (root & 1));
};
