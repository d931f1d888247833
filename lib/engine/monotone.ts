import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { CHOICE } from './formula';

/** Whether functions are monotone in all basic events and ladders: at every node, low implies high. */
export const isMonotone = (bdd: Bdd, variables: Variables, roots: readonly Node[]): boolean => {
  const seen = new Set<Node>([0, 1]);
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    const low = bdd.lows[node]!;
    const high = bdd.highs[node]!;
    const choice = variables.formula.eventKinds[variables.events[bdd.variables[node]!]!] === CHOICE;
    if (!choice && bdd.and(low, high) !== low) return false;
    stack.push(low, high);
  }
  return true;
};
