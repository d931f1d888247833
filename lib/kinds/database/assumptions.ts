import type { Assumption } from '../../assumptions/assumption';

/** The numbers from outside on which the behaviour of databases hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'database.nodeFailuresPerYear',
    unit: 'per year',
    value: 0.5,
    range: [0.1, 2],
    basis: 'judgement',
    source:
      'No rate is published. Ford et al. (OSDI 2010) saw machines unavailable for more than 15 minutes every 4.3 months, mostly for reboots that a managed database plans; 0.8-1 % of Hadoop nodes failed per month (Shvachko, MSST 2010), 0.1 a year; a database engine and its volume add to the machine.',
    date: '2026-11',
    covers: 'a database node that stops unplanned: machine, volume, operating system or engine; not its zone, not maintenance',
  },
  {
    name: 'database.nodeRepair',
    unit: 'seconds',
    value: 1800,
    range: [600, 7200],
    basis: 'judgement',
    source:
      'No time is published. A standby or reader is started anew and catches up: a replacement of the machine takes minutes, of a large volume hours.',
    date: '2026-11',
    covers: 'until a failed node of several is back as standby or reader',
  },
  {
    name: 'database.singleRecovery',
    unit: 'seconds',
    value: 900,
    range: [300, 3600],
    basis: 'judgement',
    source:
      'No time is published for the recovery of a single instance in its zone: another machine, the same volume, then recovery of the engine, whose length grows with the open transactions.',
    date: '2026-11',
    covers: 'until a failed instance without a standby serves again where it was',
  },
  {
    name: 'database.auroraRecreate',
    unit: 'seconds',
    value: 480,
    range: [180, 1200],
    basis: 'judgement',
    source: 'Without a reader Aurora creates the writer anew in its zone over the same volume; minutes, with no published distribution.',
    date: '2026-11',
    covers: 'until the only instance of an Aurora cluster serves again',
  },
  {
    name: 'database.multiAzInstanceSwitchOver',
    unit: 'seconds',
    value: 85,
    range: [60, 150],
    basis: 'published',
    source:
      'Amazon RDS User Guide, Concepts.MultiAZSingleStandby.md line 68, commit f2e9ed3: typically 60-120 s, longer with large transactions or a long recovery',
    date: '2023-06-15',
    covers: 'detection and promotion of the synchronous standby of a Multi-AZ instance',
  },
  {
    name: 'database.multiAzClusterSwitchOver',
    unit: 'seconds',
    value: 28,
    range: [15, 45],
    basis: 'published',
    source: 'Amazon RDS User Guide, multi-az-db-clusters-concepts.md line 188, commit f2e9ed3: typically under 35 s',
    date: '2023-06-15',
    covers: 'detection and promotion of a readable standby of a Multi-AZ cluster',
  },
  {
    name: 'database.auroraSwitchOver',
    unit: 'seconds',
    value: 30,
    range: [15, 60],
    basis: 'published',
    source:
      'Amazon Aurora User Guide, Concepts.AuroraHighAvailability.md line 42, commit 7a931b4: less than 60 s, and often less than 30 s',
    date: '2023-06-15',
    covers: 'detection and promotion of a reader of an Aurora cluster',
  },
  {
    name: 'database.standbyResync',
    unit: 'seconds',
    value: 900,
    range: [120, 7200],
    basis: 'judgement',
    source:
      'No time is published. A standby whose zone was out gets the blocks that have changed meanwhile: minutes after an outage of hours; where its volume is lost, a new one is filled, which takes hours if it is large.',
    date: '2026-11',
    covers: 'from the end of the outage of its zone until the standby of a Multi-AZ instance is in step again; not the repair of a node',
  },
  {
    name: 'database.clusterCatchUp',
    unit: 'seconds',
    value: 300,
    range: [30, 3600],
    basis: 'judgement',
    source:
      'No time is published. A standby of a Multi-AZ cluster starts and applies the log that was written meanwhile, as a rule many times faster than it was written.',
    date: '2026-11',
    covers: 'from the end of the outage of its zone until a standby of a Multi-AZ cluster may be promoted; not the repair of a node',
  },
  {
    name: 'database.clientsReconnect',
    unit: 'seconds',
    value: 10,
    range: [2, 45],
    basis: 'judgement',
    source:
      'The endpoint is a DNS name: its update typically takes less than 30 s (Amazon Aurora User Guide, AuroraPostgreSQL.BestPractices.FastFailover.md line 198, commit 7a931b4, 2023-06-15), in part within the switch-over; connection pools that cache addresses or wait for dead connections take longer.',
    date: '2026-11',
    covers: 'from the promotion until the clients write to the new primary',
  },
  {
    name: 'database.switchOverWorks',
    unit: 'probability',
    value: 0.975,
    range: [0.9, 0.997],
    basis: 'judgement',
    source:
      'No success rate is published. Most failures are clean; a primary that hangs without dying, a stuck volume or a lagging standby is where automatic promotion fails.',
    date: '2026-11',
    covers: 'chance that the automatic promotion happens without a person',
  },
  {
    name: 'database.operatorSwitchOver',
    unit: 'seconds',
    value: 1800,
    range: [600, 7200],
    basis: 'judgement',
    source:
      'A person is paged, understands that the promotion has not happened, and forces it; by day minutes, at night more. State your own.',
    date: '2026-11',
    covers: 'from the start of the outage until a person has promoted a standby',
  },
];
