import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import { named } from './names';
import type { Network } from './network';
import type { Tier } from './subnets';

/** Makes the ways out of a network: public subnets by the internet gateway, private ones by a NAT gateway, data subnets none. Returns the private tables. */
export function makeRoutes(network: Network): string[] {
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
  named(
    new Route(network, 'route-public', { routeTableId: publicTable, destinationCidrBlock: everywhere, gatewayId: internetGateway.id }),
    'public',
  );
  const dataTable = table('data');

  const natZones = nat === 'shared' ? zones.slice(0, 1) : zones;
  const gateways = new Map(
    natZones.map((zone) => {
      const tags = { Name: network.physicalName(`nat-${zone}`) };
      // Without the gateway AWS refuses to make or to use them, and nothing that they refer to waits for it.
      const dependsOn = [internetGateway];
      const address = named(new Eip(network, `address-${zone}`, { domain: 'vpc', tags, dependsOn }), `nat-${zone}`);
      const subnetId = network.subnet('public', zone);
      const gateway = new NatGateway(network, `nat-${zone}`, { allocationId: address.id, subnetId, tags, dependsOn });
      return [zone, named(gateway, `nat-${zone}`).id] as const;
    }),
  );

  const privateTables = zones.map((zone) => {
    const routeTableId = table(`private-${zone}`);
    const natGatewayId = gateways.get(zone) ?? gateways.get(zones[0]!)!;
    named(new Route(network, `route-private-${zone}`, { routeTableId, destinationCidrBlock: everywhere, natGatewayId }), `private-${zone}`);
    associate('public', zone, publicTable);
    associate('private', zone, routeTableId);
    associate('data', zone, dataTable);
    return routeTableId;
  });
  return privateTables;
}
