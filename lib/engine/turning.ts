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
 * its children, one of them negated; no conjunction of whole functions is built. Through a module the chances multiply, by both ways to turn twice.
 */
export const turning = (compiled: Compiled, values: ArrayLike<number>, root: number): Turning => {
  const { diagram, formula } = compiled;
  const { states } = compiled.evaluate(values);
  const probabilityOf = prober(compiled, states);
  const on = new Float64Array(diagram.eventCount);
  const off = new Float64Array(diagram.eventCount);
  const last = diagram.segments.length - 1;
  for (let i = last; i >= 0; i--) {
    const segment = diagram.segments[i]!;
    const [up, down] = i === last ? [1, 0] : [on[segment.event]!, off[segment.event]!];
    if (up === 0 && down === 0) continue;
    for (const [event, turns] of turnsWithin(
      compiled,
      i === last ? diagram.roots[root]! : segment.root,
      segment.start,
      states,
      probabilityOf,
    )) {
      on[event] = up * turns.on + down * turns.off;
      off[event] = up * turns.off + down * turns.on;
    }
  }
  return { on: on.subarray(0, formula.eventCount), off: off.subarray(0, formula.eventCount) };
};

const turnsWithin = (
  { bdd, diagram, origins }: Compiled,
  root: number,
  start: number,
  states: Float64Array,
  probabilityOf: (node: Node) => number,
): Map<number, { on: number; off: number }> => {
  const weights = new Map<number, number>([[root, 1]]);
  const found = new Map<number, { on: number; off: number }>();
  for (let node = root; node >= start; node--) {
    const weight = weights.get(node);
    if (weight === undefined) continue;
    const event = diagram.nodeEvents[node]!;
    const first = diagram.nodeStarts[node]!;
    const last = diagram.nodeStarts[node + 1]! - 1;
    const origin = (at: number): Node => origins[diagram.children[at]!]!;
    let turns = found.get(event);
    if (turns === undefined) found.set(event, (turns = { on: 0, off: 0 }));
    for (let at = first; at <= last; at++) {
      const child = diagram.children[at]!;
      weights.set(child, (weights.get(child) ?? 0) + weight * states[diagram.stateOffsets[event]! + at - first]!);
      if (at > first) turns.off += weight * probabilityOf(bdd.and(origin(at - 1), bdd.not(origin(at))));
    }
    turns.on += weight * probabilityOf(bdd.and(origin(last), bdd.not(origin(first))));
  }
  return found;
};

/** Probabilities of binary nodes that need not be in the diagram. */
const prober = ({ bdd, variables, diagram }: Compiled, states: Float64Array): ((node: Node) => number) => {
  const known = new Map<Node, number>([
    [0, 0],
    [1, 1],
  ]);
  // By a stack of its own, since a diagram may be deeper than the call stack allows.
  return (root) => {
    const stack = [root];
    const children: Node[] = [];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      if (known.has(node)) {
        stack.length -= 1;
        continue;
      }
      unfold(bdd, variables, node, children);
      let state = diagram.stateOffsets[variables.events[bdd.variables[node]!]!]!;
      let sum = 0;
      const before = stack.length;
      for (const child of children) {
        const value = known.get(child);
        if (value === undefined) stack.push(child);
        else sum += states[state]! * value;
        state += 1;
      }
      if (stack.length === before) known.set(node, sum);
    }
    return known.get(root)!;
  };
};
