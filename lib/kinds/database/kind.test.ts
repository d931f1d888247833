import type { Behaviour, Promoted } from '../../topology/behaviour';
import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { assumptionsOf } from '../../topology/quantity';
import { assumptions } from './assumptions';
import { classesOf } from './classes';
import { engines, familyOf, forms, isPinned } from './engines';
import { kind } from './kind';

const minimal = { engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' };

const context = (zones = ['z-a', 'z-b', 'z-c']): KindContext => ({
  name: 'db',
  prefix: 'shop-',
  region: { name: 'r', zones, cidr: '10.0.0.0/16', nat: 'per-zone' },
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
    version: '17',
    backupRetention: 14 * 86_400,
    deletable: null,
    withoutLastSnapshot: null,
    lastSnapshot: 'final',
    storage: 100,
    shards: 1,
    readers: 0,
  });
  expect(kind.settings({ ...minimal, form: 'aurora' }, context())).toMatchObject({ version: '16', readers: 1, storage: null, iops: null });
});

test('a single instance lies in one zone that AWS chooses and never leaves it', () => {
  const { units, groups } = described({ form: 'single' });
  expect(units).toEqual([{ address: 'unit/db/any/0', zone: null }]);
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({ form: 'pool', needs: 1, replacement: null, without: 'down', shard: null });
  expect(groups[0]?.place?.outcomes.map(({ zones }) => zones['unit/db/any/0'])).toEqual(['z-a', 'z-b', 'z-c']);
});

test('a standby lies in another zone than its primary, and either may be the primary', () => {
  const outcomes = described({}).groups[0]?.place?.outcomes ?? [];
  expect(outcomes).toHaveLength(6);
  for (const { zones } of outcomes) expect(new Set(Object.values(zones)).size).toBe(2);
  expect(outcomes.filter(({ primary }) => primary === 'unit/db/any/0')).toHaveLength(3);
});

test('in two zones an instance and its standby have one each', () => {
  expect(described({}, ['z-a', 'z-b']).units.map(({ zone }) => zone)).toEqual(['z-a', 'z-b']);
});

test.each([
  [['z-a', 'z-b', 'z-c'], ['z-a', 'z-b', 'z-c'], 3],
  [['z-a', 'z-b', 'z-c', 'z-d'], [null, null, null], 12],
])('a Multi-AZ cluster over %j', (zones, expected, outcomes) => {
  const { units, groups } = described({ form: 'multi-az-cluster', class: 'db.m6gd.large' }, zones);
  expect(units.map(({ zone }) => zone)).toEqual(expected);
  expect(groups[0]?.place?.outcomes).toHaveLength(outcomes);
});

test('Aurora nodes take the zones in turn, so that one more reader moves none', () => {
  const units = (readers: number) => described({ form: 'aurora', readers }).units.map(({ address }) => address);
  expect(units(3)).toEqual(['unit/db/z-a/0', 'unit/db/z-b/0', 'unit/db/z-c/0', 'unit/db/z-a/1']);
  expect(units(4).slice(0, 4)).toEqual(units(3));
});

test('Aurora without a reader is one node that is created anew in its zone', () => {
  const { groups, causes } = described({ form: 'aurora', readers: 0 });
  expect(groups[0]).toMatchObject({ form: 'pool', needs: 1, replacement: null, place: null });
  expect(causes[0]?.occurrence.length?.mean).toEqual({ assumption: 'database.auroraRecreate' });
});

test.each([
  ['multi-az-instance', 'database.multiAzInstanceSwitchOver'],
  ['multi-az-cluster', 'database.multiAzClusterSwitchOver'],
  ['aurora', 'database.auroraSwitchOver'],
])('%s switches over in its own time, and its clients have to notice', (form, name) => {
  const group = described({ form }).groups[0] as Promoted;
  expect(group.form).toBe('promoted');
  expect(assumptionsOf(group.switchOver)).toEqual([name, 'database.clientsReconnect']);
});

test.each([
  ['multi-az-instance', ['database.standbyResync']],
  ['multi-az-cluster', ['database.clusterCatchUp']],
  ['aurora', []],
])('%s has standbys that catch up once their zone is back, unless they share a volume', (form, names) => {
  const group = described({ form }).groups[0] as Promoted;
  expect(assumptionsOf(group.catchUp ?? 0)).toEqual(names);
});

test('read replicas are missed, not fatal', () => {
  const { groups, units } = described({ readReplicas: 2 });
  expect(units.map(({ address }) => address)).toEqual(['unit/db/any/0', 'unit/db/any/1', 'unit/db/replica/z-a/0', 'unit/db/replica/z-b/0']);
  expect(groups[1]).toMatchObject({ name: 'replicas', form: 'pool', needs: 2, without: 'degraded', shard: null });
});

