import { listIn } from '../resources/arguments';
import type { Resource, Resources } from '../resources/resources';
import type { Topology } from '../topology/topology';
import { plainOf, textOf, type Difference } from './difference';

/** What a rule of a security group lets through. */
const rule = ['security_group_id', 'referenced_security_group_id', 'ip_protocol', 'from_port', 'to_port', 'cidr_ipv4'];

/** Arguments on which the model counts although no setting of a kind says them: the network, who is told, what may talk to what, what is kept. */
const counted: Readonly<Record<string, readonly string[]>> = {
  aws_subnet: ['availability_zone'],
  aws_nat_gateway: ['subnet_id'],
  aws_route: ['nat_gateway_id', 'gateway_id', 'destination_cidr_block'],
  aws_route_table_association: ['subnet_id', 'route_table_id'],
  aws_cloudwatch_metric_alarm: [
    'actions_enabled',
    'alarm_actions',
    'ok_actions',
    'namespace',
    'metric_name',
    'statistic',
    'comparison_operator',
    'threshold',
    'period',
    'evaluation_periods',
    'treat_missing_data',
  ],
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
  aws_autoscaling_group: ['target_group_arns'],
  aws_db_instance: ['backup_retention_period', 'deletion_protection', 'storage_encrypted', 'publicly_accessible'],
  aws_rds_cluster: ['backup_retention_period', 'deletion_protection', 'storage_encrypted'],
  aws_elasticache_replication_group: ['snapshot_retention_limit'],
  aws_lb: ['enable_deletion_protection'],
  aws_route53_health_check: ['disabled'],
};

/** What a left-out argument is. */
const otherwise: Readonly<Record<string, unknown>> = { actions_enabled: true, disabled: false };

/** Differences in what stands in no component's settings. Those of components that are gone are no news. */
export function surroundingDifferences(topology: Topology, expected: Resources, found: Resources, gone: ReadonlySet<string>): Difference[] {
  return Object.entries(counted).flatMap(([type, names]) =>
    expected.ofType(type).flatMap((resource): Difference[] => {
      if (gone.has(componentOf(resource, topology) ?? '')) return [];
      const there = found.tryFind(resource.address);
      const place = placeOf(resource, topology);
      if (!there) return isComponentItself(type) ? [] : [{ ...place, counts: true, found: null }];
      return names.flatMap((name) => {
        const values = pair(name, resource, there, expected, found);
        if (!values || textOf(values.counts) === textOf(values.found)) return [];
        const setting = [place.setting, name].filter((part) => part !== null).join(' ');
        return [{ ...place, setting, counts: plainOf(values.counts), found: plainOf(values.found) }];
      });
    }),
  );
}

/** A resource without which the reader finds no component, or another one. */
const isComponentItself = (type: string): boolean =>
  ['aws_autoscaling_group', 'aws_db_instance', 'aws_rds_cluster', 'aws_elasticache_replication_group', 'aws_lb'].includes(type);

function pair(name: string, one: Resource, other: Resource, expected: Resources, found: Resources) {
  const [counts, there] = [one.arguments[name] ?? otherwise[name], other.arguments[name] ?? otherwise[name]];
  if (counts === undefined) return undefined;
  const asked = listIn(one.arguments, name);
  const references = asked.filter((value) => typeof value === 'string' && value.includes('${'));
  if (references.length === 0) return { counts, found: there };
  // What is neither an id nor an ARN (a prefix list, an address) is no way to find the resource again.
  if (!references.every((value) => /\.(id|arn)\}$/.test(String(value)))) return undefined;
  const addresses = (values: readonly unknown[], resources: Resources) =>
    values.map((value) => resources.tryFollow(value)?.address ?? String(value)).sort();
  return { counts: addresses(asked, expected), found: addresses(listIn(other.arguments, name), found) };
}

/** The component that a resource is part of: its logical id begins with the component's name. */
function componentOf({ name }: Resource, { components }: Topology): string | undefined {
  const [first] = name.split('_');
  return name.includes('_') ? components.find((component) => component.name === first)?.name : undefined;
}

function placeOf(resource: Resource, topology: Topology): Pick<Difference, 'address' | 'resource' | 'path'> & { setting: string | null } {
  const { address, name, type } = resource;
  const component = componentOf(resource, topology);
  const part = name.slice((component?.length ?? -1) + 1).replaceAll('_', ' ');
  if (component !== undefined) {
    const protects = isComponentItself(type);
    return { address: `component/${component}`, setting: protects ? null : `${wordOf(type)}${part}`, resource: address, path: null };
  }
  const region = topology.regions[0]!;
  const zone = region.zones.find((candidate) => name.endsWith(candidate));
  if (zone === undefined) return { address: `region/${region.name}`, setting: `${wordOf(type)}${name}`, resource: address, path: null };
  if (type === 'aws_nat_gateway' || (type === 'aws_route' && name.startsWith('private-')))
    return {
      address: `network/${region.name}/nat/${zone}`,
      setting: type === 'aws_route' ? 'way out' : null,
      resource: address,
      path: ['regions', region.name, 'nat'],
    };
  const setting = `${wordOf(type)}${name.slice(0, -zone.length - 1)}`;
  return { address: `zone/${region.name}/${zone}`, setting, resource: address, path: ['regions', region.name, 'zones'] };
}

function wordOf(type: string): string {
  if (type === 'aws_cloudwatch_metric_alarm' || type === 'aws_route53_health_check') return '';
  if (type === 'aws_vpc_security_group_ingress_rule') return 'let in ';
  if (type === 'aws_vpc_security_group_egress_rule') return 'let out ';
  if (type === 'aws_route_table_association') return 'route table of ';
  return type === 'aws_subnet' ? 'subnet ' : `${type.slice(4).replaceAll('_', ' ')} `;
}
