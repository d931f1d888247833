import { AND, AT_LEAST, CHOICE, LITERAL, XOR, type Formula, type Ref } from './formula';

/** A formula below one root as plain arrays, so that it can be handed to another thread. Nodes are numbered from 0, children before parents. */
export interface PlainTree {
  /** AND, AT_LEAST, XOR or LITERAL, by node. */
  readonly kinds: Uint8Array;
  /** Threshold of AT_LEAST, event of a LITERAL. */
  readonly parameters: Int32Array;
  /** Where a node's children begin; for a literal its level. */
  readonly starts: Int32Array;
  /** Twice the child's number, plus one if negated. */
  readonly children: Int32Array;
  /** Twice the root's number, plus one if negated; −1 for a root that is false, −2 for one that is true. */
  readonly root: number;
  /** Events of the formula that the root depends on. */
  readonly events: Int32Array;
  readonly choices: Uint8Array;
}

/** The part of a formula that a root depends on. */
export function plainTree(formula: Formula, root: Ref): PlainTree {
  const needed = new Uint8Array(formula.nodeCount);
  needed[root >> 1] = 1;
  for (let node = root >> 1; node > 0; node--) {
    if (needed[node] === 1) for (let i = 0; i < formula.arity(node); i++) needed[formula.child(node, i) >> 1] = 1;
  }
  const numbers = new Int32Array(formula.nodeCount).fill(-1);
  const [kinds, parameters, starts, children] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  const events = new Set<number>();
  // Node 0 is the constant; gates have no constant children.
  for (let node = 1; node < formula.nodeCount; node++) {
    if (needed[node] === 0) continue;
    numbers[node] = kinds.length;
    const kind = formula.kind(node);
    kinds.push(kind);
    parameters.push(formula.parameter(node));
    starts.push(kind === LITERAL ? formula.level(node) : children.length);
    if (kind === LITERAL) events.add(formula.parameter(node));
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      children.push(2 * numbers[child >> 1]! + (child & 1));
    }
  }
  return {
    kinds: Uint8Array.from(kinds),
    parameters: Int32Array.from(parameters),
    starts: Int32Array.from([...starts, children.length]),
    children: Int32Array.from(children),
    root: root >> 1 === 0 ? -1 - (root & 1) : 2 * numbers[root >> 1]! + (root & 1),
    events: Int32Array.from(events).sort(),
    choices: Uint8Array.from(formula.eventKinds, (kind) => (kind === CHOICE ? 1 : 0)),
  };
}

/**
 * The truth of a tree while its literals change one by one: a gate counts its true children (as in Dowling and Gallier 1984), so a change costs only what
 * it reaches. Invariant: between two changes, a gate's count is the number of its true children, and its value follows from it.
 */
export class TreeState {
  readonly #values: Uint8Array;
  readonly #counts: Int32Array;
  readonly #parentStarts: Int32Array;
  readonly #parents: Int32Array;
  readonly #arities: Int32Array;
  /** Node of each literal, by event and level; −1 where the tree does not have it. */
  readonly #literals: number[][] = [];
  readonly #heap: number[] = [];
  readonly #queued: Uint8Array;

  constructor(readonly tree: PlainTree) {
    const n = tree.kinds.length;
    this.#values = new Uint8Array(n);
    this.#queued = new Uint8Array(n);
    this.#counts = new Int32Array(n);
    this.#arities = new Int32Array(n);
    this.#parentStarts = new Int32Array(n + 1);
    const gates = Array.from({ length: n }, (_, node) => node).filter((node) => tree.kinds[node] !== LITERAL);
    let end = tree.children.length;
    for (let i = gates.length - 1; i >= 0; i--) {
      const node = gates[i]!;
      this.#arities[node] = end - tree.starts[node]!;
      end = tree.starts[node]!;
    }
    for (const child of tree.children) this.#parentStarts[(child >> 1) + 1]! += 1;
    for (let node = 0; node < n; node++) this.#parentStarts[node + 1]! += this.#parentStarts[node]!;
    this.#parents = new Int32Array(tree.children.length);
    const next = this.#parentStarts.slice();
    for (const node of gates) {
      for (let i = tree.starts[node]!; i < tree.starts[node]! + this.#arities[node]!; i++) {
        const child = tree.children[i]!;
        this.#parents[next[child >> 1]!] = 2 * node + (child & 1);
        next[child >> 1]! += 1;
        // Children come first, so their values are known.
        this.#counts[node]! += this.#values[child >> 1]! ^ (child & 1);
      }
      this.#values[node] = this.#holds(node);
    }
    for (let node = 0; node < n; node++) {
      if (tree.kinds[node] === LITERAL) (this.#literals[tree.parameters[node]!] ??= [])[tree.starts[node]!] = node;
    }
  }

  /** Whether the root is true. */
  get root(): boolean {
    const { root } = this.tree;
    return root < 0 ? root === -2 : (this.#values[root >> 1]! ^ (root & 1)) === 1;
  }

  /** Makes a literal true or false. */
  set(event: number, level: number, value: number): void {
    const literal = this.#literals[event]?.[level];
    if (literal === undefined || this.#values[literal] === value) return;
    this.#flip(literal);
    // In the order of the nodes, children before parents, each node is looked at once.
    for (let node = this.#pop(); node >= 0; node = this.#pop()) {
      this.#queued[node] = 0;
      if (this.#holds(node) !== this.#values[node]) this.#flip(node);
    }
  }

  #flip(node: number): void {
    const value = this.#values[node]! ^ 1;
    this.#values[node] = value;
    for (let i = this.#parentStarts[node]!; i < this.#parentStarts[node + 1]!; i++) {
      const parent = this.#parents[i]! >> 1;
      this.#counts[parent]! += (value ^ (this.#parents[i]! & 1)) === 1 ? 1 : -1;
      if (this.#queued[parent] === 1) continue;
      this.#queued[parent] = 1;
      this.#push(parent);
    }
  }

  /** A binary heap (Williams 1964) of the nodes to look at, the smallest first. */
  #push(node: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(node);
    while (at > 0 && heap[(at - 1) >> 1]! > node) {
      heap[at] = heap[(at - 1) >> 1]!;
      at = (at - 1) >> 1;
    }
    heap[at] = node;
  }

  #pop(): number {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined) return -1;
    const node = heap.pop()!;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= node) break;
      heap[at] = heap[child]!;
      at = child;
    }
    if (heap.length > 0) heap[at] = node;
    return first;
  }

  #holds(node: number): number {
    const count = this.#counts[node]!;
    switch (this.tree.kinds[node]) {
      case AND:
        return count === this.#arities[node] ? 1 : 0;
      case AT_LEAST:
        return count >= this.tree.parameters[node]! ? 1 : 0;
      case XOR:
        return count === 1 ? 1 : 0;
      default:
        return this.#values[node]!;
    }
  }
}
