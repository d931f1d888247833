import type { Spread } from '../engine/sampling';
import type { Contributor } from '../estimate/contributors';
import type { Estimate, FlowEstimate } from '../estimate/estimate';
import type { Outages, Unknown } from '../estimate/evaluation';
import type { Finding } from '../estimate/findings';
import type { Chances } from '../estimate/chance';
import type { Users } from '../estimate/users';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Assumption } from '../assumptions/assumption';
import type { UsedAssumption } from '../topology/topology';
import { availabilityOf } from '../units/availability';
import { minutesPerYear } from '../units/duration';

/** Which program and which default assumptions made a document. */
export interface Tool {
  readonly nines: string;
  /** Digest of the default assumptions. */
  readonly assumptions: string;
}

/** The result of `nines estimate`, exact and unrounded. What is unknown is null, with the reason in `because` under the field's name. */
export interface EstimateDocument {
  readonly version: 1;
  readonly tool: Tool;
  readonly topologies: readonly TopologyDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface TopologyDocument {
  readonly topology: string;
  readonly source: { readonly path: string; readonly sha256: string } | null;
  readonly results: readonly FlowDocument[];
  readonly objectives: readonly ObjectiveDocument[];
  readonly assumptions: readonly AssumptionDocument[];
  readonly findings: readonly Finding[];
  readonly notModelled: readonly string[];
}

export type Because = Readonly<Record<string, string>>;

export interface FlowDocument {
  readonly flow: string;
  readonly unavailability: number;
  readonly availability: number;
  readonly downtimeMinutesPerYear: number;
  readonly outagesPerYear: number | null;
  readonly meanOutageMinutes: number | null;
  readonly requestFailure: number;
  readonly states: { readonly up: number; readonly degraded: number; readonly down: number };
  readonly unavailabilityInterval: Spread;
  readonly infrastructureOnly: {
    readonly unavailability: number;
    readonly requestFailure: number;
    readonly outagesPerYear: number | null;
    readonly because: Because;
  };
  readonly target: TargetDocument | null;
  /**
   * Whom it hits, where users are divided over shards.
   * @default - all users are hit alike
   */
  readonly users?: UsersDocument;
  readonly contributors: readonly Contributor[];
  readonly contributorsBy: {
    readonly component: readonly Contributor[];
    readonly zone: readonly Contributor[];
    readonly disruption: readonly Contributor[];
  };
  readonly singlePoints: readonly { readonly address: string; readonly component: string | null; readonly share: number }[];
  readonly singleCauses: readonly { readonly address: string; readonly share: number }[];
  readonly cutSets: readonly CutSetDocument[];
  readonly turns: readonly { readonly address: string; readonly value: number; readonly at: number; readonly metBelow: boolean }[];
  /** By how much the probabilities above may be too large: coincidences too rare to be followed count as down. */
  readonly bound: number;
  readonly because: Because;
}

export interface UsersDocument {
  /** A given user, who is as likely to be in each shard: the flow's own numbers, which its target judges. */
  readonly perUser: HitDocument;
  /** At least one user is down. */
  readonly anyUser: HitDocument;
  readonly allUsers: HitDocument;
  /** The share of users that is down at some moment, as expected: what a given user's unavailability is. */
  readonly expectedShareDown: number;
  readonly infrastructureOnly: { readonly anyUser: HitDocument; readonly allUsers: HitDocument };
  /** By how much the probabilities of any and all users may be too large. */
  readonly bound: number;
}

export interface HitDocument {
  readonly unavailability: number;
  readonly outagesPerYear: number | null;
  readonly meanOutageMinutes: number | null;
  readonly because: Because;
}

export interface TargetDocument {
  readonly availability: string;
  readonly unavailability: number;
  readonly measure: 'time' | 'requests';
  readonly includesChange: boolean;
  /** The value that is compared with the target. */
  readonly judged: number;
  readonly met: boolean;
  readonly metAt95: boolean;
  readonly interval: Spread;
  readonly chanceToMeet: Chances | null;
  readonly chanceToMeetAtNominal: Chances | null;
  readonly because: Because;
}

export interface CutSetDocument {
  readonly events: readonly {
    readonly address: string;
    /** null: for as long as it lasts; else in its first time only, or also for some time after it. */
    readonly phase: { readonly youngerThanSeconds: number } | { readonly overForLessThanSeconds: number } | null;
    readonly choice: string | null;
  }[];
  readonly unavailability: number;
  readonly outagesPerYear: number | null;
}

export interface ObjectiveDocument {
  readonly flow: string;
  readonly objective: 'rto' | 'rpo';
  readonly seconds: number;
  readonly met: boolean | null;
  readonly because: string | null;
}

export interface AssumptionDocument extends Omit<Assumption, 'range'> {
  readonly range: readonly [number, number] | null;
  /** `default`, or the setting that overrides it. */
  readonly from: UsedAssumption['from'];
}

export interface EstimateDocumentOptions {
  readonly tool: Tool;
  readonly topologies: readonly {
    readonly estimate: Estimate;
    readonly source: { readonly path: string; readonly sha256: string } | null;
  }[];
  readonly diagnostics?: readonly Diagnostic[];
}

/**
 * The document from which every format is rendered.
 * @example estimateDocument({ tool, topologies: [{ estimate: estimate(topology), source: null }] }).topologies[0].results[0].unavailability // => 3.1e-5
 */
export function estimateDocument({ tool, topologies, diagnostics = [] }: EstimateDocumentOptions): EstimateDocument {
  return {
    version: 1,
    tool,
    topologies: topologies.map(({ estimate, source }) => ({
      topology: estimate.topology.name,
      source,
      results: estimate.results.map(flowDocument),
      objectives: estimate.objectives,
      assumptions: estimate.assumptions.map(({ range, ...assumption }) => ({ ...assumption, range: range ?? null })),
      findings: estimate.findings,
      notModelled: estimate.notModelled,
    })),
    diagnostics,
  };
}

function flowDocument(result: FlowEstimate): FlowDocument {
  const { contributions, infrastructureOnly, target, unavailability } = result;
  return {
    flow: result.flow.name,
    unavailability,
    availability: availabilityOf(unavailability),
    downtimeMinutesPerYear: unavailability * minutesPerYear,
    outagesPerYear: result.outagesPerYear.value,
    meanOutageMinutes: result.meanOutageMinutes.value,
    requestFailure: result.requestFailure,
    states: result.states,
    unavailabilityInterval: result.interval,
    infrastructureOnly: {
      unavailability: infrastructureOnly.unavailability,
      requestFailure: infrastructureOnly.requestFailure,
      outagesPerYear: infrastructureOnly.outagesPerYear.value,
      because: reasons({ outagesPerYear: infrastructureOnly.outagesPerYear }),
    },
    target: target && targetDocument(target),
    ...(result.users ? { users: usersDocument(result, result.users) } : {}),
    contributors: contributions.causes,
    contributorsBy: { component: contributions.components, zone: contributions.zones, disruption: contributions.disruptions },
    singlePoints: result.singlePoints,
    singleCauses: result.singleCauses,
    cutSets: result.cutSets.map(({ events, ...set }) => ({
      events: events.map(({ address, youngerThanSeconds, overForLessThanSeconds, choice }) => ({
        address,
        phase: youngerThanSeconds !== null ? { youngerThanSeconds } : overForLessThanSeconds !== null ? { overForLessThanSeconds } : null,
        choice,
      })),
      ...set,
    })),
    turns: result.turns.map(({ assumption, at, metBelow }) => ({
      address: `assumption/${assumption.name}`,
      value: assumption.value,
      at,
      metBelow,
    })),
    bound: result.bound,
    because: reasons({ outagesPerYear: result.outagesPerYear, meanOutageMinutes: result.meanOutageMinutes }),
  };
}

function usersDocument(perUser: Outages, { allUsers, anyUser, bound, infrastructureOnly }: Users): UsersDocument {
  return {
    perUser: hitDocument(perUser),
    anyUser: hitDocument(anyUser),
    allUsers: hitDocument(allUsers),
    expectedShareDown: perUser.unavailability,
    infrastructureOnly: { anyUser: hitDocument(infrastructureOnly.anyUser), allUsers: hitDocument(infrastructureOnly.allUsers) },
    bound,
  };
}

function hitDocument({ meanOutageMinutes, outagesPerYear, unavailability }: Outages): HitDocument {
  return {
    unavailability,
    outagesPerYear: outagesPerYear.value,
    meanOutageMinutes: meanOutageMinutes.value,
    because: reasons({ outagesPerYear, meanOutageMinutes }),
  };
}

function targetDocument(verdict: NonNullable<FlowEstimate['target']>): TargetDocument {
  const { chanceBecause, target, ...rest } = verdict;
  return {
    availability: target.availability,
    unavailability: target.unavailability,
    measure: target.measure,
    includesChange: target.includesChange,
    ...rest,
    because: chanceBecause === null ? {} : { chanceToMeet: chanceBecause, chanceToMeetAtNominal: chanceBecause },
  };
}

function reasons(fields: Readonly<Record<string, Unknown>>): Because {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, { because }]) => (because === null ? [] : [[name, because]])));
}
