import { meanWithin, type Length } from '../engine/length';
import { COMPONENT, isEarlier, meanAge, type Earlier, type Events, type Source } from '../fault-tree/events';
import { keyOf as quantityKey, textOf } from '../fault-tree/phases';
import type { Cause } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Topology } from '../topology/topology';
import { secondsPerYear } from '../units/duration';
import { chanceEarlier } from './earlier';

/** A quantity as a function of the values of all assumptions. */
export type Computed = (values: Float64Array) => number;

/** Where the value of each assumption stands in a table of values. */
export class AssumptionTable {
  readonly names: readonly string[];
  readonly nominal: Float64Array;
  readonly #index: ReadonlyMap<string, number>;

  constructor(topology: Topology) {
    this.names = topology.assumptions.map(({ name }) => name);
    this.nominal = Float64Array.from(topology.assumptions, ({ value }) => value);
    this.#index = new Map(this.names.map((name, i) => [name, i]));
  }

  /** Compiles a quantity, so that it is walked once and computed many times. */
  computed(quantity: Quantity): Computed {
    if (typeof quantity === 'number') return () => quantity;
    if ('assumption' in quantity) {
      const index = this.#index.get(quantity.assumption);
      if (index === undefined)
        throw new Error(`The topology states no assumption ${quantity.assumption}, which it names. This is a bug in nines.`);
      return (values) => values[index]!;
    }
    if ('sum' in quantity) {
      const parts = quantity.sum.map((part) => this.computed(part));
      return (values) => {
        let sum = 0;
        for (const part of parts) sum += part(values);
        return sum;
      };
    }
    if ('product' in quantity) {
      const parts = quantity.product.map((part) => this.computed(part));
      return (values) => {
        let product = 1;
        for (const part of parts) product *= part(values);
        return product;
      };
    }
    const parts = quantity.least.map((part) => this.computed(part));
    return (values) => {
      let least = Infinity;
      for (const part of parts) least = Math.min(least, part(values));
      return least;
    };
  }

  value(quantity: Quantity): number {
    return this.computed(quantity)(this.nominal);
  }
}

/** Events that have the same probabilities, whatever the assumptions are. */
interface Class {
  readonly fill: (values: Float64Array, into: Float64Array) => void;
  readonly offsets: number[];
  readonly states: number;
}

/** Computes the probabilities of the exact states of all events from the values of the assumptions. Events that are alike are computed once. */
export class Numbers {
  readonly #classes: Class[] = [];
  /** Starts per second of each event's cause; 0 for choices. Of a cause whose length is unknown it is not a number. */
  readonly starts: Computed[];
  readonly #scratch = new Float64Array(256);

  constructor(
    private readonly table: AssumptionTable,
    events: Events,
    offsets: ArrayLike<number>,
    wanted: Iterable<number>,
  ) {
    const byKey = new Map<string, Class>();
    this.starts = events.sources.map((source) => (source.type === 'cause' ? this.#starts(source.cause) : () => 0));
    for (const event of wanted) {
      const source = events.sources[event]!;
      const key = keyOf(source, events.formula.eventLiterals[event]!);
      let known = byKey.get(key);
      if (!known) {
        known = {
          fill: this.#fill(source, events.formula.eventLiterals[event]!),
          offsets: [],
          states: statesOf(source, events.formula.eventLiterals[event]!),
        };
        byKey.set(key, known);
        this.#classes.push(known);
      }
      known.offsets.push(offsets[event]!);
    }
  }

  /** Fills in the states of all wanted events. */
  fill(values: Float64Array, states: Float64Array): void {
    const scratch = this.#scratch;
    for (const { fill, offsets, states: count } of this.#classes) {
      fill(values, scratch);
      for (const offset of offsets) for (let state = 0; state < count; state++) states[offset + state] = scratch[state]!;
    }
  }

  #starts({ occurrence }: Cause): Computed {
    const mean = occurrence.length ? this.table.computed(occurrence.length.mean) : null;
    if ('perYear' in occurrence) {
      const perYear = this.table.computed(occurrence.perYear);
      return (values) => {
        const rate = perYear(values) / secondsPerYear;
        return rate / (1 + rate * mean!(values));
      };
    }
    const unavailability = this.table.computed(occurrence.unavailability);
    return mean ? (values) => unavailability(values) / mean(values) : () => NaN;
  }

  #fill(source: Source, literals: number): (values: Float64Array, into: Float64Array) => void {
    if (source.type === 'choice') return isEarlier(source.chance) ? this.#earlier(source.chance) : this.#choice(source.chance, literals);
    if (source.type === 'relaunch') return this.#relaunch(source.cause, source.during);
    return this.#cause(source);
  }

