import { Random } from '../engine/random';
import type { Topology } from '../topology/topology';
import { runCycles } from './cycle';
import { layoutOf } from './from-topology';
import { measuresOf } from './tally';
import type { Chunk, WatchedSums } from './tally';

export interface SimulationOptions {
  readonly seed: number;
  /** In each chunk. */
  readonly cycles: number;
  /** @default true */
  readonly includesChange?: boolean;
}

/** Gives a chunk by its number: chunks of one seed are independent, and each is the same wherever and whenever it runs. */
export type Simulator = (chunk: number) => Chunk;

/**
 * Simulates chunks of cycles, each cycle from "all is normal" to "all is normal again".
 * @example [0, 1].map(simulatorOf(topology, { seed: 1, cycles: 10_000 }))
 */
export function simulatorOf(topology: Topology, { seed, cycles, includesChange = true }: SimulationOptions): Simulator {
  const layout = layoutOf(topology, { includesChange });
  return (chunk) => {
    const flows = layout.flows.length;
    const { seconds, alone, together } = runCycles(layout, new Random(seed).split('chunk').split(chunk), cycles);
    const sumsOf = (watched: number): WatchedSums => ({
      ...measuresOf(watched, alone, together),
      alone: measuresOf(watched, alone),
    });
    return {
      chunk,
      cycles,
      seconds,
      flows: layout.flows.map(({ name, frequencyKnown }, f) => ({
        flow: name,
        frequencyKnown,
        ...sumsOf(f),
        users: layout.divided.length > 0 ? { anyUser: sumsOf(flows + f), allUsers: sumsOf(2 * flows + f) } : null,
      })),
    };
  };
}

/** One chunk; a pure function of its arguments. */
export function simulateChunk(topology: Topology, { chunk, ...options }: SimulationOptions & { readonly chunk: number }): Chunk {
  return simulatorOf(topology, options)(chunk);
}
