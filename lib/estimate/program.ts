import { countDead, pivotal } from './counting';
import { ANY, COUNT, DECISION, type CountLeaf, type JointNode, type Nodes } from './nodes';
import { servedShare, type Served } from './serving';

/** The part of a joint diagram that certain roots need, in flat arrays, to be evaluated many times. */
export class Program {
  readonly values: Float64Array;
  /** Nodes of the roots, in the order in which they were asked for. */
  readonly roots: Int32Array;
  /** Events whose states are asked for. */
  readonly events: ReadonlySet<number>;
  readonly #kinds: Uint8Array;
  /** Where the states of a decision's event start; the index of a leaf. */
  readonly #subjects: Int32Array;
  readonly #starts: Int32Array;
  readonly #children: Int32Array;
  readonly #counts: readonly CountLeaf[];
  readonly #served: readonly Served[];
  readonly #first: number;

  /**
   * `keep` says how much of a root's nominal probability a node must carry to be computed anew; what carries less keeps its nominal value.
   * @default - everything is computed
   */
  constructor(nodes: Nodes, offsets: ArrayLike<number>, states: ArrayLike<number>, roots: readonly JointNode[], keep = 0) {
    const kept = keptNodes(nodes, offsets, states, roots, keep);
    const number = new Int32Array(nodes.count);
    number[1] = 1;
    let frozen = 2;
    for (let node = 2; node < nodes.count; node++) if (kept[node] === 1) number[node] = frozen++;
    this.#first = frozen;
    let total = frozen;
    for (let node = 2; node < nodes.count; node++) if (kept[node] === 2) number[node] = total++;
    this.values = new Float64Array(total);
    this.values[1] = 1;
    this.#kinds = new Uint8Array(total);
    this.#subjects = new Int32Array(total);
    this.#starts = new Int32Array(total + 1);
    const children: number[] = [];
    const events = new Set<number>();
    const counts: CountLeaf[] = [];
    const served: Served[] = [];
    for (let node = 2; node < nodes.count; node++) {
      const at = number[node]!;
      if (kept[node] === 1) this.values[at] = nodes.values[node]!;
      if (kept[node] !== 2) continue;
      const kind = nodes.kinds[node]!;
      const subject = nodes.subjects[node]!;
      this.#kinds[at] = kind;
      if (kind === COUNT) {
        const { groups, least } = nodes.counts[subject]!;
        this.#subjects[at] = counts.length;
        counts.push({ least, groups: groups.map((group) => ({ node: number[group.node]!, count: group.count })) });
      } else if (kind === DECISION) {
        this.#subjects[at] = offsets[subject]!;
        events.add(subject);
      } else if (kind !== ANY) {
        const leaf = nodes.served[subject]!;
        this.#subjects[at] = served.length;
        served.push({
          ...leaf,
          groups: leaf.groups.map((group) => ({ ...group, dead: number[group.dead]!, noticed: number[group.noticed]! })),
        });
      }
      for (let i = nodes.starts[node]!; i < nodes.starts[node + 1]!; i++) children.push(number[nodes.children[i]!]!);
      this.#starts[at + 1] = children.length;
    }
    this.events = events;
    this.#children = Int32Array.from(children);
    this.#counts = counts;
    this.#served = served;
    this.roots = Int32Array.from(roots, (root) => number[root]!);
  }

  get nodeCount(): number {
    return this.values.length;
  }

