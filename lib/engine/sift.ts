import type { Bdd, Node } from './bdd';

export interface SiftOptions {
  /** First variable that may move. */
  readonly start: number;
  /** Sizes of the blocks of neighbouring variables that move together, from `start` on. */
  readonly blocks: readonly number[];
  /** Nodes that must survive. */
  readonly roots: readonly Node[];
  /** When to stop, wherever it is. @default - when all blocks have been moved once */
  readonly deadline?: number;
}

/** How much larger the diagram may get on the way to a better place. */
const GROWTH = 1.1;

/**
 * Moves each block of variables to where the diagram is smallest (Rudell 1993), largest blocks first, and returns the blocks' old places in their new
 * order. Nodes keep their numbers and functions; swapping neighbours x and y touches only the nodes of x that have a child of y.
 */
export const sift = (bdd: Bdd, options: SiftOptions): number[] => {
  const sifter = new Sifter(bdd, options);
  sifter.run();
  return sifter.order;
};

class Sifter {
  /** Blocks by place. */
  readonly order: number[];
  readonly #start: number;
  readonly #blockSizes: readonly number[];
  readonly #deadline: number;
  /** Variables by level, and nodes by variable: hashed by children. */
  readonly #levels: number[] = [];
  readonly #buckets: Int32Array[] = [];
  readonly #counts: number[] = [];
  readonly #end: number;
  #chain: Int32Array;
  #references: Int32Array;
  #size = 0;

  constructor(
    private readonly bdd: Bdd,
    options: SiftOptions,
  ) {
    this.#start = options.start;
    this.#blockSizes = options.blocks;
    this.#deadline = options.deadline ?? Infinity;
    this.order = options.blocks.map((_, block) => block);
    bdd.sweep(options.roots);
    const variables = options.blocks.reduce((sum, size) => sum + size, 0);
    this.#end = this.#start + variables;
    this.#chain = new Int32Array(bdd.lows.length);
    this.#references = new Int32Array(bdd.lows.length);
    const counts = new Int32Array(variables);
    bdd.forEachNode((node) => {
      if (this.#moves(node)) counts[bdd.variables[node]! - this.#start]! += 1;
    });
    for (let i = 0; i < variables; i++) {
      this.#levels.push(i);
      this.#counts.push(0);
      this.#buckets.push(new Int32Array(sizeFor(counts[i]!)));
    }
    for (const root of options.roots) this.#references[root]! += 1;
    bdd.forEachNode((node) => {
      this.#references[bdd.lows[node]!]! += 1;
      this.#references[bdd.highs[node]!]! += 1;
      if (this.#moves(node)) this.#insert(bdd.variables[node]! - this.#start, node);
    });
  }

  run(): void {
    const { bdd } = this;
    const weights = this.#blockSizes.map(() => 0);
    let variable = 0;
    this.#blockSizes.forEach((size, block) => {
      for (let i = 0; i < size; i++) weights[block]! += this.#counts[variable++]!;
    });
    const byWeight = this.order.slice().sort((a, b) => weights[b]! - weights[a]! || a - b);
    for (const block of byWeight) {
      if (weights[block] === 0 || this.#isLate()) break;
      this.#place(block);
    }
    const places = new Int32Array(this.#levels.length);
    this.#levels.forEach((moved, level) => (places[moved] = level));
    bdd.forEachNode((node) => {
      if (this.#moves(node)) bdd.variables[node] = this.#start + places[bdd.variables[node]! - this.#start]!;
    });
    bdd.rehash();
  }

  #moves(node: Node): boolean {
    const variable = this.bdd.variables[node]!;
    return variable >= this.#start && variable < this.#end;
  }

  /** Any order is a valid one, so the work can end after any exchange. */
  #isLate(): boolean {
    return this.#deadline !== Infinity && performance.now() > this.#deadline;
  }

  #place(block: number): void {
    const home = this.order.indexOf(block);
    const last = this.order.length - 1;
    let at = home;
    let best = this.#size;
    let bestAt = home;
    const go = (step: 1 | -1, stop: number): void => {
      while (at !== stop && this.#size <= best * GROWTH + 64 && !this.#isLate()) {
        if (step === 1) this.#swapBlocks(at);
        else this.#swapBlocks(at - 1);
        at += step;
        if (this.#size < best) {
          best = this.#size;
          bestAt = at;
        }
      }
    };
    const back = (to: number): void => {
      for (; at < to && !this.#isLate(); at++) this.#swapBlocks(at);
      for (; at > to && !this.#isLate(); at--) this.#swapBlocks(at - 1);
    };
    // The nearer end first: what is beyond it is walked twice.
    if (last - home < home) {
      go(1, last);
      back(home);
      go(-1, 0);
    } else {
      go(-1, 0);
      back(home);
      go(1, last);
    }
    back(bestAt);
  }

  /** Exchanges the blocks at two neighbouring places. */
  #swapBlocks(place: number): void {
    let level = 0;
    for (let i = 0; i < place; i++) level += this.#blockSizes[this.order[i]!]!;
    const upper = this.#blockSizes[this.order[place]!]!;
    const lower = this.#blockSizes[this.order[place + 1]!]!;
    for (let i = upper - 1; i >= 0; i--) for (let j = 0; j < lower; j++) this.#swap(level + i + j);
    [this.order[place], this.order[place + 1]] = [this.order[place + 1]!, this.order[place]!];
  }

  /** Exchanges the variables of two neighbouring levels. */
  #swap(level: number): void {
    const { bdd } = this;
    const x = this.#levels[level]!;
    const y = this.#levels[level + 1]!;
    this.#levels[level] = y;
    this.#levels[level + 1] = x;
    if (this.#counts[x] === 0 || this.#counts[y] === 0) return;
    const yVariable = this.#start + y;
    let moving = this.#takeReaders(x, yVariable);
    while (moving !== 0) {
      const node = moving;
      moving = this.#chain[node]!;
      const low = bdd.lows[node]!;
      const high = bdd.highs[node]!;
      const lowAsks = bdd.variables[low] === yVariable;
      const highAsks = bdd.variables[high] === yVariable;
      const newLow = this.#find(x, lowAsks ? bdd.lows[low]! : low, highAsks ? bdd.lows[high]! : high);
      const newHigh = this.#find(x, lowAsks ? bdd.highs[low]! : low, highAsks ? bdd.highs[high]! : high);
      bdd.variables[node] = yVariable;
      bdd.lows[node] = newLow;
      bdd.highs[node] = newHigh;
      this.#insert(y, node);
      this.#release(low);
      this.#release(high);
    }
  }

  /** Unlinks the nodes of x that have a child of y, and returns them as a chain. */
  #takeReaders(x: number, yVariable: number): Node {
    const { variables, lows, highs } = this.bdd;
    const buckets = this.#buckets[x]!;
    const chain = this.#chain;
    let taken = 0;
    let count = 0;
    for (let bucket = 0; bucket < buckets.length; bucket++) {
      let before = 0;
      for (let node = buckets[bucket]!; node !== 0;) {
        const next = chain[node]!;
        if (variables[lows[node]!] === yVariable || variables[highs[node]!] === yVariable) {
          if (before === 0) buckets[bucket] = next;
          else chain[before] = next;
          chain[node] = taken;
          taken = node;
          count += 1;
        } else before = node;
        node = next;
      }
    }
    this.#counts[x]! -= count;
    this.#size -= count;
    return taken;
  }

