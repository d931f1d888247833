/** A resource of a state, to be changed as somebody changes it by hand. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly values: Record<string, unknown>;
}

type Change = (resources: StateResource[]) => StateResource[] | void;

export interface HandMade {
  readonly what: string;
  readonly change: Change;
  /** Address, setting, what the model counts on, what is there. */
  readonly found: readonly (readonly unknown[])[];
  readonly effect: 'worse' | 'in no number' | 'not estimated';
}

const set =
  (address: string, values: Record<string, unknown>): Change =>
  (resources) => {
    Object.assign(valuesOf(resources, address), values);
  };

const without =
  (...addresses: readonly string[]): Change =>
  (resources) =>
    resources.filter(({ address }) => !addresses.includes(address));

function valuesOf(resources: readonly StateResource[], address: string): Record<string, unknown> {
  const found = resources.find((resource) => resource.address === address);
  if (!found) throw new Error(`the state has no ${address}`);
  return found.values;
}

/** Changes a block, which a state has as a list of one. */
const inBlock =
  (address: string, block: string, values: Record<string, unknown>): Change =>
  (resources) => {
    const [first] = valuesOf(resources, address)[block] as Record<string, unknown>[];
    Object.assign(first!, values);
  };

const idOf = (resources: readonly StateResource[], address: string) => valuesOf(resources, address).id;

