import { BudgetExceeded, checkTime, type Meter } from './budget';

/** A family of sets: 0 is the empty family, 1 the family of the empty set. */
export type Family = number;

const TERMINAL = 0x7fffffff;
const LARGEST_CACHE = 1 << 22;
const BYTES_PER_NODE = 12 + 1 + 8 + 12;

/**
 * Families of sets as zero-suppressed decision diagrams (Minato 1993) on flat arrays, never freed: children have smaller numbers than parents.
 * Invariants: `withs` is never the empty family; an element is smaller than those of its children; equal triples are one node.
 */
export class Zbdd {
  elements: Int32Array<ArrayBuffer>;
  /** The sets without the element. */
  withouts: Int32Array<ArrayBuffer>;
  /** The sets with the element, which is removed from them. */
  withs: Int32Array<ArrayBuffer>;
  used = 2;

  /** 1 for a family that has the empty set: told at once, where a walk along all that stands beside it would be needed. */
  #empties: Uint8Array<ArrayBuffer>;
  #table: Int32Array<ArrayBuffer>;
  #cache: Int32Array<ArrayBuffer>;
  #cacheMask: number;
  #stack = new Int32Array(384);
  #meter: Meter;

  /** With room for some nodes, a power of two; more is made when it is needed. */
  constructor(meter: Meter, room = 1024) {
    this.#meter = meter;
    this.elements = new Int32Array(room);
    this.withouts = new Int32Array(room);
    this.withs = new Int32Array(room);
    this.#empties = new Uint8Array(room);
    this.#empties[1] = 1;
    this.#table = new Int32Array(4 * room);
    this.#cache = new Int32Array(3 * room).fill(-1);
    this.#cacheMask = room - 1;
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
    this.#empties[fresh] = this.#empties[without]!;
    table[slot] = fresh;
    if (this.used * 2 > mask) this.#widenTable();
    return fresh;
  }

  /** The sets of `a` that are not in `b`; in one loop with a stack of its own, since families may be deeper than the call stack allows. */
  difference(a: Family, b: Family): Family {
    let stack = this.#stack;
    let depth = 0;
    let from = a;
    let taken = b;
    for (;;) {
      let result: Family;
      const element = this.elements[from]!;
      // Sets with an element before all of the first family's are not in it.
      if (from === 1) taken = this.#empties[taken]!;
      else while (this.elements[taken]! < element) taken = this.withouts[taken]!;
      if (from === taken) result = 0;
      else if (from === 0 || taken === 0) result = from;
      else {
        const entry = 3 * (mix(from, taken, 0) & this.#cacheMask);
        if (this.#cache[entry] === from && this.#cache[entry + 1] === taken) result = this.#cache[entry + 2]!;
        else {
          if (depth + 3 > stack.length) stack = this.#stack = widened(stack);
          stack[depth] = from;
          stack[depth + 1] = taken;
          stack[depth + 2] = -1;
          depth += 3;
          from = this.withouts[from]!;
          if (this.elements[taken] === element) taken = this.withouts[taken]!;
          continue;
        }
      }
      for (;;) {
        if (depth === 0) return result;
        const whole = stack[depth - 3]!;
        const minus = stack[depth - 2]!;
        let without = stack[depth - 1]!;
        if (without < 0) {
          if (this.elements[minus] === this.elements[whole]) {
            stack[depth - 1] = result;
            from = this.withs[whole]!;
            taken = this.withs[minus]!;
            break;
          }
          without = result;
          result = this.withs[whole]!;
        }
        depth -= 3;
        result = this.node(this.elements[whole]!, without, result);
        this.#remember(whole, minus, 0, result);
      }
    }
  }

  /** The sets of `a` that contain no set of `b` (Rauzy 1993): those with the element lose, one after the other, both parts of `b`. */
  without(a: Family, b: Family): Family {
    const stack: number[] = [];
    let from = a;
    let taken = b;
    for (;;) {
      let result: Family;
      const element = this.elements[from]!;
      // Sets with an element that no set of the first family has are in none of them.
      while (this.elements[taken]! < element) taken = this.withouts[taken]!;
      if (from === taken || taken === 1) result = 0;
      else if (from === 0 || taken === 0) result = from;
      else {
        const entry = 3 * (mix(from, taken, 1) & this.#cacheMask);
        // Keys of this operation are told from those of difference by their sign.
        if (this.#cache[entry] === -from && this.#cache[entry + 1] === taken) result = this.#cache[entry + 2]!;
        else {
          stack.push(from, taken, -1, -1);
          from = this.withouts[from]!;
          if (this.elements[taken] === element) taken = this.withouts[taken]!;
          continue;
        }
      }
      for (;;) {
        const end = stack.length;
        if (end === 0) return result;
        const whole = stack[end - 4]!;
        const minus = stack[end - 3]!;
        const same = this.elements[minus] === this.elements[whole];
        if (stack[end - 2]! < 0) {
          stack[end - 2] = result;
          from = this.withs[whole]!;
          taken = same ? this.withouts[minus]! : minus;
          break;
        }
        if (same && stack[end - 1]! < 0) {
          stack[end - 1] = result;
          from = result;
          taken = this.withs[minus]!;
          break;
        }
        const low = stack[end - 2]!;
        stack.length = end - 4;
        result = this.node(this.elements[whole]!, low, result);
        this.#remember(whole, minus, 1, result);
      }
    }
  }

  #remember(a: Family, b: Family, operation: 0 | 1, result: Family): void {
    const cache = this.#cache;
    const entry = 3 * (mix(a, b, operation) & this.#cacheMask);
    cache[entry] = operation === 0 ? a : -a;
    cache[entry + 1] = b;
    cache[entry + 2] = result;
  }

  #widenNodes(): void {
    const length = this.elements.length * 2;
    if (length * BYTES_PER_NODE > this.#meter.bytes) throw new BudgetExceeded('bytes');
    this.elements = widened(this.elements);
    this.withouts = widened(this.withouts);
    this.withs = widened(this.withs);
    const empties = new Uint8Array(length);
    empties.set(this.#empties);
    this.#empties = empties;
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
    if (size * 3 === this.#cache.length) return;
    this.#cache = new Int32Array(3 * size).fill(-1);
    this.#cacheMask = size - 1;
  }
}

const widened = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(2 * old.length);
  wider.set(old);
  return wider;
};

const mix = (a: number, b: number, c: number): number => {
  const m = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  return m ^ (m >>> 15);
};
