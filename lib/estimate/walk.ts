import { nowhere, type JointNode, type Nodes } from './nodes';

/** A walk over tuples of nodes. Tuples are handed over in one array that is used again and again. */
export interface Task {
  readonly roots: ArrayLike<JointNode>;
  /** Events from this place in the order of questions on are not followed. */
  readonly limit: number;
  /** Brings a tuple into the form in which equal ones are found to be equal. */
  settle(tuple: Int32Array): void;
  /** The node for a tuple of which nothing is left to ask for. */
  leaf(tuple: Int32Array): JointNode;
}

/** What is asked, and how much weight each answer has. */
export interface Questions {
  /** Events in their order. */
  readonly order: readonly number[];
  /** Weight of each state of each event, in which chances that are small for a moment only are not neglected. */
  readonly weights: readonly Float64Array[];
}

/** What is not followed may have this part of the result; where that takes many steps, the second. */
const fine = 1e-11;
const coarse = 1e-5;
const manySteps = 250;
/** No walk becomes larger than this; what is left counts as failing. */
const mostSteps = 200_000;

export interface Walked {
  readonly node: JointNode;
  /** By how much the node's value may be too large. */
  readonly bound: number;
}

/**
 * Follows all nodes of a tuple at once, event by event. The likely is followed first: what together has less weight than can be seen in the result is
 * not followed, and counts as failing. Steps are visited in the order of their events, so that each knows its whole weight before it is opened.
 */
export function walk(task: Task, nodes: Nodes, questions: Questions): Walked {
  const steps = new Steps(task, nodes, questions);
  const root = steps.root();
  if (steps.nodes[root]! >= 0) return { node: steps.nodes[root]!, bound: 0 };
  let rest = 0;
  for (let threshold = 1e-8; ; threshold /= 10) {
    const reached = steps.pass(root, threshold, mostSteps);
    rest = steps.rest;
    const enough = rest <= fine * reached || (steps.opened > manySteps && rest <= coarse * reached);
    if (enough || steps.opened >= mostSteps || threshold < 1e-40) break;
  }
  return { node: steps.build(root), bound: rest };
}

/** The steps of one walk, in flat arrays that grow. */
class Steps {
  /** Node of each step; −1 while it is not known. */
  nodes = new Int32Array(256);
  opened = 0;
  /** Weight that the last pass did not follow. */
  rest = 0;
  readonly #width: number;
  #count = 0;
  #tuples: Int32Array;
  #places = new Int32Array(256);
  /** Where a step's children start; −1 while it is not opened. */
  #starts = new Int32Array(256);
  #children = new Int32Array(1024);
  #childCount = 0;
  #mass = new Float64Array(256);
  #passes = new Int32Array(256);
  #next = new Int32Array(256);
  #table = new Int32Array(1024).fill(-1);
  #pass = 0;
  #seen: number[] = [];
  readonly #scratch: Int32Array;
  readonly #before: Int32Array;
  readonly #heads: Int32Array;

  constructor(
    private readonly task: Task,
    private readonly source: Nodes,
    private readonly questions: Questions,
  ) {
    this.#width = task.roots.length;
    this.#tuples = new Int32Array(256 * this.#width);
    this.#scratch = new Int32Array(this.#width);
    this.#before = new Int32Array(this.#width);
    this.#heads = new Int32Array(questions.order.length);
  }

  root(): number {
    this.#scratch.set(Int32Array.from(this.task.roots));
    return this.#step();
  }

