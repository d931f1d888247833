import { listIn, tryFindBlock } from '../../resources/arguments';
import type { FoundComponent, ReadBack } from '../../resources/read-back';
import type { Arguments, Resource, Resources } from '../../resources/resources';

const algorithms: Readonly<Record<string, string>> = {
  round_robin: 'round-robin',
  least_outstanding_requests: 'least-outstanding',
  weighted_random: 'weighted-random',
};

const block = (args: Arguments, name: string): Arguments => tryFindBlock(args, name) ?? {};

const seconds = (value: unknown) => `${Number(value)}s`;

/** Balancers of a topology, with the nodes that their subnets give them. */
export const readBack: ReadBack = (resources, prefix) =>
  resources
    .ofType('aws_lb')
    .filter(({ arguments: { name } }) => typeof name === 'string' && name.startsWith(prefix))
    .map((balancer) => found(balancer, resources, prefix));

function found(balancer: Resource, resources: Resources, prefix: string): FoundComponent {
  const name = (balancer.arguments.name as string).slice(prefix.length);
  const listeners = resources.ofType('aws_lb_listener').filter((it) => resources.tryFollow(it.arguments.load_balancer_arn) === balancer);
  const actionOf = (listener: Resource) => block(listener.arguments, 'default_action');
  const listener = listeners.find((it) => actionOf(it).type === 'forward');
  const group = listener && resources.tryFollow(actionOf(listener).target_group_arn);
  const zones = listIn(balancer.arguments, 'subnets')
    .map((subnet) => String(resources.tryFollow(subnet)?.arguments.availability_zone))
    .sort();
  return {
    name,
    settings: {
      type: balancer.arguments.load_balancer_type ?? 'application',
      scheme: balancer.arguments.internal === true ? 'internal' : 'internet-facing',
      ...(listener ? listenerSettings(listener.arguments) : {}),
      redirect: listeners.some((it) => actionOf(it).type === 'redirect'),
      ...(group ? groupSettings(group.arguments) : {}),
      crossZone: crossZone(balancer.arguments, group?.arguments),
    },
    units: zones.map((zone) => ({ address: `unit/${name}/${zone}/0`, zones: [zone] })),
  };
}

function listenerSettings({ port, protocol, certificate_arn: certificate }: Arguments): Record<string, unknown> {
  return { port, protocol: String(protocol).toLowerCase(), ...(certificate ? { certificate } : {}) };
}

function groupSettings(group: Arguments): Record<string, unknown> {
  const check = block(group, 'health_check');
  const stickiness = block(group, 'stickiness');
  const algorithm = group.load_balancing_algorithm_type;
  return {
    targetProtocol: String(group.protocol).toLowerCase(),
    healthCheck: {
      ...(check.path ? { path: check.path } : {}),
      interval: seconds(check.interval),
      timeout: seconds(check.timeout),
      unhealthy: check.unhealthy_threshold,
      healthy: check.healthy_threshold,
    },
    algorithm: typeof algorithm === 'string' ? (algorithms[algorithm] ?? algorithm) : 'flow-hash',
    ...(stickiness.enabled === true ? { stickiness: stickiness.type === 'lb_cookie' ? 'cookie' : 'source-ip' } : {}),
    ...(stickiness.cookie_duration === undefined ? {} : { stickyFor: seconds(stickiness.cookie_duration) }),
    deregistrationDelay: seconds(group.deregistration_delay),
  };
}

function crossZone(balancer: Arguments, group: Arguments = {}): boolean {
  if (balancer.load_balancer_type === 'network') return balancer.enable_cross_zone_load_balancing === true;
  return group.load_balancing_cross_zone_enabled !== 'false';
}
