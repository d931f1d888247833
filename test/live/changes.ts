import * as scaling from '@aws-sdk/client-auto-scaling';
import * as cloudWatch from '@aws-sdk/client-cloudwatch';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elasticache from '@aws-sdk/client-elasticache';
import * as balancing from '@aws-sdk/client-elastic-load-balancing-v2';
import * as rds from '@aws-sdk/client-rds';
import * as route53 from '@aws-sdk/client-route-53';
import * as sqs from '@aws-sdk/client-sqs';
import type { Resources } from '../../lib/resources/resources';
import { region } from './deployed';

/** Clients with which somebody changes what Terraform has made. */
const at = { region };
const groups = new scaling.AutoScalingClient(at);
const caches = new elasticache.ElastiCacheClient(at);
const alarms = new cloudWatch.CloudWatchClient(at);
const network = new ec2.EC2Client(at);
const balancers = new balancing.ElasticLoadBalancingV2Client(at);
const databases = new rds.RDSClient(at);
const names = new route53.Route53Client(at);
const queues = new sqs.SQSClient(at);

/** Ends the connections that the changes have used. */
export function close(): void {
  for (const client of [groups, caches, alarms, network, balancers, databases, names, queues]) client.destroy();
}

/** A change by hand, and what has to be said of it. */
export interface HandMade {
  readonly what: string;
  /** @param there what was there before, so that things can be named by their addresses */
  change(there: Resources): Promise<unknown>;
  /** Takes it back; without it the change stays, and what it makes different stays different. */
  undo?(there: Resources): Promise<unknown>;
  /** Address, setting, what the model counts on, what is there. */
  readonly found: readonly (readonly unknown[])[];
  readonly effect: 'worse' | 'no worse' | 'not estimated';
}

const of = (there: Resources, address: string, argument = 'id'): string => {
  const value = there.tryFind(address)?.arguments[argument];
  if (typeof value !== 'string') throw new Error(`the emulator has no ${argument} of ${address}`);
  return value;
};

const group = (change: Partial<scaling.UpdateAutoScalingGroupCommandInput>) =>
  groups.send(new scaling.UpdateAutoScalingGroupCommand({ AutoScalingGroupName: 'shop-web', ...change }));
const database = (change: Partial<rds.ModifyDBInstanceCommandInput>) =>
  databases.send(new rds.ModifyDBInstanceCommand({ DBInstanceIdentifier: 'shop-db', ApplyImmediately: true, ...change }));
const cache = (change: Partial<elasticache.ModifyReplicationGroupCommandInput>) =>
  caches.send(new elasticache.ModifyReplicationGroupCommand({ ReplicationGroupId: 'shop-sessions', ApplyImmediately: true, ...change }));
const targets = (there: Resources, change: Partial<balancing.ModifyTargetGroupCommandInput>) =>
  balancers.send(
    new balancing.ModifyTargetGroupCommand({ TargetGroupArn: of(there, 'aws_lb_target_group.front_target-group'), ...change }),
  );
const subnets = (there: Resources, tier: string, letters: string) =>
  [...letters].map((letter) => of(there, `aws_subnet.${tier}-${region}${letter}`));
const byZone = (letters: string, count: number) => Object.fromEntries([...letters].map((letter) => [`${region}${letter}`, count]));

async function queue(there: Resources, attributes: Record<string, string>) {
  return queues.send(new sqs.SetQueueAttributesCommand({ QueueUrl: of(there, 'aws_sqs_queue.jobs_queue'), Attributes: attributes }));
}

async function alarm(name: string, change: Partial<cloudWatch.PutMetricAlarmCommandInput>) {
  const { MetricAlarms: [there] = [] } = await alarms.send(new cloudWatch.DescribeAlarmsCommand({ AlarmNames: [name] }));
  await alarms.send(
    new cloudWatch.PutMetricAlarmCommand({
      ...(there as cloudWatch.PutMetricAlarmCommandInput),
      ...change,
    }),
  );
}

const wayOut = (there: Resources, letter: string, through: string) =>
  network.send(
    new ec2.ReplaceRouteCommand({
      RouteTableId: of(there, `aws_route_table.private-${region}${letter}`),
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: of(there, `aws_nat_gateway.nat-${region}${through}`),
    }),
  );

const healthCheck = (there: Resources, change: Partial<route53.UpdateHealthCheckCommandInput>) =>
  names.send(new route53.UpdateHealthCheckCommand({ HealthCheckId: of(there, 'aws_route53_health_check.edge_health-check'), ...change }));

let topic: readonly string[] = [];

/**
 * What cannot be tried here: a replica of a cache taken away (the emulator has no such call; test/drift has it in a state), anything that AWS does by
 * itself with time, such as the placement of a replaced unit, and a version that AWS has raised by itself (the emulator raises none).
 *
 * What people do by hand. Those that can be taken back come first; what is deleted stays so.
 */
