/** A `cdk.tf.json` as far as the judge rewrites it. */
export interface StackJson {
  readonly terraform?: Readonly<Record<string, unknown>>;
  readonly provider?: { readonly aws?: readonly Readonly<Record<string, unknown>>[] };
  readonly variable?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

export interface Stack {
  readonly name: string;
  readonly json: StackJson;
}

/** Without an account nobody may be asked who we are. */
export const offlineProvider = {
  access_key: 'mock',
  secret_key: 'mock',
  skip_credentials_validation: true,
  skip_metadata_api_check: 'true',
  skip_requesting_account_id: true,
};

/** What Terraform must be given: variables without a default. */
export function variablesOf({ variable = {} }: StackJson): Record<string, string> {
  const open = Object.entries(variable).filter(([, declared]) => !('default' in declared));
  return Object.fromEntries(open.map(([name]) => [name, 'only-in-tests-0123']));
}

/** The same without its backend, so that a plan begins with nothing. */
export function withoutBackend(json: StackJson): StackJson {
  const { backend: _backend, ...terraform } = json.terraform ?? {};
  return { ...json, terraform };
}

export function regionOf({ provider }: StackJson): string {
  return String(provider?.aws?.[0]?.region);
}
