import type { Behaviour } from '../../topology/behaviour';
import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { assumptionsOf } from '../../topology/quantity';
import { assumptions } from './assumptions';
import { engines, familyOf, versionsOf } from './engines';
import { kind } from './kind';

const minimal = { form: 'replication-group', class: 'cache.r7g.large' };

const context = (zones = ['z-a', 'z-b', 'z-c']): KindContext => ({
  name: 'sessions',
  region: { name: 'r', zones, cidr: '10.0.0.0/16', nat: 'per-zone' },
  prefix: 'shop-',
  dependsOn: [],
  dependents: [],
});

const described = (given: Plain, zones?: string[]): Behaviour => {
  const place = context(zones);
  return kind.describe(kind.settings({ ...minimal, ...given }, place), place);
};

const codes = (given: Plain, zones?: string[]): string[] => {
  const place = context(zones);
  return kind.check(kind.settings({ ...minimal, ...given }, place), place).map(({ code, path }) => `${code} at ${path?.join('.')}`);
};

test('what is left out is the careful choice', () => {
  expect(kind.settings(minimal, context())).toMatchObject({
    engine: 'valkey',
    version: '8.0',
    replicas: 1,
    shards: 1,
    snapshotRetention: 7 * 86_400,
  });
  expect(kind.settings({ ...minimal, form: 'cluster' }, context())).toMatchObject({ replicas: 1, shards: 2 });
});

test('a node without a replica is created anew in the zone where AWS has put it', () => {
  const { units, groups, causes } = described({ replicas: 0 });
  expect(units).toEqual([{ address: 'unit/sessions/any/0', zone: null }]);
  expect(groups[0]).toMatchObject({ form: 'pool', needs: 1, replacement: null, without: 'down' });
  expect(groups[0]?.place?.outcomes).toHaveLength(3);
  expect(causes[0]?.occurrence.length?.mean).toEqual({ assumption: 'cache.nodeRecreate' });
});

test('replicas take the zones in turn, and any node may be the primary', () => {
  const { units, groups } = described({ replicas: 3 });
  expect(units.map(({ address }) => address)).toEqual([
    'unit/sessions/z-a/0',
    'unit/sessions/z-b/0',
    'unit/sessions/z-c/0',
    'unit/sessions/z-a/1',
  ]);
  expect(groups[0]?.place?.outcomes.map(({ primary }) => primary)).toEqual(units.map(({ address }) => address));
});

test('in a cluster AWS chooses the zones that are left over', () => {
  const { units, groups } = described({ form: 'cluster', replicas: 1, shards: 3 });
  expect(units).toHaveLength(6);
  expect(units[0]).toEqual({ address: 'unit/sessions/shard-0/any/0', zone: null });
  expect(groups.map(({ name, shard }) => `${name} ${shard}`)).toEqual(['shard-0 0', 'shard-1 1', 'shard-2 2']);
  // Three pairs of zones, either node the primary.
  expect(groups[0]?.place?.outcomes).toHaveLength(6);
});

test('a cluster of one shard has no shards to choose from', () => {
  expect(described({ form: 'cluster', shards: 1, replicas: 2 }).groups).toMatchObject([{ name: 'nodes', shard: null, form: 'promoted' }]);
});

test.each([
  { form: 'replication-group', replicas: 0 },
  { form: 'replication-group', replicas: 5 },
  { form: 'cluster', replicas: 0, shards: 2 },
  { form: 'cluster', replicas: 4, shards: 3 },
])('every unit of %j has one cause and one group, and hangs on known assumptions', (given) => {
  const { units, causes, groups, notModelled } = described(given);
  expect(causes.map(({ address }) => address)).toEqual(units.map(({ address }) => address));
  expect(groups.flatMap((group) => group.units)).toEqual(units.map(({ address }) => address));
  const known = new Set(assumptions.map(({ name }) => name));
  const used = [
    ...causes.flatMap(({ occurrence }) => assumptionsOf(occurrence.length?.mean ?? 0)),
    ...groups.flatMap((group) =>
      group.form === 'promoted' ? [group.switchOver, group.coverage, group.operator, group.catchUp ?? 0].flatMap(assumptionsOf) : [],
    ),
  ];
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  expect(notModelled.length).toBeGreaterThan(0);
});

test.each<[string, Plain, string[] | undefined, string[]]>([
  ['nothing wrong', {}, undefined, []],
  ['a standby without a second zone', {}, ['z-a'], ['cache/standby-without-second-zone at replicas']],
  ['one node in one zone', { replicas: 0 }, ['z-a'], []],
  ['shards of a replication group', { shards: 2 }, undefined, ['cache/shards-without-cluster at shards']],
  ['a hundred nodes', { form: 'cluster', shards: 32, replicas: 3 }, undefined, ['cache/many-nodes at shards']],
  ['a version that never was', { version: '9.9' }, undefined, ['cache/unknown-version at version']],
  ['a version of the other engine', { engine: 'redis', version: '8.0' }, undefined, ['cache/unknown-version at version']],
  ['a class that is none', { class: 'cache.r7g.huge' }, undefined, ['cache/unknown-class at class']],
  ['a class of another service', { class: 'db.r7g.large' }, undefined, ['cache/unknown-class at class']],
  ['snapshots for ever', { snapshotRetention: '100d' }, undefined, ['cache/snapshot-retention at snapshotRetention']],
  ['a window of half an hour', { snapshotWindow: '02:00-02:30' }, undefined, ['cache/window-length at snapshotWindow']],
  ['windows that overlap', { snapshotWindow: '04:30-05:30' }, undefined, ['cache/windows-overlap at maintenanceWindow']],
])('%s', (_name, given, zones, expected) => {
  expect(codes(given, zones)).toEqual(expected);
});

test('a name has to fit what AWS takes', () => {
  const judged = (name: string) => kind.check(kind.settings(minimal, context()), { ...context(), name }).map(({ code }) => code);
  expect(judged('c'.repeat(35))).toEqual([]);
  expect(judged('c'.repeat(36))).toEqual(['cache/name-too-long']);
});

test('a near miss of a class is named', () => {
  const place = context();
  expect(kind.check(kind.settings({ ...minimal, class: 'cache.r7g.lage' }, place), place)[0]?.detail).toContain(
    'Did you mean "cache.r7g.large"?',
  );
});

test('every version has a parameter family and is accepted', () => {
  for (const engine of engines) {
    for (const version of versionsOf(engine)) {
      expect(familyOf(engine, version)).toMatch(/^(valkey|redis)[678]/);
      expect(codes({ engine, version })).toEqual([]);
    }
  }
});