  /** How many nodes suffice for some roots. */
  through(indices: readonly number[]): number {
    return indices.reduce((most, index) => Math.max(most, this.roots[index]! + 1), this.#first);
  }

  /** Computes `values` from the probabilities of exact states, children first: of all nodes, or of those from one on up to another. */
  evaluate(states: Float64Array, from = this.#first, through = this.values.length): void {
    const values = this.values;
    const kinds = this.#kinds;
    const starts = this.#starts;
    const children = this.#children;
    const subjects = this.#subjects;
    for (let node = from; node < through; node++) {
      const kind = kinds[node]!;
      const start = starts[node]!;
      const end = starts[node + 1]!;
      let value = 0;
      if (kind === DECISION) {
        let state = subjects[node]!;
        for (let at = start; at < end; at++, state++) value += states[state]! * values[children[at]!]!;
      } else if (kind === ANY) {
        // q + p − q·p without a difference: each part only counts while none before it holds.
        let none = 1;
        for (let at = start; at < end; at++) {
          const part = values[children[at]!]!;
          value += none * part;
          none *= 1 - part;
        }
      } else if (kind === COUNT) value = countDead(this.#counts[subjects[node]!]!, values);
      else value = servedShare(this.#served[subjects[node]!]!, values);
      values[node] = value;
    }
  }

  /** The value of the `index`-th root. */
  value(index: number): number {
    return this.values[this.roots[index]!]!;
  }

  /**
   * P(root | state) − P(root | absent) for every exact state of every event, after `evaluate`: one pass backwards. Differences are taken at each node,
   * so that what is common does not swamp them. Of units that are counted, the gain is that of all of them together.
   */
  gains(states: Float64Array, index: number): Float64Array {
    const values = this.values;
    const gain = new Float64Array(states.length);
    const weights = new Float64Array(values.length);
    const root = this.roots[index]!;
    weights[root] = 1;
    const others: number[] = [];
    for (let node = root; node >= this.#first; node--) {
      const weight = weights[node]!;
      if (weight === 0) continue;
      const kind = this.#kinds[node]!;
      const from = this.#starts[node]!;
      const to = this.#starts[node + 1]!;
      if (kind === DECISION) {
        const first = this.#subjects[node]!;
        const base = values[this.#children[from]!]!;
        for (let at = from, state = first; at < to; at++, state++) {
          const child = this.#children[at]!;
          gain[state] = gain[state]! + weight * (values[child]! - base);
          weights[child] = weights[child]! + weight * states[state]!;
        }
      } else if (kind === ANY) {
        // The chance that none of the others holds, from both ends: never by a division, since a part may be certain.
        let before = 1;
        for (let at = from; at < to; at++) {
          others[at - from] = before;
          before *= 1 - values[this.#children[at]!]!;
        }
        let behind = 1;
        for (let at = to - 1; at >= from; at--) {
          const child = this.#children[at]!;
          weights[child] = weights[child]! + weight * others[at - from]! * behind;
          behind *= 1 - values[child]!;
        }
      } else if (kind === COUNT) {
        const leaf = this.#counts[this.#subjects[node]!]!;
        const decides = pivotal(leaf, values);
        for (let i = 0; i < leaf.groups.length; i++) {
          const { node: unit, count } = leaf.groups[i]!;
          weights[unit] = weights[unit]! + weight * decides[i]! * count;
        }
      } else throw new Error('A share of requests is no event and has no gains. This is a bug in nines.');
    }
    return gain;
  }
}

/** 2: computed anew; 1: keeps its nominal value; 0: not needed. */
function keptNodes(
  nodes: Nodes,
  offsets: ArrayLike<number>,
  states: ArrayLike<number>,
  roots: readonly JointNode[],
  keep: number,
): Uint8Array {
  const { children, kinds, starts, subjects, values } = nodes;
  const kept = new Uint8Array(nodes.count);
  const weights = new Float64Array(nodes.count);
  for (const root of roots) {
    if (root < 2) continue;
    weights.fill(0, 0, root + 1);
    weights[root] = 1;
    const least = keep * values[root]!;
    for (let node = root; node > 1; node--) {
      const weight = weights[node]!;
      if (weight === 0) continue;
      if (node !== root && weight * values[node]! < least) {
        if (kept[node] === 0) kept[node] = 1;
        continue;
      }
      kept[node] = 2;
      const kind = kinds[node]!;
      const subject = subjects[node]!;
      if (kind === DECISION) {
        let state = offsets[subject]!;
        for (let at = starts[node]!; at < starts[node + 1]!; at++, state++) {
          const child = children[at]!;
          // A state that never is still has its child.
          weights[child] = weights[child]! + Math.max(weight * states[state]!, Number.MIN_VALUE);
        }
      } else if (kind === ANY) {
        // An upper bound of the weight of its parts.
        for (let at = starts[node]!; at < starts[node + 1]!; at++) weights[children[at]!] = weights[children[at]!]! + weight;
      } else if (kind === COUNT) {
        for (const { node: unit } of nodes.counts[subject]!.groups) weights[unit] = Infinity;
      } else {
        for (const { dead, noticed } of nodes.served[subject]!.groups) weights[dead] = weights[noticed] = Infinity;
      }
    }
  }
  return kept;
}
