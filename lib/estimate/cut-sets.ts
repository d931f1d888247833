import type { Ref } from '../engine/formula';
import type { Address } from '../kernel/kernel';
import type { Choice } from '../fault-tree/events';
import type { Quantity } from '../topology/quantity';
import { secondsPerYear } from '../units/duration';
import { eventOf, Families, levelOf, type Chosen } from './families';
import type { Model } from './model';
import { Numbers } from './numbers';
import { fallOf, roleOf } from './roles';
import { Twins } from './twins';
import { stateOffsets } from '../engine/diagram';
import { toldApart } from '../units/told-apart';

/** A cause in a cut set: how old it may be, and what must have gone wrong with it. */
export interface CutEvent {
  readonly address: string;
  /** null: for as long as it lasts. */
  readonly youngerThanSeconds: number | null;
  /** Present, or over for less than this; null: present. */
  readonly overForLessThanSeconds: number | null;
  /** In words; null: nothing more. */
  readonly choice: string | null;
}

/** Causes that together bring a flow down. */
export interface CutSet {
  readonly events: readonly CutEvent[];
  readonly unavailability: number;
  /** null: of a cause in it, nobody states how often it occurs. */
  readonly outagesPerYear: number | null;
}

/** Sets with a smaller part of the unavailability are not looked for. */
const leastPart = 1e-7;

/** One way in which a component can take a flow down. */
export interface Part {
  readonly ref: Ref;
  /** Events of the component by those of the first one like it, which the reference is about; null: it is that. */
  readonly events: ReadonlyMap<number, number> | null;
}

/** The fault tree of a model with every unit named, in which cut sets are looked for. */
export class CutSetSearch {
  readonly families: Families;
  /** For each flow, the ways in which its components can take it down. */
  readonly parts: readonly (readonly Part[])[];
  /** Nominal probability of each literal. */
  readonly levels: Float64Array;
  readonly #starts: Float64Array;
  readonly #renamings = new Map<ReadonlyMap<number, number>, Address>();

  /** `alike`: components that are alike share a part. Off where each of them needs a formula of its own. */
  constructor(
    readonly model: Model,
    alike = true,
  ) {
    const { assumptions, topology } = model;
    const { events } = model.tree;
    const twins = new Twins(model.tree, alike);
    const asked = model.flows.map(({ needs }) =>
      needs.down.map((requirement) => ({
        of: requirement.component,
        ref: twins.asked('fails', requirement, (first) => model.tree.failsByName(first)),
      })),
    );
    twins.settle();
    this.parts = asked.map((refs) => refs.map(({ of, ref }) => ({ ref, events: twins.events(of) })));
    const offsets = stateOffsets(events.formula);
    const { kernel } = model.joint;
    const numbers = new Numbers(kernel, assumptions, events, offsets);
    const states = numbers.states(assumptions.nominal);
    this.#starts = numbers.rates(assumptions.nominal);
    this.levels = new Float64Array(events.formula.literalCount);
    events.sources.forEach(({ type }, event) => {
      const to = events.formula.eventOffsets[event]!;
      const literals = events.formula.eventLiterals[event]!;
      let sum = 0;
      for (let level = literals - 1; level >= 0; level--) {
        if (type === 'choice') this.levels[to + level] = states[offsets[event]! + level]!;
        else this.levels[to + level] = sum += states[offsets[event]! + level + 1]!;
      }
    });
    const roles = events.sources.map((_, event) => roleOf(events, event, topology));
    this.families = new Families(kernel, events.formula, this.levels, roles, events.sources.map(fallOf));
  }

  /** The most probable minimal cut sets of a flow. */
  likeliest(flow: number, count: number, unavailability: number): CutSet[] {
    if (unavailability <= 0 || count === 0) return [];
    const first = 10 ** Math.floor(Math.log10(unavailability));
    const parts = this.parts[flow]!.flatMap(({ events, ref }) => [this.families.search(ref), events ? this.#renaming(events) : 0]);
    const { setsOf, sums } = this.families.likeliest(parts, count, first, leastPart);
    return sums
      .map((sum, group) => ({ group, sum: toldApart(sum) }))
      .sort((a, b) => b.sum - a.sum)
      .slice(0, count)
      .map(({ group }) => this.#worded(setsOf(group)));
  }

  #renaming(events: ReadonlyMap<number, number>): Address {
    let renaming = this.#renamings.get(events);
    if (renaming === undefined) this.#renamings.set(events, (renaming = this.families.renaming(events)));
    return renaming;
  }

  #isPlace(event: number): boolean {
    const source = this.model.tree.events.sources[event]!;
    return source.type === 'choice' && source.choice.what === 'place';
  }

  #worded(sets: readonly Chosen[]): CutSet {
    const { events } = this.model.tree;
    const chosen = sets[0]!.codes.map((code) => [eventOf(code), levelOf(code)] as const);
    const probability = sets.reduce((total, set) => total + set.probability, 0);
    const causes: { address: string; youngerThanSeconds: number | null; overForLessThanSeconds: number | null; choices: string[] }[] = [];
    let perYear = 0;
    for (const [event, level] of chosen) {
      const source = events.sources[event]!;
      if (source.type !== 'cause') continue;
      const { boundaries, tails } = source;
      const seconds = (of: readonly Quantity[], at: number): number | null => {
        const quantity = of[at];
        return quantity === undefined ? null : this.model.assumptions.value(quantity);
      };
      causes.push({
        address: source.cause.address,
        youngerThanSeconds: seconds(boundaries, level - tails.length - 1),
        overForLessThanSeconds: seconds(tails, level),
        choices: [],
      });
      perYear += (probability / this.levels[events.formula.eventOffsets[event]! + level]!) * this.#starts[event]! * secondsPerYear;
    }
    for (const [event, level] of chosen) {
      const source = events.sources[event]!;
      if (source.type === 'cause') continue;
      const address = source.type === 'choice' ? source.choice.cause : source.cause.address;
      const bearer = causes.find((cause) => cause.address === address) ?? causes[0];
      if (source.type === 'relaunch') bearer?.choices.push(`${address} has failed meanwhile`);
      else if (this.#isPlace(event)) bearer?.choices.push(...inAll(sets.map((set) => placeIn(set, event, source.choice))));
      else bearer?.choices.push(choiceWords(source.choice, level));
    }
    return {
      events: causes.map(({ choices, ...cause }) => ({ ...cause, choice: choices.length > 0 ? choices.join(', ') : null })),
      unavailability: probability,
      outagesPerYear: Number.isNaN(perYear) ? null : perYear,
    };
  }
}

/** Where AWS has put things in a set; a set that holds wherever they are names no place. */
function placeIn({ codes }: Chosen, event: number, { outcomes }: Choice): string {
  const code = codes.find((one) => eventOf(one) === event);
  return code === undefined ? '' : outcomes[levelOf(code)]!;
}

/** What several places have in common. */
function inAll(places: readonly string[]): string[] {
  const [first, ...others] = places.map((place) => place.split(', '));
  return first!.filter((words) => others.every((other) => other.includes(words)));
}

function choiceWords(choice: Choice, outcome: number): string {
  const words = choice.outcomes[outcome]!;
  return choice.component === null ? words : `${choice.component}: ${words}`;
}
