import type { Ref } from '../engine/formula';
import type { Group, Pool } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Component, Topology } from '../topology/topology';
import { Events } from './events';
import { keyOf, phasesOf, type Phases } from './phases';
import { promotedFails, type PromotedContext } from './promoted';
import type { Requirement } from './requirements';
import type { PoolContext, UnitTerms } from './residence';
import { Surroundings } from './surroundings';
import { renamingOf, shapeOf } from './twins';
import { caughtLiteral, livingOf, mayCount, unitsOf } from './units';

/** A pool whose units are counted: it fails when fewer than `needs` are alive, and matters while `guard` holds. */
export interface CountedPool {
  readonly guard: Ref;
  readonly needs: number;
  readonly names: readonly string[];
  readonly units: readonly UnitTerms[];
}

/** Something that is not so when `event` holds or one of the pools fails. */
export interface Condition {
  readonly component: number;
  readonly event: Ref;
  readonly pools: readonly CountedPool[];
}

/** Units in rotation, the load in units of one's capacity, and the pool that must not fail where all must be fully up. */
export interface Balanced extends CountedPool {
  readonly loadInUnits: number;
  readonly all: CountedPool | null;
}

/** The share of requests that a component serves: none while the condition fails, else what its balanced units serve. */
export interface Serving extends Condition {
  readonly balanced: Balanced | null;
}

/** What is asked of a component. */
interface Asked extends Pick<Requirement, 'fully' | 'doubt'> {
  /** Whether units that fail alike may share an event. Not where each must be named, as in cut sets. */
  readonly counting: boolean;
}

/** A topology as a fault tree: its events, and for each component when it is down. */
export class FaultTree {
  readonly events: Events;
  readonly #surroundings: Surroundings;
  readonly #components: ReadonlyMap<string, { readonly component: Component; readonly owner: number }>;
  readonly #promotedFails = new Map<string, Ref>();
  readonly #counted = new Map<string, CountedPool>();
  /** What becomes of the units of each pool by where they live: the same whether they are counted or named. */
  readonly #living = new Map<string, readonly UnitTerms[]>();
  readonly #phases: Phases;
  readonly #shapes = new Map<string, string>();
  /** The first component like each one that has been asked about. */
  readonly #firsts = new Map<string, string>();
  readonly #outside: ReadonlyMap<string, 'hard' | 'soft' | null>;

