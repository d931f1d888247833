import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { Cache } from '../../lib/kinds/cache/construct';
import { Database } from '../../lib/kinds/database/construct';
import { Instances } from '../../lib/kinds/instances/construct';
import { Network } from '../../lib/terraform/network';
import { withoutStackTraces } from '../../lib/terraform/stack-traces';
import { needs } from '../requirements';
import { terraform } from './run';
import { offlineProvider, type StackJson } from './stack-json';

const judged = needs('terraform');
const minutes = 60_000;

const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const types = [
  'aws_db_instance',
  'aws_rds_cluster',
  'aws_rds_cluster_instance',
  'aws_elasticache_replication_group',
  'aws_autoscaling_group',
];

type Attributes = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

interface Planned {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly after: Attributes;
      readonly after_unknown: Attributes;
      readonly after_sensitive: Attributes;
    };
  }[];
  readonly planned_values: { readonly root_module: { readonly resources: readonly { address: string; schema_version: number }[] } };
}

/** All stateful resources, on their own: what they refer to is text. */
function resources(): Resources {
  const json = withoutStackTraces(() => {
    const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
    const network = new Network(stack, 'network', { region: 'us-east-1', zones, cidr: '10.0.0.0/16' });
    const data = { network, engine: 'postgres', class: 'db.r7g.large' } as const;
    const made = [
      new Database(stack, 'single', { ...data, form: 'single' }),
      new Database(stack, 'pair', { ...data, form: 'multi-az-instance' }),
      new Database(stack, 'copied', { ...data, form: 'multi-az-instance', readReplicas: 1 }),
      new Database(stack, 'trio', { ...data, form: 'multi-az-cluster', class: 'db.m6gd.large' }),
      new Database(stack, 'aurora', { ...data, form: 'aurora', readers: 2 }),
      new Cache(stack, 'sessions', { network, form: 'replication-group', class: 'cache.r7g.large', replicas: 2 }),
      new Instances(stack, 'web', { network, image: 'ami-0123456789abcdef0', type: 'm7i.large', count: 6, needs: 4 }),
      new Cache(stack, 'products', { network, form: 'cluster', class: 'cache.r7g.large' }),
    ];
    expect(made).toHaveLength(8);
    return stack.toTerraform() as StackJson;
  });
  return Object.fromEntries(types.map((type) => [type, text(json.resource?.[type] ?? {}) as Resources[string]]));
}

function text(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(text);
  if (value && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== '//')
        .map(([key, part]) => [key, text(part)]),
    );
  }
  if (typeof value !== 'string' || !value.startsWith('${')) return value;
  if (value.startsWith('${aws_launch_template.') && value.endsWith('.id}')) return 'lt-0123456789abcdef0';
  return value.endsWith('.arn}') ? 'arn:aws:kms:us-east-1:123456789012:key/1' : value.replace(/[^a-z0-9]+/g, '-').slice(1, -1);
}

/** What AWS has filled in, as the provider reads it from a resource that nobody has touched. */
const filledIn = { tags_all: {}, listener_endpoint: [], master_user_secret: [], replicas: [], iam_roles: [], security_group_names: [] };

/** What is different after failovers, upgrades of minor versions and growth. */
const after: Readonly<Record<string, (attributes: Attributes) => Attributes>> = {
  aws_db_instance: ({ replicate_source_db: replica }) =>
    replica
      ? { replica_mode: 'open-read-only' }
      : { availability_zone: 'us-east-1c', allocated_storage: 120, engine_version_actual: '17.9' },
  aws_rds_cluster: () => ({ availability_zones: zones, cluster_members: ['c', 'a', 'b'], engine_version_actual: '17.9' }),
  aws_rds_cluster_instance: () => ({ writer: true, engine_version_actual: '16.9' }),
  aws_elasticache_replication_group: () => ({
    member_clusters: ['shop-sessions-002', 'shop-sessions-001'],
    preferred_cache_cluster_azs: zones.toReversed(),
    engine_version_actual: '8.0.9',
  }),
  // Scaled out for a busy hour.
  aws_autoscaling_group: ({ instance_refresh: refresh, launch_template: template }) => ({
    desired_capacity: 7,
    availability_zones: zones,
    load_balancers: [],
    target_group_arns: [],
    instance_refresh: filled(refresh),
    launch_template: (template as Attributes[]).map((block) => ({ ...block, name: 'shop-web' })),
  }),
};

