/**
 * A topology as flat arrays of numbers, at the nominal values of its assumptions. Everything is an index: the loop that moves time allocates nothing.
 * −1 stands for "none" wherever an index is expected.
 */
export interface Layout {
  readonly causes: readonly CauseLayout[];
  readonly units: readonly UnitLayout[];
  readonly groups: readonly GroupLayout[];
  /** Dependencies come before those that depend on them. */
  readonly components: readonly ComponentLayout[];
  readonly flows: readonly FlowLayout[];
  /** Components that divide their users over shards. */
  readonly divided: Int32Array;
  /** What is watched of flows: each for the user who is followed; where users are divided, then each for someone, then each for all. */
  readonly watched: number;
  readonly zones: readonly string[];
  readonly regions: readonly string[];
  /** Shared network parts through which zones reach the outside. */
  readonly parts: readonly PartLayout[];
  /** What AWS or the chance of being a given user draws at the start of a cycle. */
  readonly draws: readonly DrawLayout[];
  readonly hitCount: number;
  readonly choiceCount: number;
}

export type LengthLayout =
  | { readonly form: 'fixed' | 'exponential'; readonly mean: number }
  | { readonly form: 'lognormal'; readonly median: number; readonly sigma: number };

export interface CauseLayout {
  readonly address: string;
  /** Starts per second in which it is absent. */
  readonly rate: number;
  readonly meanLength: number;
  /** A zone's cause: seconds after its end until the last unit that comes back with it has caught up. */
  readonly tail: number;
  /** False where the topology states no length: time shares are right, frequencies mean nothing. */
  readonly lengthKnown: boolean;
  readonly length: LengthLayout;
  readonly zone: number;
  readonly region: number;
  readonly component: number;
  readonly controlPlane: number;
  readonly part: number;
  /** Chance to be caught in its first batch; null where that cannot be. */
  readonly coverage: number | null;
  /** A zone's cause: its region, and the chance to take the region's control plane along. */
  readonly zoneRegion: number;
  readonly takesControlPlane: number;
  readonly hits: readonly HitLayout[];
  readonly caughtHits: readonly HitLayout[];
  /** Choices that are drawn when it starts. */
  readonly choices: readonly ChoiceLayout[];
  /** Causes that touch a component that this one touches. */
  readonly companions: Int32Array;
}

/** A unit that a cause hits by name. */
export interface HitLayout {
  readonly index: number;
  readonly unit: number;
  /** Seconds after which the unit has been launched anew; Infinity: it waits for the end of the cause. */
  readonly replacedAfter: number;
  readonly needsControlPlane: boolean;
}

/** Whether a recovery works, one draw per (cause, component). */
export interface ChoiceLayout {
  readonly index: number;
  readonly works: number;
  readonly fails: number;
  /** How often it is drawn to fail: more often than it does, so that failures are seen; the cycle's weight corrects for it. */
  readonly drawnToFail: number;
}

export interface UnitLayout {
  readonly address: string;
  readonly component: number;
  readonly region: number;
  readonly home: number;
  /** Seconds until it lives in another zone when its own is out; Infinity: never. */
  readonly movesAfter: number;
  readonly moveNeedsControlPlane: boolean;
  /** Per cause: the choice that says whether there is spare capacity elsewhere. */
  readonly spareChoice: Int32Array;
  readonly zones: Int32Array;
  /** The units among which it is spread. */
  readonly peers: Int32Array;
  /** Seconds until a dead one leaves the rotation; −1: it is in none. */
  readonly detection: number;
}

export interface GroupLayout {
  readonly form: 'pool' | 'promoted';
  readonly component: number;
  readonly units: Int32Array;
  readonly needs: number;
  readonly switchOver: number;
  readonly operator: number;
  /** Seconds from the end of a zone's outage until what comes back there may be promoted. */
  readonly catchUp: number;
  /** Per cause: the choice that says whether the switch-over works. */
  readonly failoverChoice: Int32Array;
  readonly without: 'down' | 'degraded';
  readonly shard: number;
}

export interface ComponentLayout {
  readonly name: string;
  readonly region: number;
  readonly hard: Int32Array;
  readonly soft: Int32Array;
  readonly groups: Int32Array;
  /** How its units reach the outside: as something that they need, as something that they can do without, or not at all. */
  readonly outside: 'hard' | 'soft' | 'none';
  readonly shards: number;
  readonly balancedGroup: number;
  readonly loadInUnits: number;
}

export interface FlowLayout {
  readonly name: string;
  readonly required: Int32Array;
  readonly atomic: Int32Array;
  /** Promoted groups whose switch-over leaves transactions in doubt. */
  readonly doubtGroups: Int32Array;
  readonly inDoubt: number;
  /** False where a required cause has no stated length. */
  readonly frequencyKnown: boolean;
}

export interface PartLayout {
  readonly livesIn: number;
  readonly zones: Int32Array;
}

/** Equally likely outcomes: zones of units, and serving units of groups. */
export interface DrawLayout {
  readonly outcomes: readonly {
    readonly units: Int32Array;
    readonly zones: Int32Array;
    readonly groups: Int32Array;
    readonly primaries: Int32Array;
  }[];
}
