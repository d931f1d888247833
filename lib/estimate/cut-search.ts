import { LITERAL, type Formula } from '../engine/formula';
import { eventOf, type Chosen, type Families } from './families';
import type { Root } from './root';

/** Sets of causes that are looked at for one root before the search gives up. */
const mostSubsets = 400;

/**
 * Minimal cut sets of one root, most probable causes first: for each set of causes, the likeliest sets first, those of its cut sets that need all of
 * these causes.
 */
export class CutSearch {
  /** The root's causes with the largest probability that they can have here, likeliest first. */
  readonly #causes: readonly { readonly event: number; readonly chance: number }[];
  readonly #found: Chosen[] = [];
  readonly #queue: { readonly members: readonly number[]; readonly bound: number }[] = [];
  #subsets = 0;

  constructor(
    formula: Formula,
    probabilities: ArrayLike<number>,
    private readonly root: Root,
    isCause: ArrayLike<number>,
    private readonly families: Families,
  ) {
    // Not of its presence but of the widest phase that matters here: a unit may be broken for days and is replaced in minutes.
    const chances = new Map<number, number>();
    for (const ref of root.refs) {
      const event = formula.kind(ref >> 1) === LITERAL && (ref & 1) === 0 ? formula.parameter(ref >> 1) : -1;
      if (event < 0 || isCause[event] === 0) continue;
      const chance = probabilities[formula.eventOffsets[event]! + formula.level(ref >> 1)]!;
      chances.set(event, Math.max(chance, chances.get(event) ?? 0));
    }
    this.#causes = [...chances].map(([event, chance]) => ({ event, chance })).sort((x, y) => y.chance - x.chance || x.event - y.event);
    if (this.#causes.length > 0) this.#queue.push({ members: [0], bound: this.#causes[0]!.chance });
  }

  /**
   * All sets with at least this probability, or as many as could be found within limits. Asked again for less, it goes on where it was; for less than
   * `floor` it is never asked.
   */
  above(least: number, floor: number): readonly Chosen[] {
    while (this.#queue.length > 0 && this.#subsets < mostSubsets) {
      let next = 0;
      for (let i = 1; i < this.#queue.length; i++) if (this.#queue[i]!.bound > this.#queue[next]!.bound) next = i;
      const { bound, members } = this.#queue[next]!;
      if (bound < least) break;
      this.#queue[next] = this.#queue[this.#queue.length - 1]!;
      this.#queue.pop();
      this.#follow(members, bound);
      this.#look(members, floor);
      this.#subsets++;
    }
    return this.#found;
  }

  /** Puts the next sets of causes into the queue: the last one exchanged for the next, or the next one added. Each set comes up once. */
  #follow(members: readonly number[], bound: number): void {
    const last = members[members.length - 1]!;
    const next = this.#causes[last + 1];
    if (!next) return;
    this.#queue.push({ members: [...members.slice(0, -1), last + 1], bound: (bound / this.#causes[last]!.chance) * next.chance });
    this.#queue.push({ members: [...members, last + 1], bound: bound * next.chance });
  }

  #look(members: readonly number[], floor: number): void {
    const events = new Set(members.map((i) => this.#causes[i]!.event));
    for (const set of this.families.of(this.root, events, floor)) {
      // Sets of fewer causes have been found with fewer causes.
      let missing = events.size;
      for (const code of set.codes) if (events.has(eventOf(code))) missing--;
      if (missing === 0) this.#found.push(set);
    }
  }
}
