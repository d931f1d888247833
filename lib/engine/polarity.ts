import { AND, AT_LEAST, CHOICE, LITERAL, XOR, type Formula, type Ref } from './formula';

/**
 * How often each reference is used when negations are pushed down to the literals: by gates of either sign, and once for each root. An exclusive or
 * needs one sign of its second input and, since it is built as one step, one of its first.
 */
export const countUses = (formula: Formula, roots: readonly Ref[]): Int32Array => {
  const uses = new Int32Array(2 * formula.nodeCount);
  for (const root of roots) uses[root]! += 1;
  // Children have smaller numbers, so all uses of a reference are known when it is met.
  for (let ref = uses.length - 1; ref >= 2; ref--) {
    if (uses[ref] === 0) continue;
    for (let i = 0; i < formula.arity(ref >> 1); i++) uses[inputOf(formula, ref, i)]! += 1;
  }
  return uses;
};

/** The reference that a gate of the given sign reads, negation pushed down. */
export const inputOf = (formula: Formula, ref: Ref, index: number): Ref => {
  const child = formula.child(ref >> 1, index);
  const sign = ref & 1;
  return formula.kind(ref >> 1) === XOR && index > 0 ? child : child ^ sign;
};

/** Whether no negation stands over a basic event or a ladder, when negations are pushed down; then the roots are monotone in them. */
export const isPlainlyMonotone = (formula: Formula, roots: readonly Ref[]): boolean => {
  const uses = countUses(formula, roots);
  for (let ref = 2; ref < uses.length; ref++) {
    if (uses[ref] === 0) continue;
    const kind = formula.kind(ref >> 1);
    if (kind === LITERAL && (ref & 1) === 1 && formula.eventKinds[formula.parameter(ref >> 1)] !== CHOICE) return false;
    if (kind !== LITERAL && kind !== AND && kind !== AT_LEAST) return false;
  }
  return true;
};