/** What people do by hand, and what has to be said of it. */
export const changes: readonly HandMade[] = [
  {
    what: 'a group scaled down',
    change: set('aws_autoscaling_group.order_group', { min_size: 6, desired_capacity: 6 }),
    found: [['component/order', 'count', 9, 6]],
    effect: 'worse',
  },
  {
    what: 'a group scaled below what is needed',
    change: set('aws_autoscaling_group.inventory_group', { min_size: 3, desired_capacity: 3 }),
    found: [['component/inventory', 'count', 6, 3]],
    effect: 'not estimated',
  },
  {
    what: 'Multi-AZ switched off',
    change: set('aws_db_instance.orders-db_instance', { multi_az: false }),
    found: [['component/orders-db', 'form', 'multi-az-instance', 'single']],
    effect: 'worse',
  },
  {
    what: 'an Aurora reader deleted',
    change: without('aws_rds_cluster_instance.inventory-db_node_2'),
    found: [['component/inventory-db', 'readers', 2, 1]],
    effect: 'worse',
  },
  {
    what: 'a replica of the cache deleted',
    change: set('aws_elasticache_replication_group.sessions_group', {
      num_cache_clusters: 2,
      preferred_cache_cluster_azs: ['us-east-1a', 'us-east-1b'],
    }),
    found: [['component/sessions', 'replicas', 2, 1]],
    effect: 'worse',
  },
  {
    what: 'automatic failover of the cache switched off',
    change: set('aws_elasticache_replication_group.sessions_group', { automatic_failover_enabled: false }),
    found: [['component/sessions', 'replicas', 2, 0]],
    effect: 'worse',
  },
  {
    what: 'a health check made slower',
    change: inBlock('aws_lb_target_group.front_target-group', 'health_check', { interval: 30, unhealthy_threshold: 5 }),
    found: [
      ['component/front', 'healthCheck.interval', '10s', '30s'],
      ['component/front', 'healthCheck.unhealthy', 2, 5],
    ],
    effect: 'worse',
  },
  {
    what: "a group that no longer replaces what fails the balancer's check",
    change: set('aws_autoscaling_group.payment_group', { health_check_type: 'EC2' }),
    found: [['component/payment', 'healthCheck', 'elb', 'ec2']],
    effect: 'worse',
  },
  {
    what: 'a balancer without one of its zones',
    change: (resources) => {
      const balancer = valuesOf(resources, 'aws_lb.front_balancer');
      const lost = idOf(resources, 'aws_subnet.public-us-east-1c');
      balancer.subnets = (balancer.subnets as string[]).filter((id) => id !== lost);
    },
    found: [
      ['component/front', 'units by zone', { 'us-east-1a': 1, 'us-east-1b': 1, 'us-east-1c': 1 }, { 'us-east-1a': 1, 'us-east-1b': 1 }],
    ],
    effect: 'in no number',
  },
  {
    what: 'a group taken out of a zone',
    change: (resources) => {
      const group = valuesOf(resources, 'aws_autoscaling_group.payment_group');
      const lost = idOf(resources, 'aws_subnet.private-us-east-1a');
      group.vpc_zone_identifier = (group.vpc_zone_identifier as string[]).filter((id) => id !== lost);
    },
    found: [
      ['component/payment', 'units by zone', { 'us-east-1a': 2, 'us-east-1b': 2, 'us-east-1c': 2 }, { 'us-east-1b': 3, 'us-east-1c': 3 }],
    ],
    effect: 'in no number',
  },
  {
    what: 'the way out of a zone through another one',
    change: (resources) => {
      const other = idOf(resources, 'aws_nat_gateway.nat-us-east-1a');
      valuesOf(resources, 'aws_route.private-us-east-1b').nat_gateway_id = other;
    },
    found: [
      [
        'network/us-east-1/nat/us-east-1b',
        'way out nat_gateway_id',
        ['aws_nat_gateway.nat-us-east-1b'],
        ['aws_nat_gateway.nat-us-east-1a'],
      ],
    ],
    effect: 'worse',
  },
  {
    what: 'a way out deleted',
    change: without('aws_route.private-us-east-1c'),
    found: [['network/us-east-1/nat/us-east-1c', 'way out', true, null]],
    effect: 'not estimated',
  },
  {
    what: 'an alarm that tells nobody',
    change: set('aws_cloudwatch_metric_alarm.front_alarm_errors', { alarm_actions: [] }),
    found: [['component/front', 'alarm errors alarm_actions', ['aws_sns_topic.alarms'], []]],
    effect: 'in no number',
  },
  {
    what: 'an alarm whose actions are switched off',
    change: set('aws_cloudwatch_metric_alarm.orders-db_alarm_cpu', { actions_enabled: false }),
    found: [['component/orders-db', 'alarm cpu actions_enabled', true, false]],
    effect: 'in no number',
  },
  {
    what: 'an alarm deleted',
    change: without('aws_cloudwatch_metric_alarm.shipments_alarm_age'),
    found: [['component/shipments', 'alarm age', true, null]],
    effect: 'in no number',
  },
  {
    what: 'a threshold raised',
    change: set('aws_cloudwatch_metric_alarm.shipments_alarm_dead-letters', { threshold: 1000 }),
    found: [['component/shipments', 'alarm dead-letters threshold', 0, 1000]],
    effect: 'in no number',
  },
  {
    what: 'backups switched off',
    change: set('aws_rds_cluster.payment-db_cluster', { backup_retention_period: 1, deletion_protection: false }),
    found: [
      ['component/payment-db', 'backup_retention_period', 14, 1],
      ['component/payment-db', 'deletion_protection', true, false],
    ],
    effect: 'in no number',
  },
  {
    what: 'a rule closed by which a component reaches its database',
    change: without('aws_vpc_security_group_ingress_rule.order_to_orders-db'),
    found: [['component/order', 'let in to orders-db', true, null]],
    effect: 'in no number',
  },
  {
    what: 'dead letters given up earlier',
    change: (resources) => {
      const queue = valuesOf(resources, 'aws_sqs_queue.shipments_queue');
      queue.redrive_policy = JSON.stringify({ ...(JSON.parse(String(queue.redrive_policy)) as object), maxReceiveCount: 1 });
    },
    found: [['component/shipments', 'maxReceives', 5, 1]],
    effect: 'in no number',
  },
  {
    what: 'a component deleted',
    change: without('aws_elasticache_replication_group.sessions_group'),
    found: [['component/sessions', null, 'cache', null]],
    effect: 'not estimated',
  },
];
