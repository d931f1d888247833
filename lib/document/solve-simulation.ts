import { plainTree } from '../engine/plain-tree';
import { summarize, type SimulatedChunk, type SimulatedEvent, type TreeSimulation } from '../engine/tree-simulation';
import type { OpenPsaModel } from '../fault-tree/open-psa';

/** What the exact solution has found out already, by which rare events are drawn more often. */
interface Solved {
  readonly probability: number | null;
  readonly bounds: readonly [number, number] | null;
  readonly importance: readonly { readonly event: string; readonly probability: number; readonly riskAchievement: number | null }[] | null;
}

/** The same probability from a simulation that shares nothing with the exact solution but the tree. */
export interface SolvedSimulation {
  readonly probability: number;
  readonly standardError: number;
  /** 95 % confidence; null where too few cycles reached the top to say. */
  readonly interval: readonly [number, number] | null;
  readonly cycles: number;
  readonly seed: number;
}

/** Above this events are drawn at the start of a cycle, since they would nearly always be present. */
const likely = 0.3;
/** Above this the top is met often enough without importance sampling. */
const notRare = 1e-2;
/** Fewer equal cycles than this say nothing about their own spread. */
const fewest = 50;

/**
 * A process in time for events of which only the probability q is known: each lasts one unit of time on average and begins at the rate q / (1 − q)
 * while it is absent. The importance of the events, if it is known, guides the sampling; it can not change the mean of the answer.
 */
export function simulationOf(model: OpenPsaModel, solved: Solved): TreeSimulation {
  const events = Array.from(model.values, (q): SimulatedEvent => {
    if (q > likely) return { outcomes: [q, 1 - q] };
    return { rate: q / (1 - q), length: { distribution: 'exponential', mean: 1 } };
  });
  const pressure = (solved.probability ?? solved.bounds?.[1] ?? 0) > notRare ? 0 : 1;
  const byName = new Map(solved.importance?.map((each) => [each.event, each.probability * (each.riskAchievement ?? 0)]));
  const guide = solved.importance === null ? undefined : model.formula.eventNames.map((name) => byName.get(name) ?? 0);
  return { tree: plainTree(model.formula, model.root), events, bias: { pressure, ...(guide === undefined ? {} : { guide }) } };
}

/** What the chunks say together. */
export function simulationResult(simulation: TreeSimulation, chunks: readonly SimulatedChunk[], seed: number): SolvedSimulation {
  const { unavailability, cycles } = summarize(simulation, chunks);
  const { value, standardError, effectiveCycles } = unavailability;
  const half = 1.959963984540054 * standardError;
  const interval = effectiveCycles < fewest ? null : ([Math.max(0, value - half), Math.min(1, value + half)] as const);
  return { probability: value, standardError, interval, cycles, seed };
}
