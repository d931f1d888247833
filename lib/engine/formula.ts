/** A node of a formula, or its negation: twice the node's number, plus one if negated. */
export type Ref = number;

/** What kind an event is: two states, nested levels, or exclusive outcomes. */
export const BASIC = 0;
export const LADDER = 1;
export const CHOICE = 2;

/** What a node of a formula is. Disjunction is negated conjunction of negations, so that equal functions of that form are one node. */
export const CONSTANT = 0;
export const LITERAL = 1;
export const AND = 2;
export const AT_LEAST = 3;
export const XOR = 4;

/** Up to here an insertion is quicker than the sort of the language, and ready in a process that has just started. */
const fewChildren = 24;

const doubled = <T extends Int32Array | Uint8Array>(old: T, make: (length: number) => T): T => {
  const wider = make(old.length * 2);
  wider.set(old);
  return wider;
};

/**
 * A Boolean formula over events, shared structurally: equal sub-formulas are one node (hash-consing, Ershov 1958; flat arrays instead of objects).
 * Invariant: a node's children have smaller numbers than the node.
 */
export class Formula {
  readonly false: Ref = 0;
  readonly true: Ref = 1;

  readonly eventNames: string[] = [];
  /** BASIC, LADDER or CHOICE, by event. */
  readonly eventKinds: number[] = [];
  /** Number of literals of each event: 1, levels or outcomes. */
  readonly eventLiterals: number[] = [];
  /** Index of each event's first literal in a table of values. */
  readonly eventOffsets: number[] = [];
  /** Number of literals of all events: the length of a table of values. */
  literalCount = 0;

  nodeCount = 1;
  readonly #firstLiterals: number[] = [];
  // Room for a formula of usual size, so that a process that has just started need not move it.
  #kinds = new Uint8Array(2048);
  #parameters = new Int32Array(2048);
  #starts = new Int32Array(2048);
  #children = new Int32Array(8192);
  #table = new Int32Array(4096).fill(-1);
  #scratch = new Int32Array(64);

  get eventCount(): number {
    return this.eventNames.length;
  }

  kind(node: number): number {
    return this.#kinds[node]!;
  }

  /** The event of a literal, the threshold of an AT_LEAST. */
  parameter(node: number): number {
    return this.#parameters[node]!;
  }

  /** The level or outcome that a literal stands for. */
  level(node: number): number {
    return this.#children[this.#starts[node]!]!;
  }

  arity(node: number): number {
    return this.#kinds[node]! <= LITERAL ? 0 : this.#starts[node + 1]! - this.#starts[node]!;
  }

  child(node: number, index: number): Ref {
    return this.#children[this.#starts[node]! + index]!;
  }

  /** The nodes in flat arrays: what each is, its event or threshold, and where its children start, with one start more than nodes. */
  arrays(): { readonly kinds: Uint8Array; readonly parameters: Int32Array; readonly starts: Int32Array; readonly children: Int32Array } {
    const count = this.nodeCount;
    return {
      kinds: this.#kinds.subarray(0, count),
      parameters: this.#parameters.subarray(0, count),
      starts: this.#starts.subarray(0, count + 1),
      children: this.#children.subarray(0, this.#starts[count]),
    };
  }

  /** An event with two states; the reference is true when it is present. */
  basic(name: string): Ref {
    return this.#event(name, BASIC, 1)[0]!;
  }

  /** Nested phases of one cause, widest first: literal 0 is "present", each next one implies the one before. */
  ladder(name: string, levels: number): Ref[] {
    if (levels < 1) throw new RangeError(`a ladder has at least one level, got ${levels}`);
    return this.#event(name, LADDER, levels);
  }

  /** Exclusive and exhaustive outcomes of one draw. */
  choice(name: string, outcomes: number): Ref[] {
    if (outcomes < 1) throw new RangeError(`a choice has at least one outcome, got ${outcomes}`);
    return this.#event(name, CHOICE, outcomes);
  }

  /** A literal of an event that was made before. */
  literal(event: number, level: number): Ref {
    const first = this.#firstLiterals[event]!;
    return first === 0 ? 1 : (first + level) * 2;
  }

  not(ref: Ref): Ref {
    return ref ^ 1;
  }

  and(refs: readonly Ref[]): Ref {
    return this.#and(refs, 0);
  }

  or(refs: readonly Ref[]): Ref {
    return this.#and(refs, 1) ^ 1;
  }

  /** True when at least `k` of the references are; a reference given twice counts twice. */
  atLeast(k: number, refs: readonly Ref[]): Ref {
    let needed = k;
    for (const ref of refs) if (ref === 1) needed -= 1;
    const count = this.#sorted(refs, 0, 1);
    const children = this.#scratch;
    // Constants come first.
    let zeros = 0;
    while (zeros < count && children[zeros] === 0) zeros++;
    children.copyWithin(0, zeros, count);
    const left = count - zeros;
    if (needed <= 0) return 1;
    if (needed > left) return 0;
    if (needed === 1) return this.or(Array.from(children.subarray(0, left)));
    if (needed === left) return this.#conjunction(left);
    return this.#intern(AT_LEAST, needed, children, left) * 2;
  }

