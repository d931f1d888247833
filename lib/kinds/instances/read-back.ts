import { listIn, tryFindBlock } from '../../resources/arguments';
import type { FoundComponent, ReadBack } from '../../resources/read-back';
import type { Arguments, Resource, Resources } from '../../resources/resources';
import { spread } from '../../topology/place';
import { batchUnits } from './settings';

const blockIn = (args: Arguments, name: string): Arguments => tryFindBlock(args, name) ?? {};

/** What runs for sure: auto scaling may have more, never fewer. */
function countOf({ min_size: least, desired_capacity: desired }: Arguments): number {
  return Math.min(Number(least), typeof desired === 'number' ? desired : Infinity);
}

/** Where others may connect to: the port that the rules of its security group let in. */
function portOf(resources: Resources, template: Arguments): number | undefined {
  const groups = listIn(template, 'vpc_security_group_ids').flatMap((group) => resources.tryFollow(group, 'aws_security_group') ?? []);
  const rule = resources
    .ofType('aws_vpc_security_group_ingress_rule')
    .find(({ arguments: args }) => groups.some((group) => group === resources.tryFollow(args.security_group_id, 'aws_security_group')));
  const port = rule?.arguments.from_port;
  return typeof port === 'number' ? port : undefined;
}

/** Without a rolling deployment all units change at once. */
function batchOf(args: Arguments, count: number): number {
  const healthy = blockIn(blockIn(args, 'instance_refresh'), 'preferences').max_healthy_percentage;
  return typeof healthy === 'number' && healthy > 100 ? batchUnits(healthy - 100, count) : count;
}

/** How many are needed stands in no resource but in the alarm that says that they are missing. */
function needsOf(resources: Resources, group: string): number | undefined {
  const alarm = resources
    .ofType('aws_cloudwatch_metric_alarm')
    .find(({ arguments: args }) => args.alarm_name === `${group}-below-needs` && args.metric_name === 'GroupInServiceInstances');
  const needs = alarm?.arguments.threshold;
  return typeof needs === 'number' ? needs : undefined;
}

function found(resources: Resources, prefix: string, group: Resource): FoundComponent[] {
  const args = group.arguments;
  const template = resources.tryFollow(blockIn(args, 'launch_template').id, 'aws_launch_template')?.arguments;
  if (typeof args.name !== 'string' || !args.name.startsWith(prefix) || !template) return [];
  const name = args.name.slice(prefix.length);
  const count = countOf(args);
  const zones = listIn(args, 'vpc_zone_identifier')
    .map((subnet) => String(resources.tryFollow(subnet)?.arguments.availability_zone))
    .sort();
  const port = portOf(resources, template);
  const needs = needsOf(resources, args.name);
  const settings = {
    image: template.image_id,
    type: template.instance_type,
    ...(port === undefined ? {} : { port }),
    count,
    ...(needs === undefined ? {} : { needs }),
    max: args.max_size,
    batch: batchOf(args, count),
    // Left out, they have the provider's defaults.
    warmUp: `${Number(args.default_instance_warmup ?? 300)}s`,
    grace: `${Number(args.health_check_grace_period ?? 300)}s`,
    healthCheck: args.health_check_type === 'ELB' ? 'elb' : 'ec2',
    distribution: blockIn(args, 'availability_zone_distribution').capacity_distribution_strategy ?? 'balanced-best-effort',
  };
  const units = spread(name, count, zones).map(({ address, zone }) => ({ address, zones: zone === null ? zones : [zone] }));
  return [{ name, settings, units }];
}

/** Finds auto scaling groups with their launch templates. */
export const readBack: ReadBack = (resources, prefix) =>
  resources.ofType('aws_autoscaling_group').flatMap((group) => found(resources, prefix, group));
