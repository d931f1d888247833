import { BudgetExceeded, checkTime, startMeter, type Meter } from './budget';

/** A decision node: 0 and 1 are the constants. */
export type Node = number;

const TERMINAL = 0x7fffffff;
const BYTES_PER_NODE = 24;
const BYTES_PER_ENTRY = 16;
const LARGEST_CACHE = 1 << 22;
const IS_XOR = -2;

/**
 * Reduced ordered binary decision diagrams (Bryant 1986) on flat arrays: unique table by open addressing, one computed table (Brace, Rudell and
 * Bryant 1990) that forgets on collision, mark and sweep. No complement edges: a small probability is never reached through its complement.
 * Invariants: low differs from high; a node's variable is smaller than its children's; equal triples are one node.
 */
export class Bdd {
  variables = new Int32Array(1024);
  lows = new Int32Array(1024);
  highs = new Int32Array(1024);
  /** Nodes in use or dead but not swept, constants included. */
  used = 2;

  #table = new Int32Array(4096);
  #tableMask = 4095;
  #free: Node[] = [];
  #next = 2;
  #cache = new Int32Array(4 * 1024);
  #cacheMask = 1023;
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
    const alive = new Uint8Array(this.#next);
    const stack: Node[] = [];
    for (const root of roots) stack.push(root);
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (node <= 1 || alive[node] === 1) continue;
      alive[node] = 1;
      stack.push(this.lows[node]!, this.highs[node]!);
    }
    this.#free = [];
    for (let node = this.#next - 1; node >= 2; node--) {
      if (alive[node] === 1) continue;
      this.variables[node] = -1;
      this.#free.push(node);
    }
    this.used = this.#next - this.#free.length;
    this.#fillTable();
    this.#cache.fill(-1);
  }

  /** Calls `visit` with every node that is not free, constants excepted. */
  forEachNode(visit: (node: Node) => void): void {
    for (let node = 2; node < this.#next; node++) if (this.variables[node]! >= 0) visit(node);
  }

  /** A node without content or place in the unique table; for reordering, which ends with `rehash`. */
  take(): Node {
    this.used += 1;
    const reused = this.#free.pop();
    if (reused !== undefined) return reused;
    if (this.#next === this.lows.length) this.#widenNodes();
    return this.#next++;
  }

  /** Frees a node; for reordering, which ends with `rehash`. */
  give(node: Node): void {
    this.variables[node] = -1;
    this.#free.push(node);
    this.used -= 1;
  }

  /** Makes the unique table anew and forgets all results. */
  rehash(): void {
    while (this.used * 2 > this.#tableMask) {
      this.#table = new Int32Array(this.#table.length * 2);
      this.#tableMask = this.#table.length - 1;
    }
    this.#fillTable();
    this.#cache.fill(-1);
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
    const widen = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const wider = new Int32Array(length);
      wider.set(old);
      return wider;
    };
    this.variables = widen(this.variables);
    this.lows = widen(this.lows);
    this.highs = widen(this.highs);
    if (length <= LARGEST_CACHE && length * (BYTES_PER_NODE + BYTES_PER_ENTRY) <= this.#meter.bytes) this.#widenCache(length);
  }

  #widenCache(entries: number): void {
    const old = this.#cache;
    this.#cache = new Int32Array(4 * entries).fill(-1);
    this.#cacheMask = entries - 1;
    for (let i = 0; i < old.length; i += 4) if (old[i]! >= 0) this.#remember(old[i]!, old[i + 1]!, old[i + 2]!, old[i + 3]!);
  }

  #widenTable(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    this.#tableMask = this.#table.length - 1;
    this.#fillTable();
  }

  #fillTable(): void {
    const table = this.#table.fill(0);
    const mask = this.#tableMask;
    for (let node = 2; node < this.#next; node++) {
      const variable = this.variables[node]!;
      if (variable < 0) continue;
      let slot = hash(variable, this.lows[node]!, this.highs[node]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
  }
}

const hash = (variable: number, low: number, high: number): number => {
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(variable, 0xc2b2ae35);
  return h ^ (h >>> 15);
};

const mix = (f: number, g: number, h: number): number => {
  const m = Math.imul(f, 0x9e3779b1) + Math.imul(g, 0x85ebca6b) + Math.imul(h, 0xc2b2ae35);
  return m ^ (m >>> 15);
};
