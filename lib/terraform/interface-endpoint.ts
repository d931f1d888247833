import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import { Construct } from 'constructs';
import { named } from './names';
import type { Network } from './network';

/** A service of AWS, reached inside the network, by those only whose groups it was told. */
export class InterfaceEndpoint extends Construct {
  readonly securityGroupId: string;
  readonly endpoint: VpcEndpoint;

  constructor(network: Network, id: string, service: string) {
    super(network, id);
    const tags = { Name: network.physicalName(id) };
    const group = named(
      new SecurityGroup(this, 'group', {
        name: network.physicalName(id),
        description: `Endpoint of ${service}`,
        vpcId: network.vpcId,
        tags,
      }),
      id,
    );
    this.securityGroupId = group.id;
    this.endpoint = named(
      new VpcEndpoint(this, 'endpoint', {
        vpcId: network.vpcId,
        serviceName: `com.amazonaws.${network.region.name}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: network.subnetIds('private'),
        securityGroupIds: [group.id],
        tags,
      }),
      id,
    );
  }
}
