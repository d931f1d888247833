import type { Ref } from '../engine/formula';
import type { Pool } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Component } from '../topology/topology';
import type { CauseEvent } from './events';
import { zonesOf } from './places';
import type { Surroundings } from './surroundings';

/** A unit of a pool: when it is dead, and when the balancer has noticed that. */
export interface UnitTerms {
  readonly dead: Ref;
  readonly noticed: Ref;
}

export interface PoolContext {
  readonly surroundings: Surroundings;
  readonly component: Component;
  readonly owner: number;
  readonly pool: Pool;
  /** From a unit's outage until the balancer has noticed; null: nobody asks. */
  readonly detection: Quantity | null;
  /** Units that cannot reach the outside count as dead. */
  readonly outbound: boolean;
}

/** Another zone of the component, seen from a zone that is out. */
interface Refuge {
  readonly zone: string;
  /** Out, or cut off from an outside that is needed. */
  readonly trouble: Ref;
}

/** What holds for all units that leave a zone, wherever they go. */
interface Leaving {
  readonly outage: CauseEvent;
  readonly out: Ref;
  readonly cut: Ref;
  readonly noticed: Ref;
  readonly refuges: readonly Refuge[];
  /** More than one of the refuges is in trouble. */
  readonly many: Ref;
  /** Whatever other zones do, or because of a zone in which there is trouble, it has not been replaced. */
  readonly stuck: Ref;
  /** For each refuge: it is the only one in trouble; the unit has been replaced besides; and what becomes of it there. */
  readonly moved: readonly (UnitTerms & { readonly alone: Ref; readonly when: Ref })[];
}

/** Where a unit goes when its zone is out: among equally empty zones, the `turn`-th from a start drawn once. */
interface Goal {
  readonly among: readonly string[];
  readonly turn: number;
}

/** The goals of all units that leave a zone, one after the other to the zone with fewest: only where a last round does not reach all, it is drawn. */
function goalsFrom(zone: string, counts: ReadonlyMap<string, number>): Goal[] {
  const others = [...counts].filter(([other]) => other !== zone);
  const leaving = counts.get(zone)!;
  const goals: Goal[] = [];
  if (others.length === 0) return Array.from({ length: leaving }, () => ({ among: [], turn: 0 }));
  for (let level = Math.min(...others.map(([, count]) => count)); goals.length < leaving; level++) {
    const among = others.flatMap(([other, count]) => (count <= level ? [other] : []));
    const rest = leaving - goals.length;
    if (rest >= among.length) goals.push(...among.map((other) => ({ among: [other], turn: 0 })));
    else goals.push(...Array.from({ length: rest }, (_, turn) => ({ among, turn })));
  }
  return goals;
}

/**
 * Where units live, and how they move when their zone is out. They are followed through one further zone that fails; with two more of them in trouble
 * the units count as dead. Of three zones none is left then; of more that is on the safe side, and how often it happens is told as overlooked.
 */
export class Residence {
  readonly #known = new Map<string, UnitTerms>();
  readonly #stuckBy = new Map<CauseEvent, Ref>();
  readonly #leavingBy = new Map<string, Leaving | UnitTerms>();
  readonly #zones: readonly string[];

  constructor(private readonly context: PoolContext) {
    this.#zones = zonesOf(context.component);
  }

  /** The units of the pool, each living in a zone; null: in none of those that can fail. */
  of(homes: readonly (string | null)[]): UnitTerms[] {
    const { formula } = this.context.surroundings.events;
    const counts = new Map(this.#zones.map((zone) => [zone, 0]));
    for (const home of homes) if (home !== null) counts.set(home, (counts.get(home) ?? 0) + 1);
    const left = new Map<string, Goal[]>();
    return homes.map((home) => {
      if (home === null) return { dead: formula.false, noticed: formula.false };
      let goals = left.get(home);
      if (!goals) left.set(home, (goals = goalsFrom(home, counts)));
      return this.#living(home, goals.shift()!);
    });
  }

  #living(zone: string, goal: Goal): UnitTerms {
    const key = `${zone} ${goal.turn} ${goal.among.join(' ')}`;
    let terms = this.#known.get(key);
    if (!terms) this.#known.set(key, (terms = this.#make(zone, goal)));
    return terms;
  }

