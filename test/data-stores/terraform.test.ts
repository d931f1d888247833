import { kinds } from '../../lib/kinds/kinds.generated';
import { needs } from '../requirements';
import { topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { appliedState, standalone, withBench, type Attributes, type Planned, type ResourceBlocks } from '../terraform/applied';
import type { StackJson } from '../terraform/stack-json';
import { changes } from './changes';

const judged = needs('terraform');
const minutes = 60_000;
const types = ['aws_db_instance', 'aws_rds_cluster', 'aws_elasticache_replication_group', 'aws_sqs_queue'];

/** Many stacks in one plan: the names of all that is in a stack begin with its own. */
function together(stacks: readonly StackJson[]): ResourceBlocks {
  const parts = stacks.map((json, i) => [`c${i}`, standalone(json, types)] as const);
  return Object.fromEntries(
    types.map((type) => [
      type,
      Object.fromEntries(parts.flatMap(([part, all]) => Object.entries(all[type]!).map(([name, args]) => [`${part}_${name}`, args]))),
    ]),
  );
}

const roleOf = (name: string) => name.split('_')[2]!;
const isStore = (name: string) => kinds.some(({ stores }) => stores && Object.hasOwn(stores, roleOf(name)));

/** Stores of data that a plan destroys. */
const destroyedIn = ({ resource_changes: planned }: Planned) =>
  planned.filter(({ change: { actions }, name }) => actions.includes('delete') && isStore(name));

judged(
  'Terraform destroys data, or makes what holds it anew, exactly where a change is said to',
  () => {
    const [before, after] = [
      changes.map(({ before }) => stackOf(topologyOf(before)).json),
      changes.map(({ after }) => stackOf(topologyOf(after)).json),
    ];
    const moved = after.flatMap((json, i) =>
      ((json.moved ?? []) as readonly { from: string; to: string }[])
        .filter(({ from }) => types.includes(from.split('.')[0]!))
        .map(({ from, to }) => ({ from: from.replace('.', `.c${i}_`), to: to.replace('.', `.c${i}_`) })),
    );
    const lost = withBench(({ plan, state }) => {
      state(appliedState(plan(together(before))));
      return destroyedIn(plan(together(after), { moved })).map(({ name }) => Number(name.split('_')[0]!.slice(1)));
    });
    const losing = new Set(lost);
    expect(changes.filter((_, i) => losing.has(i)).map(({ what }) => what)).toEqual(
      changes.filter(({ loses }) => loses).map(({ what }) => what),
    );
  },
  10 * minutes,
);

const key = 'arn:aws:kms:us-east-1:123456789012:key/2';

/** Another value that the provider takes, where it does not follow from the type of the first. */
const others: Readonly<Record<string, unknown>> = {
  kms_key_id: key,
  kms_master_key_id: key,
  master_user_secret_kms_key_id: key,
  performance_insights_kms_key_id: key,
  performance_insights_retention_period: 731,
  backup_window: '05:00-06:00',
  maintenance_window: 'mon:07:00-mon:08:00',
  preferred_backup_window: '05:00-06:00',
  preferred_maintenance_window: 'mon:07:00-mon:08:00',
  snapshot_window: '05:00-06:00',
  storage_type: 'io2',
  redrive_policy: '{}',
  message_retention_seconds: 70_000,
  transit_encryption_mode: 'preferred',
  enabled_cloudwatch_logs_exports: [],
};

const otherEngine: Readonly<Record<string, string>> = {
  postgres: 'mysql',
  'aurora-postgresql': 'aurora-mysql',
  valkey: 'redis',
};

/** Arguments of a resource with one of them changed; undefined: it cannot be changed alone. */
function withOther(type: string, args: Attributes, argument: string): Attributes | undefined {
  const value = args[argument];
  const other = (next: unknown, more: Attributes = {}) => ({ ...args, ...more, [argument]: next });
  if (argument === 'lifecycle' || argument === 'automatic_failover_enabled') return undefined;
  if (argument === 'engine') return other(otherEngine[String(value)]);
  if (argument === 'engine_version') return other(type === 'aws_elasticache_replication_group' ? '7.2' : '15');
  // A FIFO queue has a name of its own form.
  if (argument === 'fifo_queue') return other(false, { name: 'shop-other', content_based_deduplication: false });
  if (argument === 'name') return other(`other-${String(value)}`);
  if (Object.hasOwn(others, argument)) return other(others[argument]);
  if (value === 'true') return other('false');
  if (typeof value === 'boolean') return other(!value);
  if (typeof value === 'number') return other(value + 1);
  return other(Array.isArray(value) ? [...(value as unknown[]), 'sg-1'] : `${String(value)}x`);
}

judged(
  'an argument that we write makes what holds data anew exactly where its kind says so',
  () => {
    const data = { kind: 'database', engine: 'postgres', class: 'db.r7g.large' };
    const cache = { kind: 'cache', class: 'cache.r7g.large' };
    const json = stackOf(
      topologyOf({
        version: 1,
        name: 'shop',
        regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' } },
        components: {
          pair: { ...data, form: 'multi-az-instance' },
          trio: { ...data, form: 'multi-az-cluster', class: 'db.m6gd.large' },
          aurora: { ...data, form: 'aurora' },
          sessions: { ...cache, form: 'replication-group' },
          products: { ...cache, form: 'cluster' },
          line: { kind: 'queue', fifo: true },
        },
        flows: {},
      }),
    ).json;
    const base = together([json]);
    const copies = Object.entries(base).flatMap(([type, byName]) =>
      Object.entries(byName).flatMap(([name, args]) =>
        Object.keys(args).flatMap((argument) => {
          const changed = withOther(type, args, argument);
          return changed ? [{ type, of: name, name: `${name}_by_${argument}`, argument, changed }] : [];
        }),
      ),
    );
    const replaced = withBench(({ plan, state }) => {
      const made = appliedState(plan(base)) as { readonly resources: readonly { readonly type: string; readonly name: string }[] };
      const resources = copies.map(({ name, of, type }) => ({ ...made.resources.find((it) => it.type === type && it.name === of)!, name }));
      state({ ...made, resources });
      const changed = Object.fromEntries(
        types.map((type) => [type, Object.fromEntries(copies.filter((it) => it.type === type).map((it) => [it.name, it.changed]))]),
      );
      return new Set(destroyedIn(plan(changed)).map(({ name }) => name));
    });
    const said = (name: string, argument: string) => kinds.some(({ stores }) => Object.hasOwn(stores?.[roleOf(name)] ?? {}, argument));
    expect(copies.filter(({ name }) => replaced.has(name)).map(({ name }) => name)).toEqual(
      copies.filter(({ argument, name }) => isStore(name) && said(name, argument)).map(({ name }) => name),
    );
    expect(replaced.size).toBeGreaterThan(30);
  },
  10 * minutes,
);
