import type { Source } from '../fault-tree/events';
import type { Cause } from '../topology/behaviour';
import { minutesPerYear, secondsPerYear } from '../units/duration';
import type { Model } from './model';
import type { Program } from './program';

/** A number that may be unknown, with the reason if it is. */
export interface Unknown {
  readonly value: number | null;
  readonly because: string | null;
}

/** What evaluating takes of a model. */
export type Evaluated = Pick<Model, 'assumptions' | 'numbers' | 'offsets' | 'sources'>;

/** The probabilities of all exact states at certain values of the assumptions. */
export function statesOf(model: Evaluated, assumptions: Float64Array = model.assumptions.nominal): Float64Array {
  return model.numbers.states(assumptions);
}

/** Multiplies the chances of causes (0 leaves one out): all phases together, and with them the chance that a unit has failed meanwhile. */
export function scaled(model: Evaluated, states: Float64Array, factorOf: (event: number, source: Source) => number): Float64Array {
  const result = states.slice();
  model.sources.forEach((source, event) => {
    if (source.type === 'choice') return;
    const factor = factorOf(event, source);
    if (factor === 1) return;
    const from = model.offsets[event]!;
    const to = model.offsets[event + 1]!;
    let present = 0;
    for (let state = from + 1; state < to; state++) {
      result[state] = states[state]! * factor;
      present += result[state]!;
    }
    result[from] = 1 - present;
  });
  return result;
}

/** The same without bad deployments and configurations. */
export const withoutChange = (model: Evaluated, states: Float64Array): Float64Array =>
  scaled(model, states, (_, source) => (source.type === 'cause' && source.cause.scope === 'change' ? 0 : 1));

/** What an event's presence adds to a root's probability: Σ over its phases of their chance times their gain. */
export function presenceOf(model: Evaluated, states: Float64Array, gain: Float64Array, event: number): number {
  let sum = 0;
  for (let state = model.offsets[event]! + 1; state < model.offsets[event + 1]!; state++) sum += states[state]! * gain[state]!;
  return sum;
}

/** How often a root begins to hold; null with the causes whose frequency nobody states. */
export interface Frequency {
  readonly perYear: number | null;
  readonly unknown: readonly Cause[];
}

/**
 * w = Σ ν·[P(root | the cause in its youngest phase) − P(root | it is absent)], since a cause begins in its youngest phase and ageing only helps. Units
 * that are counted are alike, and their gains are summed up already. `atStart`: the gains where no unit has failed since an outage began, as it is when
 * that outage begins.
 */
function frequencyOf(model: Evaluated, states: Float64Array, gain: Float64Array, atStart: Float64Array, rates: Float64Array): Frequency {
  let perSecond = 0;
  const unknown: Cause[] = [];
  model.sources.forEach((source, event) => {
    if (source.type !== 'cause') return;
    const youngest = (holdsUpLaunches(source.cause) ? atStart : gain)[model.offsets[event + 1]! - 1]!;
    if (youngest <= 0 || states[model.offsets[event]!] === 1) return;
    const starts = rates[event]!;
    if (Number.isNaN(starts)) unknown.push(source.cause);
    else perSecond += starts * youngest;
  });
  return { perYear: unknown.length > 0 ? null : perSecond * secondsPerYear, unknown };
}

/**
 * The states that matter to what begins: what is over by then began before it. The same ones where nobody asks which outage began first.
 */
function asItBegins(model: Evaluated, states: Float64Array): Float64Array {
  let result = states;
  model.sources.forEach((source, event) => {
    if (source.type !== 'choice' || source.choice.what !== 'earlier') return;
    if (result === states) result = states.slice();
    result[model.offsets[event]!] = 1;
    result[model.offsets[event]! + 1] = 0;
  });
  return result;
}

const holdsUpLaunches = ({ hits }: Cause): boolean => 'zone' in hits || 'controlPlaneOf' in hits;

/** How often each of some roots begins to hold. Leaves the program at other states than these. */
export function frequenciesOf(
  model: Evaluated,
  program: Program,
  states: Float64Array,
  roots: readonly number[],
  assumptions: Float64Array = model.assumptions.nominal,
): Frequency[] {
  return frequenciesAt(model, program, states, asItBegins(model, states), roots, assumptions);
}

function frequenciesAt(
  model: Evaluated,
  program: Program,
  states: Float64Array,
  begins: Float64Array,
  roots: readonly number[],
  assumptions: Float64Array,
): Frequency[] {
  const gainsAt = (at: Float64Array): Float64Array[] => {
    program.evaluate(at, program.through(roots));
    return roots.map((root) => program.gains(root));
  };
  // At the moment at which an outage begins no unit has failed since.
  const atStart = gainsAt(scaled(model, begins, (_, source) => (source.type === 'relaunch' ? 0 : 1)));
  const gains = gainsAt(begins);
  const rates = model.numbers.rates(assumptions);
  return roots.map((_, i) => frequencyOf(model, states, gains[i]!, atStart[i]!, rates));
}

/** How long a root holds, how often it begins to, and for how long each time. */
export interface Outages {
  readonly unavailability: number;
  readonly outagesPerYear: Unknown;
  readonly meanOutageMinutes: Unknown;
}

/** The outages of some roots. Leaves the program at these states. */
export function outagesOf(model: Evaluated, program: Program, states: Float64Array, roots: readonly number[]): Outages[] {
  const begins = asItBegins(model, states);
  const frequencies = frequenciesAt(model, program, states, begins, roots, model.assumptions.nominal);
  program.evaluate(states);
  return roots.map((root, i) => outagesBy(program.value(root), frequencies[i]!));
}

function outagesBy(unavailability: number, frequency: Frequency): Outages {
  const because =
    frequency.perYear === null
      ? `The length of the outages of ${frequency.unknown.map(({ address }) => address).join(', ')} is not stated, so how often it is down is unknown.`
      : null;
  const outages = frequency.perYear;
  return {
    unavailability,
    outagesPerYear: { value: outages, because },
    meanOutageMinutes:
      outages === 0
        ? { value: null, because: unavailability > 0 ? 'It is down all the time.' : 'It is never down.' }
        : { value: outages === null ? null : (unavailability * minutesPerYear) / outages, because },
  };
}
