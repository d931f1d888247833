import type { CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Seconds } from '../units/duration';

/** Something that CloudWatch measures of a component, and from which value on a person wants to know. */
export interface HealthSignal {
  /** Unique in the component: `unhealthy-hosts`. */
  readonly name: string;
  /** What it means, for who is woken by it. */
  readonly means: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Average' | 'Maximum' | 'Minimum' | 'Sum' | 'SampleCount';
  readonly comparison: '>' | '>=' | '<' | '<=';
  readonly threshold: number;
  /** Length of one evaluated period. @default 60 */
  readonly period?: Seconds;
  /** Periods in a row that must be bad. @default 3 */
  readonly periods?: number;
  /** What a period without data counts as. @default notBreaching */
  readonly missing?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
}

const operators = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

/** The alarm of a signal; it tells the topic when it goes off and when it is over. */
export function alarmOf(signal: HealthSignal, alarmName: string, topicArn: string): CloudwatchMetricAlarmConfig {
  return {
    alarmName,
    alarmDescription: signal.means,
    namespace: signal.namespace,
    metricName: signal.metric,
    dimensions: { ...signal.dimensions },
    statistic: signal.statistic,
    comparisonOperator: operators[signal.comparison],
    threshold: signal.threshold,
    period: signal.period ?? 60,
    evaluationPeriods: signal.periods ?? 3,
    treatMissingData: signal.missing ?? 'notBreaching',
    alarmActions: [topicArn],
    okActions: [topicArn],
  };
}
