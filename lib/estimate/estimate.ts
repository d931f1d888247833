import type { Spread } from '../engine/sampling';
import type { Flow, Target, Topology, UsedAssumption } from '../topology/topology';
import { chanceToMeet, noChance, type ChanceToMeet } from './chance';
import { contributorsOf, type Contributions } from './contributors';
import { CutSetSearch, type CutSet } from './cut-sets';
import { outagesOf, statesOf, withoutChange, type Outages, type Unknown } from './evaluation';
import { findingsOf, type Finding } from './findings';
import { modelOf, type Model } from './model';
import { Program } from './program';
import { singlesOf, type SingleCause, type SinglePoint } from './singles';
import { targetOf, type TargetVerdict } from './target';
import { TurningPoints, type TurningPoint } from './turning-points';
import { judgedBy, likeliestStates, sampled } from './uncertainty';
import { usersOf, type Users } from './users';

export interface EstimateOptions {
  /** Samples of the assumptions for the interval. @default 1000 */
  readonly samples?: number;
  /** Minimal cut sets listed for each flow. @default 20 */
  readonly cutSets?: number;
  /** Compute the chance to meet each target in a month, quarter and year, which takes longer. @default false */
  readonly chance?: boolean;
  /** Compute who is hit where users are divided over shards. @default true */
  readonly users?: boolean;
  /** Names the random numbers of the interval. @default 1 */
  readonly seed?: number;
  /** Keep what each sample gave, so that two estimates can be compared draw by draw. @default false */
  readonly draws?: boolean;
}

/** What is known about a topology's availability, exact and unrounded. */
export interface Estimate {
  readonly topology: Topology;
  readonly results: readonly FlowEstimate[];
  readonly objectives: readonly Objective[];
  readonly assumptions: readonly UsedAssumption[];
  readonly findings: readonly Finding[];
  readonly notModelled: readonly string[];
}

export interface FlowEstimate {
  readonly flow: Flow;
  readonly unavailability: number;
  readonly outagesPerYear: Unknown;
  readonly meanOutageMinutes: Unknown;
  readonly requestFailure: number;
  readonly states: { readonly up: number; readonly degraded: number; readonly down: number };
  readonly interval: Spread;
  readonly infrastructureOnly: { readonly unavailability: number; readonly requestFailure: number; readonly outagesPerYear: Unknown };
  readonly target: TargetVerdict | null;
  /** Whom it hits, beside a given user; null: all users are hit alike, or it was not asked for. */
  readonly users: Users | null;
  readonly contributions: Contributions;
  readonly singlePoints: readonly SinglePoint[];
  readonly singleCauses: readonly SingleCause[];
  readonly cutSets: readonly CutSet[];
  readonly turns: readonly TurningPoint[];
  /** By how much the probabilities above may be too large: rare coincidences that were not followed count as down. */
  readonly bound: number;
  /** Unavailability of each sample. @default - not kept */
  readonly draws?: readonly number[];
}

/** A recovery objective that a later version judges. */
export interface Objective {
  readonly flow: string;
  readonly objective: 'rto' | 'rpo';
  readonly seconds: number;
  readonly met: null;
  readonly because: string;
}

/**
 * How available a topology is, what its downtime comes from, and how sure that is.
 * @example estimate(topology).results[0].unavailability // => 3.1e-5
 */
export function estimate(topology: Topology, options: EstimateOptions = {}): Estimate {
  const model = modelOf(topology);
  const states = statesOf(model);
  const all = new Program(
    model.joint,
    states,
    model.flows.flatMap(({ down, degraded, requests }) => [down, degraded, requests]),
  );
  const light = all.light(
    // Requests only where a target asks for them.
    model.flows.flatMap(({ needs }, i) => [3 * i, judgedBy(needs.flow.target).requests ? 3 * i + 2 : 3 * i]),
    { states, part: 1e-4 },
    { states: likeliestStates(model), part: 1e-3 },
  );
  const samples = sampled(model, light, options.samples ?? 1000, options.seed ?? 1);
  const search = new CutSetSearch(model);
  const whole = wholesOf(model, all, states);
  const infrastructure = wholesOf(model, all, withoutChange(model, states)).map(({ unavailability, requestFailure, outagesPerYear }) => ({
    unavailability,
    requestFailure,
    outagesPerYear,
  }));
  const chance = (target: Target, flow: number): ChanceToMeet =>
    options.chance ? chanceToMeet(model, flow, target, options.seed ?? 1) : noChance('Computed with --chance.');
  const contributions = contributorsOf(
    model,
    all,
    states,
    model.flows.map((_, i) => 3 * i),
  );
  const turns = new TurningPoints(model, light);
  const users = options.users === false ? null : usersOf(model);
  const results = model.flows.map(({ needs: { flow } }, i): FlowEstimate => {
    const numbers = whole[i]!;
    const target =
      flow.target && targetOf(flow.target, { ...numbers, infrastructureOnly: infrastructure[i]! }, samples, i, chance(flow.target, i));
    const singles = singlesOf(search, i, (address) => contributions[i]!.shares.get(address) ?? 0);
    return {
      flow,
      ...numbers,
      interval: samples.flows[i]!.time,
      infrastructureOnly: infrastructure[i]!,
      target,
      users: users?.[i] ?? null,
      contributions: contributions[i]!,
      ...singles,
      cutSets: search.likeliest(i, options.cutSets ?? 20, numbers.unavailability),
      turns: flow.target ? turns.of(i, flow.target) : [],
      bound: model.joint.bound,
      ...(options.draws ? { draws: [...samples.flows[i]!.draws] } : {}),
    };
  });
  return {
    topology,
    results,
    objectives: topology.flows.flatMap(objectivesOf),
    assumptions: topology.assumptions,
    findings: findingsOf(results),
    notModelled: topology.notModelled,
  };
}

function wholesOf(model: Model, program: Program, states: Float64Array): Whole[] {
  const outages = outagesOf(
    model,
    program,
    states,
    model.flows.map((_, i) => 3 * i),
  );
  return outages.map((each, i) => wholeOf(model, program, i, each));
}

function wholeOf(model: Model, program: Program, flow: number, outages: Outages): Whole {
  const down = outages.unavailability;
  const degradedOrDown = program.value(3 * flow + 1);
  // What is no more than what was not followed cannot be told from it: those coincidences count as down.
  const degraded = degradedOrDown - down > model.joint.bound ? degradedOrDown - down : 0;
  return { ...outages, requestFailure: program.value(3 * flow + 2), states: { up: 1 - down - degraded, degraded, down } };
}

type Whole = Pick<FlowEstimate, 'unavailability' | 'requestFailure' | 'outagesPerYear' | 'meanOutageMinutes' | 'states'>;

function objectivesOf(flow: Flow): Objective[] {
  const of = (objective: 'rto' | 'rpo', seconds: number | null): Objective[] =>
    seconds === null ? [] : [{ flow: flow.name, objective, seconds, met: null, because: 'Recovery objectives are not judged yet.' }];
  return [...of('rto', flow.target?.rto ?? null), ...of('rpo', flow.target?.rpo ?? null)];
}
