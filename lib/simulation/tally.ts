/** Sums over the cycles of one chunk, enough for every measure; chunks are the batches of the intervals. Times in seconds. */
export interface Chunk {
  readonly chunk: number;
  readonly cycles: number;
  readonly seconds: number;
  readonly flows: readonly FlowSums[];
}

export interface FlowSums extends WatchedSums {
  readonly flow: string;
  /** False where a required cause has no stated length. */
  readonly frequencyKnown: boolean;
  /** What someone and what all see; null: all users see the same. */
  readonly users: { readonly anyUser: WatchedSums; readonly allUsers: WatchedSums } | null;
}

export interface WatchedSums extends Measures {
  /** The part of each that came while one cause was present, before another did. */
  readonly alone: Measures;
}

export interface Measures {
  readonly down: number;
  readonly degraded: number;
  readonly outages: number;
  /** Seconds times the share of requests that failed. */
  readonly requestFailure: number;
}

/** Sums in the making, for all that is watched. */
export interface Sums {
  readonly down: Float64Array;
  readonly degraded: Float64Array;
  readonly outages: Float64Array;
  readonly requestFailure: Float64Array;
}

export function noSums(watched: number): Sums {
  return {
    down: new Float64Array(watched),
    degraded: new Float64Array(watched),
    outages: new Float64Array(watched),
    requestFailure: new Float64Array(watched),
  };
}

/** The sums of one that is watched. */
export function measuresOf(f: number, ...parts: readonly Sums[]): Measures {
  const total = (of: (sums: Sums) => Float64Array): number => parts.reduce((sum, part) => sum + of(part)[f]!, 0);
  return {
    down: total(({ down }) => down),
    degraded: total(({ degraded }) => degraded),
    outages: total(({ outages }) => outages),
    requestFailure: total(({ requestFailure }) => requestFailure),
  };
}
