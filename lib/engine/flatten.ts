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
  const copy = new Copy(bdd, variables);
  const segments: Segment[] = [];
  const positions = new Int32Array(formula.eventCount).fill(-1);
  for (const { event, nodes, order } of parts) {
    order.forEach((one, position) => (positions[one] = position));
    const start = copy.count;
    copy.add(nodes);
    segments.push({ event, root: copy.numbers[nodes[0]!]!, start, end: copy.count, positions: order.length });
  }
  const diagram: Diagram = {
    nodeCount: copy.count,
    ...copy.nodes(),
    roots: Int32Array.from(parts[parts.length - 1]!.nodes, (node) => copy.numbers[node]!),
    ownEvents,
    eventCount: formula.eventCount,
    stateOffsets: stateOffsets(formula),
    positions,
    segments,
  };
  return { diagram, origins: copy.origins.slice(0, copy.count) };
};

const UNSEEN = -1;

/** Nodes of a binary diagram, numbered anew. */
class Copy {
  /** By binary node. */
  readonly numbers: Int32Array;
  /** By number. */
  readonly origins: Int32Array;
  count = 2;
  readonly #reached: Int32Array;
  /** Whether every node has but two children, as it has when all events are basic. */
  readonly #isBinary: boolean;

  constructor(
    private readonly bdd: Bdd,
    private readonly variables: Variables,
  ) {
    this.numbers = new Int32Array(bdd.end).fill(UNSEEN);
    this.origins = new Int32Array(bdd.used);
    this.#reached = new Int32Array(bdd.used);
    this.numbers[0] = 0;
    this.numbers[1] = 1;
    this.origins[1] = 1;
    this.#isBinary = variables.formula.eventKinds.every((kind) => kind === BASIC);
  }

  /** Numbers what some roots reach, from the last variable to the first: children come before parents. */
  add(roots: readonly Node[]): void {
    const { numbers, origins } = this;
    const { variables } = this.bdd;
    const reached = this.#reached;
    const count = this.#reach(roots);
    if (count === 0) return;
    let lowest = variables[reached[0]!]!;
    let highest = lowest;
    for (let i = 1; i < count; i++) {
      const variable = variables[reached[i]!]!;
      if (variable < lowest) lowest = variable;
      if (variable > highest) highest = variable;
    }
    // Sorted by counting, the last variable first.
    const next = new Int32Array(highest - lowest + 2);
    for (let i = 0; i < count; i++) next[highest - variables[reached[i]!]! + 1]! += 1;
    next[0] = this.count;
    for (let i = 1; i < next.length; i++) next[i]! += next[i - 1]!;
    for (let i = 0; i < count; i++) {
      const node = reached[i]!;
      const number = next[highest - variables[node]!]!;
      next[highest - variables[node]!] = number + 1;
      numbers[node] = number;
      origins[number] = node;
    }
    this.count += count;
  }

  /** Puts what has no number yet into `reached`, and says how many. */
  #reach(roots: readonly Node[]): number {
    const { numbers, bdd, variables } = this;
    const { lows, highs } = bdd;
    const reached = this.#reached;
    const unfolded: Node[] = [];
    let count = 0;
    for (const root of roots) if (numbers[root] === UNSEEN) numbers[(reached[count++] = root)] = 0;
    for (let head = 0; head < count; head++) {
      const node = reached[head]!;
      if (this.#isBinary) {
        const low = lows[node]!;
        const high = highs[node]!;
        if (numbers[low] === UNSEEN) numbers[(reached[count++] = low)] = 0;
        if (numbers[high] === UNSEEN) numbers[(reached[count++] = high)] = 0;
      } else {
        unfold(bdd, variables, node, unfolded);
        for (const child of unfolded) if (numbers[child] === UNSEEN) numbers[(reached[count++] = child)] = 0;
      }
    }
    return count;
  }

  /** What the nodes ask for, and their children. */
  nodes(): Pick<Diagram, 'nodeEvents' | 'nodeStarts' | 'children'> {
    const { bdd, numbers, origins, count } = this;
    const { events, formula } = this.variables;
    const nodeEvents = new Int32Array(count).fill(-1);
    const nodeStarts = new Int32Array(count + 1);
    for (let number = 2; number < count; number++) {
      const event = events[bdd.variables[origins[number]!]!]!;
      nodeEvents[number] = event;
      nodeStarts[number + 1] = nodeStarts[number]! + (this.#isBinary ? 2 : stateCount(formula, event));
    }
    const children = new Int32Array(nodeStarts[count]!);
    const unfolded: Node[] = [];
    for (let number = 2; number < count; number++) {
      const start = nodeStarts[number]!;
      if (this.#isBinary) {
        children[start] = numbers[bdd.lows[origins[number]!]!]!;
        children[start + 1] = numbers[bdd.highs[origins[number]!]!]!;
      } else {
        unfold(bdd, this.variables, origins[number]!, unfolded);
        for (let state = 0; state < unfolded.length; state++) children[start + state] = numbers[unfolded[state]!]!;
      }
    }
    return { nodeEvents, nodeStarts, children };
  }
}
