import { hasErrors, type Diagnostic, type SettingPath, type SourceRange } from '../diagnostics/diagnostic';
import { kinds } from '../kinds/kinds.generated';
import { isObject, readableBut, readableOverrides } from '../resolve/readable';
import { sharedAssumptions, type Assumptions } from '../resolve/used-assumptions';
import type { Plain } from '../topology/plain';
import { noPolicy, type Acceptance, type Policy, type PolicyTarget } from '../topology/policy';
import type { UsedAssumption } from '../topology/topology';
import { parseAvailability } from '../units/availability';
import { parseDuration } from '../units/duration';
import { checkPolicy } from './policy-checks';
import { policySchema } from './policy-schema';
import { placedWith, positionsIn } from './positions';
import { explainSchemaErrors } from './schema-errors';
import { at, decode } from './source';
import validator from './validate-policy.generated';
import { readYaml } from './yaml';

/** More than a person could make. */
const mostFailures = 100;

/** What `nines.yaml` says. */
export interface Organization {
  readonly file: string;
  readonly text: string;
  readonly policy: Policy;
  /** Its own figures, which stand below those of a spec. */
  readonly assumptions: readonly UsedAssumption[];
  /** Digest of the default assumptions that were reviewed; null: any. */
  readonly defaults: string | null;
  /** Where a setting is written. */
  rangeOf(path: SettingPath): SourceRange;
}

export interface LoadedOrganization {
  readonly file: string;
  /** null: something is wrong, as the diagnostics say. */
  readonly organization: Organization | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly text: string;
}

/** As it is written, but for the assumptions. */
interface PolicyFile {
  readonly defaults?: string;
  readonly policy?: {
    readonly budget?: { readonly downtime: string; readonly unlessLabel?: string };
    readonly targets?: readonly {
      readonly flows?: string;
      readonly labels?: Readonly<Record<string, string>>;
      readonly fail?: string;
      readonly warn?: string;
    }[];
    readonly singlePoints?: Policy['singlePoints'];
    readonly metAt95?: boolean;
    readonly minimumZones?: number;
    readonly requiredKinds?: readonly string[];
    readonly forbidden?: readonly string[];
    readonly maximumAge?: string;
  };
  readonly accept?: readonly (Partial<Acceptance> & Pick<Acceptance, 'code' | 'reason' | 'owner' | 'expires'>)[];
}

/**
 * A policy file, YAML or JSON. All mistakes are told at once, each with its place.
 * @example loadPolicy('version: 1\npolicy: { singlePoints: error }', 'nines.yaml').organization?.policy.singlePoints // => 'error'
 */
export function loadPolicy(content: string | Uint8Array, file: string): LoadedOrganization {
  const { source, diagnostics: unreadable } = decode(file, content);
  const { text } = source;
  if (unreadable.length > 0) return { organization: null, file, diagnostics: unreadable, text };
  const { root, diagnostics: misread } = readYaml(source);
  if (!root) return { organization: null, file, diagnostics: misread, text };
  const positions = positionsIn(source, root);
  const settings = root.value;
  if (!isObject(settings)) {
    const detail = 'A policy file is an object with settings: version, assumptions, policy, accept.';
    return { organization: null, file, diagnostics: [at(source, 'spec/no-object', 'Not a policy file', detail, 0, 0)], text };
  }
  const { assumptions, diagnostics: judged } = judge(settings);
  const diagnostics = placedWith(misread, judged, positions);
  if (hasErrors(diagnostics)) return { organization: null, file, diagnostics, text };
  const written = settings as unknown as PolicyFile;
  const own = [...assumptions.values()].filter(({ from }) => from !== 'default');
  return {
    organization: {
      file,
      text,
      policy: policyOf(written),
      assumptions: own.map((assumption) => ({ ...assumption, from: ['nines.yaml', ...assumption.from] })),
      defaults: written.defaults ?? null,
      rangeOf: (path) => positions.rangeOf(path),
    },
    file,
    diagnostics,
    text,
  };
}

function judge(settings: Plain): { readonly assumptions: Assumptions; readonly diagnostics: readonly Diagnostic[] } {
  const validate = validator();
  const failures = validate(settings) ? [] : (validate.errors ?? []);
  const refused = explainSchemaErrors(failures.slice(0, mostFailures), policySchema(), settings);
  // Where not every refused setting is known, the others cannot be told from them.
  if (failures.length > mostFailures) return { assumptions: new Map(), diagnostics: refused.diagnostics };
  const readable = readableBut(refused.invalid);
  const { assumptions, diagnostics } = sharedAssumptions(readableOverrides(settings, [], readable), kinds);
  return {
    assumptions,
    diagnostics: [...refused.diagnostics, ...diagnostics, ...checkPolicy(settings, readable)],
  };
}

function policyOf({ accept = [], policy = {} }: PolicyFile): Policy {
  const wanted = (availability: string | undefined) =>
    availability === undefined ? null : { availability, unavailability: parseAvailability(availability) };
  const { budget, maximumAge, targets = [], ...rest } = policy;
  return {
    ...noPolicy,
    ...rest,
    targets: targets.map(({ fail, flows = '*', labels = {}, warn }): PolicyTarget => ({
      flows,
      labels,
      fail: wanted(fail),
      warn: wanted(warn),
    })),
    maximumAgeDays: maximumAge === undefined ? null : Number(maximumAge.slice(0, -1)),
    budget: budget ? { seconds: parseDuration(budget.downtime), unlessLabel: budget.unlessLabel ?? null } : null,
    accepted: accept.map((one) => ({ topology: '*', flow: '*', address: '*', ...one })),
  };
}
