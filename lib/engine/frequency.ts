import type { Compiled } from './compile';
import { BASIC, CHOICE } from './formula';
import { turning } from './turning';

/** How often a root becomes true, and how long it stays true or false on average, in the unit of time of the intensities. */
export interface Frequency {
  /** Unconditional failure intensity: occurrences of the root per unit of time. */
  readonly frequency: number;
  readonly probability: number;
  readonly meanUpTime: number;
  readonly meanDownTime: number;
  /** Occurrences of the root that an event starts by occurring, by event. */
  readonly byOccurrence: Float64Array;
  /** Occurrences of the root that an event starts by ending, by event; only in formulas that are not coherent. */
  readonly byEnd: Float64Array;
}

/**
 * Occurrences per unit of time from those of the events (Vesely 1970; for formulas that are not coherent Becker and Camarinopoulos 1993):
 * w = Σ wᵢ·[P(f₁ ∧ ¬f₀) + P(¬f₁ ∧ f₀)], f₁ with the event present and f₀ without it. In steady state an event ends as often as it occurs, hence one
 * intensity for both. For a ladder f₁ has the cause in its youngest phase, in which it starts: ageing only ever helps.
 * `intensities` has occurrences per unit of time for each event, choices excepted.
 */
export const frequency = (compiled: Compiled, values: ArrayLike<number>, intensities: ArrayLike<number>, root = 0): Frequency => {
  const { formula } = compiled;
  const { probability, gain } = compiled.conditionals(values, root);
  const byOccurrence = new Float64Array(formula.eventCount);
  const byEnd = new Float64Array(formula.eventCount);
  const turns = compiled.isCoherent(root) ? undefined : turning(compiled, values, root);
  let total = 0;
  for (let event = 0; event < formula.eventCount; event++) {
    const intensity = intensities[event]!;
    if (formula.eventKinds[event] === CHOICE || intensity === 0) continue;
    if (turns === undefined) {
      byOccurrence[event] = intensity * gain[compiled.stateOffset(event) + formula.eventLiterals[event]!]!;
    } else {
      if (formula.eventKinds[event] !== BASIC && turns.off[event] !== 0) {
        throw new RangeError(
          `the frequency of a formula that is not monotone in the phases of "${formula.eventNames[event]}" is not defined by one intensity`,
        );
      }
      byOccurrence[event] = intensity * turns.on[event]!;
      byEnd[event] = intensity * turns.off[event]!;
    }
    total += byOccurrence[event]! + byEnd[event]!;
  }
  // What never changes lasts for ever, or not at all.
  const lasting = (share: number): number => (share === 0 ? 0 : share / total);
  return { frequency: total, probability, meanUpTime: lasting(1 - probability), meanDownTime: lasting(probability), byOccurrence, byEnd };
};
