import type { Distribution } from '../engine/distribution';
import { latinHypercube, spread, type Spread } from '../engine/sampling';
import type { Assumption } from '../assumptions/assumption';
import { withoutChange } from './evaluation';
import type { Model } from './model';
import { Numbers } from './numbers';
import type { Program } from './program';

/** How the assumptions' ranges spread each measure of each flow. */
export interface Samples {
  readonly flows: readonly FlowSpread[];
}

export interface FlowSpread {
  readonly time: Spread;
  /** Of the measure that the target judges; null without a target. */
  readonly judged: Spread | null;
  /** Unavailability of each sample. */
  readonly draws: readonly number[];
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
  const { topology } = model;
  const inputs = topology.assumptions.map((assumption) => ({ name: assumption.name, distribution: beliefOf(assumption) }));
  const columns = latinHypercube(inputs, count, seed);
  const values = model.assumptions.nominal.slice();
  const states = new Float64Array(model.offsets[model.offsets.length - 1]!);
  const numbers = new Numbers(model.assumptions, model.tree.events, model.offsets, program.events);
  const time = model.flows.map(() => new Float64Array(count));
  const judged = model.flows.map(({ needs }) => judgedBy(needs.flow.target));
  const other = judged.map((by) => (by.requests || !by.change ? new Float64Array(count) : null));
  const someWithout = judged.some(({ change }) => !change);
  for (let sample = 0; sample < count; sample++) {
    for (let i = 0; i < columns.length; i++) values[i] = columns[i]![sample]!;
    numbers.fill(values, states);
    program.evaluate(states);
    for (let flow = 0; flow < time.length; flow++) {
      time[flow]![sample] = program.value(2 * flow);
      if (judged[flow]!.change && other[flow]) other[flow]![sample] = program.value(2 * flow + 1);
    }
    if (!someWithout) continue;
    program.evaluate(withoutChange(model, states));
    for (let flow = 0; flow < time.length; flow++) {
      if (!judged[flow]!.change) other[flow]![sample] = program.value(2 * flow + (judged[flow]!.requests ? 1 : 0));
    }
  }
  return {
    flows: time.map((column, flow) => {
      const own = spread(column);
      return { time: own, judged: topology.flows[flow]!.target ? (other[flow] ? spread(other[flow]!) : own) : null, draws: [...column] };
    }),
  };
}

/** Which measure a target judges. */
export function judgedBy(target: { readonly measure: 'time' | 'requests'; readonly includesChange: boolean } | null): {
  readonly requests: boolean;
  readonly change: boolean;
} {
  return { requests: target?.measure === 'requests', change: target?.includesChange ?? true };
}
