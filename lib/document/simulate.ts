import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Estimate, FlowEstimate } from '../estimate/estimate';
import type { Unknown } from '../estimate/evaluation';
import type { HitUsers } from '../estimate/users';
import type { Measured, Simulated, SimulatedFlow, Simulation } from '../simulation/summary';
import { minutesPerYear } from '../units/duration';
import type { Because, Tool } from './estimate';

/** The result of `nines simulate`: what was simulated beside what is exact. Unknown is null, with the reason in `because` under the field's name. */
export interface SimulateDocument {
  readonly version: 1;
  readonly tool: Tool;
  readonly topologies: readonly SimulatedTopology[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SimulatedTopology {
  readonly topology: string;
  readonly source: { readonly path: string; readonly sha256: string } | null;
  readonly seed: number;
  readonly includesChange: boolean;
  /** From "all is normal" to "all is normal again". */
  readonly cycles: number;
  /** Years that these cycles took. */
  readonly years: number;
  readonly batches: number;
  readonly results: readonly SimulatedResult[];
  readonly notModelled: readonly string[];
}

export interface SimulatedResult {
  readonly flow: string;
  readonly unavailability: Beside | null;
  readonly outagesPerYear: Beside | null;
  readonly meanOutageMinutes: Beside | null;
  readonly requestFailure: Beside | null;
  readonly degraded: Beside | null;
  /**
   * Whom outages hit, where users are divided over shards; the numbers above are those of a given user.
   * @default - all users are hit alike
   */
  readonly users?: { readonly anyUser: BesideUsers; readonly allUsers: BesideUsers };
  readonly because: Because;
}

export interface BesideUsers {
  readonly unavailability: Beside | null;
  readonly outagesPerYear: Beside | null;
}

/** An exact number and the simulated one, with its standard error and 95 % interval. */
export interface Beside {
  readonly exact: number;
  readonly simulated: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** The difference in units of what chance and the order of causes that overlap explain; null: both are the same. */
  readonly z: number | null;
}

/** By how much the two may differ where one cause at a time is at work, and where several are: in which order they began is not in the exact model. */
export const differenceAlone = 0.003;
export const differenceTogether = 0.03;

/** The difference in units of what chance and order explain. `alone`: the part of the number that one cause at a time brings. */
export function distance(exact: number, simulated: Simulated, alone: number): number {
  const order = (differenceAlone * alone + differenceTogether * (1 - alone)) * exact;
  return (simulated.value - exact) / Math.hypot(simulated.standardError, order);
}

export interface SimulateDocumentOptions {
  readonly tool: Tool;
  readonly topologies: readonly {
    readonly estimate: Estimate;
    readonly simulation: Simulation;
    readonly seed: number;
    /** False: without bad deployments and configurations, on both sides. */
    readonly includesChange: boolean;
    readonly source: { readonly path: string; readonly sha256: string } | null;
  }[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** The document from which every format is rendered. */
export function simulateDocument({ tool, topologies, diagnostics = [] }: SimulateDocumentOptions): SimulateDocument {
  return {
    version: 1,
    tool,
    topologies: topologies.map(({ estimate, includesChange, seed, simulation, source }) => ({
      topology: estimate.topology.name,
      source,
      seed,
      includesChange,
      cycles: simulation.cycles,
      years: simulation.years,
      batches: simulation.batches,
      results: estimate.results.map((exact) => resultOf(includesChange ? wholeOf(exact) : infrastructureOf(exact), simulation)),
      notModelled: estimate.notModelled,
    })),
    diagnostics,
  };
}

/** The exact numbers of a flow that have a simulated counterpart. */
interface Exact {
  readonly flow: string;
  readonly unavailability: number;
  readonly outagesPerYear: Unknown;
  readonly meanOutageMinutes: Unknown;
  readonly requestFailure: number;
  readonly degraded: Unknown;
  readonly users: HitUsers | null;
}

function wholeOf({ flow, states, ...numbers }: FlowEstimate): Exact {
  return { ...numbers, flow: flow.name, degraded: { value: states.degraded, because: null } };
}

function infrastructureOf({ flow, infrastructureOnly, users }: FlowEstimate): Exact {
  const { outagesPerYear, unavailability } = infrastructureOnly;
  const { value, because } = outagesPerYear;
  return {
    ...infrastructureOnly,
    flow: flow.name,
    meanOutageMinutes: value
      ? { value: (unavailability * minutesPerYear) / value, because: null }
      : { value: null, because: because ?? 'It is never down.' },
    degraded: { value: null, because: 'The estimate says it with changes only.' },
    users: users && users.infrastructureOnly,
  };
}

function resultOf(exact: Exact, { flows }: Simulation): SimulatedResult {
  const simulated = flows.find(({ flow }) => flow === exact.flow);
  if (!simulated) throw new Error(`The simulation lacks the flow ${exact.flow}. This is a bug in nines.`);
  const { degraded, meanOutageMinutes, outagesPerYear } = exact;
  const unseen = simulated.meanOutageMinutes === null ? 'No outage was simulated.' : null;
  const because = {
    outagesPerYear: outagesPerYear.because,
    meanOutageMinutes: meanOutageMinutes.because ?? unseen,
    degraded: degraded.because,
  };
  return {
    flow: simulated.flow,
    unavailability: beside(exact.unavailability, simulated.unavailability),
    outagesPerYear: beside(outagesPerYear.value, simulated.outagesPerYear),
    meanOutageMinutes: lengthBeside(meanOutageMinutes.value, simulated),
    requestFailure: beside(exact.requestFailure, simulated.requestFailure),
    degraded: beside(degraded.value, simulated.degraded),
    ...(exact.users && simulated.users ? { users: usersBeside(exact.users, simulated.users) } : {}),
    because: Object.fromEntries(Object.entries(because).flatMap(([name, reason]) => (reason === null ? [] : [[name, reason]]))),
  };
}

function usersBeside(exact: HitUsers, simulated: NonNullable<SimulatedFlow['users']>): NonNullable<SimulatedResult['users']> {
  const of = (who: 'anyUser' | 'allUsers'): BesideUsers => ({
    unavailability: beside(exact[who].unavailability, simulated[who].unavailability),
    outagesPerYear: beside(exact[who].outagesPerYear.value, simulated[who].outagesPerYear),
  });
  return { anyUser: of('anyUser'), allUsers: of('allUsers') };
}

function lengthBeside(exact: number | null, { meanOutageMinutes, unavailability }: SimulatedFlow): Beside | null {
  return beside(exact, meanOutageMinutes && { ...meanOutageMinutes, alone: unavailability.alone });
}

function beside(exact: number | null, simulated: Measured | null): Beside | null {
  if (exact === null || simulated === null) return null;
  const { high, low, standardError, value } = simulated;
  return { exact, simulated: value, standardError, low, high, z: value === exact ? null : distance(exact, simulated, simulated.alone) };
}
