import { zeroFloats, zeros } from './lists';
import { countDead, pivotal } from './counting';
import * as diagram from './nodes';
import { ANY, COUNT, DECISION, SERVE } from './nodes';
import { servedShare } from './serving';

/** The part of the diagram that certain roots need, in flat arrays, to be evaluated many times. */
export class Program {
  /** Probabilities of exact states, which are written before an evaluation. */
  states: StaticArray<f64>;
  values: StaticArray<f64>;
  /** Nodes of the roots, in the order in which they were asked for. */
  roots: StaticArray<i32>;
  /** Nodes before this one keep their values. */
  first: i32 = 0;
  private kinds: StaticArray<i32>;
  /** Where the states of a decision's event start; as in the diagram for the others. */
  private subjects: StaticArray<i32>;
  private starts: StaticArray<i32>;
  private words: StaticArray<i32>;
  gain: StaticArray<f64> = zeroFloats(0);
  private weights: StaticArray<f64> = zeroFloats(0);
  private others: StaticArray<f64> = zeroFloats(64);

  /** Takes over the nodes that are kept, of so many of a diagram or of another program; `byEvent`: their decisions name events. */
  constructor(
    roots: StaticArray<i32>,
    states: StaticArray<f64>,
    kept: StaticArray<u8>,
    kinds: StaticArray<i32>,
    subjects: StaticArray<i32>,
    starts: StaticArray<i32>,
    words: StaticArray<i32>,
    values: StaticArray<f64>,
    byEvent: bool,
  ) {
    this.states = states;
    const count = kept.length;
    const number = zeros(count);
    number[1] = 1;
    let frozen = 2;
    for (let node = 2; node < count; node++) if (kept[node] == FROZEN) number[node] = frozen++;
    let total = frozen;
    let wordCount = 0;
    for (let node = 2; node < count; node++) {
      if (kept[node] != COMPUTED) continue;
      number[node] = total++;
      wordCount += starts[node + 1] - starts[node];
    }
    this.first = frozen;
    this.values = zeroFloats(total);
    this.kinds = zeros(total);
    this.subjects = zeros(total);
    this.starts = zeros(total + 1);
    this.words = zeros(wordCount);
    this.roots = zeros(roots.length);
    this.values[1] = 1;
    let at = 0;
    for (let node = 2; node < count; node++) {
      const own = number[node];
      if (kept[node] == FROZEN) this.values[own] = values[node];
      if (kept[node] != COMPUTED) continue;
      const kind = kinds[node];
      const subject = subjects[node];
      this.kinds[own] = kind;
      this.subjects[own] = byEvent && kind == DECISION ? diagram.offsets[subject] : subject;
      const start = starts[node];
      for (let i = start; i < starts[node + 1]; i++) {
        const word = words[i];
        this.words[at++] = isNode(kind, i - start) ? number[word] : word;
      }
      this.starts[own + 1] = at;
    }
    for (let i = 0; i < roots.length; i++) this.roots[i] = number[roots[i]];
  }

  /**
   * A program for some of its roots, in which what matters little keeps its value at the first of several tables of states. A node matters where it
   * carries more of a root, at one of the tables, than the part that is said for that table of what the root is at the first one.
   */
  light(indices: StaticArray<i32>, tables: StaticArray<f64>, parts: StaticArray<f64>): Program {
    const length = this.states.length;
    const roots = zeros(indices.length);
    for (let i = 0; i < roots.length; i++) roots[i] = this.roots[indices[i]];
    const kept = new StaticArray<u8>(this.values.length);
    const first = zeroFloats(this.values.length);
    for (let table = 0; table < parts.length; table++) {
      for (let state = 0; state < length; state++) this.states[state] = tables[table * length + state];
      this.evaluate(this.values.length);
      if (table == 0) for (let node = 0; node < first.length; node++) first[node] = this.values[node];
      this.keepWhatMatters(kept, roots, first, parts[table]);
    }
    return new Program(roots, zeroFloats(length), kept, this.kinds, this.subjects, this.starts, this.words, first, false);
  }

  private keepWhatMatters(kept: StaticArray<u8>, roots: StaticArray<i32>, first: StaticArray<f64>, part: f64): void {
    const states = this.states;
    const values = this.values;
    const words = this.words;
    const weights = zeroFloats(values.length);
    for (let i = 0; i < roots.length; i++) {
      const root = roots[i];
      // What is asked for twice is mostly asked for in a row.
      if (root < 2 || (i > 0 && root == roots[i - 1])) continue;
      memory.fill(changetype<usize>(weights), 0, (<usize>(root + 1)) << 3);
      weights[root] = 1;
      const least = part * first[root];
      for (let node = root; node > 1; node--) {
        const weight = weights[node];
        if (weight == 0) continue;
        if (node != root && weight * values[node] < least) {
          if (kept[node] == 0) kept[node] = FROZEN;
          continue;
        }
        kept[node] = COMPUTED;
        const kind = this.kinds[node];
        const from = this.starts[node];
        const to = this.starts[node + 1];
        if (kind == DECISION) {
          // A state that never is still has its child.
          for (let at = from, state = this.subjects[node]; at < to; at++, state++)
            weights[words[at]] += max(weight * states[state], f64.MIN_VALUE);
        } else if (kind == ANY) {
          // An upper bound of the weight of its parts.
          for (let at = from; at < to; at++) weights[words[at]] += weight;
        } else for (let at = from; at < to; at++) if (isNode(kind, at - from)) weights[words[at]] = Infinity;
      }
    }
  }

