/** Engines that a cache can have. */
export const engines = ['valkey', 'redis'] as const;

export type Engine = (typeof engines)[number];

/** One primary with replicas, or shards that each have one. */
export const forms = ['replication-group', 'cluster'] as const;

export type Form = (typeof forms)[number];

/** What to drop when memory is full. */
export const evictions = [
  'volatile-lru',
  'allkeys-lru',
  'volatile-lfu',
  'allkeys-lfu',
  'volatile-random',
  'allkeys-random',
  'volatile-ttl',
  'noeviction',
] as const;

export type Eviction = (typeof evictions)[number];

/** Versions that AWS offers, as of 2026-11, newest first, with their parameter group families. */
const versions: Readonly<Record<Engine, Readonly<Record<string, string>>>> = {
  valkey: { '8.1': 'valkey8', '8.0': 'valkey8', '7.2': 'valkey7' },
  redis: { '7.1': 'redis7', '7.0': 'redis7', '6.2': 'redis6.x' },
};

/** Sorted as numbers, newest first. */
export const versionsOf = (engine: Engine): string[] => Object.keys(versions[engine]).sort((a, b) => Number(b) - Number(a));

export const defaultVersion = (engine: Engine): string => (engine === 'valkey' ? '8.0' : '7.1');

/** Parameter group family of a version that has been checked. */
export function familyOf(engine: Engine, version: string): string {
  const family = versions[engine][version];
  if (family === undefined) throw new RangeError(`${engine} has no version ${version}`);
  return family;
}

/** Only from 7.0.5 on may a group with TLS also be told whether TLS is required; before, it always is. */
export const choosesEncryptionMode = (version: string): boolean => Number(version) >= 7;

const graviton = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const intel = ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'];
const burst = ['micro', 'small', 'medium'];

const families: Readonly<Record<string, readonly string[]>> = {
  t3: burst,
  t4g: burst,
  m5: intel,
  m6g: graviton,
  m7g: graviton,
  r5: intel,
  r6g: graviton,
  r7g: graviton,
  c7gn: graviton,
};

/** Node classes that AWS offers for Valkey and Redis, as of 2026-11; the provider checks none of them. */
export function classes(): string[] {
  return Object.entries(families).flatMap(([family, sizes]) => sizes.map((size) => `cache.${family}.${size}`));
}
