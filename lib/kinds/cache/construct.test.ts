import { tmpdir } from 'node:os';
import { App, TerraformStack } from 'cdktf';
import { fromSynthesized } from '../../resources/resources';
import { Network } from '../../terraform/network';
import { withoutStackTraces } from '../../terraform/stack-traces';
import type { Plain } from '../../topology/plain';
import { Cache, type CacheProps } from './construct';
import { evictions, type Eviction } from './engines';
import { kind } from './kind';
import { readBack } from './read-back';

const three = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

type Given = Omit<CacheProps, 'network'>;
type Json = { readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> };

function synthesized(given: Given, zones = three): Json {
  return withoutStackTraces(() => {
    const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
    const network = new Network(stack, 'network', { region: 'us-east-1', zones, cidr: '10.0.0.0/16' });
    const cache = new Cache(stack, 'sessions', { network, ...given });
    expect(cache.node.validate()).toEqual([]);
    return stack.toTerraform() as Json;
  });
}

const groupOf = ({ resource }: Json) => resource.aws_elasticache_replication_group?.sessions_group;

const cases: readonly (readonly [Given, string[]])[] = [
  [{ form: 'replication-group', class: 'cache.r7g.large', replicas: 2 }, three],
  [{ form: 'replication-group', class: 'cache.r7g.large', replicas: 4 }, three],
  [{ form: 'replication-group', class: 'cache.t4g.micro', replicas: 0, engine: 'redis' }, three],
  [{ form: 'cluster', class: 'cache.r7g.large', shards: 3 }, three],
  [{ form: 'cluster', class: 'cache.r7g.large', replicas: 2, shards: 1, version: '7.2' }, three.slice(0, 2)],
  [{ form: 'cluster', class: 'cache.r7g.large', replicas: 0, engine: 'redis', version: '6.2' }, three],
];

test.each(cases)('%j: its Terraform has the units of the model and the settings they follow from', (given, zones) => {
  const region = { name: 'us-east-1', zones, cidr: '10.0.0.0/16', nat: 'per-zone' } as const;
  const place = { name: 'sessions', region, prefix: 'shop-', dependsOn: [], dependents: [] };
  const settings = kind.settings(given as unknown as Plain, place);
  const [found, ...others] = readBack(fromSynthesized(synthesized(given, zones)), 'shop-');
  expect(others).toEqual([]);
  expect(found?.name).toBe('sessions');
  expect(found?.units).toEqual(
    kind.describe(settings, place).units.map(({ address, zone }) => ({ address, zones: zone === null ? zones : [zone] })),
  );
  expect(kind.settings(found?.settings as Plain, place)).toEqual(settings);
});

test('replicas that nothing promotes are no standbys', () => {
  const json = synthesized({ form: 'replication-group', class: 'cache.r7g.large', replicas: 2 });
  for (const argument of ['automatic_failover_enabled', 'multi_az_enabled']) {
    const group = { ...groupOf(json), [argument]: false };
    const changed = { resource: { ...json.resource, aws_elasticache_replication_group: { sessions_group: group } } };
    expect(readBack(fromSynthesized(changed), 'shop-')[0]?.settings).toMatchObject({ replicas: 0 });
  }
});

test.each(cases)('%j is encrypted at rest and on the wire, and keeps snapshots', (given, zones) => {
  const json = synthesized(given, zones);
  expect(groupOf(json)).toMatchObject({
    at_rest_encryption_enabled: 'true',
    kms_key_id: '${aws_kms_key.key.arn}',
    transit_encryption_enabled: true,
    snapshot_retention_limit: 7,
    final_snapshot_identifier: 'shop-sessions-final',
    automatic_failover_enabled: given.replicas !== 0 || given.form === 'cluster',
    multi_az_enabled: given.replicas !== 0,
  });
  expect(groupOf(json)).not.toHaveProperty('auth_token');
  expect(JSON.stringify(json.resource.aws_elasticache_subnet_group)).toContain('aws_subnet.data-us-east-1a');
});

test('TLS is required in words where the version takes them, and by itself where ElastiCache refuses them', () => {
  const modeOf = (version: string, engine: 'redis' | 'valkey') =>
    groupOf(synthesized({ form: 'replication-group', class: 'cache.r7g.large', engine, version }))?.transit_encryption_mode;
  expect(['7.1', '7.0', '6.2'].map((version) => modeOf(version, 'redis'))).toEqual(['required', 'required', undefined]);
  expect(['8.1', '8.0', '7.2'].map((version) => modeOf(version, 'valkey'))).toEqual(['required', 'required', 'required']);
});