  /** Computes `values` from the probabilities of exact states, children first: of the nodes up to one. */
  evaluate(through: i32): void {
    const states = this.states;
    const values = this.values;
    const words = this.words;
    const kinds = this.kinds;
    const subjects = this.subjects;
    const starts = this.starts;
    for (let node = this.first, start = starts[node], end = start; node < through; node++, start = end) {
      const kind = kinds[node];
      const subject = subjects[node];
      end = starts[node + 1];
      let value: f64 = 0;
      if (kind == DECISION) {
        for (let at = start, state = subject; at < end; at++, state++) value += states[state] * values[words[at]];
      } else if (kind == ANY) {
        // q + p − q·p without a difference: each part only counts while none before it holds.
        let none: f64 = 1;
        for (let at = start; at < end; at++) {
          const part = values[words[at]];
          value += none * part;
          none *= 1 - part;
        }
      } else if (kind == COUNT) value = countDead(subject, words, start, end, values);
      else {
        const rotations = diagram.rotations.items;
        value = servedShare(<i32>rotations[subject + 1], rotations[subject], words, start, end, values);
      }
      values[node] = value;
    }
  }

  /**
   * P(root | state) − P(root | absent) for every exact state of every event, after `evaluate`: one pass backwards. Differences are taken at each node,
   * so that what is common does not swamp them. Of units that are counted, the gain is that of all of them together. False: a share has no gains.
   */
  gains(index: i32): bool {
    const states = this.states;
    const values = this.values;
    const words = this.words;
    if (this.weights.length == 0) {
      this.weights = zeroFloats(values.length);
      this.gain = zeroFloats(states.length);
    }
    const gain = this.gain;
    const weights = this.weights;
    memory.fill(changetype<usize>(gain), 0, (<usize>gain.length) << 3);
    memory.fill(changetype<usize>(weights), 0, (<usize>weights.length) << 3);
    const root = this.roots[index];
    weights[root] = 1;
    for (let node = root; node >= this.first; node--) {
      const weight = weights[node];
      if (weight == 0) continue;
      const kind = this.kinds[node];
      const from = this.starts[node];
      const to = this.starts[node + 1];
      if (kind == DECISION) {
        const base = values[words[from]];
        for (let at = from, state = this.subjects[node]; at < to; at++, state++) {
          const child = words[at];
          gain[state] += weight * (values[child] - base);
          weights[child] += weight * states[state];
        }
      } else if (kind == ANY) this.shareOut(weight, from, to);
      else if (kind == COUNT) {
        for (let at = from; at < to; at += 2) {
          const decides = pivotal(this.subjects[node], words, from, to, at, values);
          weights[words[at]] += weight * decides * <f64>words[at + 1];
        }
      } else return false;
    }
    return true;
  }

  /** The chance that none of the others holds, from both ends: never by a division, since a part may be certain. */
  private shareOut(weight: f64, from: i32, to: i32): void {
    const values = this.values;
    const words = this.words;
    if (to - from > this.others.length) this.others = zeroFloats(2 * (to - from));
    let before: f64 = 1;
    for (let at = from; at < to; at++) {
      this.others[at - from] = before;
      before *= 1 - values[words[at]];
    }
    let behind: f64 = 1;
    for (let at = to - 1; at >= from; at--) {
      const child = words[at];
      this.weights[child] += weight * this.others[at - from] * behind;
      behind *= 1 - values[child];
    }
  }
}

/** Which words of a node name others: all children, and of groups those that say how likely a unit is dead, or noticed. */
function isNode(kind: i32, word: i32): bool {
  return kind == COUNT ? (word & 1) == 0 : kind == SERVE ? (word & 3) < 2 : true;
}

/** Whether a node is computed anew (2), keeps its value (1), or is not needed. */
const COMPUTED: u8 = 2;
const FROZEN: u8 = 1;

/** A program for some nodes of the diagram, and all that they need. */
export function programOf(roots: StaticArray<i32>, states: StaticArray<f64>): Program {
  const kept = new StaticArray<u8>(diagram.nodeCount);
  const words = diagram.words.items;
  let last = 1;
  for (let i = 0; i < roots.length; i++) {
    last = max(last, roots[i]);
    kept[roots[i]] = COMPUTED;
  }
  for (let node = last; node > 1; node--) {
    if (kept[node] == 0) continue;
    const from = diagram.starts[node];
    for (let at = from; at < diagram.starts[node + 1]; at++) if (isNode(diagram.kinds[node], at - from)) kept[words[at]] = COMPUTED;
  }
  return new Program(roots, states, kept, diagram.kinds, diagram.subjects, diagram.starts, words, diagram.values, true);
}
