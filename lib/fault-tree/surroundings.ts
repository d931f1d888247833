import type { Ref } from '../engine/formula';
import type { Cause } from '../topology/behaviour';
import type { Topology } from '../topology/topology';
import type { CauseEvent, Events } from './events';

/** A network part through which zones reach the outside, and the zone in which it lives. */
interface Part {
  readonly cause: Cause;
  readonly zones: readonly string[];
  readonly livesIn: string;
}

/** Outages that hold up launches, and when each of them does. */
export interface HoldUps {
  readonly causes: readonly Cause[];
  readonly out: readonly Ref[];
}

/** What all components have in common: zones, regions, control planes, network parts, and the choices that belong to them. */
export class Surroundings {
  /** What counts as failing although it has not been followed. */
  readonly overlooked = new Set<Ref>();
  readonly #zones = new Map<string, Cause[]>();
  readonly #regions = new Map<string, Cause[]>();
  readonly #controlPlanes = new Map<string, Cause[]>();
  readonly #parts: Part[] = [];
  readonly #order = new Map<string, number>();
  readonly #holdUps = new Map<string, HoldUps>();
  // Each unit of each component asks again.
  readonly #zoneEvents = new Map<string, readonly CauseEvent[]>();
  readonly #zonesOut = new Map<string, Ref>();
  readonly #cutOff = new Map<string, Ref>();
  readonly #takes = new Map<CauseEvent, Ref>();
  readonly #began = new Map<CauseEvent, Map<CauseEvent, Ref>>();

  constructor(
    readonly events: Events,
    private readonly topology: Topology,
  ) {
    topology.causes.forEach((cause, i) => {
      const { hits } = cause;
      this.#order.set(cause.address, i);
      if ('zone' in hits) push(this.#zones, hits.zone, cause);
      else if ('region' in hits) push(this.#regions, hits.region, cause);
      else if ('controlPlaneOf' in hits) push(this.#controlPlanes, hits.controlPlaneOf, cause);
      else if ('outboundOf' in hits) this.#parts.push({ cause, zones: hits.outboundOf, livesIn: hits.livesIn });
    });
  }

  zone(name: string): readonly CauseEvent[] {
    let events = this.#zoneEvents.get(name);
    if (!events) this.#zoneEvents.set(name, (events = (this.#zones.get(name) ?? []).map((cause) => this.events.cause(cause, -1))));
    return events;
  }

  zoneOut(name: string): Ref {
    let out = this.#zonesOut.get(name);
    if (out === undefined) this.#zonesOut.set(name, (out = this.events.formula.or(this.zone(name).map(({ present }) => present))));
    return out;
  }

  regionOut(name: string): Ref {
    return this.events.formula.or((this.#regions.get(name) ?? []).map((cause) => this.events.cause(cause, -1).present));
  }

  controlPlanes(region: string): CauseEvent[] {
    return (this.#controlPlanes.get(region) ?? []).map((cause) => this.events.cause(cause, -1));
  }

  zoneCauses(region: string): Cause[] {
    const zones = this.topology.regions.find(({ name }) => name === region)?.zones ?? [];
    return zones.flatMap((zone) => this.#zones.get(zone) ?? []);
  }

  /** What holds up launches in a region: each outage of its control plane, also one that a zone has brought along. */
  holdUps(region: string): HoldUps {
    const known = this.#holdUps.get(region);
    if (known) return known;
    const planes = this.controlPlanes(region);
    const zones = this.zoneCauses(region).map((cause) => this.events.cause(cause, -1));
    const made = {
      causes: [...planes, ...zones].map(({ cause }) => cause),
      out: [
        ...planes.map(({ present }) => present),
        ...zones.map((zone) => this.events.formula.and([zone.present, this.takesControlPlane(zone)])),
      ],
    };
    this.#holdUps.set(region, made);
    return made;
  }

  /** The way to the outside from a zone is broken, by the part or by the zone in which the part lives. */
  cutOff(zone: string): Ref {
    let cut = this.#cutOff.get(zone);
    if (cut === undefined) {
      const parts = this.#parts.filter(({ zones }) => zones.includes(zone));
      const broken = parts.flatMap(({ cause, livesIn }) => [this.events.cause(cause, -1).present, this.zoneOut(livesIn)]);
      this.#cutOff.set(zone, (cut = this.events.formula.or(broken)));
    }
    return cut;
  }

  /** This outage of a zone has taken the control plane along. */
  takesControlPlane(outage: CauseEvent): Ref {
    let takes = this.#takes.get(outage);
    if (takes === undefined) this.#takes.set(outage, (takes = this.#drawnWith(outage)));
    return takes;
  }

  #drawnWith({ cause }: CauseEvent): Ref {
    const outcomes = ['takes the control plane along', 'leaves the control plane alone'];
    return this.events.choice(
      { what: 'control-plane', cause: cause.address, component: null, outcomes },
      this.topology.controlPlaneWithZone,
      -1,
    )[0]!;
  }

  /** Of two causes that are both present and past all phases that matter, which began first: an even choice. */
  beganFirst(one: CauseEvent, other: CauseEvent): Ref {
    let others = this.#began.get(one);
    if (!others) this.#began.set(one, (others = new Map()));
    let first = others.get(other);
    if (first === undefined) others.set(other, (first = this.#first(one, other)));
    return first;
  }

  #first(one: CauseEvent, other: CauseEvent): Ref {
    const [a, b] = [one.cause.address, other.cause.address];
    const swapped = this.#order.get(a)! > this.#order.get(b)!;
    const outcomes = swapped ? [b, a] : [a, b];
    const refs = this.events.choice(
      { what: 'order', cause: null, component: null, outcomes: outcomes.map((address) => `${address} began first`) },
      null,
      -1,
    );
    return refs[swapped ? 1 : 0]!;
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
