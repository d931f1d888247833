import { shapley } from '../engine/shapley';
import type { Topology } from '../topology/topology';
import type { Edit, Tree } from './edits';
import { statesOf } from './evaluation';
import { modelOf } from './model';
import { keyOf, neededPart, partOfFlow } from './part-of-flow';
import { playersOf, type Players } from './players';
import { Program } from './program';

/** What some edits, made together, do to a flow. */
export interface Attributed {
  readonly edits: readonly Edit[];
  readonly unavailability: number;
  readonly requestFailure: number;
}

export interface Attribution {
  /** By flow, in the order of the players. null: it is not known, and `because` says why. */
  readonly flows: ReadonlyMap<string, readonly Attributed[]> | null;
  readonly because: string | null;
  /** How the parts were found: from all combinations, or from drawn orders. */
  readonly method: 'exact' | 'drawn';
}

interface Measures {
  readonly unavailability: number;
  readonly requestFailure: number;
}

const exactUpTo = 8;

/**
 * Shares the difference of each flow out to the edits that make it, by Shapley value: it hangs on no order, adds up, and is exactly zero for what has
 * no effect.
 */
export function attribute(base: Tree, edits: readonly Edit[], flows: readonly string[]): Attribution {
  const found = playersOf(base, edits);
  if (!found) {
    const because = 'The versions differ in too many things, or have too little in common, to say what each of them does.';
    return { flows: null, because, method: 'exact' };
  }
  const numbers = new Numbers();
  for (let game = found; ;) {
    const result = tryAttribute(game, flows, numbers);
    if (!('wrong' in result)) return result;
    game = game.joined(result.wrong);
  }
}

function tryAttribute(
  { players, tryWith }: Players,
  flows: readonly string[],
  numbers: Numbers,
): Attribution | { readonly wrong: readonly boolean[] } {
  const method = players.length <= exactUpTo ? 'exact' : 'drawn';
  let wrong: readonly boolean[] | null = null;
  const byFlow = new Map<string, readonly Attributed[]>();
  for (const flow of flows) {
    const worth = (coalition: readonly boolean[]): readonly number[] => {
      const topology = wrong ? null : tryWith(coalition);
      if (!topology) {
        wrong ??= [...coalition];
        return [0, 0];
      }
      const { unavailability, requestFailure } = numbers.of(topology, flow);
      return [unavailability, requestFailure];
    };
    const [unavailability, requestFailure] = shapley(players.length, 2, worth, { exactUpTo }) as [number[], number[]];
    if (wrong) return { wrong };
    byFlow.set(
      flow,
      players.map((made, i) => ({ edits: made, unavailability: unavailability[i]!, requestFailure: requestFailure[i]! })),
    );
  }
  return { flows: byFlow, because: null, method };
}

/** Nominal numbers of flows; what is the same is computed once. */
class Numbers {
  readonly #known = new Map<string, Measures>();

  of(topology: Topology, flow: string): Measures {
    const part = neededPart(partOfFlow(topology, flow));
    const key = keyOf(part);
    const known = this.#known.get(key);
    if (known) return known;
    const model = modelOf(part);
    const states = statesOf(model);
    const { down, requests } = model.flows[0]!;
    const program = new Program(model.joint, states, [down, requests]);
    program.evaluate(states);
    const computed = { unavailability: program.value(0), requestFailure: program.value(1) };
    this.#known.set(key, computed);
    return computed;
  }
}
