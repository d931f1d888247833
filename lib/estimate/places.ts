import { Outcomes } from '../engine/restrict';
import type { Ref } from '../engine/formula';
import type { Balanced, Condition, CountedPool, FaultTree, Serving } from '../fault-tree/tree';

/** Something that depends on where AWS has put a component: it is one of the parts, as the event's outcome says. */
export interface Mixture<T> {
  readonly event: number;
  readonly parts: readonly Mixed<T>[];
}

export type Mixed<T> = Mixture<T> | { readonly one: T };

/** More combinations of outcomes are not looked at one by one. */
const mostParts = 2000;

/**
 * Where a component has many possible places, one diagram for all of them must remember the state of every zone until it asks which of them matter. So
 * each outcome gets a small diagram of its own, and they are mixed below the questions that components share. A user's shard comes first: with it, only
 * the place of that shard matters.
 */
export class Places {
  readonly #choices: readonly { readonly outcomes: Outcomes; readonly owner: number }[];

  /** Choices that are `asked` in another way are left out. */
  constructor({ events }: FaultTree, asked: ReadonlySet<number> = new Set()) {
    const { formula, owners, sources } = events;
    const of = (what: 'place' | 'shard'): number[] =>
      owners.flatMap((_, event) => {
        const source = sources[event]!;
        if (asked.has(event)) return [];
        return source.type === 'choice' && source.choice.what === what && formula.eventLiterals[event]! > 1 ? [event] : [];
      });
    this.#choices = [...of('shard'), ...of('place')].map((event) => ({
      outcomes: new Outcomes(formula, event),
      owner: owners[event]!,
    }));
  }

  /** A condition or what is served, by the places on which it depends. */
  mixed<T extends Condition | Serving>(whole: T): Mixed<T> {
    return this.#mixed(whole, 0, mostParts);
  }

  #mixed<T extends Condition | Serving>(whole: T, from: number, most: number): Mixed<T> {
    for (let i = from; i < this.#choices.length; i++) {
      const { outcomes, owner } = this.#choices[i]!;
      if (owner !== whole.component || outcomes.count > most || !refsOf(whole).some((ref) => outcomes.askedBy(ref))) continue;
      const parts = Array.from({ length: outcomes.count }, (_, outcome) =>
        this.#mixed(
          given(whole, (ref) => outcomes.given(outcome, ref)),
          i + 1,
          most / outcomes.count,
        ),
      );
      return { event: outcomes.event, parts };
    }
    return { one: whole };
  }
}

function refsOf(whole: Condition | Serving): Ref[] {
  const balanced = 'balanced' in whole ? whole.balanced : null;
  const pools = [...whole.pools, ...(balanced ? [balanced] : []), ...(balanced?.all ? [balanced.all] : [])];
  return [whole.event, ...pools.flatMap(({ guard, units }) => [guard, ...units.flatMap(({ dead, noticed }) => [dead, noticed])])];
}

function given<T extends Condition | Serving>(whole: T, of: (ref: Ref) => Ref): T {
  const pool = <P extends CountedPool>(one: P): P => ({
    ...one,
    guard: of(one.guard),
    units: one.units.map(({ dead, noticed }) => ({ dead: of(dead), noticed: of(noticed) })),
  });
  const balanced = (one: Balanced): Balanced => ({ ...pool(one), all: one.all && pool(one.all) });
  return {
    ...whole,
    event: of(whole.event),
    pools: whole.pools.map(pool),
    ...('balanced' in whole && whole.balanced ? { balanced: balanced(whole.balanced) } : {}),
  };
}
