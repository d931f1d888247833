import { tmpdir } from 'node:os';
import { App, TerraformStack } from 'cdktf';
import { fromSynthesized } from '../../resources/resources';
import { Network } from '../../terraform/network';
import { Instances } from '../instances/construct';
import { External } from './construct';
import { readBack } from './read-back';

test('it leaves no resources but the way to it: out of those who depend on it, on its port', () => {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region: 'eu-central-1', zones: ['eu-central-1a'], cidr: '10.0.0.0/16' });
  const before = Object.keys(stack.toTerraform().resource);
  const bank = new External(stack, 'bank', {
    network,
    availability: '99.9%',
    meanOutage: '30m',
    source: 'Contract, 2026-03-01',
    port: 8443,
  });
  expect(Object.keys(stack.toTerraform().resource)).toEqual(before);

  const web = new Instances(stack, 'web', { network, image: 'resolve:ssm:/shop/image', type: 'm7g.large', needs: 1, dependsOn: [bank] });
  const { resource } = stack.toTerraform();
  expect(web.dependencies.map(({ on }) => on)).toEqual([bank]);
  expect(Object.values(resource.aws_vpc_security_group_egress_rule)).toEqual([
    expect.objectContaining({
      from_port: 8443,
      to_port: 8443,
      cidr_ipv4: '0.0.0.0/0',
      security_group_id: '${aws_security_group.web_security-group.id}',
    }),
  ]);
  expect(readBack(fromSynthesized({ resource }), 'shop-')).toEqual([]);
});