  #choice(chance: Quantity | null, outcomes: number): (values: Float64Array, into: Float64Array) => void {
    if (chance === null) return (_, into) => into.fill(1 / outcomes, 0, outcomes);
    const first = this.table.computed(chance);
    return (values, into) => {
      into[0] = first(values);
      into[1] = 1 - into[0];
    };
  }

  /** At nominal values: it hardly depends on them, and takes long to compute. */
  #earlier({ one, tail, other }: Earlier): (values: Float64Array, into: Float64Array) => void {
    const [first, last] = [one, other].map(({ occurrence: { length } }) =>
      length === null
        ? null
        : ({ distribution: length.distribution, sigma: length.sigma ?? 0, mean: this.table.value(length.mean) } as Length),
    );
    // Of a length that nobody states, it may well have been.
    const chance = first && last ? chanceEarlier(first, this.table.value(tail), last) : 1;
    return (_, into) => {
      into[0] = chance;
      into[1] = 1 - chance;
    };
  }

  /** Nested chances of having failed during outages, as exact states. */
  #relaunch(cause: Cause, during: readonly Cause[]): (values: Float64Array, into: Float64Array) => void {
    const starts = this.#starts(cause);
    const mean = cause.occurrence.length ? this.table.computed(cause.occurrence.length.mean) : () => NaN;
    return (values, into) => {
      const started = starts(values);
      // Per second in which it is absent.
      const rate = started / (1 - started * mean(values));
      const chances = during.map((outage) => {
        const chance = -Math.expm1(-rate * meanAge(outage, (quantity) => this.table.computed(quantity)(values)));
        // An outage of unknown length: the unit may well have failed during it.
        return Number.isNaN(chance) ? 1 : chance;
      });
      exactStates(chances, into);
    };
  }

  #cause({ boundaries, cause, tails }: Source & { readonly type: 'cause' }): (values: Float64Array, into: Float64Array) => void {
    const { occurrence } = cause;
    const starts = this.#starts(cause);
    const ages = boundaries.map((boundary) => this.table.computed(boundary));
    const times = tails.map((tail) => this.table.computed(tail));
    const present = times.length;
    const levels = new Float64Array(present + 1 + ages.length);
    if (!occurrence.length) {
      const unavailability = this.table.computed((occurrence as { readonly unavailability: Quantity }).unavailability);
      // Nobody knows how long it lasts, or how often it ends: nothing recovers from it in time, and what follows it is not counted.
      return (values, into) => exactStates(levels.fill(unavailability(values)), into);
    }
    const { distribution, mean, sigma } = occurrence.length;
    const meanLength = this.table.computed(mean);
    const base = { distribution, sigma: sigma ?? 0, mean: 0 };
    return (values, into) => {
      const rate = starts(values);
      base.mean = meanLength(values);
      const whole = rate * base.mean;
      levels[present] = whole;
      // Boundaries and tails keep the order of their nominal values, in the pessimistic way.
      let longest = 0;
      for (let k = present - 1; k >= 0; k--) {
        longest = Math.max(longest, times[k]!(values));
        levels[k] = Math.min(1, whole + rate * longest);
      }
      let shortest = 0;
      for (let k = ages.length - 1; k >= 0; k--) {
        shortest = Math.max(shortest, ages[k]!(values));
        levels[present + 1 + k] = Math.min(whole, rate * meanWithin(base as Length, shortest));
      }
      exactStates(levels, into);
    };
  }
}

function exactStates(levels: ArrayLike<number>, into: Float64Array): void {
  const last = levels.length - 1;
  into[0] = 1 - levels[0]!;
  for (let level = 0; level < last; level++) into[level + 1] = Math.max(0, levels[level]! - levels[level + 1]!);
  into[last + 1] = levels[last]!;
}

const statesOf = (source: Source, literals: number): number => (source.type === 'choice' ? literals : literals + 1);

function keyOf(source: Source, literals: number): string {
  if (source.type === 'choice') {
    const { chance } = source;
    if (isEarlier(chance)) return `earlier ${lengthKey(chance.one)} ${quantityKey(chance.tail)} ${lengthKey(chance.other)}`;
    return `choice ${chance === null ? '' : quantityKey(chance)} ${literals}`;
  }
  const occurrence = textOf(source.cause.occurrence);
  if (source.type === 'cause') return `cause ${occurrence} ${textOf(source.boundaries)} ${textOf(source.tails)}`;
  return `relaunch ${occurrence} ${source.during.map(lengthKey).join(' ')}`;
}

const lengthKey = ({ occurrence: { length } }: Cause): string => (length ? textOf(length) : '');

/**
 * Events in the order in which diagrams ask for them: what is shared, then component by component, then units that are alike. Causes before choices, and
 * those with many phases after those with few, since whatever is asked after a phase is asked again for each of them.
 */
export function questionsOf({
  formula,
  ranks,
  owners,
  sources,
}: Pick<Events, 'formula' | 'owners' | 'sources'> & { readonly ranks: readonly number[] }): number[] {
  const late = (event: number): number => (sources[event]!.type === 'cause' ? formula.eventLiterals[event]! : Infinity);
  return ranks
    .map((_, event) => event)
    .sort((a, b) => ranks[a]! - ranks[b]! || (ranks[a]! >= COMPONENT ? owners[a]! - owners[b]! : 0) || order(late(a), late(b)) || a - b);
}

const order = (a: number, b: number): number => (a === b ? 0 : a - b);
