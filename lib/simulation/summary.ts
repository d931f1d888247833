import { minutesPerYear, secondsPerYear } from '../units/duration';
import { student975 } from './student';
import type { Chunk, FlowSums, Measures, WatchedSums } from './tally';

/** A simulated number with its standard error and the ends of its 95 % interval. */
export interface Simulated {
  readonly value: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** A simulated number of a flow. */
export interface Measured extends Simulated {
  /** The part of it that no overlap of causes is needed for; 0 where the value is. */
  readonly alone: number;
}

export interface SimulatedFlow {
  readonly flow: string;
  readonly unavailability: Measured;
  readonly degraded: Measured;
  readonly requestFailure: Measured;
  /** null: a required cause has no stated length. */
  readonly outagesPerYear: Measured | null;
  /** null: as above, or no outage was seen. */
  readonly meanOutageMinutes: Simulated | null;
  /** What someone and what all see; null: all users see the same. */
  readonly users: { readonly anyUser: SimulatedUsers; readonly allUsers: SimulatedUsers } | null;
}

export type SimulatedUsers = Pick<SimulatedFlow, 'unavailability' | 'outagesPerYear'>;

export interface Simulation {
  readonly cycles: number;
  readonly years: number;
  readonly batches: number;
  readonly flows: readonly SimulatedFlow[];
}

/** The numbers of some chunks, in any order, with 95 % intervals from their spread. At least two chunks, of equally many cycles. */
export function summarize(chunks: readonly Chunk[]): Simulation {
  if (chunks.length < 2) throw new RangeError(`an interval needs at least two chunks, got ${chunks.length}`);
  const inOrder = [...chunks].sort((a, b) => a.chunk - b.chunk);
  const seconds = inOrder.map((chunk) => chunk.seconds);
  const years = seconds.map((s) => s / secondsPerYear);
  const minutes = (sums: FlowSums): number => (sums.down / secondsPerYear) * minutesPerYear;
  return {
    cycles: inOrder.reduce((total, { cycles }) => total + cycles, 0),
    years: years.reduce((total, y) => total + y, 0),
    batches: inOrder.length,
    flows: inOrder[0]!.flows.map(({ flow, frequencyKnown, users }, f): SimulatedFlow => {
      const sums = inOrder.map((chunk) => chunk.flows[f]!);
      const outages = sums.map((s) => s.outages);
      const of = (some: readonly WatchedSums[]): SimulatedUsers => ({
        unavailability: measured(some, ({ down }) => down, seconds),
        outagesPerYear: frequencyKnown ? measured(some, (m) => m.outages, years) : null,
      });
      return {
        flow,
        ...of(sums),
        degraded: measured(sums, ({ degraded }) => degraded, seconds),
        requestFailure: measured(sums, ({ requestFailure }) => requestFailure, seconds),
        meanOutageMinutes: frequencyKnown && outages.some((n) => n > 0) ? ratio(sums.map(minutes), outages) : null,
        users: users && { anyUser: of(sums.map((s) => s.users!.anyUser)), allUsers: of(sums.map((s) => s.users!.allUsers)) },
      };
    }),
  };
}

function measured(sums: readonly WatchedSums[], of: (measures: Measures) => number, per: readonly number[]): Measured {
  const all = sums.map(of);
  const total = sum(all);
  return { ...ratio(all, per), alone: total > 0 ? sum(sums.map(({ alone }) => of(alone))) / total : 0 };
}

/** A ratio of means over independent batches; its error by the delta method (Law, "Simulation Modeling and Analysis", 2015, section 9.5). */
export function ratio(numerators: readonly number[], denominators: readonly number[]): Simulated {
  const batches = numerators.length;
  const denominator = sum(denominators) / batches;
  const value = sum(numerators) / batches / denominator;
  const squares = numerators.map((n, i) => (n - value * denominators[i]!) ** 2);
  const standardError = Math.sqrt(sum(squares) / (batches - 1) / batches) / denominator;
  const half = student975(batches - 1) * standardError;
  return { value, standardError, low: Math.max(0, value - half), high: value + half };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}
