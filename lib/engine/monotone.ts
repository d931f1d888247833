import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { AND, AT_LEAST, CHOICE, LITERAL, type Formula, type Ref } from './formula';

/** Whether no negation stands over a basic event or a ladder, when negations are pushed down; then the roots are monotone in them. */
export const isPlainlyMonotone = (formula: Formula, roots: readonly Ref[]): boolean => {
  const needed = new Uint8Array(2 * formula.nodeCount);
  for (const root of roots) needed[root] = 1;
  for (let ref = needed.length - 1; ref >= 2; ref--) {
    if (needed[ref] === 0) continue;
    const node = ref >> 1;
    const kind = formula.kind(node);
    if (kind === LITERAL && (ref & 1) === 1 && formula.eventKinds[formula.parameter(node)] !== CHOICE) return false;
    if (kind > AT_LEAST) return false;
    if (kind >= AND) for (let i = 0; i < formula.arity(node); i++) needed[formula.child(node, i) ^ (ref & 1)] = 1;
  }
  return true;
};

/** Whether functions are monotone in all basic events and ladders: at every node, low implies high. */
export const isMonotone = (bdd: Bdd, formula: Formula, variables: Variables, roots: readonly Node[]): boolean => {
  const seen = new Set<Node>([0, 1]);
  const stack = [...roots];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    const low = bdd.lows[node]!;
    const high = bdd.highs[node]!;
    const choice = formula.eventKinds[variables.events[bdd.variables[node]!]!] === CHOICE;
    if (!choice && bdd.and(low, high) !== low) return false;
    stack.push(low, high);
  }
  return true;
};
