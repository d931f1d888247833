import { Testing, TerraformStack } from 'cdktf';
import { madeBefore } from '../../test/terraform/made-before';
import type { StackJson } from '../../test/terraform/stack-json';
import { Network, type NetworkProps } from './network';

const right: NetworkProps = { region: 'eu-central-1', zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16' };
const made = (more: object) => new Network(new TerraformStack(Testing.app(), 'shop'), 'network', { ...right, ...more });

test('a network of two zones is one of the region, called after its stack', () => {
  expect(made({})).toMatchObject({ topology: 'shop', prefix: 'shop-', region: { name: 'eu-central-1', nat: 'per-zone' } });
});

test.each<[object, string]>([
  [{ nat: 'none' }, 'nat is per-zone or shared, got "none"'],
  [{ zones: ['eu-central-1a', 'eu-central-1a'] }, 'the zone "eu-central-1a" is named twice'],
  [{ zones: ['us-east-1a'] }, 'the zones of eu-central-1 are named like eu-central-1a'],
  [{ zones: [] }, 'the zones of eu-central-1 are named like eu-central-1a'],
  [{ cidr: 'everywhere' }, 'got "everywhere"'],
])('a network of %j is a wrong call', (more, message) => {
  expect(() => made(more)).toThrow(message);
});

test.each(['per-zone', 'shared'] as const)('no NAT gateway (%s) and no address is made before the internet gateway', (nat) => {
  const stack = new TerraformStack(Testing.app(), 'shop');
  new Network(stack, 'network', { ...right, nat });
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as StackJson;
  for (const type of ['aws_nat_gateway', 'aws_eip']) {
    const names = Object.keys(json.resource![type]!);
    expect(names).toHaveLength(nat === 'shared' ? 1 : 2);
    for (const name of names) expect(madeBefore(json, `${type}.${name}`)).toContain('aws_internet_gateway.internet');
  }
});
