import type { Ref } from '../engine/formula';
import type { PlaceOutcome, Promoted } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Component } from '../topology/topology';
import type { CauseEvent } from './events';
import { placed } from './homes';
import { withDoubt } from './phases';
import { placeOf } from './places';
import type { Surroundings } from './surroundings';
import { caughtLiteral } from './units';

export interface PromotedContext {
  readonly surroundings: Surroundings;
  readonly component: Component;
  readonly owner: number;
  readonly group: Promoted;
  readonly outbound: boolean;
  /** Transactions stay in doubt for so long after a switch-over; null: none are asked about. */
  readonly doubt: Quantity | null;
}

/** A cause that takes a unit out, as long as the condition holds. */
interface Hit {
  readonly event: CauseEvent;
  readonly when: Ref;
}

/** A unit of the group in the zone where it lies. */
interface Placed {
  readonly unit: string;
  readonly zone: string | null;
}

/** A group of which one unit serves: it is down until a standby has been promoted, by itself or by a person, or until the cause is over. */
export function promotedFails(context: PromotedContext): Ref {
  const { component, group, owner, surroundings } = context;
  const { formula } = surroundings.events;
  const zoneOf = new Map(component.behaviour.units.map(({ address, zone }) => [address, zone]));
  const outcomes = outcomesOf(component, group);
  const draws = placed(surroundings.events, component.name, owner, { outcomes });
  return formula.or(
    outcomes.map(({ zones, primary }, i) => {
      const units = group.units.map((unit): Placed => ({ unit, zone: zones[unit] ?? zoneOf.get(unit) ?? null }));
      const serves = units.find(({ unit }) => unit === (primary ?? group.units[0]!))!;
      const standbys = units.filter((one) => one !== serves);
      const noneLeft = formula.and(standbys.map((one) => formula.or([isOut(context, one), isBehind(context, one, units)])));
      // Another one took over from it, and is out itself before it has caught up.
      const overtaken = formula.and([isBehind(context, serves, units), noneLeft, formula.or(standbys.map((one) => isOut(context, one)))]);
      return formula.and([draws[i]!, formula.or([servingDown(context, serves, noneLeft, standbys.length === 0), overtaken])]);
    }),
  );
}

/** Where its units may lie and which one serves; where nothing says which, each is as likely. */
function outcomesOf(component: Component, group: Promoted): readonly PlaceOutcome[] {
  const outcomes = placeOf(component, group)?.outcomes ?? [{ zones: {}, primary: null }];
  if (outcomes.some(({ primary }) => primary !== null)) return outcomes;
  return outcomes.flatMap(({ zones }) => group.units.map((primary) => ({ zones, primary })));
}

function servingDown(context: PromotedContext, serves: Placed, noneLeft: Ref, alone: boolean): Ref {
  const { component, doubt, group, owner, surroundings } = context;
  const { formula } = surroundings.events;
  const byHits = hitsOn(context, serves).map(({ event, when }) => {
    if (alone) return formula.and([event.present, when]);
    const fails = surroundings.events.choice(
      {
        what: 'failover',
        cause: event.cause.address,
        component: component.name,
        outcomes: ['the switch-over works', 'the switch-over fails'],
      },
      group.coverage,
      owner,
    )[1]!;
    const lasts = formula.or([
      event.younger(withDoubt(group.switchOver, doubt)),
      formula.and([fails, event.younger(withDoubt(group.operator, doubt))]),
      formula.and([event.present, noneLeft]),
    ]);
    return formula.and([when, lasts]);
  });
  return formula.or([...byHits, isCut(context, serves)]);
}

function isOut(context: PromotedContext, placed: Placed): Ref {
  const { formula } = context.surroundings.events;
  return formula.or([isCut(context, placed), ...hitsOn(context, placed).map(({ event, when }) => formula.and([event.present, when]))]);
}

function isCut({ outbound, surroundings }: PromotedContext, { zone }: Placed): Ref {
  return outbound && zone !== null ? surroundings.cutOff(zone) : surroundings.events.formula.false;
}

/**
 * The unit's zone is back, another one served meanwhile, and it has not caught up with that. While one is there that has, nobody asks. Of a pair, the
 * other has served if it went out later. Where there are more, they all have to be out; that this one was the last of them to go out is left aside.
 */
function isBehind(context: PromotedContext, { zone }: Placed, units: readonly Placed[]): Ref {
  const { component, group, owner, surroundings } = context;
  const { events } = surroundings;
  const { formula } = events;
  const { catchUp } = group;
  const elsewhere = units.filter((other) => other.zone !== zone);
  if (catchUp === undefined || zone === null || elsewhere.length === 0) return formula.false;
  return formula.or(
    surroundings.zone(zone).map((outage) => {
      if (units.length > 2) return outage.within(catchUp);
      const later = elsewhere.flatMap((other) => [
        isCut(context, other),
        ...hitsOn(context, other).map(({ event, when }) =>
          formula.and([event.present, when, events.earlier(outage, catchUp, event, component.name, owner)]),
        ),
      ]);
      return formula.and([outage.within(catchUp), formula.or(later)]);
    }),
  );
}

function hitsOn({ component, owner, surroundings }: PromotedContext, { unit, zone }: Placed): Hit[] {
  const { events } = surroundings;
  const hits: Hit[] = [];
  for (const cause of component.behaviour.causes) {
    if ('units' in cause.hits && cause.hits.units.includes(unit))
      hits.push({ event: events.cause(cause, owner), when: events.formula.true });
    if (cause.caught?.units.includes(unit)) {
      const event = events.cause(cause, owner);
      hits.push({ event, when: caughtLiteral(surroundings, event, owner) });
    }
  }
  for (const event of zone === null ? [] : surroundings.zone(zone)) hits.push({ event, when: events.formula.true });
  return hits;
}