  /** Follows everything that has at least this weight; returns how much of the result is known. */
  pass(root: number, threshold: number, most: number): number {
    const { weights, order } = this.questions;
    const values = this.source.values;
    this.#pass++;
    this.#heads.fill(-1);
    this.#seen = [];
    this.rest = 0;
    let reached = 0;
    const first = this.#places[root]!;
    this.#mass[root] = 1;
    this.#passes[root] = this.#pass;
    this.#next[root] = -1;
    this.#heads[first] = root;
    for (let place = first; place < this.task.limit; place++) {
      const weight = weights[order[place]!]!;
      for (let step = this.#heads[place]!; step >= 0; step = this.#next[step]!) {
        const mass = this.#mass[step]!;
        if (this.#starts[step]! < 0) {
          if (mass < threshold || this.opened >= most) {
            this.rest += mass;
            continue;
          }
          this.#open(step, weight.length);
        }
        this.#seen.push(step);
        const from = this.#starts[step]!;
        for (let state = 0; state < weight.length; state++) {
          const child = this.#children[from + state]!;
          const part = mass * weight[state]!;
          const childPlace = this.#places[child]!;
          if (childPlace === nowhere) reached += part * values[this.nodes[child]!]!;
          else if (this.#passes[child] === this.#pass) this.#mass[child] = this.#mass[child]! + part;
          else {
            this.#passes[child] = this.#pass;
            this.#mass[child] = part;
            this.#next[child] = this.#heads[childPlace]!;
            this.#heads[childPlace] = child;
          }
        }
      }
    }
    return reached;
  }

  /** Makes nodes of all steps that the last pass followed, deeper ones first, so that children have theirs. */
  build(root: number): JointNode {
    const made: number[] = [];
    for (let i = this.#seen.length - 1; i >= 0; i--) {
      const step = this.#seen[i]!;
      const event = this.questions.order[this.#places[step]!]!;
      const states = this.questions.weights[event]!.length;
      const from = this.#starts[step]!;
      let same = true;
      for (let state = 0; state < states; state++) {
        const node = this.nodes[this.#children[from + state]!]!;
        made[state] = node < 0 ? 1 : node;
        if (made[state] !== made[0]) same = false;
      }
      this.nodes[step] = same ? made[0]! : this.source.add(0, event, made, states);
    }
    return this.nodes[root]!;
  }

  #open(step: number, states: number): void {
    this.opened++;
    const width = this.#width;
    const place = this.#places[step]!;
    const from = this.#childCount;
    this.#childCount += states;
    if (this.#childCount > this.#children.length) this.#children = widened(this.#children, 2 * this.#childCount);
    this.#starts[step] = from;
    const { places, starts, children } = this.source;
    const scratch = this.#scratch;
    const before = this.#before;
    for (let state = 0; state < states; state++) {
      let same = state > 0;
      for (let i = 0, at = step * width; i < width; i++, at++) {
        let node = this.#tuples[at]!;
        if (places[node] === place) node = children[starts[node]! + state]!;
        if (before[i] !== node) same = false;
        before[i] = node;
        scratch[i] = node;
      }
      this.#children[from + state] = same ? this.#children[from + state - 1]! : this.#step();
    }
  }

  /** The step for the tuple in the scratch array. */
  #step(): number {
    const scratch = this.#scratch;
    const width = this.#width;
    this.task.settle(scratch);
    const { places } = this.source;
    let place = nowhere;
    let hash = 0;
    for (let i = 0; i < width; i++) {
      const node = scratch[i]!;
      hash = Math.imul(hash ^ node, 0x01000193) + (hash >>> 15);
      const own = places[node]!;
      if (own < place) place = own;
    }
    if (place >= this.task.limit) place = nowhere;
    const mask = this.#table.length - 1;
    let slot = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) & mask;
    for (let step = this.#table[slot]!; step >= 0; step = this.#table[slot]!) {
      if (this.#is(step)) return step;
      slot = (slot + 1) & mask;
    }
    const step = this.#count++;
    if (step >= this.nodes.length) this.#widen();
    this.#table[slot] = step;
    this.#tuples.set(scratch, step * width);
    this.#places[step] = place;
    this.#starts[step] = -1;
    this.nodes[step] = place === nowhere ? this.task.leaf(scratch) : -1;
    if (this.#count * 2 > this.#table.length) this.#rehash();
    return step;
  }

  #is(step: number): boolean {
    const width = this.#width;
    for (let i = 0, at = step * width; i < width; i++, at++) if (this.#tuples[at] !== this.#scratch[i]) return false;
    return true;
  }

  #widen(): void {
    const length = 2 * this.nodes.length;
    this.nodes = widened(this.nodes, length);
    this.#tuples = widened(this.#tuples, length * this.#width);
    this.#places = widened(this.#places, length);
    this.#starts = widened(this.#starts, length);
    this.#passes = widened(this.#passes, length);
    this.#next = widened(this.#next, length);
    const mass = new Float64Array(length);
    mass.set(this.#mass);
    this.#mass = mass;
  }

  #rehash(): void {
    const table = new Int32Array(2 * this.#table.length).fill(-1);
    const mask = table.length - 1;
    const width = this.#width;
    for (let step = 0; step < this.#count; step++) {
      let hash = 0;
      for (let i = 0, at = step * width; i < width; i++, at++) hash = Math.imul(hash ^ this.#tuples[at]!, 0x01000193) + (hash >>> 15);
      let slot = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = step;
    }
    this.#table = table;
  }
}

function widened(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}
