import { zeroFloats } from './lists';
import { normalCumulative } from '../../engine/normal';

/** Written by lib/estimate/numbers.ts: quantities in front of their parts. Any other form is the least of its parts. */
const CONSTANT: i32 = 0;
const ASSUMPTION: i32 = 1;
const SUM: i32 = 2;
const PRODUCT: i32 = 3;

/** How the states of events come about; any other class is that of a relaunch. */
const EVEN: i32 = 0;
const CHANCE: i32 = 1;
const UNKNOWN_LENGTH: i32 = 2;
const CAUSE: i32 = 3;

const FIXED: i32 = 0;
const EXPONENTIAL: i32 = 1;

/** Probabilities of exact states from the values of assumptions, and how often causes begin. Events that are alike are computed once. */
export class Numbers {
  private at: i32 = 0;
  private levels: StaticArray<f64> = zeroFloats(256);
  private into: StaticArray<f64> = zeroFloats(257);
  /** Values of assumptions, and the states that follow from them, where TypeScript writes and reads them. */
  values: StaticArray<f64>;
  states: StaticArray<f64>;
  /** Starts per second of each event's cause; 0 for choices. Of a cause whose length is unknown it is not a number. */
  rates: StaticArray<f64>;

  /** Of each class: what it is, how many states it has, what they hang on, and the events with where their states start. */
  constructor(
    private code: StaticArray<i32>,
    private constants: StaticArray<f64>,
    assumptions: i32,
    states: i32,
    events: i32,
    private secondsPerYear: f64,
  ) {
    this.values = zeroFloats(assumptions);
    this.states = zeroFloats(states);
    this.rates = zeroFloats(events);
  }

  /** Fills in the states of all events from `values`. */
  fill(states: StaticArray<f64>): void {
    this.at = 0;
    while (this.at < this.code.length) {
      const type = this.next();
      const count = this.next();
      if (count > this.into.length) {
        this.into = zeroFloats(2 * count);
        this.levels = zeroFloats(2 * count);
      }
      const rate = this.compute(type, count);
      for (let events = this.next(); events > 0; events--) {
        const event = this.next();
        const offset = this.next();
        this.rates[event] = rate;
        for (let state = 0; state < count; state++) states[offset + state] = this.into[state];
      }
    }
  }

  private next(): i32 {
    return this.code[this.at++];
  }

  private compute(type: i32, count: i32): f64 {
    if (type == EVEN) {
      for (let state = 0; state < count; state++) this.into[state] = 1 / <f64>count;
      return 0;
    }
    if (type == CHANCE) {
      const first = this.quantity();
      this.into[0] = first;
      this.into[1] = 1 - first;
      return 0;
    }
    if (type == UNKNOWN_LENGTH) {
      // Nobody knows how long it lasts, or how often it ends: nothing recovers from it in time, and what follows it is not counted.
      const unavailability = this.quantity();
      for (let level = 0; level < count - 1; level++) this.levels[level] = unavailability;
      this.exactStates(count - 1);
      return NaN;
    }
    if (type == CAUSE) return this.cause();
    this.relaunch();
    return 0;
  }

  private cause(): f64 {
    const perYear = this.next();
    const occurrence = this.quantity();
    const mean = this.quantity();
    const rate = this.startsPerSecond(perYear, occurrence, mean);
    const distribution = this.next();
    const sigma = this.constants[this.next()];
    const whole = rate * mean;
    const levels = this.levels;
    const present = this.next();
    // Boundaries and tails keep the order of their nominal values, in the pessimistic way: the last ones come first here.
    let longest: f64 = 0;
    for (let k = present - 1; k >= 0; k--) {
      longest = max(longest, this.quantity());
      levels[k] = min<f64>(1, whole + rate * longest);
    }
    levels[present] = whole;
    const ages = this.next();
    let shortest: f64 = 0;
    for (let k = ages - 1; k >= 0; k--) {
      shortest = max(shortest, this.quantity());
      levels[present + 1 + k] = min(whole, rate * meanWithin(distribution, mean, sigma, shortest));
    }
    this.exactStates(present + 1 + ages);
    return rate;
  }

  /** Nested chances of having failed during outages, as exact states. */
  private relaunch(): void {
    const perYear = this.next();
    const occurrence = this.quantity();
    const mean = this.quantity();
    const started = this.startsPerSecond(perYear, occurrence, mean);
    // Per second in which it is absent.
    const rate = started / (1 - started * mean);
    const during = this.next();
    for (let k = 0; k < during; k++) {
      const chance = -Math.expm1(-rate * this.quantity());
      // An outage of unknown length: the unit may well have failed during it.
      this.levels[k] = isNaN(chance) ? 1 : chance;
    }
    this.exactStates(during);
  }

  private startsPerSecond(perYear: i32, occurrence: f64, mean: f64): f64 {
    if (!perYear) return occurrence / mean;
    const rate = occurrence / this.secondsPerYear;
    return rate / (1 + rate * mean);
  }

  private exactStates(count: i32): void {
    const levels = this.levels;
    this.into[0] = 1 - levels[0];
    for (let level = 0; level < count - 1; level++) this.into[level + 1] = max<f64>(0, levels[level] - levels[level + 1]);
    this.into[count] = levels[count - 1];
  }

  private quantity(): f64 {
    const form = this.next();
    const word = this.next();
    if (form == CONSTANT) return this.constants[word];
    if (form == ASSUMPTION) return this.values[word];
    let result = this.quantity();
    for (let part = 1; part < word; part++) {
      const value = this.quantity();
      if (form == SUM) result += value;
      else if (form == PRODUCT) result *= value;
      else result = min(result, value);
    }
    return result;
  }
}

/** E[min(length, x)]: how much of it lies in its own first x seconds; keeps its digits where x is small beside the length. */
function meanWithin(distribution: i32, mean: f64, sigma: f64, x: f64): f64 {
  if (distribution == FIXED) return min(mean, x);
  if (distribution == EXPONENTIAL) return mean > 0 ? -mean * Math.expm1(-x / mean) : 0;
  if (!(x > 0)) return 0;
  const above = Math.log(mean / x) - (sigma * sigma) / 2;
  const score = sigma > 0 ? above / sigma : above > 0 ? Infinity : -Infinity;
  return mean * normalCumulative(-score - sigma) + x * normalCumulative(score);
}
