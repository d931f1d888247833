// Made by `npm run generate` from the folders of lib/kinds. Not to be edited.
import { Dns } from './dns/construct';
import { LoadBalancer } from './load-balancer/construct';

/** The construct class of every kind, by the name of the kind. */
export const constructs = {
  dns: Dns,
  'load-balancer': LoadBalancer,
} as const;
