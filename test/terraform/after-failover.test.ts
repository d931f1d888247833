import { tmpdir } from 'node:os';
import { App, TerraformStack } from 'cdktf';
import { Cache } from '../../lib/kinds/cache/construct';
import { Database } from '../../lib/kinds/database/construct';
import { Instances } from '../../lib/kinds/instances/construct';
import { Network } from '../../lib/terraform/network';
import { withoutStackTraces } from '../../lib/terraform/stack-traces';
import { needs } from '../requirements';
import { appliedState, standalone, withBench, type Attributes, type Change, type ResourceBlocks } from './applied';
import type { StackJson } from './stack-json';

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

/** All stateful resources, on their own: what they refer to is text. */
function resources(): ResourceBlocks {
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
  return standalone(json, types);
}

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

/** What Terraform would do to resources that were made as planned and then changed, for several changes. */
function actionsAfter(changes: readonly Change[]): string[][] {
  return withBench(({ plan, state }) => {
    const made = plan(resources());
    return changes.map((change) => {
      state(appliedState(made, change));
      return plan(resources())
        .resource_changes.filter(({ change: { actions } }) => actions.join() !== 'no-op')
        .map(({ address, change: { actions } }) => `${address}: ${actions.join()}`);
    });
  });
}

const byItself: Change = (type, attributes) => after[type]?.(attributes) ?? {};
const byAPerson: Change = (type) => {
  if (type === 'aws_rds_cluster') return { deletion_protection: false };
  return type === 'aws_autoscaling_group' ? { min_size: 2 } : {};
};

judged(
  'what AWS moves by itself is no change, what a person has moved is one',
  () => {
    const both: Change = (...resource) => ({ ...byItself(...resource), ...byAPerson(...resource) });
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
