import type { HealthSignal } from '../../terraform/health-signal';
import { clusterNodes } from './nodes';
import type { DatabaseSettings } from './settings';

const gib = 2 ** 30;

type Dimensions = HealthSignal['dimensions'];

const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('-');

/** Signals of what takes writes, and of what may have to. */
export function databaseSignals(settings: DatabaseSettings, part: string, identifier: string): HealthSignal[] {
  switch (settings.form) {
    case 'aurora': {
      const cluster = { DBClusterIdentifier: identifier };
      return [
        // Without the role a cluster's metric counts its readers in, and hides the writer behind them.
        ...nodeSignals('database', settings, part, { ...cluster, Role: 'WRITER' }),
        ...(settings.readers > 0 ? [readerLag(part, cluster)] : []),
      ];
    }
    case 'multi-az-cluster':
      // A cluster that is not Aurora has metrics of its nodes alone.
      return clusterNodes.flatMap((node) => {
        const dimensions = { DBInstanceIdentifier: join(identifier, node) };
        return [...nodeSignals('node', settings, join(part, node), dimensions), standbyLag(join(part, node), dimensions)];
      });
    default:
      return nodeSignals('database', settings, part, { DBInstanceIdentifier: identifier });
  }
}

/** A node is silent while it fails over and while it is gone. */
function nodeSignals(subject: string, { storage }: DatabaseSettings, part: string, dimensions: Dimensions): HealthSignal[] {
  const base = { namespace: 'AWS/RDS', dimensions };
  return [
    {
      ...base,
      name: join('silent', part),
      means: `The ${subject} reports nothing: it is failing over, or it is gone.`,
      metric: 'DatabaseConnections',
      statistic: 'SampleCount',
      comparison: '<',
      threshold: 1,
      missing: 'breaching',
    },
    {
      ...base,
      name: join('cpu', part),
      means: `The processors of the ${subject} have been busy for fifteen minutes; a switch-over now would take long.`,
      metric: 'CPUUtilization',
      statistic: 'Average',
      comparison: '>',
      threshold: 90,
      period: 300,
    },
    ...(storage === null
      ? []
      : [
          {
            ...base,
            name: join('storage', part),
            means: 'Less than a tenth of the storage is free; a full database stops.',
            metric: 'FreeStorageSpace',
            statistic: 'Minimum' as const,
            comparison: '<' as const,
            threshold: Math.round(storage * gib * 0.1),
            period: 300,
          },
        ]),
  ];
}

const readerLag = (part: string, dimensions: Dimensions): HealthSignal => ({
  name: join('reader-lag', part),
  means: 'A reader is more than a second behind the writer.',
  namespace: 'AWS/RDS',
  metric: 'AuroraReplicaLagMaximum',
  dimensions,
  statistic: 'Maximum',
  comparison: '>',
  threshold: 1000,
});

const standbyLag = (part: string, dimensions: Dimensions): HealthSignal => ({
  name: join('standby-lag', part),
  means: 'A standby is more than half a minute behind; a switch-over to it would take long.',
  namespace: 'AWS/RDS',
  metric: 'ReplicaLag',
  dimensions,
  statistic: 'Maximum',
  comparison: '>',
  threshold: 30,
});

/** Signals of an asynchronous copy. */
export function replicaSignals({ engine }: DatabaseSettings, part: string, identifier: string): HealthSignal[] {
  const lag = { namespace: 'AWS/RDS', metric: 'ReplicaLag', dimensions: { DBInstanceIdentifier: identifier } };
  return [
    {
      ...lag,
      name: `replica-lag-${part}`,
      means: 'A read replica is more than a minute behind, or reports nothing.',
      statistic: 'Maximum',
      comparison: '>',
      threshold: 60,
      missing: 'breaching',
    },
    // The lag of PostgreSQL grows where replication has stopped; that of MySQL becomes -1.
    ...(engine === 'mysql'
      ? [
          {
            ...lag,
            name: `replica-stopped-${part}`,
            means: 'A read replica no longer follows: its replication has stopped.',
            statistic: 'Minimum' as const,
            comparison: '<' as const,
            threshold: 0,
          },
        ]
      : []),
  ];
}
