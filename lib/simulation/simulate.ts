import type { Topology } from '../topology/topology';
import { simulatorOf } from './chunk';
import { summarize } from './summary';
import type { Simulation } from './summary';

export interface SimulateOptions {
  readonly seed: number;
  /** In all, spread over the chunks. */
  readonly cycles: number;
  /** Independent batches. @default 40 */
  readonly chunks?: number;
  /** @default true */
  readonly includesChange?: boolean;
}

/**
 * Moves a topology through time and counts what users would have seen; in this thread, one chunk after the other.
 * @example simulate(topology, { seed: 1, cycles: 200_000 }).flows[0].unavailability // => { value: 3.1e-5, low: 3.0e-5, high: 3.2e-5, … }
 */
export function simulate(topology: Topology, { seed, cycles, chunks = 40, includesChange = true }: SimulateOptions): Simulation {
  const simulator = simulatorOf(topology, { seed, cycles: Math.ceil(cycles / chunks), includesChange });
  return summarize(Array.from({ length: chunks }, (_, chunk) => simulator(chunk)));
}
