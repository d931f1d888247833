// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.
import type { ReadBack } from '../resources/read-back';
import { readBack as cache } from './cache/read-back';
import { readBack as database } from './database/read-back';
import { readBack as dns } from './dns/read-back';
import { readBack as external } from './external/read-back';
import { readBack as instances } from './instances/read-back';
import { readBack as loadBalancer } from './load-balancer/read-back';
import { readBack as queue } from './queue/read-back';

/** What finds the components of a kind among resources, by the name of the kind. */
export const readBacks: Readonly<Record<string, ReadBack>> = {
  cache,
  database,
  dns,
  external,
  instances,
  'load-balancer': loadBalancer,
  queue,
};
