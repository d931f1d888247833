import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { CHOICE } from './formula';

/**
 * Whether functions are monotone in all basic events and ladders (unate functions, McNaughton 1961). Invariant: they are iff low implies high at every
 * node. The deepest nodes first, they cost least.
 */
export const isMonotone = (bdd: Bdd, variables: Variables, roots: readonly Node[]): boolean => {
  const seen = new Set<Node>([0, 1]);
  const stack = [...roots];
  const reached: Node[] = [];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    reached.push(node);
    stack.push(bdd.lows[node]!, bdd.highs[node]!);
  }
  reached.sort((a, b) => bdd.variables[b]! - bdd.variables[a]!);
  return reached.every((node) => {
    if (variables.formula.eventKinds[variables.events[bdd.variables[node]!]!] === CHOICE) return true;
    const low = bdd.lows[node]!;
    return bdd.and(low, bdd.highs[node]!) === low;
  });
};
