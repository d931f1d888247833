import type { Resources } from './resources';

/** A component as its resources show it. */
export interface FoundComponent {
  readonly name: string;
  /** As a spec would write them: every setting on which the kind's behaviour depends, so that `resolve` makes a topology of them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly units: readonly FoundUnit[];
}

export interface FoundUnit {
  readonly address: string;
  /** One zone: exact. Several: it lies in one of them. */
  readonly zones: readonly string[];
}

/** Finds all components of a kind. Physical names are `${prefix}${component}`, and the prefix is what the reader takes off. */
export type ReadBack = (resources: Resources, prefix: string) => FoundComponent[];
