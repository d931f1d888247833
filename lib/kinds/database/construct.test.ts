import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { fromSynthesized } from '../../resources/resources';
import { Network } from '../../terraform/network';
import { secretsTestFile } from '../../terraform/secret-variable';
import { withoutStackTraces } from '../../terraform/stack-traces';
import type { FoundUnit } from '../../resources/read-back';
import type { Unit } from '../../topology/behaviour';
import type { Plain } from '../../topology/plain';
import { Database, type DatabaseProps } from './construct';
import { kind } from './kind';
import { readBack } from './read-back';

const three = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

type Given = Omit<DatabaseProps, 'network'>;
type Json = {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly variable?: unknown;
};

function stackOf(databases: Readonly<Record<string, Given>>, zones: readonly string[], outdir: string): TerraformStack {
  const stack = new TerraformStack(new App({ outdir, skipValidation: true }), 'shop');
  const network = new Network(stack, 'network', { region: 'us-east-1', zones, cidr: '10.0.0.0/16' });
  const made = Object.entries(databases).map(([name, given]) => new Database(stack, name, { network, ...given }));
  expect(made.flatMap(({ node }) => node.validate())).toEqual([]);
  return stack;
}

const synthesized = (databases: Readonly<Record<string, Given>>, zones: readonly string[] = three): Json =>
  withoutStackTraces(() => stackOf(databases, zones, tmpdir()).toTerraform() as Json);

