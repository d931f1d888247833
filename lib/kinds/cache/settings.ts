import type { JsonSchema, KindPlace } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { durationPattern, parseDuration } from '../../units/duration';
import { dailyWindowPattern } from '../../units/window';
import { defaultVersion, engines, evictions, forms, type Engine, type Eviction, type Form } from './engines';
import { kmsKeySchema, maintenanceWindowSchema } from '../../topology/setting-schemas';

/** What a cache is, with all defaults filled in. */
export interface CacheSettings {
  readonly engine: Engine;
  readonly form: Form;
  readonly class: string;
  readonly version: string;
  /** Per shard. */
  readonly replicas: number;
  readonly shards: number;
  readonly port: number;
  readonly eviction: Eviction;
  /** Seconds. */
  readonly snapshotRetention: number;
  readonly snapshotWindow: string;
  readonly maintenanceWindow: string;
  /** Ending of the name of the snapshot that is made when the cache is destroyed. */
  readonly lastSnapshot: string;
  /** ARN of a key of the user; null: the topology's own. */
  readonly kmsKey: string | null;
}

/** Five replicas are the service's limit; shards are bounded to keep a spec readable. */
const properties: Readonly<Record<keyof CacheSettings, JsonSchema>> = {
  engine: { enum: engines, description: 'Engine of the cache. Default valkey.' },
  form: { enum: forms, description: 'replication-group: one primary with replicas. cluster: shards, each with a primary and replicas.' },
  class: { type: 'string', maxLength: 40, description: 'Node class, such as cache.r7g.large.' },
  version: { type: 'string', maxLength: 10, description: 'Engine version. Default 8.0 (valkey), 7.1 (redis).' },
  replicas: { type: 'integer', minimum: 0, maximum: 5, description: 'Replicas of each primary, in other zones. Default 1.' },
  shards: { type: 'integer', minimum: 1, maximum: 32, description: 'Shards of a cluster. Default 2, and 1 for a replication group.' },
  port: { type: 'integer', minimum: 1024, maximum: 65_535, description: 'Default 6379.' },
  eviction: { enum: evictions, description: 'What to drop when memory is full. Default volatile-lru.' },
  snapshotRetention: { type: 'string', pattern: durationPattern, description: 'How long snapshots are kept, 1d to 35d. Default 7d.' },
  snapshotWindow: { type: 'string', pattern: dailyWindowPattern, description: 'UTC. Default 02:00-03:00.', examples: ['02:00-03:00'] },
  maintenanceWindow: maintenanceWindowSchema,
  lastSnapshot: {
    type: 'string',
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: 40,
    description:
      'Ending of the name of the snapshot that is made when the cache is destroyed. Default final. AWS refuses a name that is there already.',
    examples: ['final-2'],
  },
  kmsKey: kmsKeySchema,
};

/** The settings of a cache as a spec has them. */
export const schema = { properties, required: ['form', 'class'] };

/** Fills in the careful choice for what is left out. */
export function settings(given: Plain, _place: KindPlace): CacheSettings {
  const engine = (given.engine as Engine | undefined) ?? 'valkey';
  const form = given.form as Form;
  const number = (key: keyof CacheSettings, otherwise: number) => (given[key] as number | undefined) ?? otherwise;
  const text = (key: keyof CacheSettings, otherwise: string) => (given[key] as string | undefined) ?? otherwise;
  return {
    engine,
    form,
    class: given.class as string,
    version: text('version', defaultVersion(engine)),
    replicas: number('replicas', 1),
    shards: number('shards', form === 'cluster' ? 2 : 1),
    port: number('port', 6379),
    eviction: (given.eviction as Eviction | undefined) ?? 'volatile-lru',
    snapshotRetention: parseDuration(text('snapshotRetention', '7d')),
    snapshotWindow: text('snapshotWindow', '02:00-03:00'),
    maintenanceWindow: text('maintenanceWindow', 'sun:04:00-sun:05:00'),
    lastSnapshot: text('lastSnapshot', 'final'),
    kmsKey: (given.kmsKey as string | undefined) ?? null,
  };
}
