import type { Assumption } from '../assumptions/assumption';
import type { SettingPath } from '../diagnostics/diagnostic';
import type { Behaviour, Cause } from './behaviour';
import type { Plain } from './plain';
import type { Quantity } from './quantity';

/** The one model: what a spec says after defaults, references and checks. Plain, read-only, serialisable. */
export interface Topology {
  readonly name: string;
  readonly regions: readonly Region[];
  /** In the order of the spec. */
  readonly components: readonly Component[];
  readonly flows: readonly Flow[];
  /** Causes of regions, zones, networks and control planes. */
  readonly causes: readonly Cause[];
  /** Chance that a zone's or region's outage takes the region's control plane along. */
  readonly controlPlaneWithZone: Quantity;
  /** Every assumption that a quantity of this topology names, sorted by name. */
  readonly assumptions: readonly UsedAssumption[];
  readonly notModelled: readonly string[];
  /** What synthesis needs and the estimate does not. */
  readonly deployment: Deployment;
  /** The plain settings that this was made from: resolving them again gives the same topology. */
  readonly settings: Plain;
}

export interface Region {
  readonly name: string;
  readonly zones: readonly string[];
  readonly cidr: string;
  readonly nat: 'per-zone' | 'shared';
}

export interface Component {
  readonly name: string;
  readonly kind: string;
  readonly region: string;
  /** With all defaults filled in; the kind knows the type. */
  readonly settings: object;
  readonly dependsOn: readonly Dependency[];
  readonly behaviour: Behaviour;
  readonly reach: Reach;
  readonly terraform: TerraformOverrides | null;
  /** Its name in the last version of the spec. */
  readonly was: string | null;
}

/** How those that depend on a component get to it: inside the network, over the internet, or by a global service. */
export type Reach = 'inside' | 'outside' | 'global';

/** Arguments of the provider that the kind lacks, by role of the resource, with the reason for them. */
export interface TerraformOverrides {
  readonly reason: string;
  readonly arguments: Readonly<Record<string, Plain>>;
}

export interface Dependency {
  readonly on: string;
  /** What this component is without it. */
  readonly without: 'down' | 'degraded';
}

export interface Flow {
  readonly name: string;
  readonly requires: readonly string[];
  /** Participants of a transaction: all must be fully up, and a switch-over of one leaves the flow down for the in-doubt time. */
  readonly atomic: readonly string[];
  /** Added to a switch-over's time for atomic participants and what they hard-depend on. */
  readonly inDoubt: Quantity;
  readonly target: Target | null;
  /** Its own and those of the topology: what policies find it by. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Target {
  /** As written: `99.95%`. */
  readonly availability: string;
  readonly unavailability: number;
  readonly measure: 'time' | 'requests';
  readonly includesChange: boolean;
  /** Synthesis fails when it is missed. */
  readonly enforce: boolean;
  /** Seconds; null: not stated. */
  readonly rto: number | null;
  readonly rpo: number | null;
}

export interface UsedAssumption extends Assumption {
  /** `default`, or the setting that overrides it. */
  readonly from: 'default' | SettingPath;
}

export interface Deployment {
  readonly account: string | null;
  readonly assumeRole: string | null;
  readonly namePrefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly provider: Plain;
  readonly backend: 'local' | { readonly bucket: string; readonly key: string; readonly region: string };
}
