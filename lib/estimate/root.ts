import type { Formula, Ref } from '../engine/formula';

/** References below some others and these themselves, children first, without the constants. */
export function below(formula: Formula, roots: readonly Ref[]): Int32Array {
  const seen = new Set<Ref>();
  const stack = [...roots];
  while (stack.length > 0) {
    const ref = stack.pop()!;
    if (ref < 2 || seen.has(ref)) continue;
    seen.add(ref);
    const arity = formula.arity(ref >> 1);
    for (let i = 0; i < arity; i++) stack.push(formula.child(ref >> 1, i) ^ (ref & 1));
  }
  return Int32Array.from(seen).sort();
}
