import type { Distribution } from '../engine/distribution';
import { spread, type Spread } from '../engine/sampling';
import type { Assumption } from '../assumptions/assumption';
import { statesOf } from './evaluation';
import type { Model } from './model';
import type { Program } from './program';
import { Sample } from './sample';

/** How the assumptions' ranges spread each measure of each flow. */
export interface Samples {
  readonly flows: readonly FlowSpread[];
}

export interface FlowSpread {
  readonly time: Spread;
  /** Of the measure that the target judges; null without a target. */
  readonly judged: Spread | null;
  /** Unavailability of each sample. */
  readonly draws: Float64Array;
}

/** What is believed about an assumption; one without a range, and a certain chance, is what it is. */
export function beliefOf({ unit, value, range }: Assumption): Distribution {
  const certain = unit === 'probability' && (value <= 0 || value >= 1);
  if (!range || certain || value <= 0 || range[0] <= 0 || range[0] === range[1]) return { shape: 'constant', value };
  const shape = unit === 'probability' ? 'two-piece-logit-normal' : 'two-piece-lognormal';
  if (shape === 'two-piece-logit-normal' && range[1] >= 1) return { shape, median: value, p5: range[0], p95: 1 - 1e-12 };
  return { shape, median: value, p5: range[0], p95: range[1] };
}

/**
 * Evaluates the model for a Latin hypercube sample of its assumptions: one draw per assumption and sample, shared by every cause that uses it. The
 * program's roots are, for each flow, its outage and its failed requests.
 */
export function sampled(model: Model, program: Program, count: number, seed: number): Samples {
  const { joint, numbers, topology } = model;
  const inputs = topology.assumptions.map((assumption) => ({ name: assumption.name, distribution: beliefOf(assumption) }));
  const sample = new Sample(joint.kernel, inputs, count, seed);
  const judged = topology.flows.map(({ target }) => judgedBy(target));
  const all = sample.through(program, numbers);
  const without = judged.some(({ change }) => !change) ? sample.through(program, numbers, changesOf(model)) : all;
  return {
    flows: judged.map((by, flow) => {
      const time = all[2 * flow]!;
      const own = spread(time);
      const column = (by.change ? all : without)[2 * flow + (by.requests ? 1 : 0)]!;
      return { time: own, judged: topology.flows[flow]!.target ? (column === time ? own : spread(column)) : null, draws: time };
    }),
  };
}

/**
 * How likely each exact state may become while assumptions move between the ends of their ranges: as if all of them that make it likelier were there at
 * once.
 */
export function likeliestStates(model: Model): Float64Array {
  const { nominal } = model.assumptions;
  const states = statesOf(model);
  const most = states.slice();
  const values = nominal.slice();
  model.topology.assumptions.forEach((assumption, i) => {
    if (beliefOf(assumption).shape === 'constant') return;
    const ends = assumption.range!.map((end) => {
      values[i] = end;
      return statesOf(model, values);
    });
    values[i] = nominal[i]!;
    states.forEach((state, at) => {
      const end = Math.max(ends[0]![at]!, ends[1]![at]!);
      if (end > state) most[at] = state > 0 ? most[at]! * (end / state) : Math.max(most[at]!, end);
    });
  });
  model.sources.forEach(({ type }, event) => {
    const own = most.subarray(model.offsets[event]! + (type === 'choice' ? 0 : 1), model.offsets[event + 1]!);
    const sum = own.reduce((total, state) => total + state, 0);
    if (type === 'choice' || sum > 1) own.forEach((state, at) => (own[at] = state / sum));
    if (type !== 'choice') most[model.offsets[event]!] = Math.max(0, 1 - sum);
  });
  return most;
}

/** Where the states of bad deployments and configurations begin and end. */
const changesOf = ({ offsets, sources }: Model): number[] =>
  sources.flatMap((source, event) =>
    source.type === 'cause' && source.cause.scope === 'change' ? [offsets[event]!, offsets[event + 1]!] : [],
  );

/** Which measure a target judges. */
export function judgedBy(target: { readonly measure: 'time' | 'requests'; readonly includesChange: boolean } | null): {
  readonly requests: boolean;
  readonly change: boolean;
} {
  return { requests: target?.measure === 'requests', change: target?.includesChange ?? true };
}
