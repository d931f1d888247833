/** Sums over the cycles of one chunk, enough for every measure; chunks are the batches of the intervals. Times in seconds. */
export interface Chunk {
  readonly chunk: number;
  readonly cycles: number;
  readonly seconds: number;
  readonly flows: readonly FlowSums[];
}

export interface FlowSums {
  readonly flow: string;
  /** False where a required cause has no stated length. */
  readonly frequencyKnown: boolean;
  readonly down: number;
  readonly degraded: number;
  readonly outages: number;
  /** Seconds times the share of requests that failed. */
  readonly requestFailure: number;
}