const cases: readonly (readonly [Given, string[]])[] = [
  [{ engine: 'postgres', form: 'single', class: 'db.t4g.medium' }, three],
  [{ engine: 'mysql', form: 'multi-az-instance', class: 'db.r7g.large', readReplicas: 4, shards: 2 }, three],
  [{ engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' }, three.slice(0, 2)],
  [{ engine: 'postgres', form: 'multi-az-cluster', class: 'db.m6gd.large', shards: 3 }, three],
  [{ engine: 'mysql', form: 'multi-az-cluster', class: 'db.m6gd.large' }, [...three, 'us-east-1d']],
  [{ engine: 'mysql', form: 'aurora', class: 'db.r7g.large', readers: 3, shards: 2 }, three],
  [{ engine: 'postgres', form: 'aurora', class: 'db.r7g.large', readers: 0 }, three],
];

const possible = (units: readonly Unit[], zones: readonly string[]): FoundUnit[] =>
  units.map(({ address, zone }) => ({ address, zones: zone === null ? zones : [zone] }));

const sorted = (units: readonly FoundUnit[]) => units.toSorted((a, b) => (a.address < b.address ? -1 : 1));

test.each(cases)('%j: its Terraform has the units of the model and the settings they follow from', (given, zones) => {
  const region = { name: 'us-east-1', zones, cidr: '10.0.0.0/16', nat: 'per-zone' } as const;
  const place = { name: 'db', region, prefix: 'shop-', dependsOn: [], dependents: [] };
  const settings = kind.settings(given as unknown as Plain, place);
  const [found, ...others] = readBack(fromSynthesized(synthesized({ db: given }, zones)), 'shop-');
  expect(others).toEqual([]);
  expect(found?.name).toBe('db');
  expect(sorted(found?.units ?? [])).toEqual(sorted(possible(kind.describe(settings, place).units, zones)));
  expect(kind.settings(found?.settings as Plain, place)).toEqual(settings);
});

test('databases are told apart by name', () => {
  const single: Given = { engine: 'postgres', form: 'single', class: 'db.t4g.medium' };
  const found = readBack(fromSynthesized(synthesized({ a: { ...single, shards: 2 }, 'a-b': single })), 'shop-');
  expect(found.map(({ name, units }) => `${name}: ${units.length}`)).toEqual(['a: 2', 'a-b: 1']);
});

test('another replica, reader or shard renames nothing', () => {
  const ids = (given: Given) =>
    Object.entries(synthesized({ db: given }).resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
  const instance = { engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large', readReplicas: 1 } as const;
  const aurora = { engine: 'postgres', form: 'aurora', class: 'db.r7g.large', readers: 1 } as const;
  expect(ids({ ...instance, readReplicas: 2 })).toEqual(expect.arrayContaining(ids(instance)));
  expect(ids({ ...instance, shards: 2 })).toEqual(expect.arrayContaining(ids(instance)));
  expect(ids({ ...aurora, readers: 4 })).toEqual(expect.arrayContaining(ids(aurora)));
  expect(ids({ ...aurora, shards: 3 })).toEqual(expect.arrayContaining(ids(aurora)));
});

test.each(cases.map(([given]) => given))('%j is encrypted, private, backed up, protected, and refuses connections without TLS', (given) => {
  const { resource } = synthesized({ db: given });
  const writers = [
    ...Object.values(resource.aws_db_instance ?? {}).filter((each) => !each.replicate_source_db),
    ...Object.values(resource.aws_rds_cluster ?? {}),
  ];
  expect(writers).toHaveLength(given.shards ?? 1);
  for (const writer of writers) {
    expect(writer).toMatchObject({
      storage_encrypted: true,
      kms_key_id: '${aws_kms_key.key.arn}',
      backup_retention_period: 14,
      deletion_protection: true,
      skip_final_snapshot: false,
      copy_tags_to_snapshot: true,
    });
    expect(writer.final_snapshot_identifier).toMatch(/^shop-db(-shard-[12])?-final$/);
  }
  for (const open of [...Object.values(resource.aws_db_instance ?? {}), ...Object.values(resource.aws_rds_cluster_instance ?? {})]) {
    expect(open).toMatchObject({ publicly_accessible: false });
  }
  const groups = [
    ...Object.values(resource.aws_db_parameter_group ?? {}),
    ...Object.values(resource.aws_rds_cluster_parameter_group ?? {}),
  ];
  const parameter = given.engine === 'postgres' ? 'rds.force_ssl' : 'require_secure_transport';
  expect(groups).toMatchObject([
    { parameter: [{ name: parameter, value: given.form === 'aurora' && given.engine === 'mysql' ? 'ON' : '1' }] },
  ]);
});

test('RDS manages the password where AWS lets it, and nothing asks for one', () => {
  for (const [given, zones] of cases.filter(([{ readReplicas }]) => !readReplicas)) {
    const json = synthesized({ db: given }, zones);
    const writers = [...Object.values(json.resource.aws_db_instance ?? {}), ...Object.values(json.resource.aws_rds_cluster ?? {})];
    for (const writer of writers) expect(writer).toMatchObject({ manage_master_user_password: true });
    expect([json.variable, json.resource.aws_secretsmanager_secret]).toEqual([undefined, undefined]);
  }
});

test('with read replicas the password is an ephemeral variable that goes into no state', () => {
  const replicated: Given = { engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large', readReplicas: 1, passwordVersion: 3 };
  const json = synthesized({ 'orders-db': replicated });
  const instance = json.resource.aws_db_instance?.['orders-db_instance'];
  expect(instance).toMatchObject({ password_wo: '${var.orders_db_password}', password_wo_version: 3 });
  expect(instance).not.toHaveProperty('manage_master_user_password');
  expect(instance).not.toHaveProperty('password');
  expect(json.variable).toMatchObject({ orders_db_password: { type: 'string', ephemeral: true, sensitive: true } });
  expect((json.variable as Json['resource']).orders_db_password).not.toHaveProperty('default');
  // With a name of its own each time, it can be made again while the last one may still be recovered.
  const secret = json.resource.aws_secretsmanager_secret?.['orders-db_secret'];
  expect(secret).toMatchObject({ name_prefix: 'shop-orders-db-password-' });
  expect(secret).not.toHaveProperty('name');
  const version = json.resource.aws_secretsmanager_secret_version?.['orders-db_secret-version'];
  expect(version).toMatchObject({ secret_string_wo_version: 3 });
  expect(version).not.toHaveProperty('secret_string');
});

test('who depends on it may read the password and look at its versions, and nothing else', () => {
  const stack = withoutStackTraces(() => stackOf({ db: cases[0]![0] }, three, tmpdir()));
  const { statements } = (stack.node.findChild('db') as Database).access;
  expect(statements.map(({ Action }) => Action)).toEqual([
    ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    'kms:Decrypt',
  ]);
});

test('for terraform test, a file beside the stack gives all its passwords a value', () => {
  const replicated: Given = { engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large', readReplicas: 1 };
  const outdir = mkdtempSync(join(tmpdir(), 'database-'));
  const written = (databases: Readonly<Record<string, Given>>, folder: string) => {
    const { node } = withoutStackTraces(() => stackOf(databases, three, join(outdir, folder)));
    (node.root as App).synth();
    const file = join(outdir, folder, 'stacks', 'shop', secretsTestFile);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
  };
  try {
    expect(written({ 'orders-db': replicated, 'users-db': replicated, other: cases[0]![0] }, 'with')).toEqual({
      variables: { orders_db_password: 'for-tests-only-1', users_db_password: 'for-tests-only-1' },
      run: { plan: { command: 'plan' } },
    });
    expect(written({ other: cases[0]![0] }, 'without')).toBeNull();
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('what AWS moves is not taken back', () => {
  const ignored = (given: Given, type: string, name: string) => synthesized({ db: given }).resource[type]?.[name]?.lifecycle;
  expect(ignored(cases[2]![0], 'aws_db_instance', 'db_instance')).toEqual({ ignore_changes: ['availability_zone'] });
  expect(ignored(cases[3]![0], 'aws_rds_cluster', 'db_cluster')).toEqual({ ignore_changes: ['availability_zones'] });
  expect(ignored(cases[5]![0], 'aws_rds_cluster', 'db_cluster')).toEqual({ ignore_changes: ['availability_zones'] });
});

test('a minor version that is named stays, otherwise AWS upgrades it', () => {
  const given = (version: string): Given => ({ engine: 'postgres', form: 'single', class: 'db.t4g.medium', version });
  const instance = (version: string) => synthesized({ db: given(version) }).resource.aws_db_instance?.db_instance;
  expect(instance('17')).toMatchObject({ engine_version: '17', auto_minor_version_upgrade: true });
  expect(instance('17.4')).toMatchObject({ engine_version: '17.4', auto_minor_version_upgrade: false });
});

test('storage may grow fivefold, and not where AWS has no room for a tenth more', () => {
  const most = (storage: string) =>
    ['instance', 'replica_0'].map(
      (role) =>
        synthesized({ db: { engine: 'postgres', form: 'single', class: 'db.r7g.large', storage, readReplicas: 1 } }).resource
          .aws_db_instance?.[`db_${role}`]?.max_allocated_storage,
    );
  expect(most('100GiB')).toEqual([500, 500]);
  expect(most('59578GiB')).toEqual([65_536, 65_536]);
  expect(most('59579GiB')).toEqual([undefined, undefined]);
});

test('the major version may change, at once, only where the spec says why', () => {
  for (const [given, type, name] of [
    [cases[0]![0], 'aws_db_instance', 'db_instance'],
    [cases[3]![0], 'aws_rds_cluster', 'db_cluster'],
    [cases[5]![0], 'aws_rds_cluster', 'db_cluster'],
  ] as const) {
    const writer = (more: Partial<Given>) => synthesized({ db: { ...given, ...more } }).resource[type]?.[name];
    expect(writer({ upgrade: '16 ends in May' })).toMatchObject({ allow_major_version_upgrade: true, apply_immediately: true });
    expect(Object.keys(writer({})!).filter((key) => /^(allow|apply)_/.test(key))).toEqual([]);
  }
});

test('a database that may be deleted leaves a last snapshot and its backups behind, unless the spec says why not', () => {
  for (const [form, type, name] of [
    ['single', 'aws_db_instance', 'db_instance'],
    ['aurora', 'aws_rds_cluster', 'db_cluster'],
  ] as const) {
    const writer = (more: Partial<Given>) =>
      synthesized({ db: { engine: 'postgres', form, class: 'db.r7g.large', deletable: 'it goes', ...more } }).resource[type]?.[name];
    const kept = { deletion_protection: false, skip_final_snapshot: false, delete_automated_backups: false };
    expect(writer({})).toMatchObject({ ...kept, final_snapshot_identifier: 'shop-db-final' });
    expect(writer({ lastSnapshot: 'final-2' })).toMatchObject({ ...kept, final_snapshot_identifier: 'shop-db-final-2' });
    const nothing = writer({ withoutLastSnapshot: 'its data is made up' });
    expect(nothing).toMatchObject({ deletion_protection: false, skip_final_snapshot: true, delete_automated_backups: true });
    expect(nothing).not.toHaveProperty('final_snapshot_identifier');
  }
});

test('every database has alarms that go to the topic', () => {
  for (const [given, zones] of cases) {
    const alarms = Object.values(synthesized({ db: given }, zones).resource.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms.map((alarm) => alarm.metric_name)).toEqual(expect.arrayContaining(['DatabaseConnections', 'CPUUtilization']));
    for (const alarm of alarms) expect(alarm.alarm_actions).toHaveLength(1);
  }
});

/** By alarm, its dimensions. */
const watched = (given: Given, metric: string) =>
  Object.fromEntries(
    Object.entries(synthesized({ db: given }).resource.aws_cloudwatch_metric_alarm ?? {})
      .filter(([, alarm]) => alarm.metric_name === metric)
      .map(([id, { dimensions }]) => [id.replace('db_alarm_', ''), dimensions]),
  );

test('alarms of a Multi-AZ cluster watch its nodes, which alone have metrics', () => {
  const cluster: Given = { engine: 'postgres', form: 'multi-az-cluster', class: 'db.m6gd.large', shards: 2 };
  for (const [metric, name] of [
    ['DatabaseConnections', 'silent'],
    ['CPUUtilization', 'cpu'],
    ['FreeStorageSpace', 'storage'],
    ['ReplicaLag', 'standby-lag'],
  ] as const) {
    expect(watched(cluster, metric)).toEqual({
      [`${name}-instance-1`]: { DBInstanceIdentifier: 'shop-db-instance-1' },
      [`${name}-instance-2`]: { DBInstanceIdentifier: 'shop-db-instance-2' },
      [`${name}-instance-3`]: { DBInstanceIdentifier: 'shop-db-instance-3' },
      [`${name}-shard-1-instance-1`]: { DBInstanceIdentifier: 'shop-db-shard-1-instance-1' },
      [`${name}-shard-1-instance-2`]: { DBInstanceIdentifier: 'shop-db-shard-1-instance-2' },
      [`${name}-shard-1-instance-3`]: { DBInstanceIdentifier: 'shop-db-shard-1-instance-3' },
    });
  }
});

test('alarms of an Aurora cluster watch its writer, whichever node that is', () => {
  const aurora: Given = { engine: 'postgres', form: 'aurora', class: 'db.r7g.large', readers: 2 };
  const writer = { DBClusterIdentifier: 'shop-db', Role: 'WRITER' };
  expect(watched(aurora, 'DatabaseConnections')).toEqual({ silent: writer });
  expect(watched(aurora, 'CPUUtilization')).toEqual({ cpu: writer });
  expect(watched(aurora, 'AuroraReplicaLagMaximum')).toEqual({ 'reader-lag': { DBClusterIdentifier: 'shop-db' } });
});

test('a read replica of MySQL that no longer follows reports a lag below zero', () => {
  const alarm = (engine: Given['engine']) =>
    synthesized({ db: { engine, form: 'single', class: 'db.r7g.large', readReplicas: 1 } }).resource.aws_cloudwatch_metric_alarm?.[
      'db_alarm_replica-stopped-0'
    ];
  expect(alarm('mysql')).toMatchObject({
    metric_name: 'ReplicaLag',
    dimensions: { DBInstanceIdentifier: 'shop-db-replica-0' },
    statistic: 'Minimum',
    comparison_operator: 'LessThanThreshold',
    threshold: 0,
  });
  expect(alarm('postgres')).toBeUndefined();
});

test('every resource that a spec may override has a role that the kind knows', () => {
  for (const [given, zones] of cases) {
    for (const [type, all] of Object.entries(synthesized({ db: given }, zones).resource)) {
      const roles = Object.keys(all).flatMap((id) => (id.startsWith('db_') ? [id.split('_')[1]!] : []));
      expect(`${type}: ${roles.filter((role) => !(role in kind.owns)).join()}`).toBe(`${type}: `);
    }
  }
});
