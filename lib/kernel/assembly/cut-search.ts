import { codesOf, copied, eventOf, setOf, sizeOf, wordOf, Family } from './chosen';
import { CAUSE, Families, lasting } from './families';
import { LITERAL } from './formula';
import { Floats, Ints, zeroFloats } from './lists';
import { sort } from './sorting';

/** Sets of causes that are looked at for one root before the search gives up. */
const mostSubsets: i32 = 400;

/** Roots are told apart by their numbers, from 1 on. */
let roots: i32 = 0;

/** The causes of the set that is looked at. */
const causes: Ints = new Ints(16);

/** The largest probability that each event of a root can have there; less than 0: it is none of its causes. */
let chances: StaticArray<f64> = zeroFloats(0);

/**
 * Minimal cut sets of one root, most probable causes first: for each set of causes, the likeliest sets first, those of its cut sets that need all of
 * these causes.
 */
export class CutSearch {
  /** Sets that have been found. */
  readonly found: Ints = new Ints(8);
  /** What lies below the root, children first. */
  readonly refs: StaticArray<i32>;
  private readonly root: i32 = ++roots;
  /** The root's causes, likeliest first. */
  private causes: Ints = new Ints(8);
  /** The largest probability that each of them can have here. */
  private chances: Floats = new Floats(8);
  /**
   * Sets of causes that have come up, each with an upper bound of its probability: the place of its last cause, and the set of the others; −1: there are
   * none.
   */
  private lasts: Ints = new Ints(8);
  private rests: Ints = new Ints(8);
  private bounds: Floats = new Floats(8);
  /** Those that have not been looked at. */
  private queue: Ints = new Ints(8);
  private subsets: i32 = 0;

  constructor(
    readonly families: Families,
    readonly ref: i32,
  ) {
    this.refs = families.tree.below(ref);
    this.findCauses();
    if (this.causes.length > 0) this.put(-1, 0, this.chances.items[0]);
  }

  /**
   * Finds all sets with at least this probability, or as many as could be found within limits. Asked again for less, it goes on where it was; for less
   * than `floor` it is never asked.
   */
  above(least: f64, floor: f64): void {
    while (this.queue.length > 0 && this.subsets < mostSubsets) {
      const queue = this.queue.items;
      let next = 0;
      for (let i = 1; i < this.queue.length; i++) if (this.bounds.items[queue[i]] > this.bounds.items[queue[next]]) next = i;
      const subset = queue[next];
      if (this.bounds.items[subset] < least) break;
      queue[next] = queue[--this.queue.length];
      this.follow(subset);
      this.look(subset, floor);
      this.subsets++;
    }
  }

  /** The family of the root by some causes and no other; until it is asked again. */
  by(events: Ints): Family {
    return this.families.of(this.ref, this.refs, this.root, events, 0);
  }

  private put(rest: i32, last: i32, bound: f64): void {
    this.queue.push(this.lasts.length);
    this.lasts.push(last);
    this.rests.push(rest);
    this.bounds.push(bound);
  }

  /** Puts the next sets of causes into the queue: the last one exchanged for the next, or the next one added. Each set comes up once. */
  private follow(subset: i32): void {
    const last = this.lasts.items[subset];
    if (last + 1 == this.causes.length) return;
    const bound = this.bounds.items[subset];
    const next = this.chances.items[last + 1];
    this.put(this.rests.items[subset], last + 1, (bound / this.chances.items[last]) * next);
    this.put(subset, last + 1, bound * next);
  }

  private look(subset: i32, floor: f64): void {
    causes.length = 0;
    for (let at = subset; at >= 0; at = this.rests.items[at]) causes.push(this.causes.items[this.lasts.items[at]]);
    const family = this.families.of(this.ref, this.refs, this.root, causes, floor);
    const size = sizeOf(family);
    for (let i = 0; i < size; i++) {
      const set = setOf(family, i);
      // Sets of fewer causes have been found with fewer causes.
      let missing = causes.length;
      for (let at = 0; at < codesOf(set); at++) if (isActive(eventOf(wordOf(set, at)))) missing--;
      if (missing == 0) this.found.push(<i32>copied(set, lasting));
    }
  }

  /** Not of its presence but of the widest phase that matters here: a unit may be broken for days and is replaced in minutes. */
  private findCauses(): void {
    const tree = this.families.tree;
    const events = tree.eventKinds.length;
    if (chances.length < events) {
      chances = zeroFloats(events);
      for (let event = 0; event < events; event++) chances[event] = -1;
    }
    for (let i = 0; i < this.refs.length; i++) {
      const ref = this.refs[i];
      const node = ref >> 1;
      if ((ref & 1) != 0 || tree.kinds[node] != LITERAL) continue;
      const event = tree.parameters[node];
      if ((this.families.roles[event] & CAUSE) == 0) continue;
      if (chances[event] < 0) this.causes.push(event);
      chances[event] = max(chances[event], tree.probabilities[tree.offsets[event] + tree.level(node)]);
    }
    sort(this.causes, isLessLikelyCause);
    for (let i = 0; i < this.causes.length; i++) {
      const event = this.causes.items[i];
      this.chances.push(chances[event]);
      chances[event] = -1;
    }
  }
}

function isActive(event: i32): bool {
  for (let i = 0; i < causes.length; i++) if (causes.items[i] == event) return true;
  return false;
}

function isLessLikelyCause(one: i32, other: i32): bool {
  return chances[one] == chances[other] ? one > other : chances[one] < chances[other];
}
