/** What an organization wants of its topologies, beside the targets that they state themselves. */
export interface Policy {
  readonly targets: readonly PolicyTarget[];
  readonly singlePoints: 'warning' | 'error';
  /** A target must also be met at the pessimistic end of what is assumed. */
  readonly metAt95: boolean;
  /** Fewest zones of a region; null: any number. */
  readonly minimumZones: number | null;
  readonly requiredKinds: readonly string[];
  /** Findings that fail whatever their severity is. */
  readonly forbidden: readonly string[];
  /** Days after which the source of an assumption is too old; null: never. */
  readonly maximumAgeDays: number | null;
  /** What a change may cost; null: anything that misses no target. */
  readonly budget: Budget | null;
  readonly accepted: readonly Acceptance[];
}

/** How much downtime in a year a change may add to a flow. */
export interface Budget {
  readonly seconds: number;
  /** A label of the pull request that lets it cost more; null: none does. */
  readonly unlessLabel: string | null;
}

/** What flows must be whose names and labels match patterns, whatever their specs want. */
export interface PolicyTarget {
  readonly flows: string;
  /** Each must be there and match. */
  readonly labels: Readonly<Record<string, string>>;
  /** As written, with its unavailability. */
  readonly fail: { readonly availability: string; readonly unavailability: number } | null;
  readonly warn: { readonly availability: string; readonly unavailability: number } | null;
}

/** A finding with which the organization lives for a while, on somebody's word. Left out patterns match all. */
export interface Acceptance {
  readonly code: string;
  readonly topology: string;
  readonly flow: string;
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** Where there is no policy file. */
export const noPolicy: Policy = {
  targets: [],
  singlePoints: 'warning',
  metAt95: false,
  minimumZones: null,
  requiredKinds: [],
  forbidden: [],
  maximumAgeDays: null,
  budget: null,
  accepted: [],
};

/** Findings that fail only where a policy says so. */
export const forbiddable = [
  'target-uncertain',
  'single-point',
  'verdict-turns',
  'not-judged',
  'policy-target',
  'target-above-promise',
  'rpo-below-backup',
  'rto-below-redirect',
] as const;

/** Findings that can be accepted for a while: all that there are. */
export const acceptable = ['target-missed', 'policy-zones', 'policy-kind', 'policy-assumption-age', ...forbiddable] as const;
