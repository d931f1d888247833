import type { Cause, Group, Pool, Promoted } from '../../lib/topology/behaviour';
import { evaluate, type Quantity } from '../../lib/topology/quantity';
import type { Component, Flow, Topology } from '../../lib/topology/topology';
import { meanOf, meanWithin, type Length } from '../../lib/engine/length';
import { chanceEarlier } from '../../lib/estimate/earlier';
import type { Draw } from './paths';

const year = 365 * 86_400;

const shardsOf = ({ behaviour }: Component): number[] => [
  ...new Set(behaviour.groups.flatMap(({ shard }) => (shard === null ? [] : [shard]))),
];

/** What the topology is like at one moment: everything is drawn when it is first asked for. Written from the rules, without the fault tree. */
export class World {
  readonly #present = new Map<string, boolean>();
  /** For how long each absent cause has been over: more than the one time, less than the other. */
  readonly #over = new Map<string, [number, number]>();
  readonly #ages = new Map<string, [number, number]>();
  readonly #choices = new Map<string, number>();
  readonly #uniform = new Map<string, [number, number]>();
  /** The shards of the user who is asked; null: of a given user, drawn. */
  #user: ReadonlyMap<string, number> | null = null;
  readonly #number = (quantity: Quantity): number =>
    evaluate(quantity, (name) => this.topology.assumptions.find((assumption) => assumption.name === name)!.value);

  constructor(
    private readonly topology: Topology,
    private readonly draw: Draw,
    /** A cause of which it is known that it has just begun, or is absent. */
    private readonly known: { readonly address: string; readonly present: boolean } | null = null,
  ) {}

  /** Whether it is down for some user and for all users: one of each combination of shards is asked. */
  users(flow: Flow): [number, number] {
    let users: ReadonlyMap<string, number>[] = [new Map()];
    for (const component of this.topology.components) {
      const shards = shardsOf(component);
      if (shards.length > 0) users = users.flatMap((user) => shards.map((shard) => new Map([...user, [component.name, shard]])));
    }
    const down = users.map((user) => {
      this.#user = user;
      return this.#isTorn(flow) || this.#isDown(flow);
    });
    this.#user = null;
    return [down.includes(true) ? 1 : 0, down.includes(false) ? 0 : 1];
  }

  /** Down, degraded or down, share of requests that fails. */
  flow(flow: Flow): [number, number, number] {
    const required = this.#closure([...flow.requires, ...flow.atomic]);
    const torn = this.#isTorn(flow);
    const down = torn || this.#isDown(flow);
    const degraded = down || required.some((name) => this.#degraded(name));
    const served = torn ? 0 : required.reduce((share, name) => share * this.#share(this.#component(name)), 1);
    return [down ? 1 : 0, degraded ? 1 : 0, 1 - served];
  }

  #isTorn(flow: Flow): boolean {
    const doubt = this.#number(flow.inDoubt);
    const participants = this.#closure(flow.atomic);
    return participants.some((name) => this.#inDoubt(this.#component(name), doubt)) || flow.atomic.some((name) => this.#degraded(name));
  }

  #isDown(flow: Flow): boolean {
    return this.#closure([...flow.requires, ...flow.atomic]).some((name) => this.#ownDown(this.#component(name)));
  }

  #component(name: string): Component {
    return this.topology.components.find((component) => component.name === name)!;
  }

  #closure(names: readonly string[]): string[] {
    const met = new Set(names);
    for (const name of met) for (const { on, without } of this.#component(name).dependsOn) if (without === 'down') met.add(on);
    return [...met];
  }

