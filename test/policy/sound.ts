import { fromSynthesized, type Arguments, type Resource, type Resources } from '../../lib/resources/resources';
import { regionOf, type StackJson } from '../terraform/stack-json';

/** Faults that neither Terraform nor the provider notices before a deployment, as sentences. */
export function unsound(json: StackJson): string[] {
  const resources = fromSynthesized(json as Parameters<typeof fromSynthesized>[0]);
  return [
    ...ranges(resources),
    ...zones(resources, regionOf(json)),
    ...balancers(resources),
    ...groups(resources),
    ...rules(resources),
    ...databases(resources),
    ...names(resources),
  ];
}

function block(value: unknown): Arguments {
  return (Array.isArray(value) ? value[0] : value) ?? {};
}

const wrongIf = (condition: boolean, { address }: Resource, what: string) => (condition ? [`${address} ${what}`] : []);

/** First and last address of a range. */
function extent(cidr: unknown): [number, number] {
  const [address = '', bits] = String(cidr).split('/');
  const first = address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1];
}

function ranges(resources: Resources): string[] {
  const subnets = resources.ofType('aws_subnet');
  return subnets.flatMap((subnet, i) => {
    const [first, last] = extent(subnet.arguments.cidr_block);
    const vpc = extent(resources.tryFollow(subnet.arguments.vpc_id)?.arguments.cidr_block);
    const overlapping = subnets.slice(i + 1).filter((other) => {
      const [otherFirst, otherLast] = extent(other.arguments.cidr_block);
      return first <= otherLast && otherFirst <= last;
    });
    return [
      ...wrongIf(!(first >= vpc[0] && last <= vpc[1]), subnet, 'lies outside its network'),
      ...overlapping.map((other) => `${subnet.address} overlaps ${other.address}`),
    ];
  });
}

function zones(resources: Resources, region: string): string[] {
  return resources
    .ofType('aws_subnet')
    .flatMap((subnet) =>
      wrongIf(!new RegExp(`^${region}[a-h]$`).test(String(subnet.arguments.availability_zone)), subnet, 'is in another region'),
    );
}

function balancers(resources: Resources): string[] {
  return resources.ofType('aws_lb_target_group').flatMap((group) => {
    const { interval, timeout, healthy_threshold: healthy, unhealthy_threshold: unhealthy } = block(group.arguments.health_check);
    return [
      ...wrongIf(!(Number(timeout) < Number(interval)), group, 'begins a check before the last one has timed out'),
      ...wrongIf(!(Number(healthy) >= 2 && Number(unhealthy) >= 2), group, 'has a check without thresholds'),
    ];
  });
}

function groups(resources: Resources): string[] {
  return resources.ofType('aws_autoscaling_group').flatMap((group) => {
    const {
      min_size: least,
      max_size: most,
      desired_capacity: desired,
      health_check_type: type,
      target_group_arns: targets,
    } = group.arguments;
    return [
      ...wrongIf(!(Number(least) <= Number(most)), group, 'has a minimum above its maximum'),
      ...wrongIf(
        desired !== undefined && !(Number(desired) >= Number(least) && Number(desired) <= Number(most)),
        group,
        'wants what it may not have',
      ),
      ...wrongIf(!['EC2', 'ELB'].includes(String(type)), group, 'has no such health check'),
      ...wrongIf(type === 'ELB' && targets === undefined, group, 'asks a balancer that it does not have'),
    ];
  });
}

function rules(resources: Resources): string[] {
  const holders = [
    'aws_lb',
    'aws_db_instance',
    'aws_rds_cluster',
    'aws_elasticache_replication_group',
    'aws_launch_template',
    'aws_vpc_endpoint',
  ];
  const keys = ['security_groups', 'vpc_security_group_ids', 'security_group_ids'];
  return [
    ...['aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'].flatMap((type) =>
      resources
        .ofType(type)
        .flatMap((rule) => wrongIf(!(Number(rule.arguments.from_port) <= Number(rule.arguments.to_port)), rule, 'has its ports reversed')),
    ),
    ...holders.flatMap((type) =>
      resources.ofType(type).flatMap((holder) =>
        keys.flatMap((key) => {
          const ids = (holder.arguments[key] ?? []) as readonly unknown[];
          return wrongIf(
            ids.some((id) => resources.tryFollow(id)?.type !== 'aws_security_group'),
            holder,
            `takes for a security group what is none`,
          );
        }),
      ),
    ),
  ];
}

function databases(resources: Resources): string[] {
  const stores = [...resources.ofType('aws_db_instance'), ...resources.ofType('aws_rds_cluster')];
  return stores
    .filter(({ arguments: args }) => args.replicate_source_db === undefined)
    .flatMap((store) => {
      const { skip_final_snapshot: skipped, final_snapshot_identifier: snapshot, manage_master_user_password: managed } = store.arguments;
      const replicas = resources
        .ofType('aws_db_instance')
        .filter((it) => it !== store && resources.tryFollow(it.arguments.replicate_source_db) === store);
      return [
        ...wrongIf(skipped !== true && snapshot === undefined, store, 'has no name for its last snapshot'),
        ...wrongIf(managed === true && replicas.length > 0, store, 'has a managed password and read replicas'),
        ...wrongIf(
          managed === true && store.arguments.global_cluster_identifier !== undefined,
          store,
          'has a managed password in a global database',
        ),
      ];
    });
}

function names(resources: Resources): string[] {
  const limits: Readonly<Record<string, number>> = {
    aws_lb: 32,
    aws_iam_role: 64,
    aws_iam_instance_profile: 128,
    aws_db_instance: 63,
    aws_rds_cluster: 63,
    aws_sqs_queue: 80,
  };
  return Object.entries(limits).flatMap(([type, limit]) =>
    resources
      .ofType(type)
      .flatMap((it) =>
        wrongIf(String(it.arguments.name ?? it.arguments.identifier ?? '').length > limit, it, 'has a name that is too long'),
      ),
  );
}
