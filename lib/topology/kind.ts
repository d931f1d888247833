import type { Assumption } from '../assumptions/assumption';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Behaviour } from './behaviour';
import type { HealthCheck } from './detection';
import type { Plain } from './plain';
import type { Dependency, Reach, Region } from './topology';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a kind is: its settings, what it may stand on, and how it behaves. It describes, it never derives. */
export interface Kind<Settings extends object = object> {
  readonly name: string;
  /** One line for the catalogue. */
  readonly summary: string;
  /** The kind's own settings as written in a spec; what all components share is added by the spec. */
  readonly schema: { readonly properties: Readonly<Record<string, JsonSchema>>; readonly required?: readonly string[] };
  /** Kinds that a component of this kind may depend on. */
  readonly mayDependOn: readonly string[];
  readonly reach: Reach;
  readonly assumptions: readonly Assumption[];
  /**
   * Numbers that the settings of a component state themselves, with their source, named as the kind's behaviour names them (`external.unavailability`).
   * They are of this component alone: in a topology `component/<c>/<name>`.
   */
  stated?(settings: Settings): readonly Assumption[];
  /** Endings by which further resources of a component are named after it, `-dead`; no other component of the kind can have such a name. @default - none */
  readonly endings?: readonly string[];
  /** By resource role, the arguments that the model owns: overriding one by `terraform:` is an error. */
  readonly owns: Readonly<Record<string, readonly string[]>>;
  /**
   * By resource role, what holds data of the users, with the arguments by whose change Terraform makes it anew, empty. Arguments that nothing here names
   * are changed in place. @default - it holds no data
   */
  readonly stores?: Readonly<Record<string, Readonly<Record<string, Replacing>>>>;
  /** Written settings, valid by the schema, with all defaults filled in and durations in seconds. Keys in a fixed order. */
  settings(given: Plain, place: KindPlace): Settings;
  /** What the schema cannot say. Paths are relative to the component. */
  check(settings: Settings, context: KindContext): readonly Diagnostic[];
  /** What AWS refuses to change so in a deployed component, which a plan does not tell. Paths are relative to the component. @default - nothing */
  refusedChange?(before: Settings, after: Settings): readonly Diagnostic[];
  /** What others see of it. */
  offers(settings: Settings): Offers;
  /** Only called for settings without errors. */
  describe(settings: Settings, context: KindContext): Behaviour;
}

/** How an argument makes a resource anew. */
export interface Replacing {
  /** The setting that it follows; null: the component's name, or an override. */
  readonly setting: string | null;
  /** Which changes do; either value may be undefined. @default - all */
  when?(before: unknown, after: unknown): boolean;
}

export interface KindPlace {
  /** Name of the component. */
  readonly name: string;
  readonly region: Region;
  /** What physical names begin with: the name prefix and the topology's name, `shop-orders-`. */
  readonly prefix: string;
}

export interface KindContext extends KindPlace {
  readonly dependsOn: readonly (Neighbour & Dependency)[];
  /** Components that depend on this one. */
  readonly dependents: readonly Neighbour[];
}

export interface Neighbour {
  readonly name: string;
  readonly kind: string;
  readonly reach: Reach;
  readonly offers: Offers;
}

/** What a component shows its neighbours. */
export interface Offers {
  /** Where it takes connections. */
  readonly port?: number;
  readonly protocol?: 'http' | 'tcp';
  /** Only what lies in the network reaches it. */
  readonly internal?: boolean;
  /** It spreads requests over the components it depends on, and checks them. */
  readonly balances?: { readonly healthCheck: HealthCheck };
  /** A stated unavailability that a stricter target above it cannot meet. */
  readonly promise?: number;
}
