import { Formula, type Ref } from '../engine/formula';
import type { Cause } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import { keyOf, textOf, type Ladder, type Phases } from './phases';
import type { Renaming } from './twins';

/** What a choice is about, so that a cut set can be put into words. */
export interface Choice {
  readonly what: 'failover' | 'spare' | 'control-plane' | 'caught' | 'place' | 'turn' | 'order' | 'shard' | 'relaunch' | 'earlier';
  /** Address of the cause that draws it; null: drawn while all is normal. */
  readonly cause: string | null;
  readonly component: string | null;
  /** In words, by outcome. */
  readonly outcomes: readonly string[];
}

/** Where the probabilities of an event's literals come from. */
export type Source =
  /** First the literals "present, or over for less than a tail", then "present", then "younger than" each boundary. */
  | ({ readonly type: 'cause'; readonly cause: Cause } & Ladder)
  /** The first of two outcomes has this chance; null: all outcomes are equally likely. */
  | { readonly type: 'choice'; readonly choice: Choice; readonly chance: Quantity | Earlier | null }
  /** Literal k: a unit has failed since outage k began, longest mean age first. A choice without frequency that belongs to the unit's cause. */
  | { readonly type: 'relaunch'; readonly cause: Cause; readonly during: readonly Cause[] };

/** That one cause, which has been over for less than the tail, began before another that is still there. */
export interface Earlier {
  readonly one: Cause;
  readonly tail: Quantity;
  readonly other: Cause;
}

export const isEarlier = (chance: Quantity | Earlier | null): chance is Earlier =>
  chance !== null && typeof chance === 'object' && 'other' in chance;

/** Where in the order of questions an event stands: before all components, among those of its component, or with the units that are alike. */
export const SHARED = 0;
export const COMPONENT = 1;
export const UNIT = 2;

/** A cause as an event of the tree. */
export interface CauseEvent {
  readonly event: number;
  readonly cause: Cause;
  readonly present: Ref;
  younger(than: Quantity): Ref;
  /** Present, or over for less than this time. */
  within(tail: Quantity): Ref;
}

/** Outages during which units may have failed: those of different lengths, longest mean age first, and which of these each outage is. */
interface Meanwhile {
  readonly name: string;
  readonly ladders: readonly Cause[];
  readonly levels: readonly number[];
}

/** Of a cause from which nothing recovers before it is over. */
const none: Ladder = { tails: [], boundaries: [] };

/** The events of a fault tree, made when first asked for, each with its source. */
export class Events {
  readonly formula = new Formula();
  readonly sources: Source[] = [];
  readonly ranks: number[] = [];
  /** Index of the component to which an event belongs; −1: shared. */
  readonly owners: number[] = [];
  readonly #owned = new Map<number, number[]>();
  /** What each component that is a copy of another one has of its events. */
  readonly #copies = new Map<number, Map<number, number>>();
  readonly #causes = new Map<string, CauseEvent>();
  readonly #members = new Map<number, Set<Cause>>();
  readonly #choices = new Map<string, readonly Ref[]>();
  readonly #meanwhile = new Map<readonly Cause[], Meanwhile>();

  constructor(
    private readonly phases: Phases,
    private readonly nominal: (quantity: Quantity) => number,
  ) {}

  /** A cause of its own. */
  cause(cause: Cause, owner: number): CauseEvent {
    return this.#cause(cause.address, cause, owner, owner < 0 ? SHARED : COMPONENT);
  }

  /** A cause of one unit that stands for those of all units of the component that fail alike: they are told apart only where units are counted. */
  likeCause(cause: Cause, owner: number, alike: string): CauseEvent {
    const ladder = this.phases.get(cause.address) ?? none;
    const made = this.#cause(`${owner} ${alike} ${textOf(cause.occurrence)} ${textOf(ladder)}`, cause, owner, UNIT);
    const members = this.#members.get(made.event);
    if (members) members.add(cause);
    else this.#members.set(made.event, new Set([cause]));
    return made;
  }

