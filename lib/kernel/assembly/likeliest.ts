import { Arena } from './arena';
import {
  codeOf,
  codesOf,
  eventOf,
  GATE,
  gathered,
  keepMinimal,
  levelOf,
  limitsOf,
  probabilityOf,
  roomFor,
  settle,
  setWord,
  wordOf,
  Chosen,
} from './chosen';
import { CutSearch } from './cut-search';
import { Families, PLACE } from './families';
import { fillNone, Floats, hashed, Ints, slotOf, zeros } from './lists';

/** Sets about other events. */
const renamed: Arena = new Arena(GATE);
/** The event that each is exchanged for, while the sets of a part are renamed. */
let names: StaticArray<i32> = zeros(0);

/** Of the sets that were found last, those that are one, since they differ only in such draws of where things lie: how likely each group of them is. */
export const sums: Floats = new Floats(64);
/** Where the sets of each group start, with one start more than groups. */
export const groupStarts: Ints = new Ints(64);
/** The sets, group by group. */
export const found: Ints = new Ints(256);

/** The group of each set. */
const groups: Ints = new Ints(256);
/** The first set of each group. */
const firsts: Ints = new Ints(64);
let table: StaticArray<i32> = zeros(256);

/**
 * The most probable minimal cut sets of all parts together, in so many groups or more, if there are; from what the unavailability is near down to a part
 * of that. A part is where to look for its sets, and the events of one thing by those of the first one like it, or 0.
 */
export function likeliest(families: Families, parts: StaticArray<i32>, count: i32, first: f64, leastPart: f64): void {
  const floor = first * leastPart;
  const eventKinds = families.tree.eventKinds;
  gathered.length = 0;
  // Steps of powers of ten, so that flows share what has been found.
  for (let least = first; least > floor; least /= 10) {
    renamed.reset();
    found.length = 0;
    for (let i = 0; i < parts.length; i += 2) {
      const search = changetype<CutSearch>(<usize>parts[i]);
      search.above(least, floor);
      if (parts[i + 1] == 0) addLikely(search.found, least);
      else addRenamed(search.found, least, changetype<StaticArray<i32>>(<usize>parts[i + 1]), eventKinds.length);
    }
    gathered.length = 0;
    for (let i = 0; i < found.length; i++) gathered.push(found.items[i]);
    keepMinimal(eventKinds, i32.MAX_VALUE);
    group(families.roles);
    if (firsts.length >= count) break;
  }
  collect();
}

function addLikely(sets: Ints, least: f64): void {
  for (let i = 0; i < sets.length; i++) if (probabilityOf(<usize>sets.items[i]) >= least) found.push(sets.items[i]);
}

/** The same sets about other events: pairs of an event and what it is exchanged for. */
function addRenamed(sets: Ints, least: f64, pairs: StaticArray<i32>, events: i32): void {
  if (names.length < events) {
    names = zeros(events);
    for (let event = 0; event < events; event++) names[event] = event;
  }
  for (let i = 0; i < pairs.length; i += 2) names[pairs[i]] = pairs[i + 1];
  for (let i = 0; i < sets.length; i++) {
    const set = <usize>sets.items[i];
    if (probabilityOf(set) >= least) found.push(<i32>about(set));
  }
  for (let i = 0; i < pairs.length; i += 2) names[pairs[i]] = pairs[i];
}

function about(set: Chosen): Chosen {
  const codes = codesOf(set);
  const words = codes + limitsOf(set);
  const other = roomFor(words, renamed);
  for (let i = 0; i < words; i++) {
    const word = codeOf(names[eventOf(wordOf(set, i))], levelOf(wordOf(set, i)));
    let at = i;
    // Codes stay in order.
    if (i < codes) for (; at > 0 && wordOf(other, at - 1) > word; at--) setWord(other, at, wordOf(other, at - 1));
    setWord(other, at, word);
  }
  settle(other, codes, words - codes, probabilityOf(set), renamed);
  return other;
}

/** Groups what has been gathered. */
function group(roles: StaticArray<i32>): void {
  const count = gathered.length;
  if (table.length < 2 * count) table = zeros(4 * powerOfTwo(count));
  fillNone(table, 0, table.length);
  groups.length = 0;
  firsts.length = 0;
  sums.length = 0;
  for (let i = 0; i < count; i++) {
    const set = <usize>gathered.items[i];
    let slot = slotOf(hashOf(set, roles), table.length - 1);
    while (table[slot] >= 0 && !isAlike(set, <usize>firsts.items[table[slot]], roles)) slot = (slot + 1) & (table.length - 1);
    if (table[slot] < 0) {
      table[slot] = firsts.length;
      firsts.push(<i32>set);
      sums.push(0);
    }
    groups.push(table[slot]);
    sums.items[table[slot]] += probabilityOf(set);
  }
}

function powerOfTwo(least: i32): i32 {
  let power = 1;
  while (power < least) power *= 2;
  return power;
}

function hashOf(set: Chosen, roles: StaticArray<i32>): u32 {
  let hash: u32 = 0;
  for (let i = 0; i < codesOf(set); i++) if (!isPlace(wordOf(set, i), roles)) hash = hashed(hash, wordOf(set, i));
  return hash;
}

/** Whether two sets choose the same but for places. */
function isAlike(one: Chosen, other: Chosen, roles: StaticArray<i32>): bool {
  let j = 0;
  for (let i = 0; i < codesOf(one); i++) {
    if (isPlace(wordOf(one, i), roles)) continue;
    while (j < codesOf(other) && isPlace(wordOf(other, j), roles)) j++;
    if (j == codesOf(other) || wordOf(other, j++) != wordOf(one, i)) return false;
  }
  while (j < codesOf(other) && isPlace(wordOf(other, j), roles)) j++;
  return j == codesOf(other);
}

function isPlace(code: i32, roles: StaticArray<i32>): bool {
  return (roles[eventOf(code)] & PLACE) != 0;
}

/** Puts the sets of each group together. */
function collect(): void {
  const count = gathered.length;
  const length = count == 0 ? 0 : firsts.length;
  groupStarts.length = 0;
  for (let i = 0; i <= length; i++) groupStarts.push(0);
  for (let i = 0; i < count; i++) groupStarts.items[groups.items[i] + 1]++;
  for (let i = 0; i < length; i++) groupStarts.items[i + 1] += groupStarts.items[i];
  found.reserve(count);
  found.length = count;
  // From behind, so that each group's start comes out where it was.
  for (let i = count - 1; i >= 0; i--) found.items[--groupStarts.items[groups.items[i] + 1]] = gathered.items[i];
  for (let i = 0; i < length; i++) groupStarts.items[i] = groupStarts.items[i + 1];
  groupStarts.items[length] = count;
}