test('the last snapshot of a cache that was destroyed before can have another name', () => {
  const json = synthesized({ form: 'replication-group', class: 'cache.r7g.large', lastSnapshot: 'final-2' });
  expect(groupOf(json)?.final_snapshot_identifier).toBe('shop-sessions-final-2');
});

test('another replica or shard renames nothing', () => {
  const ids = (given: Given) =>
    Object.entries(synthesized(given).resource).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
  const group = { form: 'replication-group', class: 'cache.r7g.large', replicas: 1 } as const;
  const cluster = { form: 'cluster', class: 'cache.r7g.large', replicas: 1, shards: 1 } as const;
  expect(ids({ ...group, replicas: 2 })).toEqual(expect.arrayContaining(ids(group)));
  expect(ids({ ...cluster, shards: 2 })).toEqual(expect.arrayContaining(ids(cluster)));
});

test('each node has alarms, named as ElastiCache counts its nodes', () => {
  const dimensions = (given: Given) => {
    const alarms = Object.values(synthesized(given).resource.aws_cloudwatch_metric_alarm ?? {});
    return [...new Set(alarms.map((alarm) => (alarm.dimensions as { CacheClusterId: string }).CacheClusterId))].sort();
  };
  expect(dimensions(cases[0]![0])).toEqual(['shop-sessions-001', 'shop-sessions-002', 'shop-sessions-003']);
  expect(dimensions({ ...cases[3]![0], shards: 2 })).toEqual([
    'shop-sessions-0001-001',
    'shop-sessions-0001-002',
    'shop-sessions-0002-001',
    'shop-sessions-0002-002',
  ]);
});

const alarmsOf = (given: Given) =>
  Object.values(synthesized(given).resource.aws_cloudwatch_metric_alarm ?? {}).map((alarm) => ({
    ...alarm,
    name: String(alarm.alarm_name).replace('shop-sessions-', ''),
  }));

test('a node that reports nothing rings, as no other signal of it does', () => {
  const alarms = alarmsOf({ form: 'replication-group', class: 'cache.r7g.large', replicas: 1 });
  const ringing = alarms.filter(({ treat_missing_data: missing }: Readonly<Record<string, unknown>>) => missing === 'breaching');
  expect(ringing).toEqual(
    ['001', '002'].map((part) =>
      expect.objectContaining({
        name: `silent-${part}`,
        metric_name: 'CurrConnections',
        statistic: 'SampleCount',
        comparison_operator: 'LessThanThreshold',
        threshold: 1,
        dimensions: { CacheClusterId: `shop-sessions-${part}` },
      }),
    ),
  );
});

test('a cache that may drop anything is full as a rule, and does not ring for it', () => {
  const rings = (eviction: Eviction) =>
    alarmsOf({ form: 'replication-group', class: 'cache.r7g.large', replicas: 0, eviction }).some(({ name }) => name === 'memory-001');
  expect(evictions.filter((eviction) => !rings(eviction))).toEqual(['allkeys-lru', 'allkeys-lfu', 'allkeys-random']);
});

test('cluster mode and eviction are parameters of its own group', () => {
  const parameters = (given: Given) => Object.values(synthesized(given).resource.aws_elasticache_parameter_group ?? {})[0];
  expect(parameters({ ...cases[3]![0], eviction: 'noeviction' })).toMatchObject({
    family: 'valkey8',
    parameter: [
      { name: 'cluster-enabled', value: 'yes' },
      { name: 'maxmemory-policy', value: 'noeviction' },
    ],
  });
  expect(parameters(cases[2]![0])).toMatchObject({ family: 'redis7', parameter: [{ name: 'maxmemory-policy', value: 'volatile-lru' }] });
});

test('every resource that a spec may override has a role that the kind knows', () => {
  for (const [given, zones] of cases) {
    for (const [type, all] of Object.entries(synthesized(given, zones).resource)) {
      const roles = Object.keys(all).flatMap((id) => (id.startsWith('sessions_') ? [id.split('_')[1]!] : []));
      expect(`${type}: ${roles.filter((role) => !(role in kind.owns)).join()}`).toBe(`${type}: `);
    }
  }
});
