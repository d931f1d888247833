import type { Plain } from '../../lib/topology/plain';

/** A change of a spec with components that hold data. */
export interface StoreChange {
  readonly what: string;
  readonly before: Plain;
  readonly after: Plain;
  /** Terraform destroys a resource with data, or makes it anew. */
  readonly loses: boolean;
  /** Settings to which the refusal points; none: it is not refused. */
  readonly refused: readonly string[];
}

const key = 'arn:aws:kms:us-east-1:123456789012:key/22222222-2222-2222-2222-222222222222';

const database: Plain = { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' };
const aurora: Plain = { ...database, form: 'aurora' };
const cache: Plain = { kind: 'cache', form: 'replication-group', class: 'cache.r7g.large' };
const cluster: Plain = { ...cache, form: 'cluster' };
const queue: Plain = { kind: 'queue' };

const spec = (components: Readonly<Record<string, Plain>>, more: Plain = {}): Plain => ({
  version: 1,
  name: 'shop',
  regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' } },
  components,
  flows: {},
  ...more,
});

/** One component whose settings change; with the settings to which a refusal points, the empty one is the component itself. */
function set(what: string, component: Plain, change: Plain, ...refused: readonly string[]): StoreChange {
  return {
    what,
    before: spec({ store: component }),
    after: spec({ store: { ...component, ...change } }),
    loses: refused.length > 0,
    refused: refused.map((setting) => ['components', 'store', ...(setting === '' ? [] : [setting])].join('.')),
  };
}

const renamed = (what: string, component: Plain): StoreChange => ({
  what: `${what} renamed with \`was\`: at AWS it is called as before`,
  before: spec({ store: component }),
  after: spec({ other: { ...component, was: 'store' } }),
  loses: false,
  refused: [],
});

const forgotten = (what: string, component: Plain, loses: boolean): StoreChange => ({
  what: `${what} whose \`was\` is taken away, so that it is to be called otherwise at AWS`,
  before: spec({ other: { ...component, was: 'store' } }),
  after: spec({ other: component }),
  loses,
  refused: loses ? ['components.other'] : [],
});

/** What people change in specs with databases, caches and queues. */
export const changes: readonly StoreChange[] = [
  set('another engine of a database', database, { engine: 'mysql' }, 'engine'),
  set('another engine of an Aurora cluster', aurora, { engine: 'mysql' }, 'engine'),
  set('another key of a database', database, { kmsKey: key }, 'kmsKey'),
  set('another key of an Aurora cluster', aurora, { kmsKey: key }, 'kmsKey'),
  set('another name of the first database', database, { database: 'shop' }, 'database'),
  set('another master user', aurora, { username: 'shop' }, 'username'),
  set('a standby for a single instance', { ...database, form: 'single' }, { form: 'multi-az-instance' }),
  set('a standby taken away', database, { form: 'single' }),
  set('an instance that becomes a Multi-AZ cluster', database, { form: 'multi-az-cluster', class: 'db.m6gd.large' }, ''),
  set('an instance that becomes an Aurora cluster', database, { form: 'aurora' }, ''),
  set('a newer version of a database', { ...database, version: '16' }, { version: '17', upgrade: '16 ends in May' }),
  set('a newer version of an Aurora cluster', { ...aurora, version: '15' }, { version: '16', upgrade: '15 ends in May' }),
  set('a larger class with more storage', database, { class: 'db.r7g.xlarge', storage: '200GiB' }),
  set('another port of a database', database, { port: 5433 }),
  set('fewer backups', database, { backupRetention: '7d' }),
  set('a database without protection', database, { deletable: 'it is a test' }),
  set('a database without a last snapshot', database, { deletable: 'it is a test', withoutLastSnapshot: 'it is a test' }),
  set('another name of the last snapshot', aurora, { lastSnapshot: 'final-2' }),
  set('a read replica more', { ...database, readReplicas: 1 }, { readReplicas: 2 }),
  set('a read replica less', { ...database, readReplicas: 2 }, { readReplicas: 1 }),
  set('an Aurora reader less', { ...aurora, readers: 2 }, { readers: 1 }),
  set('a shard more', { ...database, shards: 2 }, { shards: 3 }),
  set('a shard less', { ...database, shards: 3 }, { shards: 2 }, ''),
  renamed('an instance', database),
  renamed('an Aurora cluster', aurora),
  forgotten('an instance', database, false),
  forgotten('an Aurora cluster', aurora, true),
  {
    what: 'a database renamed without `was`',
    before: spec({ store: database }),
    after: spec({ other: database }),
    loses: true,
    refused: ['components'],
  },
  {
    what: 'a database removed',
    before: spec({ store: database, jobs: queue }),
    after: spec({ jobs: queue }),
    loses: true,
    refused: ['components'],
  },
  {
    what: 'a database removed, for a reason',
    before: spec({ store: database, jobs: queue }),
    after: spec({ jobs: queue }, { allowReplacement: { store: 'moved to another service' } }),
    loses: true,
    refused: [],
  },
  {
    what: 'another engine of a database, for a reason',
    before: spec({ store: database }),
    after: spec({ store: { ...database, engine: 'mysql', allowReplacement: 'nothing is in it yet' } }),
    loses: true,
    refused: [],
  },
  {
    what: 'a database that becomes a cache',
    before: spec({ store: database }),
    after: spec({ store: cache }),
    loses: true,
    refused: ['components.store'],
  },
  {
    what: 'another prefix of all names, which an instance takes in place',
    before: spec({ store: database }),
    after: spec({ store: database }, { namePrefix: 'new-' }),
    loses: false,
    refused: [],
  },
  {
    what: 'another prefix of all names, with which a cache is made anew',
    before: spec({ store: cache }),
    after: spec({ store: cache }, { namePrefix: 'new-' }),
    loses: true,
    refused: ['components.store'],
  },
  {
    what: 'a zone less',
    before: spec({ store: database, sessions: cache, jobs: queue, ledger: aurora }),
    after: spec(
      { store: database, sessions: cache, jobs: queue, ledger: aurora },
      { regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' } } },
    ),
    loses: false,
    refused: [],
  },
  set('Redis that becomes Valkey', { ...cache, engine: 'redis' }, { engine: 'valkey' }),
  set('Valkey that becomes Redis', cache, { engine: 'redis', version: '7.1' }, 'engine', 'version'),
  set('an older version of a cache', cache, { version: '7.2' }, 'version'),
  set('a newer version of a cache', { ...cache, version: '7.2' }, { version: '8.0' }),
  set('another port of a cache', cache, { port: 6380 }, 'port'),
  set('another key of a cache', cluster, { kmsKey: key }, 'kmsKey'),
  set('replicas and class of a cache', cache, { replicas: 2, class: 'cache.r7g.xlarge' }),
  set('shards of a cache', cluster, { shards: 3 }),
  renamed('a cache', cache),
  forgotten('a cache', cache, true),
  set('a queue that becomes FIFO', queue, { fifo: true }, 'fifo'),
  set('times of a queue', queue, { visibility: '5m', retention: '5d', maxReceives: 3 }),
  renamed('a queue', queue),
  forgotten('a queue', queue, true),
  {
    what: 'a queue removed',
    before: spec({ store: queue, db: database }),
    after: spec({ db: database }),
    loses: true,
    refused: ['components'],
  },
];
