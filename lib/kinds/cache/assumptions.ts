import type { Assumption } from '../../assumptions/assumption';

/** The numbers from outside on which the behaviour of caches hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'cache.nodeFailuresPerYear',
    unit: 'per year',
    value: 0.4,
    range: [0.08, 2],
    basis: 'judgement',
    source:
      'No rate is published. Ford et al. (OSDI 2010) saw machines unavailable for more than 15 minutes every 4.3 months, mostly for reboots that a managed cache plans; 0.8-1 % of Hadoop nodes failed per month (Shvachko, MSST 2010), 0.1 a year; engines that run out of memory add to the machine.',
    date: '2026-11',
    covers: 'a cache node that stops unplanned: machine, operating system or engine; not its zone, not maintenance',
  },
  {
    name: 'cache.nodeRecreate',
    unit: 'seconds',
    value: 300,
    range: [120, 1200],
    basis: 'published',
    source:
      'Amazon ElastiCache User Guide, memcache/AutoDiscovery.HowAutoDiscoveryWorks.md line 64, commit 7ed0a8a: a failed node is created anew within a few minutes; a large replica also has to load its data',
    date: '2023-06',
    covers: 'until a failed node is back in its zone, as replica or, where it is the only one, empty',
  },
  {
    name: 'cache.failureDetection',
    unit: 'seconds',
    value: 15,
    range: [5, 60],
    basis: 'judgement',
    source:
      'Not published. Redis and Valkey clusters wait 15 s (cluster-node-timeout) by default before they count a node as failed; a zone that fades takes longer.',
    date: '2026-11',
    covers: 'from the failure of a primary until its promotion begins',
  },
  {
    name: 'cache.promotion',
    unit: 'seconds',
    value: 5,
    range: [2, 20],
    basis: 'published',
    source: 'Amazon ElastiCache User Guide, redis/AutoFailover.md line 12, commit 7ed0a8a: promotion usually takes just a few seconds',
    date: '2023-06-15',
    covers: 'promotion of a replica, and the change of the primary endpoint',
  },
  {
    name: 'cache.replicaSync',
    unit: 'seconds',
    value: 180,
    range: [20, 1200],
    basis: 'judgement',
    source:
      'Not published. A replica that was away for longer than the backlog of replication holds gets a full copy: the primary writes a snapshot and sends it, the replica loads it; seconds to minutes for some gigabytes.',
    date: '2026-11',
    covers: 'from the end of the outage of its zone until a replica has the data and may be promoted; not a node that is created anew',
  },
  {
    name: 'cache.clientsReconnect',
    unit: 'seconds',
    value: 5,
    range: [1, 30],
    basis: 'judgement',
    source: 'The primary endpoint is a DNS name with a short time to live; clients that keep dead connections until a timeout take longer.',
    date: '2026-11',
    covers: 'from the promotion until the clients use the new primary',
  },
  {
    name: 'cache.switchOverWorks',
    unit: 'probability',
    value: 0.97,
    range: [0.9, 0.997],
    basis: 'judgement',
    source:
      'No success rate is published. A primary that hangs without dying and replicas that load from scratch are where automatic promotion fails.',
    date: '2026-11',
    covers: 'chance that the automatic promotion happens without a person',
  },
  {
    name: 'cache.operatorSwitchOver',
    unit: 'seconds',
    value: 1800,
    range: [600, 7200],
    basis: 'judgement',
    source:
      'A person is paged, understands that the promotion has not happened, and promotes a replica; by day minutes, at night more. State your own.',
    date: '2026-11',
    covers: 'from the start of the outage until a person has promoted a replica',
  },
];
