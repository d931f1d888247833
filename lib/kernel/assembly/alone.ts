import { CutTree } from './cut-tree';
import { AND, LITERAL } from './formula';
import { Ints, zeros } from './lists';

/** How an event turns out when a cause is alone; a cause itself is past all its phases but its presence, which comes behind so many tails. */
const NEVER: i32 = -1;
/** Each outcome is possible. */
const ANY: i32 = -2;
/** Always its first outcome, its second, and so on downwards. */
const FIRST: i32 = -3;

const all: u64 = ~(<u64>0);

/** For each reference, a bit for each of the causes that are tried: whether it holds when that one is alone. */
let held: StaticArray<u64> = new StaticArray<u64>(0);
/** The bit of each event; −1: it is not tried. */
let bitOf: StaticArray<i32> = zeros(0);
/** How many children hold, one word for each binary digit. */
const digits: StaticArray<u64> = new StaticArray<u64>(32);

/** Causes that alone make a root hold: 64 are tried at once. `falls`: how each event turns out. */
export function aloneIn(tree: CutTree, root: i32, refs: StaticArray<i32>, falls: StaticArray<i32>): Ints {
  if (held.length < 2 * tree.kinds.length) {
    held = new StaticArray<u64>(2 * tree.kinds.length);
    held[1] = all;
  }
  if (bitOf.length < falls.length) {
    bitOf = zeros(falls.length);
    for (let event = 0; event < falls.length; event++) bitOf[event] = -1;
  }
  const causes = causesIn(tree, refs, falls);
  const alone = new Ints(8);
  for (let from = 0; from < causes.length; from += 64) {
    const to = min(from + 64, causes.length);
    for (let i = from; i < to; i++) bitOf[causes.items[i]] = i - from;
    for (let i = 0; i < refs.length; i++) held[refs[i]] = heldBy(tree, refs[i], falls);
    for (let i = from; i < to; i++) {
      if (((held[root] >> (i - from)) & 1) != 0) alone.push(causes.items[i]);
      bitOf[causes.items[i]] = -1;
    }
  }
  return alone;
}

function causesIn(tree: CutTree, refs: StaticArray<i32>, falls: StaticArray<i32>): Ints {
  const causes = new Ints(8);
  for (let i = 0; i < refs.length; i++) {
    const node = refs[i] >> 1;
    const event = tree.parameters[node];
    if (tree.kinds[node] != LITERAL || falls[event] < 0 || bitOf[event] >= 0) continue;
    bitOf[event] = 0;
    causes.push(event);
  }
  for (let i = 0; i < causes.length; i++) bitOf[causes.items[i]] = -1;
  return causes;
}

function heldBy(tree: CutTree, ref: i32, falls: StaticArray<i32>): u64 {
  const node = ref >> 1;
  const negated = ref & 1;
  if (tree.kinds[node] == LITERAL) return literal(falls[tree.parameters[node]], bitOf[tree.parameters[node]], tree.level(node), negated);
  const from = tree.starts[node];
  const arity = tree.starts[node + 1] - from;
  const k = tree.kinds[node] == AND ? arity : tree.parameters[node];
  const needed = negated ? arity - k + 1 : k;
  if (needed == 1) {
    let one: u64 = 0;
    for (let i = 0; i < arity; i++) one |= held[tree.children[from + i] ^ negated];
    return one;
  }
  if (needed == arity) {
    let both = all;
    for (let i = 0; i < arity; i++) both &= held[tree.children[from + i] ^ negated];
    return both;
  }
  return atLeast(needed, tree, from, arity, negated);
}

function literal(falls: i32, bit: i32, level: i32, negated: i32): u64 {
  if (falls == ANY) return all;
  if (falls <= FIRST) return (falls == FIRST - level) == (negated == 0) ? all : 0;
  // A cause that is alone is present, and past all its phases.
  const own: u64 = falls == NEVER || bit < 0 || level > falls ? 0 : (<u64>1) << bit;
  return negated ? ~own : own;
}

/** Counts in binary, for all trials at once. */
function atLeast(needed: i32, tree: CutTree, from: i32, arity: i32, negated: i32): u64 {
  const length = 32 - clz(arity);
  for (let i = 0; i < length; i++) digits[i] = 0;
  for (let i = 0; i < arity; i++) {
    let carry = held[tree.children[from + i] ^ negated];
    for (let at = 0; carry != 0; at++) {
      const digit = digits[at];
      digits[at] = digit ^ carry;
      carry &= digit;
    }
  }
  let more: u64 = 0;
  let same = all;
  for (let at = length - 1; at >= 0; at--) {
    const digit = digits[at];
    if ((needed >> at) & 1) same &= digit;
    else {
      more |= same & digit;
      same &= ~digit;
    }
  }
  return more | same;
}
