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

/** A group of which one unit serves: it is down until a standby has been promoted, by itself or by a person, or until the cause is over. */
export function promotedFails(context: PromotedContext): Ref {
  const { component, group, owner, surroundings } = context;
  const { formula } = surroundings.events;
  const zoneOf = new Map(component.behaviour.units.map(({ address, zone }) => [address, zone]));
  const outcomes = outcomesOf(component, group);
  const draws = placed(surroundings.events, component.name, owner, { outcomes });
  return formula.or(
    outcomes.map(({ zones, primary }, i) => {
      const zone = (unit: string): string | null => zones[unit] ?? zoneOf.get(unit) ?? null;
      const serves = primary ?? group.units[0]!;
      const standbys = group.units.filter((unit) => unit !== serves);
      const noneLeft = formula.and(standbys.map((unit) => isOut(context, unit, zone(unit))));
      return formula.and([draws[i]!, servingDown(context, serves, zone(serves), noneLeft, standbys.length === 0)]);
    }),
  );
}

/** Where its units may lie and which one serves; where nothing says which, each is as likely. */
function outcomesOf(component: Component, group: Promoted): readonly PlaceOutcome[] {
  const outcomes = placeOf(component, group)?.outcomes ?? [{ zones: {}, primary: null }];
  if (outcomes.some(({ primary }) => primary !== null)) return outcomes;
  return outcomes.flatMap(({ zones }) => group.units.map((primary) => ({ zones, primary })));
}

function servingDown(context: PromotedContext, unit: string, zone: string | null, noneLeft: Ref, alone: boolean): Ref {
  const { component, doubt, group, outbound, owner, surroundings } = context;
  const { formula } = surroundings.events;
  const cut = outbound && zone !== null ? surroundings.cutOff(zone) : formula.false;
  const byHits = hitsOn(context, unit, zone).map(({ event, when }) => {
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
  return formula.or([...byHits, cut]);
}

function isOut(context: PromotedContext, unit: string, zone: string | null): Ref {
  const { surroundings } = context;
  const { formula } = surroundings.events;
  const cut = context.outbound && zone !== null ? surroundings.cutOff(zone) : formula.false;
  return formula.or([cut, ...hitsOn(context, unit, zone).map(({ event, when }) => formula.and([event.present, when]))]);
}

function hitsOn({ component, owner, surroundings }: PromotedContext, unit: string, zone: string | null): Hit[] {
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
