import { Arena } from './arena';
import {
  always,
  codeOf,
  codesOf,
  eventOf,
  familyOfGathered,
  familyOfOne,
  GATE,
  gather,
  gathered,
  isLimit,
  isSame,
  keepMinimal,
  KERNEL,
  levelOf,
  limitsOf,
  never,
  probabilityOf,
  roomFor,
  ROUND,
  setOf,
  settle,
  setWord,
  sizeOf,
  wordOf,
  Chosen,
  Family,
} from './chosen';
import { CutTree } from './cut-tree';
import { AND, AT_LEAST, CHOICE, LITERAL } from './formula';
import { Ints, zeros } from './lists';

/** More sets of one reference are not kept: the most probable ones are. */
const most: i32 = 64;

/** What an event is for a set. */
export const CAUSE: i32 = 1;
/** No set may contain it. */
export const NEVER: i32 = 2;
/** Drawn by somebody else: where something lies. */
export const PLACE: i32 = 4;

/** What stays as long as the kernel. */
export const lasting: Arena = new Arena(KERNEL);
/** What has been made for the causes that are looked at. */
const round: Arena = new Arena(ROUND);
/** Sets of which most are needless. */
const candidates: Arena = new Arena(GATE);
/** What a gate's children so far come to, and what they did before the last one. */
const some: Arena = new Arena(GATE);
const others: Arena = new Arena(GATE);

/** Families of the children of the gates that are being made. */
const stack: Ints = new Ints(256);
/** Children that are alike: the family of the first of them, and how many there are. */
const firsts: Ints = new Ints(64);
const counts: Ints = new Ints(64);
/** Family of "so many of the children so far hold". */
const atLeast: Ints = new Ints(64);

/**
 * Minimal sets of choices that make references true while all causes but a few are absent: from the bottom up, each reference once (after MOCUS, Fussell
 * and Vesely 1972). Invariant: a family holds no set that another one of it makes needless.
 */
export class Families {
  private known: StaticArray<i32>;
  /** In which round a family was found. */
  private rounds: StaticArray<i32>;
  /** Families while all causes are absent; 0: not known. */
  private idle: StaticArray<i32>;
  /** In which round a node last had an active cause below it. */
  private touched: StaticArray<i32>;
  private active: StaticArray<u8>;
  private round: i32 = 0;
  private least: f64 = 0;
  /** Where what is made stays. */
  private arena: Arena = round;
  /** The root that is looked at. */
  private root: i32 = 0;

  constructor(
    readonly tree: CutTree,
    /** What each event is for a set. */
    readonly roles: StaticArray<i32>,
    /** How it turns out when a cause is alone. */
    readonly falls: StaticArray<i32>,
  ) {
    const nodes = tree.kinds.length;
    this.known = zeros(2 * nodes);
    this.rounds = zeros(2 * nodes);
    this.idle = zeros(2 * nodes);
    this.touched = zeros(nodes);
    this.active = new StaticArray<u8>(tree.eventKinds.length);
  }

  /**
   * The sets for a root by these causes and no other, with at least this probability; until it is asked again. `refs`: what lies below the root, whose
   * number is not 0.
   */
  of(ref: i32, refs: StaticArray<i32>, root: i32, causes: Ints, least: f64): Family {
    this.least = least;
    this.round++;
    round.reset();
    if (this.root != root) this.tree.enter(refs, root);
    this.root = root;
    for (let i = 0; i < causes.length; i++) {
      const cause = causes.items[i];
      this.active[cause] = 1;
      this.tree.mark(cause, root, this.touched, this.round);
    }
    const family = this.family(ref);
    for (let i = 0; i < causes.length; i++) this.active[causes.items[i]] = 0;
    return family;
  }

  private family(ref: i32): Family {
    if (ref < 2) return ref == 1 ? always : never;
    if (this.touched[ref >> 1] != this.round) {
      if (this.idle[ref] == 0) this.idle[ref] = <i32>this.idleFamily(ref);
      return <usize>this.idle[ref];
    }
    if (this.rounds[ref] == this.round) return <usize>this.known[ref];
    const family = this.made(ref);
    this.rounds[ref] = this.round;
    this.known[ref] = <i32>family;
    return family;
  }

  /** It is the same for all causes that are not below it, and so for any least probability. */
  private idleFamily(ref: i32): Family {
    const least = this.least;
    const arena = this.arena;
    this.least = 0;
    this.arena = lasting;
    const family = this.made(ref);
    this.least = least;
    this.arena = arena;
    return family;
  }

  private made(ref: i32): Family {
    return this.tree.kinds[ref >> 1] == LITERAL ? this.literal(ref >> 1, ref & 1) : this.gate(ref >> 1, ref & 1);
  }

  private literal(node: i32, negated: i32): Family {
    const event = this.tree.parameters[node];
    const level = this.tree.level(node);
    if (this.tree.eventKinds[event] == CHOICE) {
      if (negated == 0) return this.single(event, level);
      gathered.length = 0;
      for (let other = 0; other < this.tree.literals[event]; other++) if (other != level) gather(this.single(event, other));
      return familyOfGathered(this.arena);
    }
    const role = this.roles[event];
    const absent = ((role & CAUSE) != 0 && this.active[event] == 0) || (role & NEVER) != 0;
    if (negated == 0) return absent ? never : this.single(event, level);
    // That something is not there, or not young, is no part of a set.
    return absent ? always : familyOfOne(0, codeOf(event, level), 1, this.arena);
  }

  private single(event: i32, level: i32): Family {
    const probability = this.probability(event, level);
    return probability > 0 && probability >= this.least ? familyOfOne(1, codeOf(event, level), probability, this.arena) : never;
  }

