import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraform } from './run';
import { offlineProvider, type StackJson } from './stack-json';

export type Attributes = Readonly<Record<string, unknown>>;
/** By type and name, as Terraform's JSON has them. */
export type ResourceBlocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** What a plan (`terraform show -json`) says of each resource. */
export interface Planned {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly after: Attributes;
      readonly after_unknown: Attributes;
      readonly after_sensitive: Attributes;
      readonly replace_paths?: readonly (readonly (string | number)[])[];
    };
  }[];
  readonly planned_values: { readonly root_module: { readonly resources: readonly { address: string; schema_version: number }[] } };
}

/** Resources of some types on their own: what they refer to is the name that it was given, or text. */
export function standalone({ resource = {} }: StackJson, types: readonly string[]): ResourceBlocks {
  const names = new Map<string, unknown>();
  for (const [type, byName] of Object.entries(resource)) {
    for (const [id, { name }] of Object.entries(byName)) names.set(`\${${type}.${id}.name}`, name);
  }
  return Object.fromEntries(types.map((type) => [type, text(resource[type] ?? {}, names) as ResourceBlocks[string]]));
}

function text(value: unknown, names: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((part) => text(part, names));
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        // On their own they wait for nothing.
        .filter(([key]) => key !== '//' && key !== 'depends_on')
        .map(([key, part]) => [key, text(part, names)]),
    );
  }
  if (typeof value !== 'string') return value;
  const name = names.get(value);
  if (typeof name === 'string' && !name.includes('${')) return name;
  // Inside of a document, as in a queue's policy.
  if (!value.startsWith('${')) return value.replaceAll(/\$\{[^}]+\.arn\}/g, 'arn:aws:sqs:us-east-1:123456789012:other');
  if (value.startsWith('${aws_launch_template.') && value.endsWith('.id}')) return 'lt-0123456789abcdef0';
  return value.endsWith('.arn}') ? 'arn:aws:kms:us-east-1:123456789012:key/1' : value.replace(/[^a-z0-9]+/g, '-').slice(1, -1);
}

/** What AWS has filled in, as the provider reads it from a resource that nobody has touched. */
const filledIn = { tags_all: {}, listener_endpoint: [], master_user_secret: [], replicas: [], iam_roles: [], security_group_names: [] };

/** What is different in a resource since it was made as planned. */
export type Change = (type: string, attributes: Attributes, name: string) => Attributes;

/** The state of Terraform in which everything was made as planned, and then changed. */
export function appliedState({ resource_changes: made, planned_values: planned }: Planned, change: Change = () => ({})): object {
  const resources = made.map(({ address, type, name, change: { after: values, after_unknown: unknown, after_sensitive: secret } }) => {
    const id = values.identifier ?? values.cluster_identifier ?? values.replication_group_id ?? values.name;
    const open = Object.fromEntries(Object.keys(unknown).map((key) => [key, null]));
    const known = Object.fromEntries(Object.entries(filledIn).filter(([key]) => key in unknown));
    const sensitive = Object.keys(secret).filter((key) => secret[key] === true);
    const instance = {
      schema_version: planned.root_module.resources.find((each) => each.address === address)?.schema_version ?? 0,
      attributes: { ...open, ...values, ...known, id, ...change(type, values, name) },
      sensitive_attributes: sensitive.map((value) => [{ type: 'get_attr', value }]),
    };
    return { mode: 'managed', type, name, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [instance] };
  });
  return { version: 4, serial: 1, lineage: 'shop', outputs: {}, resources };
}

/** A folder in which the real provider plans resources in one region, without a network. */
export interface Bench {
  /** The plan of these on what the state holds. */
  plan(resource: ResourceBlocks, more?: Readonly<Record<string, unknown>>): Planned;
  /** Puts a state in place of the last one. */
  state(state: object): void;
}

/** Opens a folder for plans, and removes it after the work. */
export function withBench<Result>(work: (bench: Bench) => Result): Result {
  const root = mkdtempSync(join(tmpdir(), 'nines-bench-'));
  try {
    const required = { required_providers: { aws: { source: 'hashicorp/aws' } } };
    const provider = { aws: [{ region: 'us-east-1', ...offlineProvider }] };
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ terraform: required, provider }));
    terraform(root, 'init', '-no-color');
    return work({
      plan: (resource, more = {}) => {
        writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ ...more, terraform: required, provider, resource }));
        terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false', '-out=plan');
        return JSON.parse(terraform(root, 'show', '-json', 'plan')) as Planned;
      },
      state: (state) => writeFileSync(join(root, 'terraform.tfstate'), JSON.stringify(state)),
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
