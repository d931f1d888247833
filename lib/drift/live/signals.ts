import type { CloudWatchClient, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ResourceRecordSet, Route53Client } from '@aws-sdk/client-route-53';
import type { Resource } from '../../resources/resources';
import { named, resource, tryExpected, type Ours } from './ours';
import { asking, itemsIn, type Sdk } from './sdk';

/** Alarms, and the topics that they tell. */
export async function alarms(sdk: Sdk['cloudWatch'], client: CloudWatchClient, ours: Ours): Promise<Resource[]> {
  const pages = sdk.paginateDescribeAlarms({ client }, { AlarmNamePrefix: ours.prefix });
  const all = await asking(
    'alarms',
    itemsIn(pages, (page) => page.MetricAlarms),
  );
  const own = all.filter(({ AlarmName: name }) => name !== undefined && tryExpected(ours.expected, 'aws_cloudwatch_metric_alarm', name));
  const told = new Set(own.flatMap(({ AlarmActions: bad = [], OKActions: good = [] }) => [...bad, ...good]));
  return [...own.map((alarm) => alarmOf(ours, alarm)), ...[...told].flatMap((arn) => topicOf(ours, arn))];
}

function alarmOf(ours: Ours, alarm: MetricAlarm): Resource {
  return named(ours, 'aws_cloudwatch_metric_alarm', alarm.AlarmName!, {
    id: alarm.AlarmName,
    arn: alarm.AlarmArn,
    alarm_name: alarm.AlarmName,
    actions_enabled: alarm.ActionsEnabled,
    alarm_actions: alarm.AlarmActions ?? [],
    ok_actions: alarm.OKActions ?? [],
    namespace: alarm.Namespace,
    metric_name: alarm.MetricName,
    statistic: alarm.Statistic,
    comparison_operator: alarm.ComparisonOperator,
    threshold: alarm.Threshold,
    period: alarm.Period,
    evaluation_periods: alarm.EvaluationPeriods,
    treat_missing_data: alarm.TreatMissingData,
  });
}

/** That a topic is there is not asked; an alarm that tells the one of our name tells the right one. */
function topicOf(ours: Ours, arn: string): Resource[] {
  const name = arn.split(':').at(-1)!;
  return arn.split(':')[2] === 'sns' && tryExpected(ours.expected, 'aws_sns_topic', name)
    ? [named(ours, 'aws_sns_topic', name, { id: arn, arn, name })]
    : [];
}

/** Records of the names that the topology has, with their health checks. */
export async function records(sdk: Sdk['route53'], client: Route53Client, ours: Ours): Promise<Resource[]> {
  const expected = ours.expected.ofType('aws_route53_record');
  const found = await Promise.all(expected.map((record) => answering(sdk, client, record)));
  return found.flat();
}

/** The record as it is answered; Route 53 writes the star of a wildcard as its octal code. */
async function answering(sdk: Sdk['route53'], client: Route53Client, wanted: Resource): Promise<Resource[]> {
  const { name, set_identifier: identifier, type, zone_id: zone } = wanted.arguments;
  const domain = `${String(name)}.`;
  const command = new sdk.ListResourceRecordSetsCommand({
    HostedZoneId: String(zone),
    StartRecordName: domain,
    StartRecordType: type as 'A' | 'CNAME',
  });
  const { ResourceRecordSets: sets = [] } = await asking(`the records of ${String(name)}`, client.send(command));
  const there = sets.find((set) => set.Name?.replace('\\052', '*') === domain && set.Type === type && set.SetIdentifier === identifier);
  if (!there) return [];
  const { HealthCheckId: check } = there;
  return [recordOf(wanted, there, String(zone)), ...(check === undefined ? [] : await healthCheck(sdk, client, wanted, check))];
}

function recordOf({ arguments: { name }, name: logical }: Resource, record: ResourceRecordSet, zone: string): Resource {
  return resource('aws_route53_record', logical, {
    id: `${zone}_${String(name)}_${record.Type}`,
    name,
    zone_id: zone,
    type: record.Type,
    ttl: record.TTL,
    health_check_id: record.HealthCheckId,
    failover_routing_policy: record.Failover === undefined ? undefined : [{ type: record.Failover }],
    weighted_routing_policy: record.Weight === undefined ? undefined : [{ weight: record.Weight }],
    latency_routing_policy: record.Region === undefined ? undefined : [{ region: record.Region }],
  });
}

async function healthCheck(sdk: Sdk['route53'], client: Route53Client, record: Resource, id: string): Promise<Resource[]> {
  const { HealthCheck: check } = await asking('a health check', client.send(new sdk.GetHealthCheckCommand({ HealthCheckId: id })));
  const { Disabled: disabled, FailureThreshold: failures, RequestInterval: interval, ResourcePath: path } = check?.HealthCheckConfig ?? {};
  return [
    resource('aws_route53_health_check', record.name.replace(/_record$/, '_health-check'), {
      id,
      resource_path: path,
      request_interval: interval,
      failure_threshold: failures,
      disabled: disabled === true,
    }),
  ];
}
