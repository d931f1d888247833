import type { Kind } from '../../topology/kind';
import { assumptions } from './assumptions';
import { check } from './check';
import { describe } from './describe';
import { owns } from './owns';
import { schema, settings, type CacheSettings } from './settings';
import { stores } from './stores';

/** A Valkey or Redis cache on ElastiCache. */
export const kind: Kind<CacheSettings> = {
  name: 'cache',
  summary: 'A Valkey or Redis cache: a primary with replicas in other zones, or a cluster of shards',
  schema,
  mayDependOn: [],
  reach: 'inside',
  assumptions,
  owns,
  stores,
  settings,
  check,
  offers: ({ port }) => ({ port, protocol: 'tcp' }),
  describe,
};
