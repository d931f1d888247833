import { countDead, type Group } from './counting';
import { servedShare, type Served } from './serving';

/** A node of a joint diagram; 0 and 1 are the constants. */
export type JointNode = number;

export const DECISION = 0;
export const COUNT = 1;
export const ANY = 2;
export const SERVE = 3;

/** At least `least` of the units are dead; each group has one node and a number of units. */
export interface CountLeaf {
  readonly least: number;
  readonly groups: readonly Group[];
}

/** Place of what asks for nothing. */
export const nowhere = 0x7fffffff;

/** Nodes of a joint diagram in flat arrays that grow. A child has a smaller number than its parent. */
export class Nodes {
  count = 0;
  kinds = new Uint8Array(1024);
  /** Event of a decision, index of a leaf. */
  subjects = new Int32Array(1024);
  /** Where in the order of questions a decision stands. */
  places = new Int32Array(1024);
  starts = new Int32Array(1025);
  children = new Int32Array(8192);
  /** Nominal values. */
  values = new Float64Array(1024);
  readonly counts: CountLeaf[] = [];
  readonly served: Served[] = [];

  constructor(
    private readonly positions: Int32Array,
    private readonly offsets: ArrayLike<number>,
    private readonly states: Float64Array,
  ) {}

  /** Appends a node with the first `length` of these children. */
  add(kind: number, subject: number, children: ArrayLike<number>, length = children.length): JointNode {
    const node = this.count++;
    if (node + 1 >= this.kinds.length) this.#widen();
    const start = this.starts[node]!;
    if (start + length > this.children.length) this.children = widened(this.children, 2 * (start + length));
    for (let i = 0; i < length; i++) this.children[start + i] = children[i]!;
    this.starts[node + 1] = start + length;
    this.kinds[node] = kind;
    this.subjects[node] = subject;
    this.places[node] = kind === DECISION && subject >= 0 ? this.positions[subject]! : nowhere;
    this.values[node] = node < 2 ? node : this.#value(node);
    return node;
  }

  /** Nodes below one and itself, children first, without the constants and those that are known. */
  below(root: JointNode, known: ReadonlyMap<JointNode, unknown>): Int32Array {
    const seen = new Set<JointNode>();
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (node < 2 || seen.has(node) || known.has(node)) continue;
      seen.add(node);
      const subject = this.subjects[node]!;
      if (this.kinds[node] === COUNT) for (const group of this.counts[subject]!.groups) stack.push(group.node);
      else if (this.kinds[node] === SERVE) for (const { dead, noticed } of this.served[subject]!.groups) stack.push(dead, noticed);
      else for (let at = this.starts[node]!; at < this.starts[node + 1]!; at++) stack.push(this.children[at]!);
    }
    return Int32Array.from(seen).sort();
  }

  #value(node: JointNode): number {
    const { values, children } = this;
    const from = this.starts[node]!;
    const to = this.starts[node + 1]!;
    const kind = this.kinds[node]!;
    const subject = this.subjects[node]!;
    if (kind === COUNT) return countDead(this.counts[subject]!, values);
    if (kind === SERVE) return servedShare(this.served[subject]!, values);
    let value = 0;
    if (kind === DECISION) {
      let state = this.offsets[subject]!;
      for (let at = from; at < to; at++, state++) value += this.states[state]! * values[children[at]!]!;
      return value;
    }
    let none = 1;
    for (let at = from; at < to; at++) {
      const part = values[children[at]!]!;
      value += none * part;
      none *= 1 - part;
    }
    return value;
  }

  #widen(): void {
    const length = 2 * this.kinds.length;
    const kinds = new Uint8Array(length);
    kinds.set(this.kinds);
    this.kinds = kinds;
    this.subjects = widened(this.subjects, length);
    this.places = widened(this.places, length);
    this.starts = widened(this.starts, length + 1);
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
  }
}

function widened(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}
