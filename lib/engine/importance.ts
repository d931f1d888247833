import type { Compiled } from './compile';
import { CHOICE } from './formula';

/** What one event means for a root. For a ladder "present" is its widest literal; choices have no importance and are left out. */
export interface Importance {
  readonly event: number;
  /** P(root | present) - P(root | absent): how much the root's probability changes with the event's (Birnbaum 1969). */
  readonly birnbaum: number;
  /** Birnbaum times the event's probability over the root's: P(event made the difference | root). Negative where the event protects. */
  readonly criticality: number;
  /** The part of the root's probability that would vanish if the event never occurred, 1 - P(root | absent) / P(root) (Fussell and Vesely 1972). */
  readonly fussellVesely: number;
  /** P(event present | root). */
  readonly diagnosis: number;
  /** P(root | present) / P(root). */
  readonly riskAchievement: number;
  /** P(root) / P(root | absent); infinite for an event without which the root cannot be. */
  readonly riskReduction: number;
}

/** The importance of every basic event and ladder, from one pass backwards. */
export const importance = (compiled: Compiled, values: ArrayLike<number>, root = 0): Importance[] => {
  const { formula } = compiled;
  const { probability, given, gain } = compiled.conditionals(values, root);
  const list: Importance[] = [];
  for (let event = 0; event < formula.eventCount; event++) {
    if (formula.eventKinds[event] === CHOICE) continue;
    const at = compiled.stateOffset(event);
    const from = formula.eventOffsets[event]!;
    const q = values[from]!;
    const absent = given[at]!;
    // Present means some level: a mean over the levels, weighted by how much of the presence each takes.
    let present = 0;
    let birnbaum = 0;
    const levels = formula.eventLiterals[event]!;
    for (let level = 0; level < levels; level++) {
      const next = level + 1 < levels ? values[from + level + 1]! : 0;
      const weight = levels === 1 ? 1 : q === 0 ? Number(level === 0) : (values[from + level]! - next) / q;
      present += weight * given[at + level + 1]!;
      birnbaum += weight * gain[at + level + 1]!;
    }
    const criticality = probability === 0 ? 0 : (birnbaum * q) / probability;
    list.push({
      event,
      birnbaum,
      criticality,
      fussellVesely: criticality,
      diagnosis: probability === 0 ? 0 : (q * present) / probability,
      riskAchievement: probability === 0 ? 1 : present / probability,
      riskReduction: probability === absent ? 1 : probability / absent,
    });
  }
  return list;
};

/** Mean time between the end of one failure and the next, and mean time until restored, in the same unit of time. */
export interface Times {
  readonly betweenFailures: number;
  readonly toRestore: number;
}

/** How the root's probability changes per unit of time by which an event fails later or is restored sooner. */
export interface TimeDerivatives {
  /** d P(root) / d MTBF: at most 0 for an event that does harm. */
  readonly betweenFailures: number;
  /** d P(root) / d (mean time to restore). */
  readonly toRestore: number;
}

/** Derivatives with respect to the times of a basic event whose probability is toRestore / (betweenFailures + toRestore), by the chain rule. */
export const timeDerivatives = (birnbaum: number, { betweenFailures, toRestore }: Times): TimeDerivatives => {
  const cycle = betweenFailures + toRestore;
  return { betweenFailures: (-birnbaum * toRestore) / cycle / cycle, toRestore: (birnbaum * betweenFailures) / cycle / cycle };
};
