import type { Bdd, Node } from './bdd';

/** Operations of two functions, as the third key of the computed table, where "if then else" has a node. */
export const AND = -1;
export const OR = -2;
export const XOR = -3;

/** Two functions joined by AND, OR or XOR. */
export const combine = (bdd: Bdd, operation: number, f: Node, g: Node): Node => {
  const neutral = operation === AND ? 1 : 0;
  let result = run(bdd, operation, neutral, f, g, 0);
  while (result < 0) {
    bdd.makeRoom();
    // What it stood at, joined with the neutral element, is what it goes on with.
    result = run(bdd, operation, neutral, neutral, bdd.pending, bdd.depth);
  }
  return result;
};

/**
 * Both operands' children are combined, low ones first, by a stack of its own: a diagram may be deeper than the call stack allows. A process that lives
 * for milliseconds spends them here before V8 has compiled anything, so this is one loop, which is compiled while it runs; without any call but of
 * arithmetic, since what is inlined is compiled as well; and without a step that is first taken late, which would throw away what was compiled. What is
 * rare is left to the caller: where there is no room, -1 is returned and the rest stays on the stack.
 */
const run = (bdd: Bdd, operation: number, neutral: number, f: Node, g: Node, from: number): Node => {
  const { variables, lows, highs, table, cache, stack, full } = bdd;
  const mask = table.length - 1;
  const cacheMask = (cache.length >> 2) - 1;
  let { used, free, end } = bdd;
  let depth = from;
  let a = f;
  let b = g;
  for (;;) {
    if (a > b) {
      const larger = a;
      a = b;
      b = larger;
    }
    let result: Node;
    if (a === b) result = operation === XOR ? 0 : a;
    else if (a <= 1 && (a === 0 || operation !== XOR)) result = a === neutral ? b : a;
    else {
      const entry = (mix(a, b, operation) & cacheMask) << 2;
      if (cache[entry] === a && cache[entry + 1] === b && cache[entry + 2] === operation) result = cache[entry + 3]!;
      else {
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
      if (depth === 0 || used >= full) {
        bdd.used = used;
        bdd.free = free;
        bdd.end = end;
        bdd.depth = depth;
        bdd.pending = result;
        return depth === 0 ? result : -1;
      }
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
        let slot = hash(top, low, result) & mask;
        let found = table[slot]!;
        while (found !== 0 && (lows[found] !== low || highs[found] !== result || variables[found] !== top)) {
          slot = (slot + 1) & mask;
          found = table[slot]!;
        }
        if (found === 0) {
          found = free;
          free = lows[found]!;
          if (free === 0) free = end = found + 1;
          used += 1;
          variables[found] = top;
          lows[found] = low;
          highs[found] = result;
          table[slot] = found;
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
};

/** "If f then g else h", by a stack of its own as well: of operands, and of the results for low children, -1 before they are known. */
export const ifThenElse = (bdd: Bdd, f: Node, g: Node, h: Node): Node => {
  const stack: number[] = [];
  let a = f;
  let b = g;
  let c = h;
  for (;;) {
    let result = plainly(bdd, a, b, c);
    if (result < 0) {
      const top = Math.min(bdd.variables[a]!, bdd.variables[b]!, bdd.variables[c]!);
      stack.push(a, b, c, -1);
      if (bdd.variables[a] === top) a = bdd.lows[a]!;
      if (bdd.variables[b] === top) b = bdd.lows[b]!;
      if (bdd.variables[c] === top) c = bdd.lows[c]!;
      continue;
    }
    for (;;) {
      const end = stack.length;
      if (end === 0) return result;
      a = stack[end - 4]!;
      b = stack[end - 3]!;
      c = stack[end - 2]!;
      const low = stack[end - 1]!;
      const top = Math.min(bdd.variables[a]!, bdd.variables[b]!, bdd.variables[c]!);
      if (low < 0) {
        stack[end - 1] = result;
        if (bdd.variables[a] === top) a = bdd.highs[a]!;
        if (bdd.variables[b] === top) b = bdd.highs[b]!;
        if (bdd.variables[c] === top) c = bdd.highs[c]!;
        break;
      }
      stack.length = end - 4;
      result = bdd.node(top, low, result);
      remember(bdd.cache, a, b, c, result);
    }
  }
};

/** What "if f then g else h" is if it needs no step of its own, else -1. */
const plainly = (bdd: Bdd, f: Node, g: Node, h: Node): Node => {
  if (f === 1) return g;
  if (f === 0) return h;
  if (g === h) return g;
  if (g === 1 || g === f) return bdd.or(f, h);
  if (h === 0 || h === f) return bdd.and(f, g);
  const { cache } = bdd;
  const entry = (mix(f, g, h) & ((cache.length >> 2) - 1)) << 2;
  return cache[entry] === f && cache[entry + 1] === g && cache[entry + 2] === h ? cache[entry + 3]! : -1;
};

/** Enters a result into a computed table. */
export const remember = (cache: Int32Array, f: Node, g: Node, h: Node, result: Node): void => {
  const entry = (mix(f, g, h) & ((cache.length >> 2) - 1)) << 2;
  cache[entry] = f;
  cache[entry + 1] = g;
  cache[entry + 2] = h;
  cache[entry + 3] = result;
};

/** Where a node belongs in the unique table. */
export const hash = (variable: number, low: Node, high: Node): number => {
  const h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b) ^ Math.imul(variable, 0xc2b2ae35);
  return h ^ (h >>> 15);
};

const mix = (f: number, g: number, h: number): number => {
  const m = Math.imul(f, 0x9e3779b1) + Math.imul(g, 0x85ebca6b) + Math.imul(h, 0xc2b2ae35);
  return m ^ (m >>> 15);
};
