import type { EC2Client, SecurityGroupRule, Tag } from '@aws-sdk/client-ec2';
import type { Arguments, Resource } from '../../resources/resources';
import { isOurs, named, resource, valueOfTag, type Ours } from './ours';
import { asking, itemsIn, type Sdk } from './sdk';

/** Subnets, ways out and who may talk to whom. */
export async function network(sdk: Sdk['ec2'], client: EC2Client, ours: Ours): Promise<Resource[]> {
  const config = { client };
  const tagged = { Filters: [{ Name: 'tag:topology', Values: [ours.topology.name] }] };
  const [subnets, gateways, nats, tables, groups] = await Promise.all([
    asking(
      'subnets',
      itemsIn(sdk.paginateDescribeSubnets(config, tagged), (page) => page.Subnets),
    ),
    asking(
      'internet gateways',
      itemsIn(sdk.paginateDescribeInternetGateways(config, tagged), (page) => page.InternetGateways),
    ),
    asking(
      'NAT gateways',
      itemsIn(sdk.paginateDescribeNatGateways(config, {}), (page) => page.NatGateways),
    ),
    asking(
      'route tables',
      itemsIn(sdk.paginateDescribeRouteTables(config, tagged), (page) => page.RouteTables),
    ),
    asking(
      'security groups',
      itemsIn(sdk.paginateDescribeSecurityGroups(config, {}), (page) => page.SecurityGroups),
    ),
  ]);
  const partOf = (tags: readonly Tag[] | undefined) => logicalName(ours, tags);
  const made: Resource[] = [];
  const subnetNames = new Map<string, string>();
  for (const { AvailabilityZone: zone, CidrBlock: cidr, SubnetId: id, Tags: tags } of subnets) {
    const name = partOf(tags);
    if (name === undefined) continue;
    subnetNames.set(id!, name);
    made.push(resource('aws_subnet', name, { id, availability_zone: zone, cidr_block: cidr }));
  }
  for (const { InternetGatewayId: id, Tags: tags } of gateways) {
    const name = partOf(tags);
    if (name !== undefined) made.push(resource('aws_internet_gateway', name, { id }));
  }
  for (const { NatGatewayId: id, State: state, SubnetId: subnet, Tags: tags } of nats) {
    const name = partOf(tags);
    // One that is gone is listed for an hour.
    if (name !== undefined && state !== 'deleted' && state !== 'deleting' && state !== 'failed')
      made.push(resource('aws_nat_gateway', name, { id, subnet_id: subnet }));
  }
  for (const { Associations: associations = [], RouteTableId: id, Routes: routes = [], Tags: tags } of tables) {
    const name = partOf(tags);
    if (name === undefined) continue;
    made.push(resource('aws_route_table', name, { id }));
    for (const { DestinationCidrBlock: to, GatewayId: gateway, NatGatewayId: nat } of routes) {
      if (to !== '0.0.0.0/0') continue;
      made.push(resource('aws_route', name, { route_table_id: id, destination_cidr_block: to, gateway_id: gateway, nat_gateway_id: nat }));
    }
    for (const { SubnetId: subnet } of associations) {
      const of = subnet === undefined ? undefined : subnetNames.get(subnet);
      if (of !== undefined) made.push(resource('aws_route_table_association', of, { subnet_id: subnet, route_table_id: id }));
    }
  }
  const own = groups.filter(({ GroupName: name, Tags: tags }) => isOurs(ours, 'aws_security_group', name, tags));
  for (const { GroupId: id, GroupName: name } of own) made.push(named(ours, 'aws_security_group', name!, { id, name }));
  return [...made, ...(await rules(sdk, client, ours, made))];
}

/** Parts of the network have their name in a tag: it is what Terraform calls them, behind the prefix. */
function logicalName({ prefix, topology }: Ours, tags: readonly Tag[] | undefined): string | undefined {
  const name = valueOfTag(tags, 'Name');
  return name?.startsWith(prefix) && valueOfTag(tags, 'topology') === topology.name ? name.slice(prefix.length) : undefined;
}

/** What two rules of one place have in common; a rule has no name, and is known by what it lets through. */
const ways = ['security_group_id', 'referenced_security_group_id', 'cidr_ipv4', 'ip_protocol', 'from_port', 'to_port'] as const;

async function rules(sdk: Sdk['ec2'], client: EC2Client, { expected }: Ours, made: readonly Resource[]): Promise<Resource[]> {
  const groups = new Map(made.filter(({ type }) => type === 'aws_security_group').map((group) => [group.arguments.id, group.address]));
  const ids = [...groups.keys()].map(String);
  if (ids.length === 0) return [];
  const pages = sdk.paginateDescribeSecurityGroupRules({ client }, { Filters: [{ Name: 'group-id', Values: ids }] });
  const found = await asking(
    'rules of security groups',
    itemsIn(pages, (page) => page.SecurityGroupRules),
  );
  const taken = new Set<string>();
  return found.map((rule) => {
    const type = rule.IsEgress === true ? 'aws_vpc_security_group_egress_rule' : 'aws_vpc_security_group_ingress_rule';
    const args = argumentsOf(rule);
    const way = ways.map((name) => groups.get(args[name]) ?? args[name]).join();
    const same = expected.ofType(type).find((candidate) => {
      const wanted = ways.map((name) => expected.tryFollow(candidate.arguments[name])?.address ?? candidate.arguments[name]);
      return wanted.join() === way && !taken.has(candidate.address);
    });
    if (same) taken.add(same.address);
    return resource(type, same?.name ?? String(rule.SecurityGroupRuleId), { id: rule.SecurityGroupRuleId, ...args });
  });
}

function argumentsOf(rule: SecurityGroupRule): Arguments {
  return {
    security_group_id: rule.GroupId,
    referenced_security_group_id: rule.ReferencedGroupInfo?.GroupId,
    cidr_ipv4: rule.CidrIpv4,
    ip_protocol: rule.IpProtocol,
    from_port: rule.FromPort,
    to_port: rule.ToPort,
  };
}
