// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.
import { Cache } from './cache/construct';
import { Database } from './database/construct';
import { Dns } from './dns/construct';
import { External } from './external/construct';
import { Instances } from './instances/construct';
import { LoadBalancer } from './load-balancer/construct';
import { Queue } from './queue/construct';

export { Cache, type CacheProps } from './cache/construct';
export { Database, type DatabaseProps } from './database/construct';
export { Dns, type DnsProps } from './dns/construct';
export { External, type ExternalProps } from './external/construct';
export { Instances, type InstancesProps } from './instances/construct';
export { LoadBalancer, type LoadBalancerProps } from './load-balancer/construct';
export { Queue, type QueueProps } from './queue/construct';

/** The construct class of every kind, by the name of the kind. */
export const constructs = {
  cache: Cache,
  database: Database,
  dns: Dns,
  external: External,
  instances: Instances,
  'load-balancer': LoadBalancer,
  queue: Queue,
} as const;