  /** The node of a variable with these children, made if need be; one more reference to it. */
  #find(variable: number, low: Node, high: Node): Node {
    if (low === high) {
      this.#references[low]! += 1;
      return low;
    }
    const { bdd } = this;
    const buckets = this.#buckets[variable]!;
    for (let node = buckets[slotOf(low, high, buckets.length)]!; node !== 0; node = this.#chain[node]!) {
      if (bdd.lows[node] === low && bdd.highs[node] === high) {
        this.#references[node]! += 1;
        return node;
      }
    }
    const fresh = bdd.take();
    if (fresh >= this.#chain.length) {
      this.#chain = widened(this.#chain);
      this.#references = widened(this.#references);
    }
    bdd.variables[fresh] = this.#start + variable;
    bdd.lows[fresh] = low;
    bdd.highs[fresh] = high;
    this.#references[fresh] = 1;
    this.#references[low]! += 1;
    this.#references[high]! += 1;
    this.#insert(variable, fresh);
    return fresh;
  }

  #insert(variable: number, node: Node): void {
    let buckets = this.#buckets[variable]!;
    if (this.#counts[variable]! > 2 * buckets.length) buckets = this.#widenBuckets(variable);
    const slot = slotOf(this.bdd.lows[node]!, this.bdd.highs[node]!, buckets.length);
    this.#chain[node] = buckets[slot]!;
    buckets[slot] = node;
    this.#counts[variable]! += 1;
    this.#size += 1;
  }

  #widenBuckets(variable: number): Int32Array {
    const old = this.#buckets[variable]!;
    const buckets = new Int32Array(old.length * 4);
    for (const first of old) {
      for (let node = first; node !== 0;) {
        const next = this.#chain[node]!;
        const slot = slotOf(this.bdd.lows[node]!, this.bdd.highs[node]!, buckets.length);
        this.#chain[node] = buckets[slot]!;
        buckets[slot] = node;
        node = next;
      }
    }
    this.#buckets[variable] = buckets;
    return buckets;
  }

  /** One reference less; a node without any is freed, and so on below. */
  #release(node: Node): void {
    this.#references[node]! -= 1;
    if (this.#references[node] !== 0 || node <= 1) return;
    const { bdd } = this;
    const variable = bdd.variables[node]! - this.#start;
    const buckets = this.#buckets[variable];
    // Nodes of variables that do not move are left to the next sweep.
    if (buckets === undefined) return;
    const slot = slotOf(bdd.lows[node]!, bdd.highs[node]!, buckets.length);
    if (buckets[slot] === node) buckets[slot] = this.#chain[node]!;
    else {
      let before = buckets[slot]!;
      while (this.#chain[before] !== node) before = this.#chain[before]!;
      this.#chain[before] = this.#chain[node]!;
    }
    this.#counts[variable]! -= 1;
    this.#size -= 1;
    const low = bdd.lows[node]!;
    const high = bdd.highs[node]!;
    bdd.give(node);
    this.#release(low);
    this.#release(high);
  }
}

const sizeFor = (count: number): number => {
  let size = 4;
  while (size < count) size *= 2;
  return size;
};

const widened = (old: Int32Array): Int32Array => {
  const wider = new Int32Array(old.length * 2);
  wider.set(old);
  return wider;
};

const slotOf = (low: Node, high: Node, size: number): number => {
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return (h ^ (h >>> 15)) & (size - 1);
};