  xor(a: Ref, b: Ref): Ref {
    const sign = (a ^ b) & 1;
    const left = Math.min(a & ~1, b & ~1);
    const right = Math.max(a & ~1, b & ~1);
    if (left === right) return sign;
    if (left === 0) return right ^ sign;
    this.#scratch[0] = left;
    this.#scratch[1] = right;
    return (this.#intern(XOR, 0, this.#scratch, 2) * 2) ^ sign;
  }

  #and(refs: readonly Ref[], negated: number): Ref {
    // Most are of one or two, which need no sort.
    if (refs.length === 2) return this.#both(refs[0]! ^ negated, refs[1]! ^ negated);
    if (refs.length === 1) return refs[0]! ^ negated;
    return this.#conjunction(this.#sorted(refs, negated, 1));
  }

  #both(a: Ref, b: Ref): Ref {
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    if (a === 0 || b === 0 || a === (b ^ 1)) return 0;
    this.#scratch[0] = a < b ? a : b;
    this.#scratch[1] = a < b ? b : a;
    return this.#intern(AND, 0, this.#scratch, 2) * 2;
  }

  /** The conjunction of so many sorted references in the scratch array. */
  #conjunction(count: number): Ref {
    const children = this.#scratch;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const ref = children[i]!;
      if (kept > 0 && children[kept - 1] === ref) continue;
      // A node and its negation are neighbours after sorting.
      if (ref === 0 || (kept > 0 && children[kept - 1] === (ref ^ 1))) return 0;
      children[kept++] = ref;
    }
    if (kept === 0) return 1;
    return kept === 1 ? children[0]! : this.#intern(AND, 0, children, kept) * 2;
  }

  /** Puts references into the scratch array in ascending order, each with this sign, and without one constant; returns how many there are. */
  #sorted(refs: readonly Ref[], negated: number, without: Ref): number {
    if (refs.length > this.#scratch.length) this.#scratch = new Int32Array(2 * refs.length);
    const children = this.#scratch;
    let count = 0;
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i]! ^ negated;
      if (ref !== without) children[count++] = ref;
    }
    if (count > fewChildren) children.subarray(0, count).sort();
    else {
      for (let i = 1; i < count; i++) {
        const ref = children[i]!;
        let at = i;
        for (; at > 0 && children[at - 1]! > ref; at--) children[at] = children[at - 1]!;
        children[at] = ref;
      }
    }
    return count;
  }

  #event(name: string, kind: number, literals: number): Ref[] {
    const event = this.eventNames.length;
    this.eventNames.push(name);
    this.eventKinds.push(kind);
    this.eventLiterals.push(literals);
    this.eventOffsets.push(this.literalCount);
    this.literalCount += literals;
    // A choice of one outcome is no question.
    const known = kind === CHOICE && literals === 1;
    this.#firstLiterals.push(known ? 0 : this.nodeCount);
    if (known) return [1];
    const refs: Ref[] = [];
    for (let level = 0; level < literals; level++) {
      this.#scratch[0] = level;
      refs.push(this.#intern(LITERAL, event, this.#scratch, 1) * 2);
    }
    return refs;
  }

  #intern(kind: number, parameter: number, children: Int32Array, count: number): number {
    let hash = kind * 0x9e3779b1 + parameter * 0x85ebca6b;
    for (let i = 0; i < count; i++) hash = Math.imul(hash ^ children[i]!, 0x01000193) + (hash >>> 15);
    const mask = this.#table.length - 1;
    let slot = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) & mask;
    for (let node = this.#table[slot]!; node >= 0; node = this.#table[slot]!) {
      if (this.#same(node, kind, parameter, children, count)) return node;
      slot = (slot + 1) & mask;
    }
    return this.#append(kind, parameter, children, count, slot);
  }

  #same(node: number, kind: number, parameter: number, children: Int32Array, count: number): boolean {
    const start = this.#starts[node]!;
    if (this.#kinds[node] !== kind || this.#parameters[node] !== parameter) return false;
    if (this.#starts[node + 1]! - start !== count) return false;
    for (let i = 0; i < count; i++) if (this.#children[start + i] !== children[i]) return false;
    return true;
  }

  #append(kind: number, parameter: number, children: Int32Array, count: number, slot: number): number {
    const node = this.nodeCount++;
    if (node + 2 > this.#starts.length) {
      this.#kinds = doubled(this.#kinds, (length) => new Uint8Array(length));
      this.#parameters = doubled(this.#parameters, (length) => new Int32Array(length));
      this.#starts = doubled(this.#starts, (length) => new Int32Array(length));
    }
    const start = node === 1 ? 0 : this.#starts[node]!;
    while (start + count > this.#children.length) this.#children = doubled(this.#children, (length) => new Int32Array(length));
    this.#kinds[node] = kind;
    this.#parameters[node] = parameter;
    this.#starts[node] = start;
    this.#starts[node + 1] = start + count;
    for (let i = 0; i < count; i++) this.#children[start + i] = children[i]!;
    this.#table[slot] = node;
    if (this.nodeCount * 2 > this.#table.length) this.#rehash();
    return node;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2).fill(-1);
    const mask = table.length - 1;
    for (let node = 1; node < this.nodeCount; node++) {
      let hash = this.#kinds[node]! * 0x9e3779b1 + this.#parameters[node]! * 0x85ebca6b;
      for (let i = this.#starts[node]!; i < this.#starts[node + 1]!; i++) {
        hash = Math.imul(hash ^ this.#children[i]!, 0x01000193) + (hash >>> 15);
      }
      let slot = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) & mask;
      while (table[slot]! >= 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
    this.#table = table;
  }
}
