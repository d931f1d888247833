import { Arena } from './arena';
import { CHOICE } from './formula';
import { fillNone, Ints, zeros } from './lists';
import { sort } from './sorting';

/**
 * What must be chosen, as codes in ascending order: a level of a ladder, which implies those before it, or an outcome of a choice. Then the levels that
 * must not be reached, since nothing is younger and older than the same. In memory: the probability, how many codes and limits there are, how long it
 * lasts, the codes, the limits.
 */
export type Chosen = usize;

/** How many sets there are, and the address of each. */
export type Family = usize;

/** How long something lasts: while one gate is made, while one set of causes is looked at, or as long as the kernel. */
export const GATE: i32 = 0;
export const ROUND: i32 = 1;
export const KERNEL: i32 = 2;

const head: usize = 20;

/** Bits for the level: more than an event has. */
const bits: i32 = 12;

export function codeOf(event: i32, level: i32): i32 {
  return (event << bits) | level;
}

export function eventOf(code: i32): i32 {
  return code >> bits;
}

export function levelOf(code: i32): i32 {
  return code & ((1 << bits) - 1);
}

export function probabilityOf(set: Chosen): f64 {
  return load<f64>(set);
}

export function codesOf(set: Chosen): i32 {
  return load<i32>(set, 8);
}

export function limitsOf(set: Chosen): i32 {
  return load<i32>(set, 12);
}

/** The codes of a set, behind them its limits. */
export function wordOf(set: Chosen, index: i32): i32 {
  return load<i32>(set + ((<usize>index) << 2), head);
}

export function setWord(set: Chosen, index: i32, word: i32): void {
  store<i32>(set + ((<usize>index) << 2), word, head);
}

/** Room for a set with so many words at most. */
export function roomFor(words: i32, arena: Arena): Chosen {
  return arena.room(<i32>head + 4 * words);
}

/** Makes a set of what has been written into its room. */
export function settle(set: Chosen, codes: i32, limits: i32, probability: f64, arena: Arena): void {
  store<f64>(set, probability);
  store<i32>(set, codes, 8);
  store<i32>(set, limits, 12);
  store<i32>(set, arena.rank, 16);
  arena.take(set + head + ((<usize>(codes + limits)) << 2));
}

export function copied(set: Chosen, arena: Arena): Chosen {
  const words = codesOf(set) + limitsOf(set);
  const copy = roomFor(words, arena);
  memory.copy(copy + head, set + head, (<usize>words) << 2);
  settle(copy, codesOf(set), limitsOf(set), probabilityOf(set), arena);
  return copy;
}

function lasts(set: Chosen, rank: i32): bool {
  return load<i32>(set, 16) >= rank;
}

export function sizeOf(family: Family): i32 {
  return load<i32>(family);
}

export function setOf(family: Family, index: i32): Chosen {
  return <usize>load<i32>(family + ((<usize>index) << 2), 4);
}

const constants: Arena = new Arena(KERNEL);

export const never: Family = stored(new Ints(0), constants);
export const always: Family = alwaysFamily();

function alwaysFamily(): Family {
  const list = new Ints(1);
  const set = roomFor(0, constants);
  settle(set, 0, 0, 1, constants);
  list.push(<i32>set);
  return stored(list, constants);
}

function stored(sets: Ints, arena: Arena): Family {
  const family = arena.room(4 + 4 * sets.length);
  store<i32>(family, sets.length);
  for (let i = 0; i < sets.length; i++) store<i32>(family + ((<usize>i) << 2), sets.items[i], 4);
  arena.take(family + 4 + ((<usize>sets.length) << 2));
  return family;
}

/** A family of one set with one word. */
export function familyOfOne(codes: i32, word: i32, probability: f64, arena: Arena): Family {
  const set = roomFor(1, arena);
  setWord(set, 0, word);
  settle(set, codes, 1 - codes, probability, arena);
  const family = arena.room(8);
  store<i32>(family, 1);
  store<i32>(family, <i32>set, 4);
  arena.take(family + 8);
  return family;
}

/** The sets of which a family is being made. */
export const gathered: Ints = new Ints(256);

export function gather(family: Family): void {
  const size = sizeOf(family);
  for (let i = 0; i < size; i++) gathered.push(<i32>setOf(family, i));
}

/** Makes a family of the sets that have been gathered. What lasts less than the arena is copied. */
export function familyOfGathered(arena: Arena): Family {
  if (gathered.length == 0) return never;
  const first = <usize>gathered.items[0];
  if (codesOf(first) + limitsOf(first) == 0) return always;
  // What is made for a gate moves with it, what is there for longer stays where it is.
  const rank = max(arena.rank, ROUND);
  for (let i = 0; i < gathered.length; i++) {
    const set = <usize>gathered.items[i];
    if (!lasts(set, rank)) gathered.items[i] = <i32>copied(set, arena);
  }
  return stored(gathered, arena);
}

