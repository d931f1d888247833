import { AND, type Formula, type Ref } from './formula';
import { inputOf } from './polarity';

/** "At least `count` of these references". */
export interface Threshold {
  readonly count: number;
  readonly refs: readonly Ref[];
}

/**
 * A threshold that is written out as the disjunction of the conjunctions of all combinations, or as the dual of that. Where there are as many
 * different sets of k references as there are combinations of k out of all that occur, they are all of them. A threshold is built with half the nodes
 * on the way.
 */
export const writtenThreshold = (formula: Formula, ref: Ref): Threshold | undefined => {
  const terms = formula.arity(ref >> 1);
  if (terms < 3 || formula.kind(ref >> 1) !== AND) return undefined;
  for (let i = 0; i < terms; i++) if (!isDual(formula, ref, inputOf(formula, ref, i))) return undefined;
  return asThreshold(formula, ref, false) ?? asThreshold(formula, ref, true);
};

/** Whether one is a disjunction of at least two and the other one a conjunction. */
const isDual = (formula: Formula, one: Ref, other: Ref): boolean => formula.kind(other >> 1) === AND && ((one ^ other) & 1) === 1;

/** With what several terms share written into each of them, or not. */
const asThreshold = (formula: Formula, ref: Ref, isWrittenOut: boolean): Threshold | undefined => {
  const terms = formula.arity(ref >> 1);
  const refs: Ref[] = [];
  const sets = new Set<string>();
  let size = 0;
  for (let i = 0; i < terms; i++) {
    const term = inputOf(formula, ref, i);
    const inputs: Ref[] = [];
    for (let j = 0; j < formula.arity(term >> 1); j++) {
      const input = inputOf(formula, term, j);
      if (isWrittenOut && isDual(formula, ref, input))
        for (let k = 0; k < formula.arity(input >> 1); k++) inputs.push(inputOf(formula, input, k));
      else inputs.push(input);
    }
    if (i === 0) size = inputs.length;
    if (inputs.length !== size || new Set(inputs).size !== size) return undefined;
    sets.add(inputs.sort((a, b) => a - b).join());
    for (const input of inputs) if (!refs.includes(input)) refs.push(input);
    // With more than that there would be more combinations than terms.
    if (refs.length > terms + size) return undefined;
  }
  if (sets.size !== terms || combinations(refs.length, size) !== terms) return undefined;
  return { count: (ref & 1) === 1 ? size : refs.length - size + 1, refs };
};

const combinations = (n: number, k: number): number => {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return count;
};
