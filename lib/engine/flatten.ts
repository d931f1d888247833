import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { stateCount, stateOffsets, type Diagram } from './diagram';
import { CHOICE, type Formula } from './formula';

/** The children of a decision node by exact state of its event: the chain of its variables is followed to where it leaves the event. */
export const unfold = (bdd: Bdd, formula: Formula, variables: Variables, node: Node, into: Node[]): void => {
  const event = variables.events[bdd.variables[node]!]!;
  const states = stateCount(formula, event);
  const first = variables.first[event]!;
  const choice = formula.eventKinds[event] === CHOICE;
  let rest = node;
  for (let state = 0; state < states - 1; state++) {
    // A chain left early: all later states behave alike.
    const asks = rest > 1 && bdd.variables[rest] === first + state;
    if (choice) into[state] = asks ? bdd.highs[rest]! : rest;
    else into[state] = asks ? bdd.lows[rest]! : rest;
    if (asks) rest = choice ? bdd.lows[rest]! : bdd.highs[rest]!;
  }
  into[states - 1] = rest;
  into.length = states;
};

/** A diagram, and the binary node that each of its nodes came from. */
export interface Flattened {
  readonly diagram: Diagram;
  readonly origins: Int32Array;
}

/** Copies what the roots reach into a diagram. */
export const flatten = (bdd: Bdd, formula: Formula, variables: Variables, roots: readonly Node[]): Flattened => {
  const reached = collect(bdd, formula, variables, roots);
  // By variable from the last to the first: children come before parents.
  reached.sort((a, b) => bdd.variables[b]! - bdd.variables[a]! || a - b);
  const numbers = new Map<Node, number>([
    [0, 0],
    [1, 1],
  ]);
  const nodeCount = reached.length + 2;
  const nodeEvents = new Int32Array(nodeCount).fill(-1);
  const nodeStarts = new Int32Array(nodeCount + 1);
  const children: number[] = [];
  const unfolded: Node[] = [];
  for (let i = 0; i < reached.length; i++) {
    const node = reached[i]!;
    numbers.set(node, i + 2);
    nodeEvents[i + 2] = variables.events[bdd.variables[node]!]!;
    unfold(bdd, formula, variables, node, unfolded);
    for (const child of unfolded) children.push(numbers.get(child)!);
    nodeStarts[i + 3] = children.length;
  }
  const positions = new Int32Array(formula.eventCount).fill(-1);
  variables.order.forEach((event, position) => (positions[event] = position));
  const diagram: Diagram = {
    nodeCount,
    nodeEvents,
    nodeStarts,
    children: Int32Array.from(children),
    roots: Int32Array.from(roots, (root) => numbers.get(root)!),
    eventCount: formula.eventCount,
    stateOffsets: stateOffsets(formula),
    positions,
    segments: [{ event: -1, root: 0, start: 2, end: nodeCount, positions: variables.order.length }],
  };
  return { diagram, origins: Int32Array.from([0, 1, ...reached]) };
};

const collect = (bdd: Bdd, formula: Formula, variables: Variables, roots: readonly Node[]): Node[] => {
  const seen = new Set<Node>([0, 1]);
  const reached: Node[] = [];
  const stack = [...roots];
  const unfolded: Node[] = [];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    reached.push(node);
    unfold(bdd, formula, variables, node, unfolded);
    for (const child of unfolded) stack.push(child);
  }
  return reached;
};
