import { LITERAL } from './formula';
import { Ints, zeros } from './lists';

/** The formula in which cut sets are looked for: every unit has events of its own. */
export class CutTree {
  /** For each event, how many literals it has, and where their probabilities start. */
  readonly literals: StaticArray<i32>;
  readonly offsets: StaticArray<i32>;
  /** The nodes in which a node occurs: where those of each start, and they. */
  private readonly parentStarts: StaticArray<i32>;
  private readonly parents: StaticArray<i32>;
  /** The node of each event's first literal. */
  private readonly firsts: StaticArray<i32>;
  /** Which walk has last been at a reference. */
  private readonly visits: StaticArray<i32>;
  /** To which root a node belonged that was looked at last. */
  private readonly members: StaticArray<i32>;
  private visit: i32 = 0;
  private pending: Ints = new Ints(64);

  constructor(
    readonly kinds: StaticArray<i32>,
    readonly parameters: StaticArray<i32>,
    readonly starts: StaticArray<i32>,
    readonly children: StaticArray<i32>,
    readonly eventKinds: StaticArray<i32>,
    literals: StaticArray<i32>,
    /** Nominal probability of each literal. */
    readonly probabilities: StaticArray<f64>,
  ) {
    const nodes = kinds.length;
    const events = eventKinds.length;
    this.literals = literals;
    this.offsets = zeros(events + 1);
    this.firsts = zeros(events);
    this.visits = zeros(2 * nodes);
    this.members = zeros(nodes);
    this.parentStarts = zeros(nodes + 1);
    this.parents = zeros(children.length);
    for (let event = 0; event < events; event++) this.offsets[event + 1] = this.offsets[event] + literals[event];
    this.findParents();
  }

  level(node: i32): i32 {
    return this.children[this.starts[node]];
  }

  arity(node: i32): i32 {
    return this.kinds[node] <= LITERAL ? 0 : this.starts[node + 1] - this.starts[node];
  }

  /** References below one and itself, as they are needed for it to hold, children first, without the constants. */
  below(root: i32): StaticArray<i32> {
    this.visit++;
    const found = new Ints(64);
    const pending = this.pending;
    pending.length = 0;
    pending.push(root);
    while (pending.length > 0) {
      const ref = pending.items[--pending.length];
      if (ref < 0) {
        // All that is below it has been found.
        found.push(~ref);
        continue;
      }
      if (ref < 2 || this.visits[ref] == this.visit) continue;
      this.visits[ref] = this.visit;
      pending.push(~ref);
      const from = this.starts[ref >> 1];
      const arity = this.arity(ref >> 1);
      for (let i = 0; i < arity; i++) pending.push(this.children[from + i] ^ (ref & 1));
    }
    const refs = zeros(found.length);
    for (let i = 0; i < refs.length; i++) refs[i] = found.items[i];
    return refs;
  }

  /** Says which references are those of the root that is looked at. */
  enter(refs: StaticArray<i32>, root: i32): void {
    for (let i = 0; i < refs.length; i++) this.members[refs[i] >> 1] = root;
  }

  /** Marks the nodes of a root that hang on an event. */
  mark(event: i32, root: i32, marks: StaticArray<i32>, mark: i32): void {
    const pending = this.pending;
    pending.length = 0;
    const first = this.firsts[event];
    for (let node = first; node < first + this.literals[event]; node++) this.markOne(node, root, marks, mark);
    while (pending.length > 0) {
      const node = pending.items[--pending.length];
      for (let at = this.parentStarts[node]; at < this.parentStarts[node + 1]; at++) this.markOne(this.parents[at], root, marks, mark);
    }
  }

  private markOne(node: i32, root: i32, marks: StaticArray<i32>, mark: i32): void {
    if (this.members[node] != root || marks[node] == mark) return;
    marks[node] = mark;
    this.pending.push(node);
  }

  private findParents(): void {
    const nodes = this.kinds.length;
    const starts = this.parentStarts;
    for (let node = nodes - 1; node > 0; node--) {
      if (this.kinds[node] == LITERAL) this.firsts[this.parameters[node]] = node;
      const arity = this.arity(node);
      for (let i = 0; i < arity; i++) starts[(this.children[this.starts[node] + i] >> 1) + 1]++;
    }
    for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
    const next = zeros(nodes);
    for (let node = 0; node < nodes; node++) next[node] = starts[node];
    for (let node = 1; node < nodes; node++) {
      const arity = this.arity(node);
      for (let i = 0; i < arity; i++) this.parents[next[this.children[this.starts[node] + i] >> 1]++] = node;
    }
  }
}
