import { chanceWithin, type Occurrence } from '../engine/downtime-distribution';
import type { Length } from '../engine/length';
import { latinHypercube } from '../engine/sampling';
import type { Target } from '../topology/topology';
import { minutesPerYear, secondsPerYear } from '../units/duration';
import { frequenciesOf, scaled, statesOf, withoutChange } from './evaluation';
import type { Model } from './model';
import { Program } from './program';
import { beliefOf } from './uncertainty';

const day = 86_400;
const windows = { month: 30 * day, quarter: 91 * day, year: 365 * day } as const;
const draws = 64;

/** Chances to meet a target in periods of 30, 91 and 365 days. */
export interface Chances {
  readonly month: number;
  readonly quarter: number;
  readonly year: number;
}

export interface ChanceToMeet {
  readonly chanceToMeet: Chances | null;
  readonly chanceToMeetAtNominal: Chances | null;
  readonly because: string | null;
}

/** Why the chance to meet a target is not computed. */
export function noChance(because: string): ChanceToMeet {
  return { chanceToMeet: null, chanceToMeetAtNominal: null, because };
}

/** The chance to meet a target in a month, quarter and year: at nominal values, and on average over what is assumed. */
export function chanceToMeet(model: Model, flow: number, target: Target, seed: number): ChanceToMeet {
  if (target.measure === 'requests') return noChance('The chance to meet a target of requests is not computed.');
  const program = new Program(model.joint, statesOf(model), [model.flows[flow]!.down]);
  const at = (assumptions: Float64Array): Chances | null => chancesAt(model, program, target, assumptions);
  const nominal = at(model.assumptions.nominal);
  if (nominal === null) return noChance('The length of the outages of a cause is not stated.');
  const inputs = model.topology.assumptions.map((assumption) => ({ name: assumption.name, distribution: beliefOf(assumption) }));
  const columns = latinHypercube(inputs, draws, seed);
  const sum = { month: 0, quarter: 0, year: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const drawn = at(Float64Array.from(columns, (column) => column[draw]!))!;
    for (const period of periods) sum[period] += drawn[period] / draws;
  }
  return { chanceToMeet: sum, chanceToMeetAtNominal: nominal, because: null };
}

const periods = ['month', 'quarter', 'year'] as const;

function chancesAt(model: Model, program: Program, target: Target, assumptions: Float64Array): Chances | null {
  const all = statesOf(model, assumptions);
  const states = target.includesChange ? all : withoutChange(model, all);
  const occurrences = occurrencesOf(model, program, states, assumptions);
  if (!occurrences) return null;
  const chance = (window: number): number =>
    chanceWithin(occurrences, { allowedSeconds: target.unavailability * window, windowSeconds: window, tolerance: 1e-3 }).chance;
  return { month: chance(windows.month), quarter: chance(windows.quarter), year: chance(windows.year) };
}

/**
 * What happens, how often and how long, as disjoint first events. With nothing else present, a cause whose flow is down in one phase and up in the next
 * older one, by the same choices, has made an outage as long as that phase; one that is down in the oldest lasts as long as the cause. What remains of
 * the frequency and of the downtime are coincidences, taken as one exponential kind. null: a cause of unknown frequency.
 */
function occurrencesOf(model: Model, program: Program, states: Float64Array, assumptions: Float64Array): Occurrence[] | null {
  program.evaluate(states);
  const whole = program.value(0);
  const { perYear } = frequenciesOf(model, program, states, [0], assumptions)[0]!;
  if (perYear === null) return null;
  const { offsets, sources, tree } = model;
  const alone = scaled(model, states, () => 0);
  program.evaluate(alone);
  const gain = program.gains(0);
  const rates = model.numbers.rates(assumptions);
  let quiet = 1;
  sources.forEach(({ type }, event) => {
    if (type === 'cause') quiet *= states[offsets[event]!]! ** tree.events.members(event).length;
  });
  const occurrences: Occurrence[] = [];
  let often = 0;
  let down = 0;
  sources.forEach((source, event) => {
    const absent = states[offsets[event]!]!;
    if (source.type !== 'cause' || absent === 1 || !source.cause.occurrence.length) return;
    const starts = rates[event]! * secondsPerYear * (quiet / absent);
    const { distribution, mean, sigma } = source.cause.occurrence.length;
    const length = { distribution, mean: model.assumptions.computed(mean)(assumptions), sigma: sigma ?? 0 } as Length;
    let older = 0;
    // States: absent, over for less than a tail, oldest … youngest; boundaries: longest first. A younger phase lasts until its own boundary. What a
    // cause leaves behind brings nothing down alone: somebody else serves.
    for (let state = offsets[event]! + 1 + source.tails.length, k = 0; state < offsets[event + 1]!; state++, k++) {
      const chance = gain[state]! - older;
      older = Math.max(older, gain[state]!);
      if (chance <= 0) continue;
      // Boundaries keep the order of their nominal values.
      const limit = Math.max(0, ...source.boundaries.slice(Math.max(0, k - 1)).map((age) => model.assumptions.computed(age)(assumptions)));
      const lasts: Length = k === 0 ? length : { distribution: 'at-most', limit, length };
      occurrences.push({ perYear: starts * chance, length: lasts });
    }
    often += starts * older;
    // Σ over phases of their chance while nothing else is there: what these outages add to the downtime.
    for (let state = offsets[event]! + 1; state < offsets[event + 1]!; state++) down += (states[state]! * gain[state]! * quiet) / absent;
  });
  const rest = perYear - often;
  const restDown = whole - down;
  if (rest > 1e-12 * perYear && restDown > 1e-12 * whole) {
    const mean = ((restDown * minutesPerYear) / rest) * 60;
    occurrences.push({ perYear: rest, length: { distribution: 'exponential', mean } });
  }
  return occurrences;
}