  #down(name: string): boolean {
    return this.#closure([name]).some((other) => this.#ownDown(this.#component(other)));
  }

  #degraded(name: string): boolean {
    const component = this.#component(name);
    if (this.#down(name)) return true;
    if (
      component.behaviour.groups.some(
        (group) =>
          this.#asked(component, group) &&
          (group.without === 'degraded' || this.#outside(component) === 'soft') &&
          this.#fails(component, group, true),
      )
    )
      return true;
    return component.dependsOn.some(({ on, without }) => (without === 'down' ? this.#degraded(on) : this.#down(on)));
  }

  #wide(component: Component): boolean {
    const causes = [...component.behaviour.causes, ...this.topology.causes];
    return causes.some(({ hits, ...cause }) => {
      const whole = ('component' in hits && hits.component === component.name) || ('region' in hits && hits.region === component.region);
      return whole && this.#isPresent({ hits, ...cause }) && !this.#isCaught({ hits, ...cause });
    });
  }

  #ownDown(component: Component): boolean {
    if (this.#wide(component)) return true;
    return component.behaviour.groups.some(
      (group) => this.#asked(component, group) && group.without === 'down' && this.#fails(component, group, false),
    );
  }

  #asked(component: Component, group: Group): boolean {
    if (group.shard === null) return true;
    if (this.#user) return this.#user.get(component.name) === group.shard;
    const shards = shardsOf(component);
    return (
      shards[
        this.#choice(
          `shard ${component.name}`,
          shards.map(() => 1 / shards.length),
        )
      ] === group.shard
    );
  }

  #fails(component: Component, group: Group, outsideCounts: boolean): boolean {
    if (group.form === 'promoted') return this.#promotedFails(component, group, outsideCounts, 0);
    return group.units.filter((unit) => this.#hits(component, group, unit, outsideCounts) === null).length < group.needs;
  }

  #inDoubt(component: Component, doubt: number): boolean {
    return component.behaviour.groups.some(
      (group) => group.form === 'promoted' && this.#asked(component, group) && this.#promotedFails(component, group, false, doubt),
    );
  }

  #promotedFails(component: Component, group: Promoted, outsideCounts: boolean, doubt: number): boolean {
    const outcome = this.#outcome(component, group);
    const primary = outcome?.primary ?? group.units[0]!;
    const standbys = group.units.filter((unit) => unit !== primary);
    const out = (unit: string): Cause[] => this.#causesOn(component, unit, this.#zoneOf(component, group, unit));
    const cut = (unit: string): boolean => this.#isCut(component, this.#zoneOf(component, group, unit), outsideCounts);
    const behind = (unit: string): boolean => this.#isBehind(component, group, unit, outsideCounts);
    const noneLeft = (): boolean => standbys.every((unit) => out(unit).length > 0 || cut(unit) || behind(unit));
    if (cut(primary)) return true;
    if (behind(primary) && standbys.some((unit) => out(unit).length > 0 || cut(unit)) && noneLeft()) return true;
    return out(primary).some((cause) => {
      if (standbys.length === 0) return true;
      if (this.#isYounger(cause, this.#number(group.switchOver) + doubt)) return true;
      const coverage = this.#number(group.coverage);
      if (
        this.#isYounger(cause, this.#number(group.operator) + doubt) &&
        this.#choice(`failover ${cause.address} ${component.name}`, [coverage, 1 - coverage]) === 1
      )
        return true;
      return noneLeft();
    });
  }

  /** Its zone came back a short while ago, and another unit served meanwhile: of a pair, one that went out after that zone and is still out. */
  #isBehind(component: Component, group: Promoted, unit: string, outsideCounts: boolean): boolean {
    const { catchUp, units } = group;
    if (catchUp === undefined) return false;
    const zone = this.#zoneOf(component, group, unit);
    const outage = this.#outageOf(zone);
    const time = this.#number(catchUp);
    if (!outage || !this.#isWithin(outage, time)) return false;
    const elsewhere = units.filter((other) => this.#zoneOf(component, group, other) !== zone);
    if (units.length > 2) return elsewhere.length > 0;
    return elsewhere.some((other) => {
      const otherZone = this.#zoneOf(component, group, other);
      if (this.#isCut(component, otherZone, outsideCounts)) return true;
      return this.#causesOn(component, other, otherZone).some((cause) => this.#isEarlier(component, outage, time, cause));
    });
  }

  /** A draw for all that lasts alike; what begins now comes last. */
  #isEarlier(component: Component, outage: Cause, time: number, other: Cause): boolean {
    if (this.known) return true;
    const chance = chanceEarlier(this.#length(outage), time, this.#length(other));
    const name = `earlier ${outage.address} ${component.name} ${time} ${JSON.stringify(other.occurrence.length)}`;
    return this.#choice(name, [chance, 1 - chance]) === 0;
  }

  #causesOn(component: Component, unit: string, zone: string): Cause[] {
    const own = component.behaviour.causes.filter(
      (cause) =>
        (('units' in cause.hits && cause.hits.units.includes(unit)) ||
          (cause.caught?.units.includes(unit) && this.#isPresent(cause) && this.#isCaught(cause))) &&
        this.#isPresent(cause),
    );
    return [...own, ...this.topology.causes.filter((cause) => 'zone' in cause.hits && cause.hits.zone === zone && this.#isPresent(cause))];
  }

  /** null: the unit of a pool is up; else whether the balancer knows that it is not. */
  #hits(component: Component, pool: Pool, unit: string, outsideCounts: boolean): { readonly noticed: boolean } | null {
    const detection = component.behaviour.balanced ? this.#number(component.behaviour.balanced.detection) : Infinity;
    let dead = false;
    let noticed = false;
    const hit = (cause: Cause): void => {
      dead = true;
      if (!this.#isYounger(cause, detection)) noticed = true;
    };
    for (const cause of component.behaviour.causes) {
      const own = 'units' in cause.hits && cause.hits.units.includes(unit);
      if (own && this.#isPresent(cause) && (!pool.replacement || this.#isYounger(cause, this.#number(pool.replacement.time)))) hit(cause);
      if (own && pool.replacement?.needs === 'control-plane' && this.#lateLaunch(component, cause)) dead = noticed = true;
      if (cause.caught?.units.includes(unit) && this.#isPresent(cause) && this.#isCaught(cause)) hit(cause);
    }
    const lives = this.#lives(component, pool, unit);
    if (lives.out) hit(lives.out);
    if (lives.nowhere) dead = noticed = true;
    if (!lives.out && !lives.nowhere && this.#isCut(component, lives.zone, outsideCounts)) dead = true;
    return dead ? { noticed } : null;
  }

  /** Follows a unit from zone to zone; `out`: it is stuck in an outage of the zone where it is. */
  #lives(component: Component, pool: Pool, unit: string): { zone: string; out: Cause | null; nowhere: boolean } {
    let zone = this.#zoneOf(component, pool, unit);
    const zones = this.#zonesOf(component);
    const peers = pool.units.filter((peer) => this.#zoneOf(component, pool, peer) === zone);
    const fixed = peers.filter((peer) => component.behaviour.units.find(({ address }) => address === peer)!.zone !== null);
    const turn = [...fixed, ...peers.filter((peer) => !fixed.includes(peer))].indexOf(unit);
    const left: string[] = [];
    for (;;) {
      const cause = this.#outageOf(zone);
      if (!cause || !this.#isPresent(cause)) return { zone, out: null, nowhere: false };
      const { replacement } = pool;
      if (!replacement || replacement.spare === null) return { zone, out: cause, nowhere: false };
      const time = this.#number(replacement.time);
      if (left.length > 1 || this.#isYounger(cause, time)) return { zone, out: cause, nowhere: false };
      const spare = this.#number(replacement.spare);
      if (this.#choice(`spare ${cause.address} ${component.name}`, [spare, 1 - spare]) === 1) return { zone, out: cause, nowhere: false };
      if (replacement.needs === 'control-plane' && this.#blocked(component, cause, time)) return { zone, out: cause, nowhere: false };
      const others = zones.filter((other) => other !== zone);
      const start =
        others.length > 1
          ? this.#choice(
              `turn ${cause.address} ${component.name}`,
              others.map(() => 1 / others.length),
            )
          : 0;
      const next = others
        .map((_, i) => others[(start + turn + i) % others.length]!)
        .find((other) => !left.includes(other) && !(this.#outageOf(other) && this.#before(this.#outageOf(other)!, cause, time)));
      left.push(zone);
      if (next === undefined) return { zone, out: null, nowhere: true };
      zone = next;
    }
  }

  #blocked(component: Component, cause: Cause, time: number): boolean {
    if (this.#takesControlPlane(cause)) return true;
    const region = component.region;
    const planes = this.topology.causes.filter(({ hits }) => 'controlPlaneOf' in hits && hits.controlPlaneOf === region);
    if (planes.some((plane) => this.#before(plane, cause, time))) return true;
    return this.#zonesOf(component).some((zone) => {
      const other = this.#outageOf(zone);
      return other !== undefined && other !== cause && this.#before(other, cause, time) && this.#takesControlPlane(other);
    });
  }

  /** `other` is present and began before `cause`, which is older than the time. */
  #before(other: Cause, cause: Cause, time: number): boolean {
    if (!this.#isPresent(other) || this.#isYounger(other, time)) return false;
    const pair = [other, cause].sort((a, b) => this.topology.causes.indexOf(a) - this.topology.causes.indexOf(b));
    return pair[this.#choice(`order ${pair.map(({ address }) => address).join(' ')}`, [0.5, 0.5])] === other;
  }

  #lateLaunch(component: Component, cause: Cause): boolean {
    // Asked about the moment at which an outage begins: nothing has failed since.
    const begins = this.topology.causes.find(({ address }) => address === this.known?.address);
    if (begins && ('zone' in begins.hits || 'controlPlaneOf' in begins.hits)) return false;
    const zones = this.topology.regions.find(({ name }) => name === component.region)!.zones;
    const outages = this.topology.causes.filter(
      (outage) =>
        ('controlPlaneOf' in outage.hits && outage.hits.controlPlaneOf === component.region && this.#isPresent(outage)) ||
        ('zone' in outage.hits && zones.includes(outage.hits.zone) && this.#isPresent(outage) && this.#takesControlPlane(outage)),
    );
    return outages.some((outage) => {
      const { length } = outage.occurrence;
      const mean = this.#number(length!.mean);
      const age =
        length!.distribution === 'fixed'
          ? mean / 2
          : length!.distribution === 'exponential'
            ? mean
            : (mean * Math.exp(length!.sigma! ** 2)) / 2;
      return this.#below(`launch ${cause.address}`, 1 - Math.exp(-this.#rate(cause) * age));
    });
  }

  #takesControlPlane(cause: Cause): boolean {
    const p = this.#number(this.topology.controlPlaneWithZone);
    return this.#choice(`control plane ${cause.address}`, [p, 1 - p]) === 0;
  }

  #share(component: Component): number {
    const { balanced, groups } = component.behaviour;
    if (!balanced) return this.#ownDown(component) ? 0 : 1;
    if (this.#wide(component)) return 0;
    const pool = groups.find(({ name }) => name === balanced.group) as Pool;
    if (
      groups.some(
        (group) => group !== pool && this.#asked(component, group) && group.without === 'down' && this.#fails(component, group, false),
      )
    )
      return 0;
    const units = pool.units.map((unit) => this.#hits(component, pool, unit, false));
    const up = units.filter((unit) => unit === null).length;
    const inRotation = units.filter((unit) => unit === null || !unit.noticed).length;
    return inRotation === 0 ? 0 : Math.min(up / inRotation, up / balanced.loadInUnits, 1);
  }

  #outside(component: Component): 'hard' | 'soft' | null {
    const outside = component.dependsOn.filter(({ on }) => this.#component(on).reach === 'outside');
    return outside.length === 0 ? null : outside.some(({ without }) => without === 'down') ? 'hard' : 'soft';
  }

  #isCut(component: Component, zone: string, outsideCounts: boolean): boolean {
    const outside = this.#outside(component);
    if (outside === null || (outside === 'soft' && !outsideCounts)) return false;
    return this.topology.causes.some((cause) => {
      if (!('outboundOf' in cause.hits) || !cause.hits.outboundOf.includes(zone)) return false;
      const home = this.#outageOf(cause.hits.livesIn);
      return this.#isPresent(cause) || (home !== undefined && this.#isPresent(home));
    });
  }

  #zonesOf(component: Component): string[] {
    const { groups, units } = component.behaviour;
    const all = [
      ...units.map(({ zone }) => zone),
      ...groups.flatMap(({ place }) => place?.outcomes.flatMap(({ zones }) => Object.values(zones)) ?? []),
    ];
    return [...new Set(all.filter((zone) => zone !== null))].sort();
  }

  #outcome(component: Component, group: Group) {
    const outcomes = group.place?.outcomes;
    return outcomes?.[
      this.#choice(
        `place ${component.name} ${group.name}`,
        outcomes.map(() => 1 / outcomes.length),
      )
    ];
  }

  #zoneOf(component: Component, group: Group, unit: string): string {
    const fixed = component.behaviour.units.find(({ address }) => address === unit)!.zone;
    return fixed ?? this.#outcome(component, group)!.zones[unit]!;
  }

  #outageOf(zone: string): Cause | undefined {
    return this.topology.causes.find(({ hits }) => 'zone' in hits && hits.zone === zone);
  }

  #isCaught(cause: Cause): boolean {
    if (!cause.caught) return false;
    const coverage = this.#number(cause.caught.coverage);
    return this.#choice(`caught ${cause.address}`, [coverage, 1 - coverage]) === 0;
  }

  /** Starts per second in which it is absent. */
  #rate(cause: Cause): number {
    const { occurrence } = cause;
    if ('perYear' in occurrence) return this.#number(occurrence.perYear) / year;
    const q = this.#number(occurrence.unavailability);
    return q / (1 - q) / this.#number(occurrence.length!.mean);
  }

  /** Starts per second. */
  starts(cause: Cause): number {
    return this.#rate(cause) / (1 + this.#rate(cause) * meanOf(this.#length(cause)));
  }

  #length({ occurrence: { length } }: Cause): Length {
    return { distribution: length!.distribution, mean: this.#number(length!.mean), sigma: length!.sigma ?? 0 } as Length;
  }

  #isPresent(cause: Cause): boolean {
    if (this.known?.address === cause.address) return this.known.present;
    const found = this.#present.get(cause.address);
    if (found !== undefined) return found;
    const p = this.starts(cause) * meanOf(this.#length(cause));
    const present = this.draw([1 - p, p]) === 1;
    this.#present.set(cause.address, present);
    return present;
  }

  /** Whether a cause is present, or has been over for less than a time. */
  #isWithin(cause: Cause, time: number): boolean {
    if (this.#isPresent(cause)) return true;
    if (this.known?.address === cause.address) return false;
    const [from, to] = this.#over.get(cause.address) ?? [0, Infinity];
    if (time >= to) return true;
    if (time <= from) return false;
    const starts = this.starts(cause);
    const longer = (t: number): number => (t === Infinity ? 0 : 1 - starts * (meanOf(this.#length(cause)) + t));
    const p = (longer(from) - longer(time)) / (longer(from) - longer(to));
    const within = this.draw([p, 1 - p]) === 0;
    this.#over.set(cause.address, within ? [from, time] : [time, to]);
    return within;
  }

  /** Whether a present cause is younger than a time. */
  #isYounger(cause: Cause, time: number): boolean {
    if (this.known?.address === cause.address) return true;
    const [from, to] = this.#ages.get(cause.address) ?? [0, Infinity];
    if (time >= to) return true;
    if (time <= from) return false;
    const length = this.#length(cause);
    const within = (t: number): number => (t === Infinity ? meanOf(length) : meanWithin(length, t));
    const p = (within(time) - within(from)) / (within(to) - within(from));
    const younger = this.draw([p, 1 - p]) === 0;
    this.#ages.set(cause.address, younger ? [from, time] : [time, to]);
    return younger;
  }

  /** Whether an even draw between 0 and 1 is below a number. */
  #below(name: string, p: number): boolean {
    const [from, to] = this.#uniform.get(name) ?? [0, 1];
    if (p >= to) return true;
    if (p <= from) return false;
    const below = (p - from) / (to - from);
    const is = this.draw([below, 1 - below]) === 0;
    this.#uniform.set(name, is ? [from, p] : [p, to]);
    return is;
  }

  #choice(name: string, chances: readonly number[]): number {
    const known = this.#choices.get(name);
    if (known !== undefined) return known;
    const outcome = this.draw(chances);
    this.#choices.set(name, outcome);
    return outcome;
  }
}
