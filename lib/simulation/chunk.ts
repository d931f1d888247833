import { Random } from '../engine/random';
import type { Topology } from '../topology/topology';
import { runCycles } from './cycle';
import { layoutOf } from './from-topology';
import { measuresOf } from './tally';
import type { Chunk } from './tally';

export interface ChunkOptions {
  readonly seed: number;
  /** Which chunk: chunks of one seed are independent, and each is the same wherever it runs. */
  readonly chunk: number;
  readonly cycles: number;
  /** @default true */
  readonly includesChange?: boolean;
}

/**
 * Simulates some cycles, each from "all is normal" to "all is normal again". A pure function of its arguments.
 * @example simulateChunk(topology, { seed: 1, chunk: 0, cycles: 10_000 })
 */
export function simulateChunk(topology: Topology, { seed, chunk, cycles, includesChange = true }: ChunkOptions): Chunk {
  const layout = layoutOf(topology, { includesChange });
  const random = new Random(seed).split('chunk').split(chunk);
  const { seconds, alone, together } = runCycles(layout, random, cycles);
  return {
    chunk,
    cycles,
    seconds,
    flows: layout.flows.map(({ name, frequencyKnown }, f) => ({
      flow: name,
      frequencyKnown,
      ...measuresOf(f, alone, together),
      alone: measuresOf(f, alone),
    })),
  };
}