  constructor(
    readonly topology: Topology,
    nominal: (quantity: Quantity) => number,
  ) {
    this.#phases = phasesOf(topology, nominal);
    this.events = new Events(this.#phases, nominal);
    this.#surroundings = new Surroundings(this.events, topology);
    this.#components = new Map(topology.components.map((component, owner) => [component.name, { component, owner }]));
    this.#outside = new Map(topology.components.map((component) => [component.name, this.#reach(component)]));
  }

  /** The first component asked about that is like this one but for names: what is derived of it needs no deriving again. */
  firstLike(name: string): string {
    const known = this.#firsts.get(name);
    if (known !== undefined) return known;
    const shape = shapeOf(this.#find(name).component, this.#outside.get(name)!, this.#phases);
    const first = this.#shapes.get(shape) ?? name;
    this.#shapes.set(shape, first);
    this.#firsts.set(name, first);
    return first;
  }

  /** Gives a component the events that its first like has, when all has been derived of that; returns its own by those of the other. */
  eventsLike(first: string, name: string): ReadonlyMap<number, number> {
    const [from, to] = [this.#find(first), this.#find(name)];
    return this.events.copy(from.owner, to.owner, renamingOf(from.component, to.component));
  }

  /** When a component does not meet what a flow needs of it. */
  fails(requirement: Requirement): Condition {
    return this.#fails(requirement, true);
  }

  /** The same with every unit named: of pools that could be counted too, one event. */
  failsByName(requirement: Requirement): Ref {
    return this.#fails(requirement, false).event;
  }

  #fails({ component: name, fully, doubt }: Requirement, counting: boolean): Condition {
    const { component, owner } = this.#find(name);
    const groups = component.behaviour.groups.filter((group) => matters(group, fully));
    return this.#condition(
      component,
      owner,
      groups.map((group) => this.#ofUser(component, owner, group, { fully, doubt, counting })),
    );
  }

  /** Whether users of a component are divided over shards, of which each of them needs one. */
  divides(name: string): boolean {
    return shardsOf(this.#find(name).component).length > 1;
  }

  /** The same for a component that divides its users: what all of them notice, and what only those of each shard do. */
  failsByShard({ component: name, fully, doubt }: Requirement): { readonly whole: Condition; readonly shards: readonly Condition[] } {
    const { component, owner } = this.#find(name);
    const groups = component.behaviour.groups.filter((group) => matters(group, fully));
    const failing = (shard: number | null): Failing[] =>
      groups
        .filter((group) => group.shard === shard)
        .map((group) => this.#group(component, owner, group, { fully, doubt, counting: true }));
    return {
      whole: this.#condition(component, owner, failing(null)),
      shards: shardsOf(component).map((shard) => {
        const parts = failing(shard);
        return {
          component: owner,
          event: this.events.formula.or(parts.map(({ event }) => event)),
          pools: parts.flatMap(({ pools }) => pools),
        };
      }),
    };
  }

  /** What a component serves of the requests that reach it, where `required` says when it counts as serving none. */
  serves(name: string, required: Requirement | null): Serving {
    const { component, owner } = this.#find(name);
    const { balanced, groups } = component.behaviour;
    const rotation = groups.find((group): group is Pool => group.form === 'pool' && group.name === balanced?.group);
    const fully = required?.fully ?? false;
    const others = groups.filter((group) => group !== rotation && matters(group, fully));
    const asked = { fully, doubt: required?.doubt ?? null, counting: true };
    const terms = others.map((group) => this.#ofUser(component, owner, group, asked));
    const condition = this.#condition(component, owner, terms);
    if (!balanced || !rotation) return { ...condition, balanced: null };
    const alsoOutside = this.#outside.get(component.name) === 'soft';
    const alike = mayCount(component, rotation);
    const all = fully ? this.#pool(component, owner, rotation, alsoOutside, alike) : null;
    return { ...condition, balanced: { ...this.#pool(component, owner, rotation, false, alike), loadInUnits: balanced.loadInUnits, all } };
  }

  /** What counts as failing although it has not been followed: values may be too large by as much as it is likely. */
  get overlooked(): ReadonlySet<Ref> {
    return this.#surroundings.overlooked;
  }

  #find(name: string): { readonly component: Component; readonly owner: number } {
    const found = this.#components.get(name);
    if (!found) throw new Error(`The topology has no component ${name}, which it names. This is a bug in nines.`);
    return found;
  }

  #condition(component: Component, owner: number, groups: readonly Failing[]): Condition {
    const { formula } = this.events;
    const wide = component.behaviour.causes.flatMap((cause) => {
      const whole = 'component' in cause.hits || 'region' in cause.hits;
      if (!whole) return [];
      const event = this.events.cause(cause, owner);
      return [cause.caught ? formula.and([event.present, formula.not(caughtLiteral(this.#surroundings, event, owner))]) : event.present];
    });
    return {
      component: owner,
      event: formula.or([this.#surroundings.regionOut(component.region), ...wide, ...groups.map(({ event }) => event)]),
      pools: groups.flatMap(({ pools }) => pools),
    };
  }

  /** A group that fails in a way that matters to a given user, who has one shard. */
  #ofUser(component: Component, owner: number, group: Group, asked: Asked): Failing {
    const guard = this.#guard(component, owner, group);
    const { event, pools } = this.#group(component, owner, group, asked);
    return { event: this.events.formula.and([guard, event]), pools: pools.map((pool) => ({ ...pool, guard })) };
  }

  /** A group that fails in a way that matters to those who need it. */
  #group(component: Component, owner: number, group: Group, { counting, doubt, fully }: Asked): Failing {
    const { formula } = this.events;
    // What it can do without counts where it must be fully up; a group that fails anyway also fails then.
    const alsoOutside = fully && this.#outside.get(component.name) === 'soft';
    if (group.form === 'promoted') {
      const outbound = this.#needsOutside(component, alsoOutside);
      return { event: this.#promoted({ surroundings: this.#surroundings, component, owner, group, outbound, doubt }), pools: [] };
    }
    const alike = counting && mayCount(component, group);
    const pool = this.#pool(component, owner, group, alsoOutside, alike);
    if (alike) return { event: formula.false, pools: [pool] };
    const dead = pool.units.map((unit) => unit.dead);
    return { event: formula.atLeast(dead.length - pool.needs + 1, dead), pools: [] };
  }

  #promoted(context: PromotedContext): Ref {
    const { doubt, group, outbound, owner } = context;
    const key = `${owner} ${group.name} ${outbound} ${doubt === null ? '' : keyOf(doubt)}`;
    let fails = this.#promotedFails.get(key);
    if (fails === undefined) this.#promotedFails.set(key, (fails = promotedFails(context)));
    return fails;
  }

  /** `alike`: units that fail alike share an event. */
  #pool(component: Component, owner: number, pool: Pool, alsoOutside: boolean, alike: boolean): CountedPool {
    const outbound = this.#needsOutside(component, alsoOutside);
    const where = `${owner} ${pool.name} ${outbound}`;
    const key = `${where} ${alike}`;
    const known = this.#counted.get(key);
    if (known) return known;
    const { balanced } = component.behaviour;
    const detection = balanced?.group === pool.name ? balanced.detection : null;
    const context: PoolContext = { surroundings: this.#surroundings, component, owner, pool, detection, outbound };
    let living = this.#living.get(where);
    if (!living) this.#living.set(where, (living = livingOf(context)));
    const made: CountedPool = {
      guard: this.events.formula.true,
      needs: pool.needs,
      names: pool.units,
      units: unitsOf(context, living, alike),
    };
    this.#counted.set(key, made);
    return made;
  }

  #guard(component: Component, owner: number, group: Group): Ref {
    const { formula } = this.events;
    if (group.shard === null) return formula.true;
    const shards = shardsOf(component);
    if (shards.length < 2) return formula.true;
    const outcomes = shards.map((shard) => `the user is in shard ${shard}`);
    const refs = this.events.choice({ what: 'shard', cause: null, component: component.name, outcomes }, null, owner);
    return refs[shards.indexOf(group.shard)]!;
  }

  /** Whether units that cannot reach the outside are dead; `also`: where what the component can do without counts. */
  #needsOutside({ name }: Component, also: boolean): boolean {
    return also || this.#outside.get(name) === 'hard';
  }

  #reach(component: Component): 'hard' | 'soft' | null {
    const outside = component.dependsOn.filter(({ on }) => this.#find(on).component.reach === 'outside');
    if (outside.length === 0) return null;
    return outside.some(({ without }) => without === 'down') ? 'hard' : 'soft';
  }
}

/** Whether the failing of a group counts where its component must not be down, or must be fully up. */
const matters = ({ without }: Group, fully: boolean): boolean => fully || without === 'down';

/** The numbers of a component's shards. */
function shardsOf({ behaviour: { groups } }: Component): number[] {
  return [...new Set(groups.flatMap(({ shard }) => (shard === null ? [] : [shard])))].sort((a, b) => a - b);
}

interface Failing {
  readonly event: Ref;
  readonly pools: readonly CountedPool[];
}

/** Two conditions that are alike give the same text. */
export function conditionKey(condition: Condition): string {
  const pools = condition.pools.map(({ guard, needs, units }) => [guard, needs, units.map(({ dead }) => dead)]);
  return JSON.stringify([condition.event, pools]);
}
