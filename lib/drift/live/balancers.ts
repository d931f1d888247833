import type { ElasticLoadBalancingV2Client, Listener, LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../../resources/resources';
import { isOurs, named, resource, tryExpected, valueOfTag, type Ours, type Tag } from './ours';
import { asking, itemsIn, type Sdk } from './sdk';

type Elb = Sdk['balancing'];
type Client = ElasticLoadBalancingV2Client;

/** Load balancers, their listeners and target groups. */
export async function balancers(sdk: Elb, client: Client, ours: Ours): Promise<Resource[]> {
  const config = { client };
  const [all, groups] = await Promise.all([
    asking(
      'load balancers',
      itemsIn(sdk.paginateDescribeLoadBalancers(config, {}), (page) => page.LoadBalancers),
    ),
    asking(
      'target groups',
      itemsIn(sdk.paginateDescribeTargetGroups(config, {}), (page) => page.TargetGroups),
    ),
  ]);
  const tags = await tagsOf(sdk, client, [
    ...all.flatMap(({ LoadBalancerArn: arn }) => arn ?? []),
    ...groups.flatMap(({ TargetGroupArn: arn }) => arn ?? []),
  ]);
  const own = all.filter(({ LoadBalancerArn: arn, LoadBalancerName: name }) => isOurs(ours, 'aws_lb', name, tags.get(arn!)));
  const made = await Promise.all([
    ...own.map((balancer) => balancerWithListeners(sdk, client, ours, balancer)),
    ...groups.map((group) => targetGroup(sdk, client, ours, group, tags.get(group.TargetGroupArn!))),
  ]);
  return made.flat();
}

/** AWS tells the tags of twenty things at a time. */
async function tagsOf(sdk: Elb, client: Client, arns: readonly string[]): Promise<ReadonlyMap<string, readonly Tag[]>> {
  const batches = Array.from({ length: Math.ceil(arns.length / 20) }, (_, i) => arns.slice(20 * i, 20 * i + 20));
  const answers = await Promise.all(
    batches.map((batch) => asking('tags of load balancers', client.send(new sdk.DescribeTagsCommand({ ResourceArns: batch })))),
  );
  return new Map(answers.flatMap(({ TagDescriptions: all = [] }) => all.map(({ ResourceArn: arn, Tags: tags = [] }) => [arn!, tags])));
}

async function balancerWithListeners(sdk: Elb, client: Client, ours: Ours, balancer: LoadBalancer): Promise<Resource[]> {
  const { LoadBalancerArn: arn, LoadBalancerName: name = '' } = balancer;
  const [{ Attributes: attributes = [] }, listeners] = await Promise.all([
    asking('attributes of a load balancer', client.send(new sdk.DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn! }))),
    asking(
      'listeners',
      itemsIn(sdk.paginateDescribeListeners({ client }, { LoadBalancerArn: arn! }), (page) => page.Listeners),
    ),
  ]);
  const says = attributesIn(attributes);
  const address = tryExpected(ours.expected, 'aws_lb', name)?.address;
  return [
    named(ours, 'aws_lb', name, {
      id: arn,
      arn,
      name,
      load_balancer_type: balancer.Type,
      internal: balancer.Scheme === 'internal',
      subnets: (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId: id }) => id ?? []),
      enable_deletion_protection: says('deletion_protection.enabled') === 'true',
      enable_cross_zone_load_balancing: says('load_balancing.cross_zone.enabled') === 'true',
    }),
    ...listeners.map((listener) => listenerOf(ours, listener, address)),
  ];
}

/** A listener has no name: it is known by its balancer and port. */
function listenerOf({ expected }: Ours, listener: Listener, balancer: string | undefined): Resource {
  const { Certificates: certificates = [], DefaultActions: actions = [], ListenerArn: arn, Port: port, Protocol: protocol } = listener;
  const same = expected
    .ofType('aws_lb_listener')
    .find((it) => it.arguments.port === port && expected.tryFollow(it.arguments.load_balancer_arn)?.address === balancer);
  return resource('aws_lb_listener', same?.name ?? String(arn), {
    id: arn,
    arn,
    load_balancer_arn: listener.LoadBalancerArn,
    port,
    protocol,
    certificate_arn: certificates[0]?.CertificateArn,
    default_action: actions.map(({ ForwardConfig: forward, TargetGroupArn: group, Type: type }) => ({
      type,
      target_group_arn: group ?? forward?.TargetGroups?.[0]?.TargetGroupArn,
    })),
  });
}

async function targetGroup(
  sdk: Elb,
  client: Client,
  ours: Ours,
  group: TargetGroup,
  tags: readonly Tag[] | undefined,
): Promise<Resource[]> {
  const { TargetGroupArn: arn } = group;
  // AWS makes its name; whose it is, its tag says.
  const name = valueOfTag(tags, 'Name');
  if (!name?.startsWith(ours.prefix) || valueOfTag(tags, 'topology') !== ours.topology.name) return [];
  // It has the name of its balancer, which may be one that the component had before.
  const component = (tryExpected(ours.expected, 'aws_lb', name)?.name ?? name.slice(ours.prefix.length)).replace(/_balancer$/, '');
  const command = new sdk.DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn! });
  const { Attributes: attributes = [] } = await asking('attributes of a target group', client.send(command));
  const says = attributesIn(attributes);
  const cookie = says('stickiness.lb_cookie.duration_seconds');
  return [
    resource('aws_lb_target_group', `${component}_target-group`, {
      id: arn,
      arn,
      protocol: group.Protocol,
      port: group.Port,
      health_check: [
        {
          enabled: group.HealthCheckEnabled,
          ...(group.HealthCheckPath === undefined ? {} : { path: group.HealthCheckPath }),
          interval: group.HealthCheckIntervalSeconds,
          timeout: group.HealthCheckTimeoutSeconds,
          unhealthy_threshold: group.UnhealthyThresholdCount,
          healthy_threshold: group.HealthyThresholdCount,
        },
      ],
      stickiness: [
        {
          enabled: says('stickiness.enabled') === 'true',
          type: says('stickiness.type'),
          ...(cookie === undefined ? {} : { cookie_duration: Number(cookie) }),
        },
      ],
      load_balancing_algorithm_type: says('load_balancing.algorithm.type'),
      load_balancing_cross_zone_enabled: says('load_balancing.cross_zone.enabled'),
      deregistration_delay: says('deregistration_delay.timeout_seconds'),
    }),
  ];
}

function attributesIn(attributes: readonly Tag[]): (key: string) => string | undefined {
  const values = new Map(attributes.map(({ Key: key, Value: value }) => [key, value]));
  return (key) => values.get(key);
}