  #make(zone: string, goal: Goal): UnitTerms {
    let leaving = this.#leavingBy.get(zone);
    if (!leaving) this.#leavingBy.set(zone, (leaving = this.#leaving(zone)));
    if (!('refuges' in leaving)) return leaving;
    const { cut, many, moved, noticed, out, outage, refuges, stuck } = leaving;
    const { detection, surroundings } = this.context;
    const { formula } = surroundings.events;
    const first = this.#first(outage, refuges, goal);
    const there = moved.map(({ alone, dead, noticed: seen, when }, i) => ({
      // It may be stuck as well, which is death too: no success has to be asked for.
      dead: formula.and([alone, first[i]!, dead]),
      noticed: formula.and([when, first[i]!, seen]),
    }));
    return {
      dead: formula.or([
        formula.and([out, formula.or([many, stuck, ...there.map(({ dead }) => dead)])]),
        formula.and([formula.not(out), cut]),
      ]),
      noticed:
        detection === null
          ? formula.false
          : formula.and([out, formula.or([formula.and([stuck, noticed]), ...there.map(({ noticed: seen }) => seen)])]),
    };
  }

  /** What its units have in common; of those that do not move, all. */
  #leaving(zone: string): Leaving | UnitTerms {
    const { detection, pool, surroundings } = this.context;
    const { formula } = surroundings.events;
    const outages = surroundings.zone(zone);
    const out = formula.or(outages.map(({ present }) => present));
    const noticed = formula.or(outages.map((outage) => this.#noticed(outage)));
    const cut = this.#cut(zone);
    if (pool.replacement?.spare == null || outages.length !== 1 || this.#zones.length < 2)
      return { dead: formula.or([out, cut]), noticed: detection === null ? formula.false : noticed };

    const outage = outages[0]!;
    const refuges = this.#zones
      .filter((other) => other !== zone)
      .map((other): Refuge => ({ zone: other, trouble: formula.or([surroundings.zoneOut(other), this.#cut(other)]) }));
    const troubles = refuges.map(({ trouble }) => trouble);
    const many = refuges.length < 2 ? formula.false : formula.atLeast(2, troubles);
    // With every zone in trouble the unit is dead indeed.
    if (refuges.length > 2) surroundings.overlooked.add(formula.and([out, many, formula.not(formula.and(troubles))]));
    const alone = troubles.map((trouble) => formula.and([trouble, formula.not(many)]));
    const held = refuges.map((refuge, i) => formula.and([alone[i]!, this.#heldUpBy(refuge.zone, outage)]));
    const stuck = formula.or([this.#stuck(outage), ...held]);
    const moved = refuges.map((refuge, i) => ({
      alone: alone[i]!,
      when: formula.and([alone[i]!, formula.not(stuck)]),
      ...this.#movedTo(refuge.zone, outage, refuges.length === 1),
    }));
    return { outage, out, cut, noticed, refuges, many, stuck, moved };
  }

  #cut(zone: string): Ref {
    const { outbound, surroundings } = this.context;
    return outbound ? surroundings.cutOff(zone) : surroundings.events.formula.false;
  }

  #noticed(outage: CauseEvent): Ref {
    const { detection, surroundings } = this.context;
    const { formula } = surroundings.events;
    return detection === null ? formula.false : formula.and([outage.present, formula.not(outage.younger(detection))]);
  }

  /** Its units have not been replaced, whatever other zones do: not yet, for want of capacity, or by the control plane. */
  #stuck(outage: CauseEvent): Ref {
    let stuck = this.#stuckBy.get(outage);
    if (stuck === undefined) this.#stuckBy.set(outage, (stuck = this.#notReplaced(outage)));
    return stuck;
  }

  #notReplaced(outage: CauseEvent): Ref {
    const { component, owner, pool, surroundings } = this.context;
    const { formula } = surroundings.events;
    const { needs, spare, time } = pool.replacement!;
    const outcomes = ['other zones have capacity', 'no capacity in other zones'];
    const capacity = surroundings.events.choice(
      { what: 'spare', cause: outage.cause.address, component: component.name, outcomes },
      spare,
      owner,
    );
    const planes =
      needs === 'control-plane'
        ? [
            surroundings.takesControlPlane(outage),
            ...surroundings.controlPlanes(component.region).map((plane) => this.#before(plane, outage)),
          ]
        : [];
    return formula.or([outage.younger(time), capacity[1]!, ...planes]);
  }

  /** The outage of another zone had taken the control plane along before. */
  #heldUpBy(zone: string, outage: CauseEvent): Ref {
    const { pool, surroundings } = this.context;
    const { formula } = surroundings.events;
    if (pool.replacement!.needs !== 'control-plane') return formula.false;
    return formula.or(
      surroundings.zone(zone).map((other) => formula.and([surroundings.takesControlPlane(other), this.#before(other, outage)])),
    );
  }

  /** What becomes of units that have moved to a zone that is then in trouble itself; `last`: there is no other to which they could go. */
  #movedTo(zone: string, outage: CauseEvent, last: boolean): UnitTerms {
    const { surroundings } = this.context;
    const { formula } = surroundings.events;
    const cut = formula.and([formula.not(surroundings.zoneOut(zone)), this.#cut(zone)]);
    const hits = surroundings.zone(zone).map((other) => {
      const stays = formula.or([
        this.#stuck(other),
        formula.and([surroundings.takesControlPlane(outage), this.#controlled(outage, other)]),
      ]);
      const before = this.#before(other, outage);
      if (last) {
        const noticed = formula.or([before, formula.not(stays), this.#noticed(other)]);
        return { dead: other.present, noticed: formula.and([other.present, noticed]) };
      }
      const later = formula.and([other.present, formula.not(before), stays]);
      return { dead: later, noticed: formula.and([later, this.#noticed(other)]) };
    });
    return {
      dead: formula.or([...hits.map(({ dead }) => dead), cut]),
      noticed: formula.or(hits.map(({ noticed }) => noticed)),
    };
  }

  #controlled(outage: CauseEvent, other: CauseEvent): Ref {
    const { pool, surroundings } = this.context;
    return pool.replacement!.needs === 'control-plane' ? this.#before(outage, other) : surroundings.events.formula.false;
  }

  /** `other` is present and began before `outage`, which is older than the time that a replacement takes. */
  #before(other: CauseEvent, outage: CauseEvent): Ref {
    const { pool, surroundings } = this.context;
    const { formula } = surroundings.events;
    const time: Quantity = pool.replacement!.time;
    return formula.and([other.present, formula.not(other.younger(time)), surroundings.beganFirst(other, outage)]);
  }

  /** When each zone is the one to which the unit goes. */
  #first(outage: CauseEvent, refuges: readonly Refuge[], { among, turn }: Goal): readonly Ref[] {
    const { component, owner, surroundings } = this.context;
    const { formula } = surroundings.events;
    const outcomes = among.map((zone) => `its units move to ${zone} first`);
    const starts =
      among.length === 1
        ? [formula.true]
        : surroundings.events.choice({ what: 'turn', cause: outage.cause.address, component: component.name, outcomes }, null, owner);
    return refuges.map(({ zone }) => {
      const at = among.indexOf(zone);
      return at < 0 ? formula.false : starts[(at - turn + among.length) % among.length]!;
    });
  }
}
