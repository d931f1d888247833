import type { Quantity } from './quantity';

/**
 * The vocabulary in which a kind says how its component fails and recovers: plain data, no formulas. The estimate derives a fault tree from it, the
 * simulation moves it through time, and neither knows a kind.
 */
export interface Behaviour {
  readonly units: readonly Unit[];
  /** The component's own causes: of its units, its managed service, its changes, or of what we don't build. Zones and networks belong to the region. */
  readonly causes: readonly Cause[];
  /** A group that fails makes the component down or degraded, as the group says. */
  readonly groups: readonly Group[];
  /** Requests are spread over a group of units. null: it serves all requests unless it is down. */
  readonly balanced: Balanced | null;
  /** What the estimate of this component leaves out, as sentences. */
  readonly notModelled: readonly string[];
  /** @default - it keeps no data */
  readonly backup?: Backup;
  /** @default - those who call it find nothing else by it */
  readonly redirect?: Redirect;
}

/** Copies from which data that is lost comes back. */
export interface Backup {
  /** How old the newest copy may be. */
  readonly intervalSeconds: number;
  /** Whether standbys have every write, so that what fails by itself loses nothing, and only deleted or corrupted data comes from a copy. */
  readonly standbysAreCurrent: boolean;
}

/** Leads callers elsewhere: what is wrong is seen first, and callers keep the old answer for a while. */
export interface Redirect {
  /** Until the name's own check has seen it; 0: something else sees it. */
  readonly detectionSeconds: number;
  readonly ttlSeconds: number;
}

/** One thing that can fail by itself. */
export interface Unit {
  /** `unit/C/Z/0`; Z is `any` where AWS chooses the zone. */
  readonly address: string;
  /** null: AWS chooses; the place of the unit's group says among what. */
  readonly zone: string | null;
}

export type Scope = 'unit' | 'zone' | 'region' | 'network' | 'service' | 'control-plane' | 'change' | 'external';

/** Something that happens, lasts and ends. Causes are independent of each other. */
export interface Cause {
  /** Its name everywhere: `zone/R/Z`, `unit/C/Z/0`, `change/C`, `service/C`, `external/C`, `network/R/nat/Z`, `control-plane/R`, `region/R`. */
  readonly address: string;
  readonly scope: Scope;
  readonly occurrence: Occurrence;
  readonly hits: Hits;
  /** A change only: with this chance it is caught in its first batch and then hits these units alone. null: it always hits in full. */
  readonly caught: { readonly coverage: Quantity; readonly units: readonly string[] } | null;
}

/**
 * How often and how long. `perYear` is λ, per year in which the cause is absent. A stated unavailability with a mean length gives the same; without a
 * length only the share of time is known, and what needs the frequency is unknown.
 */
export type Occurrence =
  { readonly perYear: Quantity; readonly length: Length } | { readonly unavailability: Quantity; readonly length: Length | null };

export interface Length {
  readonly distribution: 'fixed' | 'exponential' | 'lognormal';
  /** Seconds. */
  readonly mean: Quantity;
  /** Lognormal only: standard deviation of the logarithm; otherwise null. */
  readonly sigma: number | null;
}

export type Hits =
  | { readonly units: readonly string[] }
  /** The whole component, whatever its units do. */
  | { readonly component: string }
  /** All units in the zone, in every component. */
  | { readonly zone: string }
  /** Every component of the region. */
  | { readonly region: string }
  /**
   * Outbound traffic of these zones: units there of components that depend on what is reached `outside`. The part lives in a zone, whose outage takes
   * it too.
   */
  | { readonly outboundOf: readonly string[]; readonly livesIn: string }
  /** Nothing by itself: while it lasts, no replacement that needs the control plane happens in the region. */
  | { readonly controlPlaneOf: string };

export type Group = Pool | Promoted;

interface GroupBase {
  /** Unique in the component: `targets`, `shard-0`, `readers`. */
  readonly name: string;
  readonly units: readonly string[];
  /** Which shard of the component it is; null: every user needs it. */
  readonly shard: number | null;
  /** What the component is while this group fails. */
  readonly without: 'down' | 'degraded';
  /** Where AWS puts units or the primary; null: every unit has its zone, and no unit is special. */
  readonly place: Place | null;
}

/** Units that do the same; enough of them must be up. */
export interface Pool extends GroupBase {
  readonly form: 'pool';
  readonly needs: number;
  /** null: a unit is back when its cause is over. */
  readonly replacement: Replacement | null;
}

/** One unit serves, the others stand by and are promoted (data plane). Units never move. With one unit there is nothing to promote. */
export interface Promoted extends GroupBase {
  readonly form: 'promoted';
  /** From the start of the primary's outage until a standby serves: detection, promotion, clients notice. */
  readonly switchOver: Quantity;
  /** Chance that the switch-over works. */
  readonly coverage: Quantity;
  /** When it does not: from the start of the outage until a person has switched over. */
  readonly operator: Quantity;
  /**
   * From the end of its zone's outage until a unit that did not serve meanwhile has caught up and may be promoted. A unit that comes back from a failure
   * of its own has caught up by then.
   * @default - at once
   */
  readonly catchUp?: Quantity;
}

/** A unit that fails is launched anew: where it was, or, when its zone is out, in another zone of the component. */
export interface Replacement {
  /** From the start of the outage: detection, launch, warm-up. */
  readonly time: Quantity;
  /** Chance that the other zones have the capacity. null: never moves to another zone. */
  readonly spare: Quantity | null;
  readonly needs: 'control-plane' | 'data-plane';
}

/** A place that AWS chooses: one of these, all equally likely, meaning "before the outage". */
export interface Place {
  readonly outcomes: readonly PlaceOutcome[];
}

export interface PlaceOutcome {
  /** Zones of the units whose zone AWS chooses, by unit. */
  readonly zones: Readonly<Record<string, string>>;
  /** Which unit serves; null in a pool. */
  readonly primary: string | null;
}

/** A balancer sends requests to the units of a group. */
export interface Balanced {
  readonly group: string;
  /** From a unit's outage until no more requests go to it. */
  readonly detection: Quantity;
  /** Load in units of one unit's capacity: 900/s at 220/s each is 4.09; where no load is stated, the group's needs. */
  readonly loadInUnits: number;
}
