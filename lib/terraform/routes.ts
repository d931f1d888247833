import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import type { ITerraformDependable } from 'cdktf';
import { named } from './names';
import type { Network } from './network';
import type { Tier } from './subnets';

export interface Routes {
  /** Ids of the route tables of the private subnets. */
  readonly privateTables: readonly string[];
  /** Without these nothing leaves a private subnet. */
  readonly privateWays: readonly ITerraformDependable[];
}

/** Makes the ways out of a network: public subnets by the internet gateway, private ones by a NAT gateway, data subnets none. */
export function makeRoutes(network: Network): Routes {
  const { internetGateway } = network;
  const { zones, nat } = network.region;
  const everywhere = '0.0.0.0/0';
  const table = (id: string) =>
    named(new RouteTable(network, `table-${id}`, { vpcId: network.vpcId, tags: { Name: network.physicalName(id) } }), id).id;
  const associate = (tier: Tier, zone: string, routeTableId: string) =>
    named(
      new RouteTableAssociation(network, `association-${tier}-${zone}`, { subnetId: network.subnet(tier, zone), routeTableId }),
      `${tier}-${zone}`,
    );

  const publicTable = table('public');
  const publicRoute = named(
    new Route(network, 'route-public', { routeTableId: publicTable, destinationCidrBlock: everywhere, gatewayId: internetGateway.id }),
    'public',
  );
  const publicSubnets = new Map(zones.map((zone) => [zone, associate('public', zone, publicTable)] as const));
  const dataTable = table('data');

  const natZones = nat === 'shared' ? zones.slice(0, 1) : zones;
  const gateways = new Map(
    natZones.map((zone) => {
      const tags = { Name: network.physicalName(`nat-${zone}`) };
      const address = new Eip(network, `address-${zone}`, { domain: 'vpc', tags, dependsOn: [internetGateway] });
      const gateway = new NatGateway(network, `nat-${zone}`, {
        allocationId: named(address, `nat-${zone}`).id,
        subnetId: network.subnet('public', zone),
        tags,
        // Without the internet gateway AWS refuses to make it; without its own way out it would be there and pass nothing on.
        dependsOn: [publicRoute, publicSubnets.get(zone)!],
      });
      return [zone, named(gateway, `nat-${zone}`).id] as const;
    }),
  );

  const privateTables: string[] = [];
  const privateWays: ITerraformDependable[] = [];
  for (const zone of zones) {
    const routeTableId = table(`private-${zone}`);
    const natGatewayId = gateways.get(zone) ?? gateways.get(zones[0]!)!;
    const route = new Route(network, `route-private-${zone}`, { routeTableId, destinationCidrBlock: everywhere, natGatewayId });
    privateWays.push(named(route, `private-${zone}`), associate('private', zone, routeTableId));
    associate('data', zone, dataTable);
    privateTables.push(routeTableId);
  }
  return { privateTables, privateWays };
}