/** For each event, the last set kept whose first code is about it; −1: there is none. */
let heads: StaticArray<i32> = zeros(0);
/** For each set kept, the one before it whose first code is about the same event. */
const before: Ints = new Ints(256);

/**
 * Leaves out of what has been gathered what another set makes needless: the same events at no later an age, or fewer of them. Most probable first, and
 * so many at most.
 */
export function keepMinimal(eventKinds: StaticArray<i32>, atMost: i32): void {
  if (gathered.length < 2) return;
  sort(gathered, isLessLikely);
  if (heads.length < eventKinds.length) {
    heads = zeros(eventKinds.length);
    fillNone(heads, 0, heads.length);
  }
  const sets = gathered.items;
  const count = gathered.length;
  before.reserve(count);
  // Sets without codes are no more than one, or few.
  let loose = -1;
  let kept = 0;
  for (let i = 0; i < count && kept < atMost; i++) {
    const set = <usize>sets[i];
    const codes = codesOf(set);
    let needless = impliesOneOf(set, loose, eventKinds);
    for (let at = 0; at < codes && !needless; at++) needless = impliesOneOf(set, heads[eventOf(wordOf(set, at))], eventKinds);
    if (needless) continue;
    if (codes == 0) {
      before.items[kept] = loose;
      loose = kept;
    } else {
      const event = eventOf(wordOf(set, 0));
      before.items[kept] = heads[event];
      heads[event] = kept;
    }
    sets[kept++] = <i32>set;
  }
  for (let i = 0; i < kept; i++) {
    const set = <usize>sets[i];
    if (codesOf(set) > 0) heads[eventOf(wordOf(set, 0))] = -1;
  }
  gathered.length = kept;
}

function impliesOneOf(set: Chosen, last: i32, eventKinds: StaticArray<i32>): bool {
  for (let other = last; other >= 0; other = before.items[other]) {
    if (implies(set, <usize>gathered.items[other], eventKinds)) return true;
  }
  return false;
}

/** Most probable first, then those that ask for less. */
function isLessLikely(one: i32, other: i32): bool {
  const a = <usize>one;
  const b = <usize>other;
  if (probabilityOf(a) != probabilityOf(b)) return probabilityOf(a) < probabilityOf(b);
  if (codesOf(a) != codesOf(b)) return codesOf(a) > codesOf(b);
  if (limitsOf(a) != limitsOf(b)) return limitsOf(a) > limitsOf(b);
  for (let i = 0; i < codesOf(a); i++) if (wordOf(a, i) != wordOf(b, i)) return wordOf(a, i) > wordOf(b, i);
  return false;
}

/** Whether what one set asks for includes all that the other asks for. */
function implies(set: Chosen, other: Chosen, eventKinds: StaticArray<i32>): bool {
  const codes = codesOf(set);
  const limits = limitsOf(set);
  if (codesOf(other) > codes || limitsOf(other) > limits) return false;
  let i = 0;
  for (let at = 0; at < codesOf(other); at++) {
    const code = wordOf(other, at);
    const event = eventOf(code);
    while (i < codes && eventOf(wordOf(set, i)) < event) i++;
    if (i == codes) return false;
    const own = wordOf(set, i);
    if (eventOf(own) != event) return false;
    if (eventKinds[event] == CHOICE ? own != code : own < code) return false;
  }
  for (let at = codesOf(other); at < codesOf(other) + limitsOf(other); at++) if (!isLimit(set, wordOf(other, at))) return false;
  return true;
}

export function isLimit(set: Chosen, word: i32): bool {
  const codes = codesOf(set);
  const end = codes + limitsOf(set);
  for (let at = codes; at < end; at++) if (wordOf(set, at) == word) return true;
  return false;
}

/** Whether two families consist of the same sets. */
export function isSame(one: Family, other: Family): bool {
  if (one == other) return true;
  const size = sizeOf(one);
  if (sizeOf(other) != size) return false;
  for (let i = 0; i < size; i++) {
    const a = setOf(one, i);
    const b = setOf(other, i);
    if (codesOf(a) != codesOf(b) || limitsOf(a) != limitsOf(b)) return false;
    for (let at = 0; at < codesOf(a) + limitsOf(a); at++) if (wordOf(a, at) != wordOf(b, at)) return false;
  }
  return true;
}
