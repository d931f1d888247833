import type { Kind } from '../../topology/kind';
import { assumptions } from './assumptions';
import { check } from './check';
import { describe } from './describe';
import { owns } from './owns';
import { refusedChange } from './refused-change';
import { schema, settings, type DatabaseSettings } from './settings';
import { stores } from './stores';

/** A relational database on RDS or Aurora. */
export const kind: Kind<DatabaseSettings> = {
  name: 'database',
  summary:
    'A PostgreSQL or MySQL database: single instance, with a standby, as a cluster over three zones, or Aurora; with read replicas, in shards',
  schema,
  mayDependOn: [],
  reach: 'inside',
  assumptions,
  owns,
  stores,
  settings,
  check,
  refusedChange,
  offers: ({ port }) => ({ port, protocol: 'tcp' }),
  describe,
};
