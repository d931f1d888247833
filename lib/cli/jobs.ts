import type { TreeSimulation } from '../engine/tree-simulation';

/** What workers can compute: from the data that all chunks share, a function of the chunk's number. */
export const jobs = {
  tree: async (shared: unknown) => {
    const { simulateChunk } = await import('../engine/tree-simulation');
    const { simulation, seed, cycles } = shared as { simulation: TreeSimulation; seed: number; cycles: number };
    return (chunk: number): unknown => simulateChunk(simulation, seed, chunk, cycles);
  },
} satisfies Record<string, (shared: unknown) => Promise<(chunk: number) => unknown>>;

export type Job = keyof typeof jobs;
