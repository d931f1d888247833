import type { Plain } from '../topology/plain';

/** A spec as it is written, valid by the schema; what is left out is the careful choice. */
export interface Spec {
  readonly version: 1;
  readonly name: string;
  readonly account?: string;
  readonly assumeRole?: string;
  /** @default - none */
  readonly namePrefix?: string;
  /** Of all its flows, for policies. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Any argument of the AWS provider. */
  readonly provider?: Plain;
  /** @default - local */
  readonly backend?: 'local' | { readonly s3: { readonly bucket: string; readonly key?: string; readonly region?: string } };
  readonly regions: Readonly<Record<string, RegionSpec>>;
  readonly components: Readonly<Record<string, ComponentSpec>>;
  readonly flows?: Readonly<Record<string, FlowSpec>>;
  readonly assumptions?: Readonly<Record<string, OverrideSpec>>;
  /** Why what components that are no longer here hold may be lost, by their names. @default - none may be removed that holds data */
  readonly allowReplacement?: Readonly<Record<string, string>>;
}

export interface RegionSpec {
  readonly zones: readonly string[];
  readonly cidr: string;
  /** @default - one NAT gateway per zone */
  readonly nat?: 'per-zone' | 'shared';
}

/** What all components share; the kind's own settings stand beside it. */
export interface ComponentSpec {
  readonly kind: string;
  readonly dependsOn?: readonly DependencySpec[];
  readonly assumptions?: Readonly<Record<string, OverrideSpec>>;
  readonly terraform?: { readonly reason: string } & Readonly<Record<string, unknown>>;
  readonly was?: string;
  /** Why what it holds may be lost by a change. @default - a change that would is refused */
  readonly allowReplacement?: string;
}

export type DependencySpec = string | { readonly on: string; readonly without?: 'down' | 'degraded' };

export interface FlowSpec {
  readonly requires?: readonly string[];
  readonly atomic?: readonly string[];
  readonly target?: TargetSpec;
  /** Above those of the topology. @default - those of the topology */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface TargetSpec {
  readonly availability: string;
  readonly measure?: 'time' | 'requests';
  readonly includesChange?: boolean;
  readonly enforce?: boolean;
  readonly rto?: string;
  readonly rpo?: string;
}

/** Another number for an assumption, with the ground that it stands on. */
export interface OverrideSpec {
  readonly value: number | string;
  readonly range?: readonly [number | string, number | string];
  readonly source?: string;
  readonly reason?: string;
  readonly date?: string;
}

/** The keys of a component that are not its kind's. */
export const sharedKeys = ['kind', 'dependsOn', 'assumptions', 'terraform', 'was', 'allowReplacement'] as const;
