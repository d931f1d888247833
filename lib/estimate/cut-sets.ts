import { FaultTree } from '../fault-tree/tree';
import type { Choice } from '../fault-tree/events';
import type { Quantity } from '../topology/quantity';
import { secondsPerYear } from '../units/duration';
import { CutSearch } from './cut-search';
import { about, eventOf, Families, levelOf, minimal, type Chosen } from './families';
import type { Model } from './model';
import { Numbers } from './numbers';
import { Root } from './root';
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

/** Of more units, which of them have failed since an outage began are too many sets, each too unlikely to be listed. */
const manyUnits = 10;

/** One way in which a component can take a flow down. */
export interface Part {
  readonly root: Root;
  /** Events of the component by those of the first one like it, which the root is about; null: it is that. */
  readonly events: ReadonlyMap<number, number> | null;
}

/** The fault tree with every unit named, in which cut sets are looked for. */
export class CutSetSearch {
  readonly tree: FaultTree;
  /** One search for each way in which a component can take flows down. */
  readonly #searches = new Map<Root, CutSearch>();
  /** For each flow, the ways in which its components can take it down. */
  readonly parts: readonly (readonly Part[])[];
  /** Nominal probability of each literal. */
  readonly levels: Float64Array;
  readonly #starts: Float64Array;

  /** `alike`: components that are alike share a part. Off where each of them needs a formula of its own. */
  constructor(
    private readonly model: Model,
    alike = true,
  ) {
    const { assumptions, topology } = model;
    this.tree = new FaultTree(topology, (quantity) => assumptions.value(quantity), false);
    const { events } = this.tree;
    const twins = new Twins(this.tree, alike);
    const asked = model.flows.map(({ needs }) =>
      needs.down.map((requirement) => ({
        of: requirement.component,
        ref: twins.asked('fails', requirement, (first) => this.tree.fails(first).event),
      })),
    );
    twins.settle();
    const rootOf = new Map(asked.flat().map(({ ref }) => [ref, new Root(events.formula, ref)]));
    this.parts = asked.map((refs) => refs.map(({ of, ref }) => ({ root: rootOf.get(ref)!, events: twins.events(of) })));
    const offsets = stateOffsets(events.formula);
    const numbers = new Numbers(
      model.joint.kernel,
      assumptions,
      events,
      offsets,
      events.sources.map((_, event) => event),
    );
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
    const isCause = Uint8Array.from(events.sources, ({ type }) => (type === 'cause' ? 1 : 0));
    const isNever = Uint8Array.from(events.sources, ({ type }, event) => {
      const owner = topology.components[events.owners[event]!];
      return type === 'relaunch' && owner !== undefined && owner.behaviour.units.length > manyUnits ? 1 : 0;
    });
    const families = new Families(events.formula, this.levels, isCause, isNever);
    for (const part of rootOf.values()) this.#searches.set(part, new CutSearch(events.formula, this.levels, part, isCause, families));
  }

  /** The most probable minimal cut sets of a flow. */
  likeliest(flow: number, count: number, unavailability: number): CutSet[] {
    if (unavailability <= 0 || count === 0) return [];
    let best: Chosen[] = [];
    // Steps of powers of ten, so that flows share what has been found.
    const first = 10 ** Math.floor(Math.log10(unavailability));
    for (let least = first; least > first * leastPart; least /= 10) {
      const found = this.parts[flow]!.flatMap(({ events, root }) => {
        const sets = this.#searches.get(root)!.above(least, first * leastPart);
        const likely = sets.filter(({ probability }) => probability >= least);
        return events ? likely.map((set) => about(set, events)) : likely;
      });
      best = minimal(found, this.tree.events.formula);
      if (this.#merged(best).length >= count) break;
    }
    return this.#merged(best)
      .slice(0, count)
      .map((sets) => this.#worded(sets));
  }

  /** Sets that differ only in where AWS has put things are one; most probable first. */
  #merged(sets: readonly Chosen[]): Chosen[][] {
    const groups = new Map<string, Chosen[]>();
    for (const set of sets) {
      const key = set.codes.filter((code) => !this.#isPlace(eventOf(code))).join(' ');
      const group = groups.get(key);
      if (group) group.push(set);
      else groups.set(key, [set]);
    }
    return [...groups.values()]
      .map((group) => ({ group, sum: toldApart(group.reduce((total, { probability }) => total + probability, 0)) }))
      .sort((a, b) => b.sum - a.sum)
      .map(({ group }) => group);
  }

  #isPlace(event: number): boolean {
    const source = this.tree.events.sources[event]!;
    return source.type === 'choice' && source.choice.what === 'place';
  }

  #worded(sets: readonly Chosen[]): CutSet {
    const { events } = this.tree;
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
