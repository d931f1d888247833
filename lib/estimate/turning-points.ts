import type { Target, UsedAssumption } from '../topology/topology';
import { withoutChange } from './evaluation';
import type { Model } from './model';
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

/** Finds turning points of flows; what flows have in common, the ends of each range, is computed once. */
export class TurningPoints {
  readonly #values: Float64Array;
  readonly #ends = new Map<string, Float64Array>();

  /** The program's roots are, for each flow, its outage and its failed requests. */
  constructor(
    private readonly model: Model,
    private readonly program: Program,
  ) {
    this.#values = model.assumptions.nominal.slice();
  }

  /** The judged assumptions whose range contains a value at which a target begins to be missed, all others being nominal. Nearest to nominal first. */
  of(flow: number, target: Target): TurningPoint[] {
    const by = judgedBy(target);
    const index = 2 * flow + (by.requests ? 1 : 0);
    const found: { readonly point: TurningPoint; readonly distance: number }[] = [];
    this.model.topology.assumptions.forEach((assumption, i) => {
      if (assumption.basis !== 'judgement' || !assumption.range) return;
      const [low, high] = assumption.range;
      const atLow = this.#end(i, low, by.change)[index]! - target.unavailability;
      const atHigh = this.#end(i, high, by.change)[index]! - target.unavailability;
      if (atLow <= 0 === atHigh <= 0) return;
      const at = (value: number): number => {
        this.#evaluate(i, value, by.change);
        return this.program.value(index) - target.unavailability;
      };
      const turn = root(at, low, high, atLow);
      const distance = Math.abs(Math.log(turn / assumption.value)) / Math.log(high / low);
      found.push({ point: { assumption, at: turn, metBelow: atLow <= 0 }, distance });
    });
    return found.sort((a, b) => a.distance - b.distance).map(({ point }) => point);
  }

  #end(assumption: number, value: number, change: boolean): Float64Array {
    const key = `${assumption} ${value} ${change}`;
    let end = this.#ends.get(key);
    if (!end) {
      this.#evaluate(assumption, value, change);
      end = Float64Array.from(this.program.roots, (_, index) => this.program.value(index));
      this.#ends.set(key, end);
    }
    return end;
  }

  #evaluate(assumption: number, value: number, change: boolean): void {
    this.#values[assumption] = value;
    const states = this.model.numbers.states(this.#values);
    this.#values[assumption] = this.model.assumptions.nominal[assumption]!;
    this.program.evaluate(change ? states : withoutChange(this.model, states));
  }
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