export const changes: readonly HandMade[] = [
  {
    what: 'a group scaled down',
    change: () => group({ MinSize: 4, DesiredCapacity: 4 }),
    undo: () => group({ MinSize: 6, DesiredCapacity: 6 }),
    found: [['component/web', 'count', 6, 4]],
    effect: 'worse',
  },
  {
    what: 'a group scaled below what is needed',
    change: () => group({ MinSize: 2, DesiredCapacity: 2 }),
    undo: () => group({ MinSize: 6, DesiredCapacity: 6 }),
    found: [['component/web', 'count', 6, 2]],
    effect: 'not estimated',
  },
  {
    what: "a group that no longer replaces what fails the balancer's check",
    change: () => group({ HealthCheckType: 'EC2' }),
    undo: () => group({ HealthCheckType: 'ELB' }),
    found: [['component/web', 'healthCheck', 'elb', 'ec2']],
    effect: 'worse',
  },
  {
    what: 'a group taken out of a zone',
    change: (there) => group({ VPCZoneIdentifier: subnets(there, 'private', 'bc').join(',') }),
    undo: (there) => group({ VPCZoneIdentifier: subnets(there, 'private', 'abc').join(',') }),
    found: [['component/web', 'units by zone', byZone('abc', 2), byZone('bc', 3)]],
    effect: 'no worse',
  },
  {
    what: 'a group taken from its balancer',
    change: (there) =>
      groups.send(
        new scaling.DetachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: 'shop-web',
          TargetGroupARNs: [of(there, 'aws_lb_target_group.front_target-group')],
        }),
      ),
    undo: (there) =>
      groups.send(
        new scaling.AttachLoadBalancerTargetGroupsCommand({
          AutoScalingGroupName: 'shop-web',
          TargetGroupARNs: [of(there, 'aws_lb_target_group.front_target-group')],
        }),
      ),
    found: [['component/web', 'target_group_arns', ['aws_lb_target_group.front_target-group'], []]],
    effect: 'no worse',
  },
  {
    what: 'Multi-AZ switched off',
    change: () => database({ MultiAZ: false }),
    undo: () => database({ MultiAZ: true }),
    found: [['component/db', 'form', 'multi-az-instance', 'single']],
    effect: 'worse',
  },
  {
    what: 'backups and protection against deletion switched off',
    change: () => database({ BackupRetentionPeriod: 1, DeletionProtection: false }),
    undo: () => database({ BackupRetentionPeriod: 14, DeletionProtection: true }),
    found: [
      ['component/db', 'backup_retention_period', 14, 1],
      ['component/db', 'deletion_protection', true, false],
    ],
    effect: 'no worse',
  },
  {
    what: 'a database that the internet can reach',
    change: () => database({ PubliclyAccessible: true }),
    undo: () => database({ PubliclyAccessible: false }),
    found: [['component/db', 'publicly_accessible', false, true]],
    effect: 'no worse',
  },
  {
    what: 'automatic failover of the cache switched off',
    change: () => cache({ AutomaticFailoverEnabled: false }),
    undo: () => cache({ AutomaticFailoverEnabled: true }),
    found: [['component/sessions', 'replicas', 2, 0]],
    effect: 'worse',
  },
  {
    what: 'no more snapshots of the cache',
    change: () => cache({ SnapshotRetentionLimit: 0 }),
    undo: () => cache({ SnapshotRetentionLimit: 7 }),
    found: [['component/sessions', 'snapshot_retention_limit', 7, 0]],
    effect: 'no worse',
  },
  {
    what: 'a health check made slower',
    change: (there) => targets(there, { HealthCheckIntervalSeconds: 30, UnhealthyThresholdCount: 5 }),
    undo: (there) => targets(there, { HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 2 }),
    found: [
      ['component/front', 'healthCheck.interval', '10s', '30s'],
      ['component/front', 'healthCheck.unhealthy', 2, 5],
    ],
    effect: 'worse',
  },
  {
    what: 'a balancer without one of its zones',
    change: (there) =>
      balancers.send(
        new balancing.SetSubnetsCommand({ LoadBalancerArn: of(there, 'aws_lb.front_balancer'), Subnets: subnets(there, 'public', 'ab') }),
      ),
    undo: (there) =>
      balancers.send(
        new balancing.SetSubnetsCommand({ LoadBalancerArn: of(there, 'aws_lb.front_balancer'), Subnets: subnets(there, 'public', 'abc') }),
      ),
    found: [['component/front', 'units by zone', byZone('abc', 1), byZone('ab', 1)]],
    effect: 'no worse',
  },
  {
    what: 'the way out of a zone through another one',
    change: (there) => wayOut(there, 'b', 'a'),
    undo: (there) => wayOut(there, 'b', 'b'),
    found: [
      [
        `network/${region}/nat/${region}b`,
        'way out nat_gateway_id',
        [`aws_nat_gateway.nat-${region}b`],
        [`aws_nat_gateway.nat-${region}a`],
      ],
    ],
    effect: 'worse',
  },
  {
    what: 'an alarm that tells nobody',
    change: async () => {
      const { MetricAlarms: [there] = [] } = await alarms.send(new cloudWatch.DescribeAlarmsCommand({ AlarmNames: ['shop-front-errors'] }));
      topic = there!.AlarmActions!;
      await alarm('shop-front-errors', { AlarmActions: [] });
    },
    undo: () => alarm('shop-front-errors', { AlarmActions: [...topic] }),
    found: [['component/front', 'alarm errors alarm_actions', ['aws_sns_topic.alarms'], []]],
    effect: 'no worse',
  },
  {
    what: 'an alarm whose actions are switched off',
    change: () => alarms.send(new cloudWatch.DisableAlarmActionsCommand({ AlarmNames: ['shop-db-cpu'] })),
    undo: () => alarms.send(new cloudWatch.EnableAlarmActionsCommand({ AlarmNames: ['shop-db-cpu'] })),
    found: [['component/db', 'alarm cpu actions_enabled', true, false]],
    effect: 'no worse',
  },
  {
    what: 'a threshold raised',
    change: () => alarm('shop-jobs-age', { Threshold: 86_400 }),
    undo: () => alarm('shop-jobs-age', { Threshold: 900 }),
    found: [['component/jobs', 'alarm age threshold', 900, 86_400]],
    effect: 'no worse',
  },
  {
    what: 'the health check of a name switched off',
    change: (there) => healthCheck(there, { Disabled: true }),
    undo: (there) => healthCheck(there, { Disabled: false }),
    found: [['component/edge', 'health-check disabled', false, true]],
    effect: 'no worse',
  },
  {
    what: 'a health check of a name that waits longer',
    change: (there) => healthCheck(there, { FailureThreshold: 5 }),
    undo: (there) => healthCheck(there, { FailureThreshold: 2 }),
    found: [['component/edge', 'healthCheck.unhealthy', 2, 5]],
    effect: 'no worse',
  },
  {
    what: 'messages that are hidden for a shorter time',
    change: (there) => queue(there, { VisibilityTimeout: '30' }),
    undo: (there) => queue(there, { VisibilityTimeout: '120' }),
    found: [['component/jobs', 'visibility', '120s', '30s']],
    effect: 'no worse',
  },
  {
    what: 'a reader deleted',
    change: () => databases.send(new rds.DeleteDBInstanceCommand({ DBInstanceIdentifier: 'shop-ledger-node-2', SkipFinalSnapshot: true })),
    found: [['component/ledger', 'readers', 2, 1]],
    effect: 'worse',
  },
  {
    what: 'the redirect to TLS deleted',
    change: (there) => balancers.send(new balancing.DeleteListenerCommand({ ListenerArn: of(there, 'aws_lb_listener.front_redirect') })),
    found: [['component/front', 'redirect', true, false]],
    effect: 'no worse',
  },
  {
    what: 'an alarm deleted',
    change: () => alarms.send(new cloudWatch.DeleteAlarmsCommand({ AlarmNames: ['shop-jobs-dead-letters'] })),
    found: [['component/jobs', 'alarm dead-letters', true, null]],
    effect: 'no worse',
  },
  {
    what: 'a rule closed by which a component reaches its database',
    change: (there) =>
      network.send(
        new ec2.RevokeSecurityGroupIngressCommand({
          GroupId: of(there, 'aws_security_group.db_security-group'),
          SecurityGroupRuleIds: [of(there, 'aws_vpc_security_group_ingress_rule.web_to_db')],
        }),
      ),
    found: [['component/web', 'let in to db', true, null]],
    effect: 'no worse',
  },
  {
    what: 'a subnet removed',
    change: (there) => network.send(new ec2.DeleteSubnetCommand({ SubnetId: of(there, `aws_subnet.data-${region}c`) })),
    found: [
      [`zone/${region}/${region}c`, 'subnet data', true, null],
      [`zone/${region}/${region}c`, 'route table of data', true, null],
    ],
    // With what is needed at hand in two zones, the third brought as much trouble as it took.
    effect: 'no worse',
  },
  {
    what: 'a NAT gateway deleted',
    change: (there) => network.send(new ec2.DeleteNatGatewayCommand({ NatGatewayId: of(there, `aws_nat_gateway.nat-${region}b`) })),
    found: [
      [`network/${region}/nat/${region}b`, null, true, null],
      // AWS keeps the route, and nothing is at its end.
      [`network/${region}/nat/${region}b`, 'way out nat_gateway_id', [`aws_nat_gateway.nat-${region}b`], ['nat-…']],
    ],
    effect: 'not estimated',
  },
];
