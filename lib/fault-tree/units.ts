import type { Ref } from '../engine/formula';
import type { Cause, Pool } from '../topology/behaviour';
import type { Component } from '../topology/topology';
import type { CauseEvent } from './events';
import { placed } from './homes';
import { placeOf } from './places';
import { Residence, type PoolContext, type UnitTerms } from './residence';
import type { Surroundings } from './surroundings';

/** What becomes of the units of a pool by where they live, in its order. */
export function livingOf(context: PoolContext): UnitTerms[] {
  const { component, owner, pool, surroundings } = context;
  const { formula } = surroundings.events;
  const residence = new Residence(context);
  const place = placeOf(component, pool);
  const zoneOf = new Map(component.behaviour.units.map(({ address, zone }) => [address, zone]));
  const draws = place ? placed(surroundings.events, component.name, owner, place) : [formula.true];
  const byPlace = (place?.outcomes ?? [{ zones: {} as Readonly<Record<string, string>> }]).map(({ zones }) =>
    residence.of(pool.units.map((unit) => zoneOf.get(unit) ?? zones[unit] ?? null)),
  );
  return pool.units.map((_, i) => {
    const anywhere = (of: (terms: UnitTerms) => Ref): Ref => {
      const [first, ...others] = byPlace.map((units) => of(units[i]!));
      // What does not hang on the place does not ask for it.
      if (others.every((other) => other === first)) return first!;
      return formula.or(byPlace.map((units, outcome) => formula.and([draws[outcome]!, of(units[i]!)])));
    };
    return { dead: anywhere(({ dead }) => dead), noticed: anywhere(({ noticed }) => noticed) };
  });
}

/** The units of a pool, in its order: what takes each alone, and where it lives. `alike`: units that fail alike share an event. */
export function unitsOf(context: PoolContext, living: readonly UnitTerms[], alike: boolean): UnitTerms[] {
  const { component, pool, surroundings } = context;
  const { formula } = surroundings.events;
  const causes = causesByUnit(component);
  const nameOf = alikeIn(component, pool);
  const known = new Map<string, UnitTerms>();
  return pool.units.map((unit, i) => {
    const own = ownTerms(context, hitsOn(context, unit, causes.get(unit) ?? [], alike ? nameOf(unit) : null), known);
    return { dead: formula.or([own.dead, living[i]!.dead]), noticed: formula.or([own.noticed, living[i]!.noticed]) };
  });
}

/** A cause as it hits a unit: alone, or as a change that is caught in it. */
interface Hit {
  readonly event: CauseEvent;
  readonly caught: boolean;
}

/** `like`: the name that it has in common with units that fail alike; null: its events are its own. */
function hitsOn({ owner, surroundings }: PoolContext, unit: string, causes: readonly Cause[], like: string | null): Hit[] {
  const { events } = surroundings;
  const hits: Hit[] = [];
  for (const cause of causes) {
    if ('units' in cause.hits && cause.hits.units.includes(unit))
      hits.push({ event: like === null ? events.cause(cause, owner) : events.likeCause(cause, owner, like), caught: false });
    if (cause.caught?.units.includes(unit)) hits.push({ event: events.cause(cause, owner), caught: true });
  }
  return hits;
}

/** What takes a unit alone, a bad first batch, and launches that the control plane holds up; made once for all units that the same events hit. */
function ownTerms(context: PoolContext, hits: readonly Hit[], known: Map<string, UnitTerms>): UnitTerms {
  const key = hits.map(({ caught, event }) => (caught ? `caught ${event.event}` : event.event)).join(' ');
  let terms = known.get(key);
  if (!terms) known.set(key, (terms = termsOf(context, hits)));
  return terms;
}

function termsOf({ component, detection, owner, pool, surroundings }: PoolContext, hits: readonly Hit[]): UnitTerms {
  const { formula } = surroundings.events;
  const dead: Ref[] = [];
  const noticed: Ref[] = [];
  const add = (event: CauseEvent, out: Ref): void => {
    dead.push(out);
    if (detection !== null) noticed.push(formula.and([out, formula.not(event.younger(detection))]));
  };
  for (const { caught, event } of hits) {
    if (caught) {
      add(event, formula.and([event.present, caughtLiteral(surroundings, event, owner)]));
      continue;
    }
    add(event, pool.replacement ? event.younger(pool.replacement.time) : event.present);
    if (pool.replacement?.needs === 'control-plane') {
      const late = lateLaunch(surroundings, component, event, owner);
      dead.push(late);
      noticed.push(late);
    }
  }
  return { dead: formula.or(dead), noticed: formula.or(noticed) };
}

/** Units of which none is special have one name: those of a zone where zones have different numbers of them, and those of a first batch. */
function alikeIn(component: Component, pool: Pool): (unit: string) => string {
  const members = new Set(pool.units);
  const counts = new Map<string | null, number>();
  const zoneOf = new Map<string, string | null>();
  for (const { address, zone } of component.behaviour.units) {
    if (!zoneOf.has(address)) zoneOf.set(address, zone);
    if (members.has(address)) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  const even = !counts.has(null) && new Set(counts.values()).size === 1;
  const firsts = component.behaviour.causes.flatMap(({ caught }) => (caught ? [new Set(caught.units)] : []));
  return (unit) => {
    const batches = firsts.map((first) => (first.has(unit) ? 'first' : '')).join('');
    return `${pool.name} ${even ? '' : (zoneOf.get(unit) ?? 'any')} ${batches}`;
  };
}

/** The causes that hit each unit or are caught in it, in the order of the component's. */
function causesByUnit({ behaviour }: Component): Map<string, Cause[]> {
  const found = new Map<string, Cause[]>();
  for (const cause of behaviour.causes) {
    const hit = 'units' in cause.hits ? cause.hits.units : [];
    for (const unit of new Set([...hit, ...(cause.caught?.units ?? [])])) {
      const list = found.get(unit);
      if (list) list.push(cause);
      else found.set(unit, [cause]);
    }
  }
  return found;
}

/** A bad change is caught in its first batch. */
export function caughtLiteral({ events }: Surroundings, { cause }: CauseEvent, owner: number): Ref {
  const outcomes = ['caught in the first batch', 'not caught'];
  return events.choice({ what: 'caught', cause: cause.address, component: null, outcomes }, cause.caught!.coverage, owner)[0]!;
}

/** The unit must be launched anew and has failed since the control plane is out. */
function lateLaunch(surroundings: Surroundings, component: Component, unit: CauseEvent, owner: number): Ref {
  const { events } = surroundings;
  const { formula } = events;
  const { causes, out } = surroundings.holdUps(component.region);
  if (causes.length === 0) return formula.false;
  const failed = events.relaunch(unit, causes, owner);
  return formula.or(out.map((held, i) => formula.and([held, failed[i]!])));
}

/** Units may be counted instead of named where each of their causes hits one of them alone and no other group asks for them. */
export function mayCount(component: Component, pool: Pool): boolean {
  const { causes, groups } = component.behaviour;
  const shared = groups.some((group) => group !== pool && group.units.some((unit) => pool.units.includes(unit)));
  return !shared && causes.every(({ hits }) => !('units' in hits) || hits.units.length === 1);
}
