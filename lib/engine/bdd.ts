import { BudgetExceeded, checkTime, startMeter, type Meter } from './budget';

/** A decision node: 0 and 1 are the constants. */
export type Node = number;

const TERMINAL = 0x7fffffff;
/** Three words, and at most six of the unique table. */
const BYTES_PER_NODE = 36;
const SMALLEST_TABLE = 2048;
const BYTES_PER_ENTRY = 16;
const LARGEST_CACHE = 1 << 21;
const IS_XOR = -2;

/**
 * Reduced ordered binary decision diagrams (Bryant 1986) on flat arrays: unique table by open addressing, one computed table (Brace, Rudell and
 * Bryant 1990) that forgets on collision, mark and sweep. No complement edges: a small probability is never reached through its complement.
 * Invariants: low differs from high; a node's variable is smaller than its children's; equal triples are one node.
 */
export class Bdd {
  variables = new Int32Array(512);
  lows = new Int32Array(512);
  highs = new Int32Array(512);
  /** Nodes in use or dead but not swept, constants included. */
  used = 2;

  #table = new Int32Array(SMALLEST_TABLE);
  #tableMask = SMALLEST_TABLE - 1;
  /** First of the free nodes below `#next`, linked by `lows`; 0 for none. */
  #free: Node = 0;
  #next = 2;
  #cache = new Int32Array(SMALLEST_TABLE);
  #cacheMask = SMALLEST_TABLE / 4 - 1;
  /** Nodes that may be in use; above it an operation throws BudgetExceeded. */
  limit: number;
  #meter: Meter;

  constructor(meter: Meter = startMeter({})) {
    this.#meter = meter;
    this.limit = meter.nodes;
    this.variables[0] = TERMINAL;
    this.variables[1] = TERMINAL;
    this.#cache.fill(-1);
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
    const fresh = this.#allocate();
    this.variables[fresh] = variable;
    this.lows[fresh] = low;
    this.highs[fresh] = high;
    table[slot] = fresh;
    if (this.used * 2 > mask) this.#widenTable();
    return fresh;
  }

  and(f: Node, g: Node): Node {
    if (f === g || g === 1) return f;
    if (f === 1) return g;
    if (f === 0 || g === 0) return 0;
    const a = f < g ? f : g;
    const b = f < g ? g : f;
    const entry = (mix(a, b, 0) & this.#cacheMask) << 2;
    const cache = this.#cache;
    if (cache[entry] === a && cache[entry + 1] === b && cache[entry + 2] === 0) return cache[entry + 3]!;
    const va = this.variables[a]!;
    const vb = this.variables[b]!;
    const top = va < vb ? va : vb;
    const low = this.and(va === top ? this.lows[a]! : a, vb === top ? this.lows[b]! : b);
    const high = this.and(va === top ? this.highs[a]! : a, vb === top ? this.highs[b]! : b);
    return this.#remember(a, b, 0, this.node(top, low, high));
  }

  or(f: Node, g: Node): Node {
    if (f === g || g === 0) return f;
    if (f === 0) return g;
    if (f === 1 || g === 1) return 1;
    const a = f < g ? f : g;
    const b = f < g ? g : f;
    const entry = (mix(a, 1, b) & this.#cacheMask) << 2;
    const cache = this.#cache;
    if (cache[entry] === a && cache[entry + 1] === 1 && cache[entry + 2] === b) return cache[entry + 3]!;
    const va = this.variables[a]!;
    const vb = this.variables[b]!;
    const top = va < vb ? va : vb;
    const low = this.or(va === top ? this.lows[a]! : a, vb === top ? this.lows[b]! : b);
    const high = this.or(va === top ? this.highs[a]! : a, vb === top ? this.highs[b]! : b);
    return this.#remember(a, 1, b, this.node(top, low, high));
  }

  xor(f: Node, g: Node): Node {
    if (f === g) return 0;
    if (f === 0) return g;
    if (g === 0) return f;
    const a = f < g ? f : g;
    const b = f < g ? g : f;
    const entry = (mix(a, b, IS_XOR) & this.#cacheMask) << 2;
    const cache = this.#cache;
    if (cache[entry] === a && cache[entry + 1] === b && cache[entry + 2] === IS_XOR) return cache[entry + 3]!;
    const va = this.variables[a]!;
    const vb = this.variables[b]!;
    const top = va < vb ? va : vb;
    const low = this.xor(va === top ? this.lows[a]! : a, vb === top ? this.lows[b]! : b);
    const high = this.xor(va === top ? this.highs[a]! : a, vb === top ? this.highs[b]! : b);
    return this.#remember(a, b, IS_XOR, this.node(top, low, high));
  }

  not(f: Node): Node {
    return f <= 1 ? 1 - f : this.xor(f, 1);
  }

  /** "If f then g else h". */
  ite(f: Node, g: Node, h: Node): Node {
    if (f === 1) return g;
    if (f === 0) return h;
    if (g === h) return g;
    if (g === 1 || g === f) return this.or(f, h);
    if (h === 0 || h === f) return this.and(f, g);
    const entry = (mix(f, g, h) & this.#cacheMask) << 2;
    const cache = this.#cache;
    if (cache[entry] === f && cache[entry + 1] === g && cache[entry + 2] === h) return cache[entry + 3]!;
    const vf = this.variables[f]!;
    const vg = this.variables[g]!;
    const vh = this.variables[h]!;
    const top = Math.min(vf, vg, vh);
    const lowF = vf === top ? this.lows[f]! : f;
    const highF = vf === top ? this.highs[f]! : f;
    const low = this.ite(lowF, vg === top ? this.lows[g]! : g, vh === top ? this.lows[h]! : h);
    const high = this.ite(highF, vg === top ? this.highs[g]! : g, vh === top ? this.highs[h]! : h);
    return this.#remember(f, g, h, this.node(top, low, high));
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

  /** Makes the unique table anew, as large as is needed, and forgets all results. */
  rehash(): void {
    let size = SMALLEST_TABLE;
    while (size < 3 * this.used) size *= 2;
    if (size === this.#table.length) this.#table.fill(0);
    else this.#table = new Int32Array(size);
    this.#fillTable();
    const entries = Math.min(size / 4, LARGEST_CACHE);
    if (entries * 4 === this.#cache.length) this.#cache.fill(-1);
    else this.#cache = new Int32Array(4 * entries).fill(-1);
    this.#cacheMask = entries - 1;
  }

  #allocate(): Node {
    if (this.used >= this.limit) throw new BudgetExceeded('nodes');
    if ((this.used & 0xffff) === 0) checkTime(this.#meter);
    return this.take();
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
    this.#table = new Int32Array(this.#table.length * 2);
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
