import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { stateCount, stateOffsets, type Diagram, type Segment } from './diagram';
import { BASIC, CHOICE } from './formula';

/** The children of a decision node by exact state of its event: the chain of its variables is followed to where it leaves the event. */
export const unfold = (bdd: Bdd, variables: Variables, node: Node, into: Node[]): void => {
  const event = variables.events[bdd.variables[node]!]!;
  const states = stateCount(variables.formula, event);
  const first = variables.first[event]!;
  const choice = variables.formula.eventKinds[event] === CHOICE;
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

/** One independent part: the module's event (-1 for the roots), its nodes in the binary diagram, and its events in their order. */
export interface Part {
  readonly event: number;
  readonly nodes: readonly Node[];
  readonly order: readonly number[];
}

/** A diagram, and the binary node that each of its nodes came from. */
export interface Flattened {
  readonly diagram: Diagram;
  readonly origins: Int32Array;
}

/** Copies what the parts reach into one diagram; the last part holds the roots. */
export const flatten = (bdd: Bdd, variables: Variables, ownEvents: number, parts: readonly Part[]): Flattened => {
  const { formula } = variables;
  const numbers = new Int32Array(bdd.lows.length).fill(-1);
  numbers[0] = 0;
  numbers[1] = 1;
  const origins: number[] = [0, 1];
  const segments: Segment[] = [];
  const positions = new Int32Array(formula.eventCount).fill(-1);
  for (const { event, nodes, order } of parts) {
    order.forEach((one, position) => (positions[one] = position));
    const start = origins.length;
    collect(bdd, variables, nodes, numbers, origins);
    segments.push({ event, root: numbers[nodes[0]!]!, start, end: origins.length, positions: order.length });
  }
  const nodeCount = origins.length;
  const nodeEvents = new Int32Array(nodeCount).fill(-1);
  const nodeStarts = new Int32Array(nodeCount + 1);
  const arities = Int32Array.from(formula.eventNames, (_, event) => stateCount(formula, event));
  for (let number = 2; number < nodeCount; number++) {
    const event = variables.events[bdd.variables[origins[number]!]!]!;
    nodeEvents[number] = event;
    nodeStarts[number + 1] = nodeStarts[number]! + arities[event]!;
  }
  const children = new Int32Array(nodeStarts[nodeCount]!);
  const unfolded: Node[] = [];
  for (let number = 2; number < nodeCount; number++) {
    const start = nodeStarts[number]!;
    if (formula.eventKinds[nodeEvents[number]!] === BASIC) {
      children[start] = numbers[bdd.lows[origins[number]!]!]!;
      children[start + 1] = numbers[bdd.highs[origins[number]!]!]!;
      continue;
    }
    unfold(bdd, variables, origins[number]!, unfolded);
    for (let state = 0; state < unfolded.length; state++) children[start + state] = numbers[unfolded[state]!]!;
  }
  const roots = Int32Array.from(parts[parts.length - 1]!.nodes, (node) => numbers[node]!);
  const diagram: Diagram = {
    nodeCount,
    nodeEvents,
    nodeStarts,
    children,
    roots,
    ownEvents,
    eventCount: formula.eventCount,
    stateOffsets: stateOffsets(formula),
    positions,
    segments,
  };
  return { diagram, origins: new Int32Array(origins) };
};

/** Numbers what is reached, from the last variable to the first: children come before parents. */
const collect = (bdd: Bdd, variables: Variables, roots: readonly Node[], numbers: Int32Array, origins: number[]): void => {
  const reached: Node[] = [];
  const stack = [...roots];
  const unfolded: Node[] = [];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (numbers[node] !== -1) continue;
    numbers[node] = -2;
    reached.push(node);
    if (variables.formula.eventKinds[variables.events[bdd.variables[node]!]!] === BASIC) {
      stack.push(bdd.lows[node]!, bdd.highs[node]!);
      continue;
    }
    unfold(bdd, variables, node, unfolded);
    for (const child of unfolded) stack.push(child);
  }
  // Sorted by counting, the last variable first.
  let lowest = Infinity;
  let highest = 0;
  for (const node of reached) {
    lowest = Math.min(lowest, bdd.variables[node]!);
    highest = Math.max(highest, bdd.variables[node]!);
  }
  if (reached.length === 0) return;
  const starts = new Int32Array(highest - lowest + 1);
  for (const node of reached) starts[highest - bdd.variables[node]!]! += 1;
  for (let i = 0, end = origins.length; i < starts.length; i++) {
    const count = starts[i]!;
    starts[i] = end;
    end += count;
  }
  for (const node of reached) {
    const number = starts[highest - bdd.variables[node]!]!++;
    numbers[node] = number;
    origins[number] = node;
  }
};
