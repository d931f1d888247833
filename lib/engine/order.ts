import { LITERAL, type Formula, type Ref } from './formula';

/** Events in the order in which a depth-first walk from the roots meets them (Fujita, Fujisawa and Kawato 1988); the others are left out. */
export const depthFirstOrder = (formula: Formula, roots: readonly Ref[]): number[] => {
  const order: number[] = [];
  const seenNode = new Uint8Array(formula.nodeCount);
  const seenEvent = new Uint8Array(formula.eventCount);
  const stack: number[] = [];
  for (let i = roots.length - 1; i >= 0; i--) stack.push(roots[i]! >> 1);
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seenNode[node] === 1) continue;
    seenNode[node] = 1;
    if (formula.kind(node) === LITERAL) {
      const event = formula.parameter(node);
      if (seenEvent[event] === 0) order.push(event);
      seenEvent[event] = 1;
    }
    for (let i = formula.arity(node) - 1; i >= 0; i--) stack.push(formula.child(node, i) >> 1);
  }
  return order;
};
