import type { TreeSimulation } from '../engine/tree-simulation';
import type { CompareOptions } from '../estimate/compare';
import type { EstimateOptions } from '../estimate/estimate';
import type { SimulationOptions } from '../simulation/chunk';
import type { Topology } from '../topology/topology';
import type { Question } from './answers';
import type { Versions } from './comparisons';
import type { Job } from './workers';

/** How it is computed: from the data that all chunks share, a function of the chunk's number and what it alone needs. */
export const jobs = {
  tree: async (shared: unknown) => {
    const { simulateChunk } = await import('../engine/tree-simulation');
    const { simulation, seed, cycles } = shared as { simulation: TreeSimulation; seed: number; cycles: number };
    return (chunk: number): unknown => simulateChunk(simulation, seed, chunk, cycles);
  },
  topology: async (shared: unknown) => {
    const { simulatorOf } = await import('../simulation/chunk');
    const { topology, options } = shared as { topology: Topology; options: SimulationOptions };
    return simulatorOf(topology, options);
  },
  answer: async (shared: unknown) => {
    const { answerTo } = await import('./answers');
    return (_: number, question: unknown): unknown => answerTo(question as Question, shared as EstimateOptions);
  },
  compare: async (shared: unknown) => {
    const { compareVersions } = await import('./comparisons');
    return (_: number, versions: unknown): unknown => compareVersions(versions as Versions, shared as CompareOptions);
  },
} satisfies Record<Job, (shared: unknown) => Promise<(chunk: number, input: unknown) => unknown>>;
