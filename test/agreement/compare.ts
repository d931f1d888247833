import { distance } from '../../lib/document/simulate';
import type { Measured, Simulated, SimulatedFlow } from '../../lib/simulation/summary';

/** What is compared, and where the simulation has it. */
const simulatedAs = {
  unavailability: ({ unavailability }: SimulatedFlow) => unavailability,
  outagesPerYear: ({ outagesPerYear }: SimulatedFlow) => outagesPerYear,
  meanOutageMinutes: ({ meanOutageMinutes }: SimulatedFlow) => meanOutageMinutes,
  requestFailure: ({ requestFailure }: SimulatedFlow) => requestFailure,
  degraded: ({ degraded }: SimulatedFlow) => degraded,
  anyUser: ({ users }: SimulatedFlow) => users && users.anyUser.unavailability,
  anyUserOutages: ({ users }: SimulatedFlow) => users && users.anyUser.outagesPerYear,
  allUsers: ({ users }: SimulatedFlow) => users && users.allUsers.unavailability,
  allUsersOutages: ({ users }: SimulatedFlow) => users && users.allUsers.outagesPerYear,
};

export type Measure = keyof typeof simulatedAs;

export const measures = Object.keys(simulatedAs) as Measure[];

/** A flow's exact numbers at nominal values; null: unknown. */
export type ExactFlow = Readonly<Record<Measure, number | null>> & { readonly flow: string };

export interface Comparison {
  readonly topology: string;
  readonly flow: string;
  readonly measure: Measure;
  readonly exact: number;
  readonly simulated: Simulated;
  readonly z: number;
}

/** What is rarer is not judged: once in a hundred million years, neither side is meant to be right. */
const least: Readonly<Record<Measure, number>> = {
  unavailability: 1e-12,
  outagesPerYear: 1e-8,
  meanOutageMinutes: 1e-6,
  requestFailure: 1e-12,
  degraded: 1e-12,
  anyUser: 1e-12,
  anyUserOutages: 1e-8,
  allUsers: 1e-12,
  allUsersOutages: 1e-8,
};

/** Exact and simulated numbers side by side, each difference in units of what it may be. */
export function compare(topology: string, exact: readonly ExactFlow[], simulated: readonly SimulatedFlow[]): Comparison[] {
  return simulated.flatMap((flow) => {
    const exactly = exact.find((other) => other.flow === flow.flow);
    if (!exactly) throw new Error(`the estimate of ${topology} lacks the flow ${flow.flow}`);
    return measures.flatMap((measure) => {
      const [number, value] = [exactly[measure], simulatedAs[measure](flow)];
      if (number === null || value === null) return [];
      if (number < least[measure] && value.value < least[measure]) return [];
      if (measure === 'meanOutageMinutes' && flow.unavailability.value < least.unavailability) return [];
      const alone = 'alone' in value ? (value as Measured).alone : flow.unavailability.alone;
      return [
        {
          topology,
          flow: flow.flow,
          measure,
          exact: number,
          simulated: value,
          z: distance(number, value, alone),
        },
      ];
    });
  });
}

/**
 * Where the simulated number is within 5 % by one standard error. What is rarer comes from few, heavy cycles: its spread is not that of a normal number,
 * and says little.
 */
export function resolved({ exact, simulated }: Comparison): boolean {
  // Never simulated: no wonder where it is rare, and a disagreement where it is not.
  if (simulated.value === 0) return exact > 1e-9;
  return simulated.standardError <= 0.05 * simulated.value;
}

export interface Verdict {
  readonly measure: Measure;
  readonly topologies: number;
  /** Mean z² over topologies; 1 is what chance alone gives, less where the allowance matters. */
  readonly meanSquare: number;
  /** How many standard deviations the sum of z² is above what chance alone gives. */
  readonly excess: number;
}

/**
 * The chi-square of one measure. The errors come from few batches, so z is Student's t: mean square n/(n − 2), and a wider spread than the normal's.
 * Flows of one topology are not independent, so each topology counts once, with the mean of its flows.
 */
export function judge(measure: Measure, comparisons: readonly Comparison[], batches: number): Verdict {
  const degrees = batches - 1;
  const byTopology = new Map<string, number[]>();
  for (const one of comparisons) {
    if (one.measure === measure && resolved(one)) byTopology.set(one.topology, [...(byTopology.get(one.topology) ?? []), one.z * one.z]);
  }
  const squares = [...byTopology.values()].map((flows) => flows.reduce((sum, square) => sum + square, 0) / flows.length);
  const total = squares.reduce((sum, square) => sum + square, 0);
  const mean = degrees / (degrees - 2);
  const variance = (3 * degrees * degrees) / ((degrees - 2) * (degrees - 4)) - mean * mean;
  const count = squares.length;
  return {
    measure,
    topologies: count,
    meanSquare: count === 0 ? 0 : total / count,
    excess: count === 0 ? 0 : (total - count * mean) / Math.sqrt(count * variance),
  };
}

/** A comparison as a line for whoever looks for the reason. */
export function worded({ topology, flow, measure, exact, simulated, z }: Comparison): string {
  const error = (100 * simulated.standardError) / simulated.value;
  const off = 100 * (simulated.value / exact - 1);
  return `${topology} ${flow} ${measure}: exact ${exact.toExponential(4)}, simulated ${simulated.value.toExponential(4)} (${off.toFixed(2)} %, error ${error.toFixed(2)} %), z ${z.toFixed(1)}`;
}
