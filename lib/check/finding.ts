import type { SourceRange } from '../diagnostics/diagnostic';
import type { Finding } from '../estimate/findings';

/** What a policy may find besides what the estimate says. */
export type PolicyCode =
  | 'policy-target'
  | 'policy-zones'
  | 'policy-kind'
  | 'policy-assumption-age'
  | 'target-above-promise'
  | 'rpo-below-backup'
  | 'rto-below-redirect';

/** An availability that is wanted, as written and as a number. */
export interface Wanted {
  readonly availability: string;
  readonly unavailability: number;
}

/** Seconds that are wanted, and those that add up to more. */
export interface FoundTimes {
  readonly wanted: number;
  readonly parts: readonly number[];
}

/** Something that the gate found, before its place and whether it counts are known. */
export interface Found {
  readonly code: Finding['code'] | PolicyCode;
  readonly severity: Finding['severity'];
  /** null: it is about no single flow. */
  readonly flow: string | null;
  readonly address: string;
  /** What exactly was found, where the code and the address do not say it all. */
  readonly detail?: string;
  readonly wanted?: Wanted;
  /** The unavailability that was compared, where it is not the estimate itself. */
  readonly judged?: number;
  /** The unavailability that is promised for what it is about. */
  readonly promised?: number;
  readonly times?: FoundTimes;
}

/** What the gate says against a topology, with its place in the spec. */
export interface CheckFinding extends Found {
  /** null: the topology was not read from a text. */
  readonly range: SourceRange | null;
  /** Why it does not fail the gate although it is there; null: it counts. */
  readonly suppressed: Suppressed | null;
}

/** The ground on which a finding does not count. */
export interface Suppressed {
  readonly by: 'nines.yaml' | 'baseline';
  readonly reason: string | null;
  readonly owner: string | null;
  readonly expires: string | null;
}
