import type { Node } from './bdd';
import type { Compiled } from './compile';
import { unfold } from './flatten';

/** Chances that an event alone decides, by event. */
export interface Turning {
  /** P(the root is true with the event in its last state, and false in its first). */
  readonly on: Float64Array;
  /** P(the root is false in a state of the event and true in the one before); more than 0 only where it is not monotone. */
  readonly off: Float64Array;
}

/**
 * For each event P(f₁ ∧ ¬f₀) and P(¬f₁ ∧ f₀). Both are sums over the event's nodes of the probability to arrive there times that of the conjunction of
 * its children, one of them negated; no conjunction of whole functions is built.
 */
export const turning = (compiled: Compiled, values: ArrayLike<number>, root: number): Turning => {
  const { bdd, diagram, formula } = compiled;
  const { states } = compiled.evaluate(values);
  const probabilityOf = prober(compiled, states);
  const on = new Float64Array(diagram.eventCount);
  const off = new Float64Array(diagram.eventCount);
  const weights = new Float64Array(diagram.nodeCount);
  weights[diagram.roots[root]!] = 1;
  for (let node = diagram.roots[root]!; node > 1; node--) {
    const weight = weights[node]!;
    if (weight === 0) continue;
    const event = diagram.nodeEvents[node]!;
    const start = diagram.nodeStarts[node]!;
    const last = diagram.nodeStarts[node + 1]! - 1;
    const origin = (at: number): Node => compiled.origins[diagram.children[at]!]!;
    for (let at = start; at <= last; at++) {
      weights[diagram.children[at]!]! += weight * states[diagram.stateOffsets[event]! + at - start]!;
      if (at > start) off[event]! += weight * probabilityOf(bdd.and(origin(at - 1), bdd.not(origin(at))));
    }
    on[event]! += weight * probabilityOf(bdd.and(origin(last), bdd.not(origin(start))));
  }
  return { on, off: off.subarray(0, formula.eventCount) };
};

/** Probabilities of binary nodes that need not be in the diagram. */
const prober = ({ bdd, formula, variables, diagram }: Compiled, states: Float64Array): ((node: Node) => number) => {
  const known = new Map<Node, number>([
    [0, 0],
    [1, 1],
  ]);
  const probabilityOf = (node: Node): number => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const children: Node[] = [];
    unfold(bdd, formula, variables, node, children);
    const at = diagram.stateOffsets[variables.events[bdd.variables[node]!]!]!;
    const sum = children.reduce((total, child, state) => total + states[at + state]! * probabilityOf(child), 0);
    known.set(node, sum);
    return sum;
  };
  return probabilityOf;
};
