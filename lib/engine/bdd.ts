import { BudgetExceeded, checkTime, startMeter, type Meter } from './budget';

/** A decision node: 0 and 1 are the constants. */
export type Node = number;

const TERMINAL = 0x7fffffff;
/** Three words, and at most six of the unique table. */
const BYTES_PER_NODE = 36;
const SMALLEST_TABLE = 2048;
const SMALLEST_ROOM = 512;
/** Below it tables grow faster: filling them anew costs more than the memory is worth. */
const SMALL_TABLE = 1 << 15;
/** Up to here clearing a table costs less than growing it again. */
const KEPT_TABLE = 1 << 19;
const BYTES_PER_ENTRY = 16;
const LARGEST_CACHE = 1 << 21;
/** Operations as the third key of the computed table, where "if then else" has a node. */
const IS_AND = -1;
const IS_OR = -2;
const IS_XOR = -3;

/**
 * Reduced ordered binary decision diagrams (Bryant 1986) on flat arrays: unique table by open addressing, one computed table (Brace, Rudell and
 * Bryant 1990) that forgets on collision, mark and sweep. No complement edges: a small probability is never reached through its complement.
 * Invariants: low differs from high; a node's variable is smaller than its children's; equal triples are one node.
 */
export class Bdd {
  variables: Int32Array<ArrayBuffer>;
  lows: Int32Array<ArrayBuffer>;
  highs: Int32Array<ArrayBuffer>;
  /** Nodes in use or dead but not swept, constants included. */
  used = 2;

  #table: Int32Array<ArrayBuffer>;
  #tableMask: number;
  /** First of the free nodes below `#next`, linked by `lows`; 0 for none. */
  #free: Node = 0;
  #next = 2;
  #cache: Int32Array<ArrayBuffer>;
  #stack = new Int32Array(384);
  #cacheMask: number;
  /** Nodes that may be in use; above it an operation throws BudgetExceeded. */
  limit: number;
  #meter: Meter;

  /** With room for some nodes, a power of two; more is made when it is needed. */
  constructor(meter: Meter = startMeter({}), wanted = SMALLEST_ROOM) {
    this.#meter = meter;
    let room = wanted;
    while (room > SMALLEST_ROOM && room * BYTES_PER_NODE > meter.bytes) room /= 2;
    this.variables = new Int32Array(room);
    this.lows = new Int32Array(room);
    this.highs = new Int32Array(room);
    let size = SMALLEST_TABLE;
    while (size < 3 * room) size *= 2;
    this.#table = new Int32Array(size);
    this.#tableMask = size - 1;
    this.#cache = new Int32Array(size).fill(-1);
    this.#cacheMask = size / 4 - 1;
    this.limit = meter.nodes;
    this.variables[0] = TERMINAL;
    this.variables[1] = TERMINAL;
  }

  /** The node "if variable then high else low". */
  node(variable: number, low: Node, high: Node): Node {
    if (low === high) return low;
    const table = this.#table;
    const mask = this.#tableMask;
    let slot = hash(variable, low, high) & mask;
    for (let found = table[slot]!; found !== 0; found = table[slot]!) {
      if (this.lows[found] === low && this.highs[found] === high && this.variables[found] === variable) return found;
      slot = (slot + 1) & mask;
    }
    return this.#add(variable, low, high, slot);
  }

  and(f: Node, g: Node): Node {
    return this.#apply(IS_AND, f, g);
  }

  or(f: Node, g: Node): Node {
    return this.#apply(IS_OR, f, g);
  }

  xor(f: Node, g: Node): Node {
    return this.#apply(IS_XOR, f, g);
  }

  not(f: Node): Node {
    return f <= 1 ? 1 - f : this.#apply(IS_XOR, f, 1);
  }

