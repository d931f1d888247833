import { BudgetExceeded, checkTime, type Meter } from './budget';

/** A family of sets: 0 is the empty family, 1 the family of the empty set. */
export type Family = number;

const TERMINAL = 0x7fffffff;
const LARGEST_CACHE = 1 << 22;
const BYTES_PER_NODE = 12 + 8 + 12;

/**
 * Families of sets as zero-suppressed decision diagrams (Minato 1993) on flat arrays, never freed: children have smaller numbers than parents.
 * Invariants: `withs` is never the empty family; an element is smaller than those of its children; equal triples are one node.
 */
export class Zbdd {
  elements = new Int32Array(1024);
  /** The sets without the element. */
  withouts = new Int32Array(1024);
  /** The sets with the element, which is removed from them. */
  withs = new Int32Array(1024);
  used = 2;

  #table = new Int32Array(4096);
  #cache = new Int32Array(3 * 1024).fill(-1);
  #meter: Meter;

  constructor(meter: Meter) {
    this.#meter = meter;
    this.elements[0] = TERMINAL;
    this.elements[1] = TERMINAL;
  }

  /** The sets of `without`, and those of `having` each with the element. */
  node(element: number, without: Family, having: Family): Family {
    if (having === 0) return without;
    const table = this.#table;
    const mask = table.length - 1;
    let slot = mix(element, without, having) & mask;
    for (let found = table[slot]!; found !== 0; found = table[slot]!) {
      if (this.withouts[found] === without && this.withs[found] === having && this.elements[found] === element) return found;
      slot = (slot + 1) & mask;
    }
    if (this.used >= this.#meter.nodes) throw new BudgetExceeded('nodes');
    if ((this.used & 0xffff) === 0) checkTime(this.#meter);
    if (this.used === this.elements.length) this.#widenNodes();
    const fresh = this.used++;
    this.elements[fresh] = element;
    this.withouts[fresh] = without;
    this.withs[fresh] = having;
    table[slot] = fresh;
    if (this.used * 2 > mask) this.#widenTable();
    return fresh;
  }

  /** The sets of `a` that are not in `b`. */
  difference(a: Family, b: Family): Family {
    if (a === b || a === 0) return 0;
    if (b === 0) return a;
    const ea = this.elements[a]!;
    let from = b;
    // Sets of b with an element before all of a's are not in a.
    while (this.elements[from]! < ea) from = this.withouts[from]!;
    if (from === 0) return a;
    if (a === from) return 0;
    const cache = this.#cache;
    const entry = 3 * (mix(a, from, 0) & (cache.length / 3 - 1));
    if (cache[entry] === a && cache[entry + 1] === from) return cache[entry + 2]!;
    const same = this.elements[from] === ea;
    const without = this.difference(this.withouts[a]!, same ? this.withouts[from]! : from);
    const having = same ? this.difference(this.withs[a]!, this.withs[from]!) : this.withs[a]!;
    const result = this.node(ea, without, having);
    this.#cache[entry] = a;
    this.#cache[entry + 1] = from;
    this.#cache[entry + 2] = result;
    return result;
  }

  /** The sets of `a` that contain no set of `b` (Rauzy 1993). */
  without(a: Family, b: Family): Family {
    if (a === 0 || b === 1 || a === b) return 0;
    if (b === 0) return a;
    const ea = this.elements[a]!;
    let from = b;
    // Sets of b with an element that no set of a has are in none of them.
    while (this.elements[from]! < ea) from = this.withouts[from]!;
    if (from === 0) return a;
    if (from === 1 || from === a) return 0;
    const cache = this.#cache;
    // Keys of this operation are told from those of difference by their sign.
    const entry = 3 * (mix(a, from, 1) & (cache.length / 3 - 1));
    if (cache[entry] === -a && cache[entry + 1] === from) return cache[entry + 2]!;
    const same = this.elements[from] === ea;
    const low = this.without(this.withouts[a]!, same ? this.withouts[from]! : from);
    let high = this.without(this.withs[a]!, same ? this.withouts[from]! : from);
    if (same) high = this.without(high, this.withs[from]!);
    const result = this.node(ea, low, high);
    this.#cache[entry] = -a;
    this.#cache[entry + 1] = from;
    this.#cache[entry + 2] = result;
    return result;
  }

  #widenNodes(): void {
    const length = this.elements.length * 2;
    if (length * BYTES_PER_NODE > this.#meter.bytes) throw new BudgetExceeded('bytes');
    const widen = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(length);
      wider.set(old);
      return wider;
    };
    this.elements = widen(this.elements);
    this.withouts = widen(this.withouts);
    this.withs = widen(this.withs);
    this.#widenCache(length);
  }

  #widenTable(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let node = 2; node < this.used; node++) {
      let slot = mix(this.elements[node]!, this.withouts[node]!, this.withs[node]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
    this.#table = table;
  }

  #widenCache(nodes: number): void {
    const size = Math.min(nodes, LARGEST_CACHE);
    if (size * 3 !== this.#cache.length) this.#cache = new Int32Array(3 * size).fill(-1);
  }
}

const mix = (a: number, b: number, c: number): number => {
  const m = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  return m ^ (m >>> 15);
};