  /** The causes for which an event stands. */
  members(event: number): readonly Cause[] {
    const source = this.sources[event]!;
    return source.type === 'choice' ? [] : [...(this.#members.get(event) ?? [source.cause])];
  }

  /** A draw; asked for again under the same name it is the same one. */
  choice(choice: Choice, chance: Quantity | Earlier | null, owner: number): readonly Ref[] {
    const { what, cause, component, outcomes } = choice;
    const name = [what, cause ?? '', component ?? '', ...(what === 'place' || what === 'order' || what === 'turn' ? outcomes : [])].join(
      ' ',
    );
    return this.#drawn(name, choice, chance, owner);
  }

  /**
   * That an outage which is over for less than a tail began before another of a component's causes. Those of one length share the draw: more than two
   * outages at once are too rare to tell apart which came first.
   */
  earlier({ cause: one }: CauseEvent, tail: Quantity, { cause: other }: CauseEvent, component: string, owner: number): Ref {
    const name = `earlier ${one.address} ${component} ${keyOf(tail)} ${other.occurrence.length ? textOf(other.occurrence.length) : 'unknown'}`;
    const choice: Choice = { what: 'earlier', cause: one.address, component: null, outcomes: ['it went out first', 'it went out last'] };
    return this.#drawn(name, choice, { one, tail, other }, owner)[0]!;
  }

  #drawn(name: string, choice: Choice, chance: Quantity | Earlier | null, owner: number): readonly Ref[] {
    const { outcomes } = choice;
    const known = this.#choices.get(name);
    if (known) return known;
    const refs = this.formula.choice(name, outcomes.length);
    this.#register({ type: 'choice', choice, chance }, owner, owner < 0 ? SHARED : COMPONENT);
    this.#choices.set(name, refs);
    return refs;
  }

  /** Whether a unit has failed since one of these outages began: one literal per outage, outages of one length sharing theirs. */
  relaunch(unit: CauseEvent, during: readonly Cause[], owner: number): readonly Ref[] {
    let meanwhile = this.#meanwhile.get(during);
    if (!meanwhile) this.#meanwhile.set(during, (meanwhile = this.#meanwhileOf(during)));
    const { ladders, levels, name: lengths } = meanwhile;
    const name = `relaunch ${unit.event} ${lengths}`;
    let refs = this.#choices.get(name);
    if (!refs) {
      refs = this.formula.ladder(name, ladders.length);
      this.#register({ type: 'relaunch', cause: unit.cause, during: ladders }, owner, this.ranks[unit.event]!);
      this.#choices.set(name, refs);
    }
    return levels.map((level) => refs[level]!);
  }

  /**
   * Makes the events of one component again for another one, which is alike, those that it has not got yet; returns those of the second by those of the
   * first.
   */
  copy(owner: number, to: number, renaming: Renaming): ReadonlyMap<number, number> {
    let copies = this.#copies.get(to);
    if (!copies) this.#copies.set(to, (copies = new Map()));
    for (const event of this.#owned.get(owner) ?? []) {
      if (copies.has(event)) continue;
      const source = renamed(this.sources[event]!, renaming);
      const name = `${this.formula.eventNames[event]!} of ${to}`;
      const literals = this.formula.eventLiterals[event]!;
      copies.set(event, this.formula.eventCount);
      const members = this.#members.get(event);
      if (members) this.#members.set(this.formula.eventCount, new Set([...members].map((cause) => renaming.cause(cause))));
      if (source.type === 'choice') this.formula.choice(name, literals);
      else this.formula.ladder(name, literals);
      this.#register(source, to, this.ranks[event]!);
    }
    return copies;
  }

  #meanwhileOf(during: readonly Cause[]): Meanwhile {
    const lengths = during.map(({ occurrence }) => JSON.stringify(occurrence.length));
    const ladders = [...new Map(during.map((cause, i) => [lengths[i]!, cause])).values()]
      .map((cause, i) => ({ cause, i, age: meanAge(cause, this.nominal) }))
      .sort((a, b) => b.age - a.age || a.i - b.i)
      .map(({ cause }) => cause);
    const order = ladders.map(({ occurrence }) => JSON.stringify(occurrence.length));
    return { name: [...new Set(lengths)].sort().join(' '), ladders, levels: lengths.map((length) => order.indexOf(length)) };
  }

  #cause(name: string, cause: Cause, owner: number, rank: number): CauseEvent {
    const known = this.#causes.get(name);
    if (known) return known;
    const { tails, boundaries } = this.phases.get(cause.address) ?? none;
    const event = this.formula.eventCount;
    const literals = this.formula.ladder(cause.address, tails.length + 1 + boundaries.length);
    const tailLiterals = new Map(tails.map((tail, i) => [keyOf(tail), literals[i]!]));
    const phaseLiterals = new Map(boundaries.map((boundary, i) => [keyOf(boundary), literals[tails.length + 1 + i]!]));
    this.#register({ type: 'cause', cause, tails, boundaries }, owner, rank);
    const literalOf = (known: ReadonlyMap<string, Ref>, quantity: Quantity): Ref => {
      const ref = known.get(keyOf(quantity));
      if (ref === undefined) throw new Error(`${cause.address} has no phase that ends at ${keyOf(quantity)}. This is a bug in nines.`);
      return ref;
    };
    const made: CauseEvent = {
      event,
      cause,
      present: literals[tails.length]!,
      younger: (than) => literalOf(phaseLiterals, than),
      within: (tail) => literalOf(tailLiterals, tail),
    };
    this.#causes.set(name, made);
    return made;
  }

  #register(source: Source, owner: number, rank: number): void {
    const owned = this.#owned.get(owner);
    if (owned) owned.push(this.sources.length);
    else this.#owned.set(owner, [this.sources.length]);
    this.sources.push(source);
    this.owners.push(owner);
    this.ranks.push(rank);
  }
}

function renamed(source: Source, renaming: Renaming): Source {
  if (source.type !== 'choice') return { ...source, cause: renaming.cause(source.cause) };
  const { cause, component, outcomes, what } = source.choice;
  const choice: Choice = {
    what,
    cause: cause && renaming.address(cause),
    component: component && renaming.component(component),
    outcomes: outcomes.map((words) => renaming.words(words)),
  };
  const { chance } = source;
  if (!isEarlier(chance)) return { ...source, choice };
  return { ...source, choice, chance: { ...chance, one: renaming.cause(chance.one), other: renaming.cause(chance.other) } };
}

/** Mean time since an outage began, for somebody who sees it: E[D²] / 2E[D]; not a number where its length is unknown. */
export function meanAge({ occurrence: { length } }: Cause, valueOf: (quantity: Quantity) => number): number {
  if (!length) return NaN;
  const mean = valueOf(length.mean);
  if (length.distribution === 'fixed') return mean / 2;
  return length.distribution === 'exponential' ? mean : (mean * Math.exp((length.sigma ?? 0) ** 2)) / 2;
}
