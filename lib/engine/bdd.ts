import { BudgetExceeded, checkTime, startMeter, type Meter } from './budget';
import { hash, ifThenElse, remember } from './operations';

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
/** Nodes that are made between two looks at the clock. */
const BETWEEN_LOOKS = 1 << 16;

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

  // The rest of the tables is for the loops in operations.ts, which have no time for calls.

  /** The unique table: nodes at their hash, 0 where there is none. */
  table: Int32Array<ArrayBuffer>;
  /** The computed table: three keys, of which the first is never 0, and the result. */
  cache: Int32Array<ArrayBuffer>;
  /** Three operands and a result of each step under way; one for each variable suffices, since each step goes down by one at least. */
  stack = new Int32Array(512);
  /** The next free node. Free nodes are linked by `lows`; 0 stands for the node behind, so that what was never used is linked as it is. */
  free: Node = 2;
  /** Nodes from here on were never used. */
  end = 2;
  /** When this many nodes are in use, there must be made room for more. */
  full = 0;
  /** Where an operation stood that ran out of room: how deep in its stack, and with which result. */
  depth = 0;
  pending: Node = 0;

  #limit: number;
  #nextLook = BETWEEN_LOOKS;
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
    this.table = new Int32Array(size);
    this.cache = new Int32Array(size);
    this.#limit = meter.nodes;
    this.variables[0] = TERMINAL;
    this.variables[1] = TERMINAL;
    this.#fit();
  }

  /** Nodes that may be in use; above it an operation throws BudgetExceeded. */
  get limit(): number {
    return this.#limit;
  }

  set limit(nodes: number) {
    this.#limit = nodes;
    this.#fit();
  }

  /** The node "if variable then high else low". */
  node(variable: number, low: Node, high: Node): Node {
    if (low === high) return low;
    const { table } = this;
    const mask = table.length - 1;
    let slot = hash(variable, low, high) & mask;
    for (let found = table[slot]!; found !== 0; found = table[slot]!) {
      if (this.lows[found] === low && this.highs[found] === high && this.variables[found] === variable) return found;
      slot = (slot + 1) & mask;
    }
    if (this.used >= this.full) {
      this.makeRoom();
      return this.node(variable, low, high);
    }
    this.#deepen(variable);
    const fresh = this.take();
    this.variables[fresh] = variable;
    this.lows[fresh] = low;
    this.highs[fresh] = high;
    table[slot] = fresh;
    return fresh;
  }

  and(f: Node, g: Node): Node {
    return ifThenElse(this, f, g, 0);
  }

  or(f: Node, g: Node): Node {
    return ifThenElse(this, f, 1, g);
  }

  xor(f: Node, g: Node): Node {
    return ifThenElse(this, f, this.not(g), g);
  }

  not(f: Node): Node {
    return ifThenElse(this, f, 0, 1);
  }

  /** "If f then g else h". */
  ite(f: Node, g: Node, h: Node): Node {
    return ifThenElse(this, f, g, h);
  }

  /** Frees every node that is not reachable from `roots`; numbers of reachable nodes stay. */
  sweep(roots: Iterable<Node>): void {
    const { variables, lows, highs, end } = this;
    const alive = new Uint8Array(end);
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
    this.end = highest + 1;
    this.free = this.end;
    lows.fill(0, this.end, end);
    for (let node = highest; node >= 2; node--) {
      if (alive[node] === 1) continue;
      variables[node] = -1;
      lows[node] = this.free;
      this.free = node;
    }
    this.used = count + 2;
    this.rehash();
  }

  /** Calls `visit` with every node that is not free, constants excepted. */
  forEachNode(visit: (node: Node) => void): void {
    for (let node = 2; node < this.end; node++) if (this.variables[node]! >= 0) visit(node);
  }

  /** A node without content or place in the unique table; for reordering, which ends with `rehash`. */
  take(): Node {
    if (this.used === this.lows.length) this.#widenNodes();
    this.used += 1;
    const fresh = this.free;
    const next = this.lows[fresh]!;
    if (next === 0) this.end = this.free = fresh + 1;
    else this.free = next;
    return fresh;
  }

  /** Frees a node; for reordering, which ends with `rehash`. */
  give(node: Node): void {
    this.variables[node] = -1;
    this.lows[node] = this.free;
    this.free = node;
    this.used -= 1;
  }

  /** Makes the unique table anew, as large as is needed, and forgets all results. What is about to grow again is not made small before. */
  rehash(): void {
    let size = Math.min(this.table.length, KEPT_TABLE);
    while (size < 3 * this.used) size *= 2;
    if (size === this.table.length) this.table.fill(0);
    else this.table = new Int32Array(size);
    this.#fillTable();
    const length = Math.min(size, 4 * LARGEST_CACHE);
    if (length === this.cache.length) this.cache.fill(0);
    else this.cache = new Int32Array(length);
    this.#fit();
  }

  /** Room for more nodes; throws if the budget has none, or its time is over. */
  makeRoom(): void {
    if (this.used >= this.#limit) throw new BudgetExceeded('nodes');
    if (this.used >= this.#nextLook) {
      checkTime(this.#meter);
      this.#nextLook = this.used + BETWEEN_LOOKS;
    }
    if (this.used === this.lows.length) this.#widenNodes();
    if (2 * this.used >= this.table.length) this.#widenTable();
    this.#fit();
  }

  #fit(): void {
    if (this.#nextLook > this.used + BETWEEN_LOOKS) this.#nextLook = this.used + BETWEEN_LOOKS;
    this.full = Math.min(this.#limit, this.lows.length, this.table.length / 2, this.#nextLook);
  }

  #widenNodes(): void {
    const length = this.lows.length * 2;
    if (length * BYTES_PER_NODE + this.cache.length * 4 > this.#meter.bytes) throw new BudgetExceeded('bytes');
    this.variables = widened(this.variables, length);
    this.lows = widened(this.lows, length);
    this.highs = widened(this.highs, length);
  }

  #widenTable(): void {
    this.table = new Int32Array(this.table.length * (this.table.length < SMALL_TABLE ? 4 : 2));
    this.#fillTable();
    const entries = this.table.length / 4;
    if (entries > LARGEST_CACHE || this.lows.length * BYTES_PER_NODE + entries * BYTES_PER_ENTRY > this.#meter.bytes) return;
    const old = this.cache;
    this.cache = new Int32Array(4 * entries);
    for (let i = 0; i < old.length; i += 4) if (old[i] !== 0) remember(this.cache, old[i]!, old[i + 1]!, old[i + 2]!, old[i + 3]!);
  }

  /** Makes the stack deep enough for a variable and those before it. */
  #deepen(variable: number): void {
    if (4 * variable + 8 > this.stack.length) this.stack = widened(this.stack, 8 * variable + 8);
  }

  /** Enters all nodes into a table that is empty; they may have got other variables. */
  #fillTable(): void {
    const { variables, lows, highs, table, end } = this;
    const mask = table.length - 1;
    let last = 0;
    for (let node = 2; node < end; node++) {
      const variable = variables[node]!;
      if (variable < 0) continue;
      if (variable > last) last = variable;
      let slot = hash(variable, lows[node]!, highs[node]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
    this.#deepen(last);
  }
}

const widened = (old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(length);
  wider.set(old);
  return wider;
};
