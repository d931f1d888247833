import type { Bdd, Node } from './bdd';

/** "If f then g else h", of which all other operations are cases. */
export const ifThenElse = (bdd: Bdd, f: Node, g: Node, h: Node): Node => {
  let result = run(bdd, f, g, h, 0);
  while (result < 0) {
    bdd.makeRoom();
    // "If true then what it stood at" is what it goes on with.
    result = run(bdd, 1, bdd.pending, 0, bdd.depth);
  }
  return result;
};

/**
 * All operands' children are combined, low ones first, by a stack of its own: a diagram may be deeper than the call stack allows. A process that lives
 * for milliseconds spends them here before V8 has compiled anything, so this is one loop, which is compiled while it runs; without any call but of
 * arithmetic, since what is inlined is compiled as well; and without a step that is first taken late, which would throw away what was compiled. What is
 * rare is left to the caller: where there is no room, -1 is returned and the rest stays on the stack.
 */
const run = (bdd: Bdd, f: Node, g: Node, h: Node, from: number): Node => {
  const { variables, lows, highs, table, cache, stack, full } = bdd;
  const mask = table.length - 1;
  const cacheMask = (cache.length >> 2) - 1;
  let { used, free, end } = bdd;
  let depth = from;
  let a = f;
  let b = g;
  let c = h;
  for (;;) {
    let result: Node;
    if (a === b) b = 1;
    else if (a === c) c = 0;
    if (a <= 1) result = a === 1 ? b : c;
    else if (b === c) result = b;
    else if (b === 1 && c === 0) result = a;
    else {
      // Of conjunctions and disjunctions one order of the operands stands for both.
      if (c === 0 && a > b) {
        c = a;
        a = b;
        b = c;
        c = 0;
      } else if (b === 1 && a > c) {
        b = a;
        a = c;
        c = b;
        b = 1;
      }
      const entry = (mix(a, b, c) & cacheMask) << 2;
      if (cache[entry] === a && cache[entry + 1] === b && cache[entry + 2] === c) result = cache[entry + 3]!;
      else {
        stack[depth] = a;
        stack[depth + 1] = b;
        stack[depth + 2] = c;
        stack[depth + 3] = -1;
        depth += 4;
        const va = variables[a]!;
        const vb = variables[b]!;
        const vc = variables[c]!;
        if (va <= vb && va <= vc) a = lows[a]!;
        if (vb <= va && vb <= vc) b = lows[b]!;
        if (vc <= va && vc <= vb) c = lows[c]!;
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
      a = stack[depth - 4]!;
      b = stack[depth - 3]!;
      c = stack[depth - 2]!;
      const low = stack[depth - 1]!;
      const va = variables[a]!;
      const vb = variables[b]!;
      const vc = variables[c]!;
      if (low < 0) {
        stack[depth - 1] = result;
        if (va <= vb && va <= vc) a = highs[a]!;
        if (vb <= va && vb <= vc) b = highs[b]!;
        if (vc <= va && vc <= vb) c = highs[c]!;
        break;
      }
      depth -= 4;
      if (low !== result) {
        const least = va < vb ? va : vb;
        const top = least < vc ? least : vc;
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
      const entry = (mix(a, b, c) & cacheMask) << 2;
      cache[entry] = a;
      cache[entry + 1] = b;
      cache[entry + 2] = c;
      cache[entry + 3] = result;
    }
  }
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
