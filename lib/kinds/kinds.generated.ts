// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.
import type { Kind } from '../topology/kind';
import { kind as cache } from './cache/kind';
import { kind as database } from './database/kind';
import { kind as dns } from './dns/kind';
import { kind as external } from './external/kind';
import { kind as instances } from './instances/kind';
import { kind as loadBalancer } from './load-balancer/kind';
import { kind as queue } from './queue/kind';

/** Every kind, sorted by name. */
export const kinds = [cache, database, dns, external, instances, loadBalancer, queue] as unknown as readonly Kind[];