test('each shard has nodes of its own', () => {
  const { groups, units } = described({ shards: 3, readReplicas: 1 });
  expect(units).toHaveLength(9);
  expect(new Set(units.map(({ address }) => address)).size).toBe(9);
  expect(groups.map(({ name, shard }) => `${name} ${shard}`)).toEqual([
    'shard-0 0',
    'shard-0-replicas 0',
    'shard-1 1',
    'shard-1-replicas 1',
    'shard-2 2',
    'shard-2-replicas 2',
  ]);
});

test.each([...forms])('every unit of %s has one cause and one group, and hangs on known assumptions', (form) => {
  const given = form === 'single' || form === 'multi-az-instance' ? { form, readReplicas: 2, shards: 2 } : { form, shards: 2 };
  const { units, causes, groups, notModelled } = described(given);
  expect(causes.map(({ address }) => address)).toEqual(units.map(({ address }) => address));
  expect(groups.flatMap((group) => group.units).sort()).toEqual(units.map(({ address }) => address).sort());
  const known = new Set(assumptions.map(({ name }) => name));
  const used = [
    ...causes.flatMap(({ occurrence }) => [
      ...('perYear' in occurrence ? assumptionsOf(occurrence.perYear) : []),
      ...assumptionsOf(occurrence.length?.mean ?? 0),
    ]),
    ...groups.flatMap((group) =>
      group.form === 'promoted' ? [group.switchOver, group.coverage, group.operator, group.catchUp ?? 0].flatMap(assumptionsOf) : [],
    ),
  ];
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  expect(notModelled.length).toBeGreaterThan(0);
});

test.each<[string, Plain, string[] | undefined, string[]]>([
  ['nothing wrong', {}, undefined, []],
  ['a standby without a second zone', {}, ['z-a'], ['database/standby-without-second-zone at form']],
  [
    'a cluster of three in two zones',
    { form: 'multi-az-cluster', class: 'db.m6gd.large' },
    ['z-a', 'z-b'],
    ['database/standby-without-second-zone at form'],
  ],
  ['a single instance in one zone', { form: 'single' }, ['z-a'], ['database/too-few-zones at form']],
  ['Aurora in one zone', { form: 'aurora' }, ['z-a'], ['database/too-few-zones at form']],
  ['a version that never was', { version: '9.99' }, undefined, ['database/unknown-version at version']],
  ['an Aurora version on RDS', { engine: 'mysql', version: '8.0.mysql_aurora.3.08.0' }, undefined, ['database/unknown-version at version']],
  [
    'a minor version of a Multi-AZ cluster',
    { form: 'multi-az-cluster', class: 'db.m6gd.large', version: '17.4' },
    undefined,
    ['database/pinned-cluster at version'],
  ],
  ['a class that is none', { class: 'db.r7g.huge' }, undefined, ['database/unknown-class at class']],
  ['a class of another service', { class: 'cache.r7g.large' }, undefined, ['database/unknown-class at class']],
  ['a cluster without local storage', { form: 'multi-az-cluster', class: 'db.r7g.large' }, undefined, ['database/unknown-class at class']],
  ['Aurora on a general class', { form: 'aurora', class: 'db.m7g.large' }, undefined, ['database/unknown-class at class']],
  [
    'Aurora MySQL on a class of Aurora PostgreSQL',
    { engine: 'mysql', form: 'aurora', class: 'db.r6gd.xlarge' },
    undefined,
    ['database/unknown-class at class'],
  ],
  ['Aurora PostgreSQL on its own class', { form: 'aurora', class: 'db.r6gd.xlarge' }, undefined, []],
  ['readers of an instance', { readers: 1 }, undefined, ['database/readers-without-aurora at readers']],
  ['replicas of Aurora', { form: 'aurora', readReplicas: 1 }, undefined, ['database/replicas-without-instance at readReplicas']],
  [
    'storage of Aurora',
    { form: 'aurora', storage: '100GiB', iops: 1000 },
    undefined,
    ['database/storage-of-aurora at storage', 'database/storage-of-aurora at iops'],
  ],
  ['too little storage', { storage: '5GiB' }, undefined, ['database/storage-out-of-range at storage']],
  [
    'provisioned operations on too little storage',
    { storage: '50GiB', iops: 1000 },
    undefined,
    ['database/storage-out-of-range at storage'],
  ],
  ['more operations than the storage can give', { storage: '100GiB', iops: 6000 }, undefined, ['database/iops-out-of-range at iops']],
  [
    'reserved names',
    { username: 'postgres', database: 'template1' },
    undefined,
    ['database/reserved-name at username', 'database/reserved-name at database'],
  ],
  ['an upgrade', { upgrade: '16 ends in May' }, undefined, ['database/upgrade at upgrade']],
  ['no backups', { backupRetention: '0d' }, undefined, ['database/backup-retention at backupRetention']],
  ['backups for half a day', { backupRetention: '12h' }, undefined, ['database/backup-retention at backupRetention']],
  ['a window of ten minutes', { backupWindow: '02:00-02:10' }, undefined, ['database/window-length at backupWindow']],
  ['windows that overlap', { backupWindow: '04:30-05:30' }, undefined, ['database/windows-overlap at maintenanceWindow']],
  ['an unprotected database', { deletable: 'staging is made anew every night' }, undefined, ['database/deletable at deletable']],
  [
    'a database that leaves nothing behind',
    { deletable: 'staging is made anew every night', withoutLastSnapshot: 'its data is made up' },
    undefined,
    ['database/deletable at deletable', 'database/without-last-snapshot at withoutLastSnapshot'],
  ],
  [
    'a protected database without a last snapshot',
    { withoutLastSnapshot: 'its data is made up' },
    undefined,
    ['database/without-last-snapshot at withoutLastSnapshot'],
  ],
  [
    'a name for a snapshot that is not taken',
    { deletable: 'it goes', withoutLastSnapshot: 'its data is made up', lastSnapshot: 'final-2' },
    undefined,
    [
      'database/deletable at deletable',
      'database/without-last-snapshot at withoutLastSnapshot',
      'database/without-last-snapshot at lastSnapshot',
    ],
  ],
])('%s', (_name, given, zones, expected) => {
  expect(codes(given, zones)).toEqual(expected);
});

