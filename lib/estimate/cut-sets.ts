import type { Ref } from '../engine/formula';
import { FaultTree } from '../fault-tree/tree';
import type { Choice } from '../fault-tree/events';
import { secondsPerYear } from '../units/duration';
import { CutSearch, type FoundSet } from './cut-search';
import type { Model } from './model';
import { Numbers } from './numbers';
import { stateOffsets } from '../engine/diagram';

/** A cause in a cut set: how old it may be, and what must have gone wrong with it. */
export interface CutEvent {
  readonly address: string;
  /** null: for as long as it lasts. */
  readonly youngerThanSeconds: number | null;
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

/** The fault tree with every unit named, in which cut sets are looked for. */
export class CutSetSearch {
  readonly tree: FaultTree;
  readonly roots: readonly Ref[];
  readonly #search: CutSearch;
  readonly #levels: Float64Array;
  readonly #starts: readonly number[];

  constructor(private readonly model: Model) {
    const { assumptions, topology } = model;
    this.tree = new FaultTree(topology, (quantity) => assumptions.value(quantity), false);
    const { events } = this.tree;
    this.roots = model.flows.map(({ needs }) => events.formula.or(needs.down.map((requirement) => this.tree.fails(requirement).event)));
    const offsets = stateOffsets(events.formula);
    const numbers = new Numbers(
      assumptions,
      events,
      offsets,
      events.sources.map((_, event) => event),
    );
    const states = new Float64Array(offsets[offsets.length - 1]!);
    numbers.fill(assumptions.nominal, states);
    this.#starts = numbers.starts.map((starts) => starts(assumptions.nominal));
    this.#levels = new Float64Array(events.formula.literalCount);
    events.sources.forEach(({ type }, event) => {
      const to = events.formula.eventOffsets[event]!;
      const literals = events.formula.eventLiterals[event]!;
      let sum = 0;
      for (let level = literals - 1; level >= 0; level--) {
        if (type === 'choice') this.#levels[to + level] = states[offsets[event]! + level]!;
        else this.#levels[to + level] = sum += states[offsets[event]! + level + 1]!;
      }
    });
    this.#search = new CutSearch(events.formula, this.#levels);
  }

  /** The most probable minimal cut sets of a flow. */
  likeliest(flow: number, count: number, unavailability: number): CutSet[] {
    if (unavailability <= 0) return [];
    let best: FoundSet[] = [];
    for (let least = unavailability / 10; least > unavailability * 1e-12; least /= 10) {
      const found = this.#search.above(this.roots[flow]!, least);
      if (!found) break;
      best = found;
      if (found.length >= count) break;
    }
    return best.slice(0, count).map((set) => this.#worded(set));
  }

  #worded({ chosen, probability }: FoundSet): CutSet {
    const { events } = this.tree;
    const causes: { address: string; youngerThanSeconds: number | null; choices: string[] }[] = [];
    let perYear = 0;
    for (const [event, level] of [...chosen].sort(([a], [b]) => a - b)) {
      const source = events.sources[event]!;
      if (source.type !== 'cause') continue;
      const boundary = level === 0 ? null : this.model.assumptions.value(source.boundaries[level - 1]!);
      causes.push({ address: source.cause.address, youngerThanSeconds: boundary, choices: [] });
      perYear += (probability / this.#levels[events.formula.eventOffsets[event]! + level]!) * this.#starts[event]! * secondsPerYear;
    }
    for (const [event, level] of chosen) {
      const source = events.sources[event]!;
      if (source.type === 'cause') continue;
      const address = source.type === 'choice' ? source.choice.cause : source.cause.address;
      const bearer = causes.find((cause) => cause.address === address) ?? causes[0];
      bearer?.choices.push(source.type === 'choice' ? choiceWords(source.choice, level) : `${address} has failed meanwhile`);
    }
    return {
      events: causes.map(({ choices, ...cause }) => ({ ...cause, choice: choices.length > 0 ? choices.join(', ') : null })),
      unavailability: probability,
      outagesPerYear: Number.isNaN(perYear) ? null : perYear,
    };
  }
}

function choiceWords(choice: Choice, outcome: number): string {
  const words = choice.outcomes[outcome]!;
  return choice.component === null || choice.what === 'place' ? words : `${choice.component}: ${words}`;
}
