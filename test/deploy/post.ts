import type { Plain } from '../../lib/topology/plain';

/** A queue and nothing else: the spec for tests that deploy it in several ways. */
export const post: Plain = {
  version: 1,
  name: 'post',
  regions: { 'eu-central-1': { zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16', nat: 'shared' } },
  components: { letters: { kind: 'queue' } },
  flows: { send: { requires: ['letters'], target: { availability: '99.9%' } } },
};