  private probability(event: i32, level: i32): f64 {
    return this.tree.probabilities[this.tree.offsets[event] + level];
  }

  private gate(node: i32, negated: i32): Family {
    const from = this.tree.starts[node];
    const arity = this.tree.starts[node + 1] - from;
    const kind = this.tree.kinds[node];
    // A fault tree has no exclusive or.
    if (kind != AND && kind != AT_LEAST) abort();
    const k = kind == AND ? arity : this.tree.parameters[node];
    let needed = negated ? arity - k + 1 : k;
    const base = stack.length;
    for (let i = 0; i < arity && needed > 0; i++) {
      // As many as are left must hold, and one more does not: nothing else can help.
      if (needed > stack.length - base + arity - i) {
        stack.length = base;
        return never;
      }
      const child = this.family(this.tree.children[from + i] ^ negated);
      if (child == always) needed--;
      else if (sizeOf(child) > 0) stack.push(<i32>child);
    }
    const count = stack.length - base;
    stack.length = base;
    if (needed <= 0) return always;
    if (count < needed) return never;
    if (needed == 1) return this.oneOf(base, count);
    return count == needed ? this.allOf(base, count) : this.atLeast(needed, base, count);
  }

  private oneOf(base: i32, count: i32): Family {
    if (count == 1) return <usize>stack.items[base];
    gathered.length = 0;
    for (let i = 0; i < count; i++) gather(<usize>stack.items[base + i]);
    return this.minimal(this.arena);
  }

  private allOf(base: i32, count: i32): Family {
    let all = <usize>stack.items[base];
    for (let i = 1; i < count; i++) {
      const arena = i == count - 1 ? this.arena : i & 1 ? some : others;
      if (arena != this.arena) arena.reset();
      all = this.both(all, <usize>stack.items[base + i], arena);
    }
    return all;
  }

  private atLeast(needed: i32, base: i32, count: i32): Family {
    findAlike(base, count);
    // atLeast[j]: j of the children so far hold.
    atLeast.reserve(needed + 1);
    const families = atLeast.items;
    families[0] = <i32>always;
    for (let j = 1; j <= needed; j++) families[j] = <i32>never;
    let arena = some;
    for (let i = 0; i < firsts.length; i++) {
      arena.reset();
      for (let j = needed; j > 0; j--) {
        const before = <usize>families[max(0, j - counts.items[i])];
        const both = sizeOf(before) > 0 ? this.both(before, <usize>firsts.items[i], arena) : never;
        gathered.length = 0;
        gather(<usize>families[j]);
        gather(both);
        families[j] = <i32>this.minimal(arena);
      }
      arena = arena == some ? others : some;
    }
    gathered.length = 0;
    gather(<usize>families[needed]);
    return familyOfGathered(this.arena);
  }

  private both(one: Family, other: Family, arena: Arena): Family {
    if (one == always || one == other) return other;
    candidates.reset();
    gathered.length = 0;
    for (let i = 0; i < sizeOf(one); i++) for (let j = 0; j < sizeOf(other); j++) this.join(setOf(one, i), setOf(other, j));
    return this.minimal(arena);
  }

  /** Gathers both sets together, unless they contradict each other, or are too unlikely. */
  private join(a: Chosen, b: Chosen): void {
    const set = roomFor(codesOf(a) + limitsOf(a) + codesOf(b) + limitsOf(b), candidates);
    const ends = codesOf(a);
    let probability = probabilityOf(a);
    let codes = 0;
    let i = 0;
    for (let j = 0; j < codesOf(b); j++) {
      const code = wordOf(b, j);
      const event = eventOf(code);
      while (i < ends && eventOf(wordOf(a, i)) < event) setWord(set, codes++, wordOf(a, i++));
      if (i == ends || eventOf(wordOf(a, i)) != event) {
        setWord(set, codes++, code);
        probability *= this.probability(event, levelOf(code));
        continue;
      }
      const own = wordOf(a, i++);
      if (own != code && this.tree.eventKinds[event] == CHOICE) return;
      if (code > own) probability *= this.probability(event, levelOf(code)) / this.probability(event, levelOf(own));
      setWord(set, codes++, max(code, own));
    }
    // What is added makes it no likelier.
    if (probability < this.least) return;
    while (i < ends) setWord(set, codes++, wordOf(a, i++));
    let words = codes;
    for (let at = ends; at < ends + limitsOf(a); at++) setWord(set, words++, wordOf(a, at));
    for (let at = codesOf(b); at < codesOf(b) + limitsOf(b); at++) if (!isLimit(a, wordOf(b, at))) setWord(set, words++, wordOf(b, at));
    for (let limit = codes; limit < words; limit++) if (isReached(set, codes, wordOf(set, limit))) return;
    settle(set, codes, words - codes, probability, candidates);
    gathered.push(<i32>set);
  }

  private minimal(arena: Arena): Family {
    keepMinimal(this.tree.eventKinds, most);
    return familyOfGathered(arena);
  }
}

/** Whether one of so many codes reaches a limit. */
function isReached(set: Chosen, codes: i32, limit: i32): bool {
  for (let i = 0; i < codes; i++) if (eventOf(wordOf(set, i)) == eventOf(limit) && wordOf(set, i) >= limit) return true;
  return false;
}

/** Children of one family hold together: what makes one of them true makes all of them true. */
function findAlike(base: i32, count: i32): void {
  firsts.length = 0;
  counts.length = 0;
  for (let i = 0; i < count; i++) {
    const child = stack.items[base + i];
    let at = 0;
    while (at < firsts.length && !isSame(<usize>firsts.items[at], <usize>child)) at++;
    if (at < firsts.length) counts.items[at]++;
    else {
      firsts.push(child);
      counts.push(1);
    }
  }
}