test.each<[string, Plain, Plain, string[]]>([
  ['a minor version', { version: '16' }, { version: '16.6' }, []],
  ['another major version', { version: '16' }, { version: '17.4' }, ['database/unasked-upgrade at version']],
  ['another major version, for a reason', { version: '16' }, { version: '17', upgrade: '16 ends in May' }, []],
  ['an older major version', { version: '17' }, { version: '16', upgrade: '17 is slow' }, ['database/older-version at version']],
  ['a standby with it', { form: 'single', version: '16' }, { version: '17' }, ['database/unasked-upgrade at version']],
  ['what is made anew', { version: '17' }, { form: 'aurora', version: '16' }, []],
  ['another engine', { version: '17' }, { engine: 'mysql', version: '8.4' }, []],
])('a change that AWS refuses: %s', (_name, before, after, expected) => {
  const of = (given: Plain) => kind.settings({ ...minimal, ...given }, context());
  expect(kind.refusedChange!(of(before), of(after)).map(({ code, path }) => `${code} at ${path?.join('.')}`)).toEqual(expected);
});

test('names of parts fit what AWS takes, and are kept for parts', () => {
  const judged = (name: string, given: Plain) => {
    const place = { ...context(), name };
    return kind.check(kind.settings({ ...minimal, ...given }, place), place).map(({ code }) => code);
  };
  // "shop-" and 48 characters leave ten for the part.
  const name = 'd'.repeat(48);
  expect(judged(name, { readReplicas: 10 })).toEqual([]);
  expect(judged(name, { readReplicas: 11 })).toEqual(['database/name-too-long']);
  expect(judged('d'.repeat(59), {})).toEqual(['database/name-too-long']);
  expect(judged('db-replica-0', {})).toEqual(['database/reserved-name']);
  // RDS names the nodes of a Multi-AZ cluster, with eleven characters more.
  const cluster = { form: 'multi-az-cluster', class: 'db.m6gd.large' };
  expect(judged('d'.repeat(47), cluster)).toEqual([]);
  expect(judged('d'.repeat(48), cluster)).toEqual(['database/name-too-long']);
  expect(judged('db-instance-1', {})).toEqual(['database/reserved-name']);
});

test('a near miss of a class is named', () => {
  const place = context();
  expect(kind.check(kind.settings({ ...minimal, class: 'db.r7g.lage' }, place), place)[0]?.detail).toContain(
    'Did you mean "db.r7g.large"?',
  );
});

test('every form accepts its classes and its default version', () => {
  for (const form of forms) {
    for (const engine of engines) expect(codes({ engine, form, class: classesOf(engine, form)[0]! })).toEqual([]);
  }
});

test('a version with a minor part is pinned, and knows its parameter family', () => {
  expect([isPinned('postgres', 'single', '17'), isPinned('postgres', 'single', '17.4')]).toEqual([false, true]);
  expect(familyOf('mysql', 'aurora', '8.0.mysql_aurora.3.08.0')).toBe('aurora-mysql8.0');
  expect(familyOf('postgres', 'multi-az-cluster', '17.4')).toBe('postgres17');
});