  /**
   * Both operands' children are combined, low ones first. One loop with a stack of its own: a diagram may be deeper than the call stack allows, and a
   * loop is compiled while it runs, which a process that lives for milliseconds needs.
   */
  #apply(operation: number, f: Node, g: Node): Node {
    let variables = this.variables;
    let lows = this.lows;
    let highs = this.highs;
    let table = this.#table;
    let tableMask = this.#tableMask;
    let cache = this.#cache;
    let cacheMask = this.#cacheMask;
    let stack = this.#stack;
    let depth = 0;
    let a = f;
    let b = g;
    for (;;) {
      if (a > b) {
        const larger = a;
        a = b;
        b = larger;
      }
      let result: Node;
      if (a === b) result = operation === IS_XOR ? 0 : a;
      else if (a === 0) result = operation === IS_AND ? 0 : b;
      else if (a === 1 && operation !== IS_XOR) result = operation === IS_AND ? b : 1;
      else {
        const entry = (mix(a, b, operation) & cacheMask) << 2;
        if (cache[entry] === a && cache[entry + 1] === b && cache[entry + 2] === operation) result = cache[entry + 3]!;
        else {
          if (depth + 3 > stack.length) stack = this.#stack = widened(stack, 2 * stack.length);
          stack[depth] = a;
          stack[depth + 1] = b;
          stack[depth + 2] = -1;
          depth += 3;
          const va = variables[a]!;
          const vb = variables[b]!;
          if (va <= vb) a = lows[a]!;
          if (vb <= va) b = lows[b]!;
          continue;
        }
      }
      for (;;) {
        if (depth === 0) return result;
        a = stack[depth - 3]!;
        b = stack[depth - 2]!;
        const low = stack[depth - 1]!;
        const va = variables[a]!;
        const vb = variables[b]!;
        if (low < 0) {
          stack[depth - 1] = result;
          if (va <= vb) a = highs[a]!;
          if (vb <= va) b = highs[b]!;
          break;
        }
        depth -= 3;
        if (low !== result) {
          const top = va < vb ? va : vb;
          let slot = hash(top, low, result) & tableMask;
          let found = table[slot]!;
          while (found !== 0 && (lows[found] !== low || highs[found] !== result || variables[found] !== top)) {
            slot = (slot + 1) & tableMask;
            found = table[slot]!;
          }
          if (found === 0) {
            found = this.#add(top, low, result, slot);
            variables = this.variables;
            lows = this.lows;
            highs = this.highs;
            table = this.#table;
            tableMask = this.#tableMask;
            cache = this.#cache;
            cacheMask = this.#cacheMask;
          }
          result = found;
        }
        const entry = (mix(a, b, operation) & cacheMask) << 2;
        cache[entry] = a;
        cache[entry + 1] = b;
        cache[entry + 2] = operation;
        cache[entry + 3] = result;
      }
    }
  }

  /** "If f then g else h", by a stack of its own as well: of operands, and of the results for low children, -1 before they are known. */
  ite(f: Node, g: Node, h: Node): Node {
    const stack: number[] = [];
    let a = f;
    let b = g;
    let c = h;
    for (;;) {
      let result = this.#plainly(a, b, c);
      if (result < 0) {
        const top = Math.min(this.variables[a]!, this.variables[b]!, this.variables[c]!);
        stack.push(a, b, c, -1);
        if (this.variables[a] === top) a = this.lows[a]!;
        if (this.variables[b] === top) b = this.lows[b]!;
        if (this.variables[c] === top) c = this.lows[c]!;
        continue;
      }
      for (;;) {
        const end = stack.length;
        if (end === 0) return result;
        a = stack[end - 4]!;
        b = stack[end - 3]!;
        c = stack[end - 2]!;
        const low = stack[end - 1]!;
        const top = Math.min(this.variables[a]!, this.variables[b]!, this.variables[c]!);
        if (low < 0) {
          stack[end - 1] = result;
          if (this.variables[a] === top) a = this.highs[a]!;
          if (this.variables[b] === top) b = this.highs[b]!;
          if (this.variables[c] === top) c = this.highs[c]!;
          break;
        }
        stack.length = end - 4;
        result = this.#remember(a, b, c, this.node(top, low, result));
      }
    }
  }

  /** What "if f then g else h" is if it needs no step of its own, else -1. */
  #plainly(f: Node, g: Node, h: Node): Node {
    if (f === 1) return g;
    if (f === 0) return h;
    if (g === h) return g;
    if (g === 1 || g === f) return this.or(f, h);
    if (h === 0 || h === f) return this.and(f, g);
    const entry = (mix(f, g, h) & this.#cacheMask) << 2;
    const cache = this.#cache;
    return cache[entry] === f && cache[entry + 1] === g && cache[entry + 2] === h ? cache[entry + 3]! : -1;
  }

  /** Frees every node that is not reachable from `roots`; numbers of reachable nodes stay. */
  sweep(roots: Iterable<Node>): void {
    const { variables, lows, highs } = this;
    const alive = new Uint8Array(this.#next);
    let stack = new Int32Array(256);
    let depth = 0;
    let count = 0;
    let highest = 1;
    const reach = (node: Node): void => {
      if (node <= 1 || alive[node] === 1) return;
      alive[node] = 1;
      count += 1;
      if (node > highest) highest = node;
      if (depth === stack.length) stack = widened(stack, depth * 2);
      stack[depth++] = node;
    };
    for (const root of roots) {
      reach(root);
      while (depth > 0) {
        const node = stack[--depth]!;
        reach(lows[node]!);
        reach(highs[node]!);
      }
    }
    this.#next = highest + 1;
    this.#free = 0;
    for (let node = highest; node >= 2; node--) {
      if (alive[node] === 1) continue;
      variables[node] = -1;
      lows[node] = this.#free;
      this.#free = node;
    }
    this.used = count + 2;
    this.rehash();
  }

  /** Calls `visit` with every node that is not free, constants excepted. */
  forEachNode(visit: (node: Node) => void): void {
    for (let node = 2; node < this.#next; node++) if (this.variables[node]! >= 0) visit(node);
  }

  /** A node without content or place in the unique table; for reordering, which ends with `rehash`. */
  take(): Node {
    this.used += 1;
    const reused = this.#free;
    if (reused !== 0) {
      this.#free = this.lows[reused]!;
      return reused;
    }
    if (this.#next === this.lows.length) this.#widenNodes();
    return this.#next++;
  }

  /** Frees a node; for reordering, which ends with `rehash`. */
  give(node: Node): void {
    this.variables[node] = -1;
    this.lows[node] = this.#free;
    this.#free = node;
    this.used -= 1;
  }

  /** Makes the unique table anew, as large as is needed, and forgets all results. What is about to grow again is not made small before. */
  rehash(): void {
    let size = Math.min(this.#table.length, KEPT_TABLE);
    while (size < 3 * this.used) size *= 2;
    if (size === this.#table.length) this.#table.fill(0);
    else this.#table = new Int32Array(size);
    this.#fillTable();
    const entries = Math.min(size / 4, LARGEST_CACHE);
    if (entries * 4 === this.#cache.length) this.#cache.fill(-1);
    else this.#cache = new Int32Array(4 * entries).fill(-1);
    this.#cacheMask = entries - 1;
  }

  /** A fresh node, at its place in the unique table. */
  #add(variable: number, low: Node, high: Node, slot: number): Node {
    if (this.used >= this.limit) throw new BudgetExceeded('nodes');
    if ((this.used & 0xffff) === 0) checkTime(this.#meter);
    const fresh = this.take();
    this.variables[fresh] = variable;
    this.lows[fresh] = low;
    this.highs[fresh] = high;
    this.#table[slot] = fresh;
    if (this.used * 2 > this.#tableMask) this.#widenTable();
    return fresh;
  }

  #remember(f: Node, g: Node, h: Node, result: Node): Node {
    const cache = this.#cache;
    const entry = (mix(f, g, h) & this.#cacheMask) << 2;
    cache[entry] = f;
    cache[entry + 1] = g;
    cache[entry + 2] = h;
    cache[entry + 3] = result;
    return result;
  }

  #widenNodes(): void {
    const length = this.lows.length * 2;
    if (length * BYTES_PER_NODE + this.#cache.length * 4 > this.#meter.bytes) throw new BudgetExceeded('bytes');
    this.variables = widened(this.variables, length);
    this.lows = widened(this.lows, length);
    this.highs = widened(this.highs, length);
  }

  #widenTable(): void {
    this.#table = new Int32Array(this.#table.length * (this.#table.length < SMALL_TABLE ? 4 : 2));
    this.#fillTable();
    const entries = this.#table.length / 4;
    if (entries > LARGEST_CACHE || this.lows.length * BYTES_PER_NODE + entries * BYTES_PER_ENTRY > this.#meter.bytes) return;
    const old = this.#cache;
    this.#cache = new Int32Array(4 * entries).fill(-1);
    this.#cacheMask = entries - 1;
    for (let i = 0; i < old.length; i += 4) if (old[i]! >= 0) this.#remember(old[i]!, old[i + 1]!, old[i + 2]!, old[i + 3]!);
  }

  /** Enters all nodes into a table that is empty. */
  #fillTable(): void {
    const { variables, lows, highs } = this;
    const table = this.#table;
    const mask = table.length - 1;
    this.#tableMask = mask;
    for (let node = 2; node < this.#next; node++) {
      const variable = variables[node]!;
      if (variable < 0) continue;
      let slot = hash(variable, lows[node]!, highs[node]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
  }
}

const widened = (old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(length);
  wider.set(old);
  return wider;
};

const hash = (variable: number, low: number, high: number): number => {
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(variable, 0xc2b2ae35);
  return h ^ (h >>> 15);
};

const mix = (f: number, g: number, h: number): number => {
  const m = Math.imul(f, 0x9e3779b1) + Math.imul(g, 0x85ebca6b) + Math.imul(h, 0xc2b2ae35);
  return m ^ (m >>> 15);
};