/** In the blocks of a state the provider writes what was not given as empty. */
function filled(value: unknown, key?: string): unknown {
  if (value === null) return key === 'triggers' || key === 'checkpoint_percentages' ? [] : '';
  if (Array.isArray(value)) return value.map((part) => filled(part));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value as Attributes).map(([name, part]) => [name, filled(part, name)]));
}

type Change = (type: string, attributes: Attributes) => Attributes;

/** What Terraform would do to resources that were made as planned and then changed, for several changes. */
function actionsAfter(changes: readonly Change[]): string[][] {
  const root = mkdtempSync(join(tmpdir(), 'nines-after-'));
  const plan = (): Planned => {
    terraform(root, 'plan', '-no-color', '-lock=false', '-refresh=false', '-out=plan');
    return JSON.parse(terraform(root, 'show', '-json', 'plan')) as Planned;
  };
  try {
    const required = { required_providers: { aws: { source: 'hashicorp/aws' } } };
    const provider = { aws: [{ region: 'us-east-1', ...offlineProvider }] };
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ terraform: required, provider, resource: resources() }));
    terraform(root, 'init', '-no-color');
    const made = plan();
    return changes.map((change) => {
      writeFileSync(join(root, 'terraform.tfstate'), JSON.stringify(stateOf(made, change)));
      return plan()
        .resource_changes.filter(({ change: { actions } }) => actions.join() !== 'no-op')
        .map(({ address, change: { actions } }) => `${address}: ${actions.join()}`);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function stateOf({ resource_changes: made, planned_values: planned }: Planned, change: Change): object {
  const resources = made.map(({ address, type, name, change: { after: values, after_unknown: unknown, after_sensitive: secret } }) => {
    const id = values.identifier ?? values.cluster_identifier ?? values.replication_group_id ?? values.name;
    const open = Object.fromEntries(Object.keys(unknown).map((key) => [key, null]));
    const known = Object.fromEntries(Object.entries(filledIn).filter(([key]) => key in unknown));
    const sensitive = Object.keys(secret).filter((key) => secret[key] === true);
    const instance = {
      schema_version: planned.root_module.resources.find((each) => each.address === address)?.schema_version ?? 0,
      attributes: { ...open, ...values, ...known, id, ...change(type, values) },
      sensitive_attributes: sensitive.map((value) => [{ type: 'get_attr', value }]),
    };
    return { mode: 'managed', type, name, provider: 'provider["registry.terraform.io/hashicorp/aws"]', instances: [instance] };
  });
  return { version: 4, serial: 1, lineage: 'shop', outputs: {}, resources };
}

const byItself: Change = (type, attributes) => after[type]?.(attributes) ?? {};
const byAPerson: Change = (type) => {
  if (type === 'aws_rds_cluster') return { deletion_protection: false };
  return type === 'aws_autoscaling_group' ? { min_size: 2 } : {};
};

judged(
  'what AWS moves by itself is no change, what a person has moved is one',
  () => {
    const both: Change = (type, attributes) => ({ ...byItself(type, attributes), ...byAPerson(type, attributes) });
    const [moved, unprotected] = actionsAfter([byItself, both]);
    expect(moved).toEqual([]);
    expect(unprotected).toEqual([
      'aws_autoscaling_group.web_group: update',
      'aws_rds_cluster.aurora_cluster: update',
      'aws_rds_cluster.trio_cluster: update',
    ]);
  },
  10 * minutes,
);
