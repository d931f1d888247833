import type { HealthSignal } from '../../terraform/health-signal';
import type { DatabaseSettings } from './settings';

const gib = 2 ** 30;

const signal = (name: string, part: string) => (part ? `${name}-${part}` : name);

/** Signals of what takes writes: it is silent while it fails over and while it is gone. */
export function writerSignals(settings: DatabaseSettings, part: string, dimensions: Readonly<Record<string, string>>): HealthSignal[] {
  const { storage, form } = settings;
  const base = { namespace: 'AWS/RDS', dimensions };
  return [
    {
      ...base,
      name: signal('silent', part),
      means: 'The database reports nothing: it is failing over, or it is gone.',
      metric: 'DatabaseConnections',
      statistic: 'SampleCount',
      comparison: '<',
      threshold: 1,
      missing: 'breaching',
    },
    {
      ...base,
      name: signal('cpu', part),
      means: 'The processors of the database have been busy for fifteen minutes; a switch-over now would take long.',
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
            name: signal('storage', part),
            means: 'Less than a tenth of the storage is free; a full database stops.',
            metric: 'FreeStorageSpace',
            statistic: 'Minimum' as const,
            comparison: '<' as const,
            threshold: Math.round(storage * gib * 0.1),
            period: 300,
          },
        ]),
    ...(form === 'aurora' && settings.readers > 0
      ? [
          {
            ...base,
            name: signal('reader-lag', part),
            means: 'A reader is more than a second behind the writer.',
            metric: 'AuroraReplicaLagMaximum',
            statistic: 'Maximum' as const,
            comparison: '>' as const,
            threshold: 1000,
          },
        ]
      : []),
    ...(form === 'multi-az-cluster'
      ? [
          {
            ...base,
            name: signal('standby-lag', part),
            means: 'A standby is more than half a minute behind; a switch-over to it would take long.',
            metric: 'ReplicaLag',
            statistic: 'Maximum' as const,
            comparison: '>' as const,
            threshold: 30,
          },
        ]
      : []),
  ];
}

/** Signals of an asynchronous copy. */
export function replicaSignals(part: string, identifier: string): HealthSignal[] {
  return [
    {
      name: `replica-lag-${part}`,
      means: 'A read replica is more than a minute behind, or no longer follows.',
      namespace: 'AWS/RDS',
      metric: 'ReplicaLag',
      dimensions: { DBInstanceIdentifier: identifier },
      statistic: 'Maximum',
      comparison: '>',
      threshold: 60,
      missing: 'breaching',
    },
  ];
}
