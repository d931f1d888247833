import type { Length } from '../engine/length';
import { COMPONENT, isEarlier, meanAge, type Earlier, type Events, type Source } from '../fault-tree/events';
import { keyOf as quantityKey, textOf } from '../fault-tree/phases';
import type { Address, Kernel } from '../kernel/kernel';
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

  indexOf(name: string): number {
    const index = this.#index.get(name);
    if (index === undefined) throw new Error(`The topology states no assumption ${name}, which it names. This is a bug in nines.`);
    return index;
  }

  /** Compiles a quantity, so that it is walked once and computed many times. */
  computed(quantity: Quantity): Computed {
    if (typeof quantity === 'number') return () => quantity;
    if ('assumption' in quantity) {
      const index = this.indexOf(quantity.assumption);
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

/** How quantities and classes of events are written for lib/kernel/assembly/numbers.ts. */
const CONSTANT = 0;
const ASSUMPTION = 1;
const SUM = 2;
const PRODUCT = 3;
const LEAST = 4;
const EVEN = 0;
const CHANCE = 1;
const UNKNOWN_LENGTH = 2;
const CAUSE = 3;
const RELAUNCH = 4;
const distributions = ['fixed', 'exponential', 'lognormal'];

/** Computes the probabilities of the exact states of all events from the values of the assumptions. Events that are alike are computed once. */
export class Numbers {
  readonly address: Address;
  readonly #assumptions: number;
  readonly #states: number;
  readonly #events: number;

  constructor(
    private readonly kernel: Kernel,
    table: AssumptionTable,
    events: Events,
    offsets: ArrayLike<number>,
  ) {
    const { code, constants } = written(table, events, offsets);
    this.#assumptions = table.names.length;
    this.#events = events.sources.length;
    this.#states = offsets[this.#events]!;
    this.address = kernel.call.numbers(
      kernel.ints(0, code),
      code.length,
      kernel.floats(1, constants),
      constants.length,
      this.#assumptions,
      this.#states,
      this.#events,
      secondsPerYear,
    );
  }

  /** The states of all events. */
  states(values: Float64Array): Float64Array {
    const { call } = this.kernel;
    this.kernel.write(call.numbersValues(this.address), values);
    call.fill(this.address);
    return this.kernel.at(call.numbersStates(this.address), this.#states).slice();
  }

  /** Starts per second of each event's cause; 0 for choices. Of a cause whose length is unknown it is not a number. */
  rates(values: Float64Array): Float64Array {
    this.states(values);
    return this.kernel.at(this.kernel.call.numbersRates(this.address), this.#events).slice();
  }
}

interface Words {
  readonly code: readonly number[];
  readonly constants: readonly number[];
}

/** Of each class of events: what it is, how many states it has, what they hang on, and the events with where their states start. */
function written(table: AssumptionTable, { formula, sources }: Events, offsets: ArrayLike<number>): Words {
  const writer = new Writer(table);
  const classes = new Map<string, number[]>();
  sources.forEach((source, event) => {
    const key = keyOf(source, formula.eventLiterals[event]!);
    const alike = classes.get(key);
    if (alike) alike.push(event);
    else classes.set(key, [event]);
  });
  for (const alike of classes.values()) {
    writer.source(sources[alike[0]!]!, formula.eventLiterals[alike[0]!]!);
    writer.code.push(alike.length);
    for (const event of alike) writer.code.push(event, offsets[event]!);
  }
  return writer;
}

/** Puts quantities and sources of events into the words of the kernel. */
class Writer {
  readonly code: number[] = [];
  readonly constants: number[] = [];

  constructor(private readonly table: AssumptionTable) {}

  source(source: Source, literals: number): void {
    if (source.type === 'choice') this.#choice(source.chance, literals);
    else if (source.type === 'relaunch') this.#relaunch(source.cause, source.during);
    else this.#cause(source);
  }

  #choice(chance: Quantity | Earlier | null, outcomes: number): void {
    if (chance === null) {
      this.code.push(EVEN, outcomes);
      return;
    }
    this.code.push(CHANCE, 2);
    this.#quantity(isEarlier(chance) ? this.#earlier(chance) : chance);
  }

  /** At nominal values: it hardly depends on them, and takes long to compute. */
  #earlier({ one, tail, other }: Earlier): number {
    const [first, last] = [one, other].map(({ occurrence: { length } }) =>
      length === null
        ? null
        : ({ distribution: length.distribution, sigma: length.sigma ?? 0, mean: this.table.value(length.mean) } as Length),
    );
    // Of a length that nobody states, it may well have been.
    return first && last ? chanceEarlier(first, this.table.value(tail), last) : 1;
  }

  #relaunch(cause: Cause, during: readonly Cause[]): void {
    this.code.push(RELAUNCH, during.length + 1);
    this.#occurrence(cause);
    this.code.push(during.length);
    for (const outage of during) {
      const { length } = outage.occurrence;
      // The mean time since it began is a part of its mean length.
      this.#quantity(length ? { product: [meanAge(outage, () => 1), length.mean] } : NaN);
    }
  }

  #cause({ boundaries, cause, tails }: Source & { readonly type: 'cause' }): void {
    const { occurrence } = cause;
    const states = tails.length + boundaries.length + 2;
    if (!occurrence.length) {
      this.code.push(UNKNOWN_LENGTH, states);
      this.#quantity((occurrence as { readonly unavailability: Quantity }).unavailability);
      return;
    }
    this.code.push(CAUSE, states);
    this.#occurrence(cause);
    this.code.push(distributions.indexOf(occurrence.length.distribution), this.#constant(occurrence.length.sigma ?? 0));
    for (const times of [tails, boundaries]) {
      this.code.push(times.length);
      for (let k = times.length - 1; k >= 0; k--) this.#quantity(times[k]!);
    }
  }

  /** How often it begins and how long it lasts. */
  #occurrence({ occurrence }: Cause): void {
    const often = 'perYear' in occurrence;
    this.code.push(often ? 1 : 0);
    this.#quantity(often ? occurrence.perYear : occurrence.unavailability);
    this.#quantity(occurrence.length ? occurrence.length.mean : NaN);
  }

  #quantity(quantity: Quantity): void {
    if (typeof quantity === 'number') this.code.push(CONSTANT, this.#constant(quantity));
    else if ('assumption' in quantity) this.code.push(ASSUMPTION, this.table.indexOf(quantity.assumption));
    else if ('sum' in quantity) this.#parts(SUM, 0, quantity.sum);
    else if ('product' in quantity) this.#parts(PRODUCT, 1, quantity.product);
    else this.#parts(LEAST, Infinity, quantity.least);
  }

  #parts(form: number, none: number, parts: readonly Quantity[]): void {
    if (parts.length === 0) return this.#quantity(none);
    this.code.push(form, parts.length);
    for (const part of parts) this.#quantity(part);
  }

  #constant(value: number): number {
    return this.constants.push(value) - 1;
  }
}

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
