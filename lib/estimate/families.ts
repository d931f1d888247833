import type { Formula, Ref } from '../engine/formula';
import type { Address, Kernel } from '../kernel/kernel';

/** What must be chosen, as codes in ascending order: a level of a ladder, which implies those before it, or an outcome of a choice. */
export interface Chosen {
  readonly codes: readonly number[];
  readonly probability: number;
}

/** As in lib/kernel/assembly/chosen.ts. */
const bits = 12;
const head = 20;
export const eventOf = (code: number): number => code >> bits;
export const levelOf = (code: number): number => code & ((1 << bits) - 1);

/** Minimal sets of choices that make references of a formula true: the facade of lib/kernel/assembly/families.ts. */
export class Families {
  readonly #address: Address;
  readonly #searches = new Map<Ref, Address>();
  readonly #alone = new Map<Ref, readonly number[]>();

  constructor(
    private readonly kernel: Kernel,
    formula: Formula,
    /** Nominal probability of each literal. */
    levels: ArrayLike<number>,
    /** What each event is for a set. */
    roles: ArrayLike<number>,
    /** How it turns out when a cause is alone. */
    falls: ArrayLike<number>,
  ) {
    const { children, kinds, parameters, starts } = formula.arrays();
    const { eventCount, eventKinds, eventLiterals } = formula;
    this.#address = kernel.call.families(
      kinds.length,
      children.length,
      eventCount,
      kernel.ints(0, kinds, parameters, starts, children, eventKinds, eventLiterals, roles, falls),
      kernel.floats(1, levels),
      levels.length,
    );
  }

  /** The search for the cut sets of a reference, each once. */
  search(ref: Ref): Address {
    let search = this.#searches.get(ref);
    if (search === undefined) this.#searches.set(ref, (search = this.kernel.call.cutSearch(this.#address, ref)));
    return search;
  }

  /** The sets for a reference by these causes and no other. */
  of(ref: Ref, causes: readonly number[]): Chosen[] {
    const search = this.search(ref);
    const family = this.kernel.call.familyBy(search, this.kernel.ints(0, causes), causes.length);
    const [count] = this.#ints(family, 1);
    return Array.from(this.#ints(family + 4, count!), (set) => this.#chosen(set));
  }

  /**
   * The most probable minimal cut sets of all parts together, those that differ only in where AWS has put things in one group: so many groups or more, if
   * there are. For each part its search, and what its events are exchanged for, or 0.
   */
  likeliest(parts: readonly number[], count: number, first: number, leastPart: number): Groups {
    const { call } = this.kernel;
    const length = call.findLikeliest(this.#address, this.kernel.ints(0, parts), parts.length, count, first, leastPart);
    const starts = this.#ints(call.groupStartsAt(), length + 1);
    const sets = this.#ints(call.groupedSets(), starts[length]!);
    return {
      sums: [...this.kernel.at(call.groupSums(), length)],
      setsOf: (group) => Array.from(sets.subarray(starts[group], starts[group + 1]), (set) => this.#chosen(set)),
    };
  }

  /** Causes that alone make a reference hold. */
  alone(ref: Ref): readonly number[] {
    let alone = this.#alone.get(ref);
    if (!alone) {
      const { call } = this.kernel;
      const list = call.alone(this.search(ref));
      this.#alone.set(ref, (alone = [...this.#ints(call.itemsOf(list), call.lengthOf(list))]));
    }
    return alone;
  }

  /** Pairs of an event and the one that it is exchanged for. */
  renaming(events: ReadonlyMap<number, number>): Address {
    const pairs = [...events].flat();
    return this.kernel.call.renaming(this.kernel.ints(0, pairs), pairs.length);
  }

  #chosen(address: Address): Chosen {
    const [probability] = this.kernel.at(address, 1);
    const [length] = this.#ints(address + 8, 1);
    return { codes: [...this.#ints(address + head, length!)], probability: probability! };
  }

  #ints(address: Address, length: number): Int32Array {
    return new Int32Array(this.kernel.call.memory.buffer, address, length);
  }
}

/** Groups of cut sets, each with how likely it is. */
export interface Groups {
  readonly sums: readonly number[];
  /** Until the kernel runs again. */
  setsOf(group: number): readonly Chosen[];
}
