import type { Target, UsedAssumption } from '../topology/topology';
import { scaled } from './evaluation';
import type { Model } from './model';
import { Numbers } from './numbers';
import type { Program } from './program';
import { judgedBy } from './uncertainty';

/** A judged assumption in whose range a verdict turns. */
export interface TurningPoint {
  readonly assumption: UsedAssumption;
  /** The value at which the target is just met. */
  readonly at: number;
  /** Whether the target is met below that value. */
  readonly metBelow: boolean;
}

const steps = 60;

/** The judged assumptions whose range contains a value at which a target begins to be missed, all others being nominal. Nearest to nominal first. */
export function turningPoints(model: Model, program: Program, flow: number, target: Target): TurningPoint[] {
  const by = judgedBy(target);
  const values = model.assumptions.nominal.slice();
  const states = new Float64Array(model.offsets[model.offsets.length - 1]!);
  const numbers = new Numbers(model.assumptions, model.tree.events, model.offsets, program.events);
  const excess = (): number => {
    numbers.fill(values, states);
    const used = by.change
      ? states
      : scaled(model, states, (_, source) => (source.type === 'cause' && source.cause.scope === 'change' ? 0 : 1));
    program.evaluate(used);
    return program.value(2 * flow + (by.requests ? 1 : 0)) - target.unavailability;
  };
  const found: { readonly point: TurningPoint; readonly distance: number }[] = [];
  model.topology.assumptions.forEach((assumption, i) => {
    if (assumption.basis !== 'judgement' || !assumption.range) return;
    const [low, high] = assumption.range;
    const at = (value: number): number => {
      values[i] = value;
      return excess();
    };
    const atLow = at(low);
    const atHigh = at(high);
    if (atLow <= 0 !== atHigh <= 0) {
      const turn = root(at, low, high, atLow);
      const distance = Math.abs(Math.log(turn / assumption.value)) / Math.log(high / low);
      found.push({ point: { assumption, at: turn, metBelow: atLow <= 0 }, distance });
    }
    values[i] = assumption.value;
  });
  return found.sort((a, b) => a.distance - b.distance).map(({ point }) => point);
}

/** Where a monotone function changes its sign, by halving on the scale of ratios. */
function root(f: (x: number) => number, from: number, to: number, atFrom: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < steps && high - low > 1e-12 * high; step++) {
    const middle = low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
    if (f(middle) <= 0 === atFrom <= 0) low = middle;
    else high = middle;
  }
  return low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
}
