import type { Spread } from '../engine/sampling';
import type { Target } from '../topology/topology';
import type { ChanceToMeet, Chances } from './chance';
import type { Samples } from './uncertainty';
import { judgedBy } from './uncertainty';

export interface TargetVerdict {
  readonly target: Target;
  /** The nominal value of the measure that is judged. */
  readonly judged: number;
  readonly met: boolean;
  /** Met at the pessimistic end of the interval. */
  readonly metAt95: boolean;
  readonly interval: Spread;
  readonly chanceToMeet: Chances | null;
  readonly chanceToMeetAtNominal: Chances | null;
  /** Why there is no chance; null if there is one. */
  readonly chanceBecause: string | null;
}

interface Measures {
  readonly unavailability: number;
  readonly requestFailure: number;
  readonly infrastructureOnly: { readonly unavailability: number; readonly requestFailure: number };
}

/** Judges a flow by its target. */
export function targetOf(target: Target, all: Measures, samples: Samples, flow: number, chance: ChanceToMeet): TargetVerdict {
  const by = judgedBy(target);
  const measures = by.change ? all : all.infrastructureOnly;
  const judged = by.requests ? measures.requestFailure : measures.unavailability;
  const interval = samples.flows[flow]!.judged ?? samples.flows[flow]!.time;
  return {
    target,
    judged,
    met: judged <= target.unavailability,
    metAt95: interval.p95 <= target.unavailability,
    interval,
    chanceToMeet: chance.chanceToMeet,
    chanceToMeetAtNominal: chance.chanceToMeetAtNominal,
    chanceBecause: chance.because,
  };
}
