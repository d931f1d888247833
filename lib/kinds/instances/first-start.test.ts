import { App, TerraformStack } from 'cdktf';
import { tmpdir } from 'node:os';
import { madeBefore } from '../../../test/terraform/made-before';
import type { StackJson } from '../../../test/terraform/stack-json';
import type { ComponentConstruct } from '../../terraform/component-construct';
import { Network } from '../../terraform/network';
import { withoutStackTraces } from '../../terraform/stack-traces';
import { Cache } from '../cache/construct';
import { Database } from '../database/construct';
import { External } from '../external/construct';
import { Queue } from '../queue/construct';
import { Instances } from './construct';

const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
const machine = { image: 'resolve:ssm:/shop/image', type: 'm7g.large', needs: 4 };
const group = 'aws_autoscaling_group.web_group';

type Make = (stack: TerraformStack, network: Network) => ComponentConstruct[];

/** The stack of a group that depends on what is made here. */
function stackOf(make: Make, over = zones, own: { readonly instanceProfile?: string } = {}): StackJson {
  return withoutStackTraces(() => {
    const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
    const network = new Network(stack, 'network', { region: 'eu-central-1', zones: over, cidr: '10.0.0.0/16' });
    new Instances(stack, 'web', { network, ...machine, ...own, dependsOn: make(stack, network) });
    return JSON.parse(JSON.stringify(stack.toTerraform())) as StackJson;
  });
}

const several: Make = (stack, network) => [
  new Queue(stack, 'jobs', { network }),
  new Cache(stack, 'sessions', { network, form: 'replication-group', class: 'cache.t4g.micro' }),
  new External(stack, 'partner', { network, availability: '99.9%', source: 'their contract' }),
];

test('the first units find their way to the outside, to S3, to what they depend on, and the right to use it', () => {
  const before = madeBefore(stackOf(several), group);
  const ways = zones.flatMap((zone) => [
    `aws_route.private-${zone}`,
    `aws_route_table_association.private-${zone}`,
    `aws_route_table_association.public-${zone}`,
    `aws_nat_gateway.nat-${zone}`,
  ]);
  const rules = ['egress_rule.web_to_sessions', 'ingress_rule.web_to_sessions', 'egress_rule.web_to_internet_443'];
  expect([...before]).toEqual(
    expect.arrayContaining([
      ...ways,
      'aws_route.public',
      'aws_internet_gateway.internet',
      'aws_vpc_endpoint.s3',
      ...rules.map((rule) => `aws_vpc_security_group_${rule}`),
      'aws_iam_role_policy_attachment.web_session-manager',
      'aws_iam_role_policy.web_access_jobs',
    ]),
  );
  expect(before).not.toContain(group);
});

test('the first units find the endpoints inside the network, which let them in', () => {
  const json = stackOf((stack, network) => [
    new Database(stack, 'db', { network, engine: 'postgres', form: 'single', class: 'db.m7g.large' }),
  ]);
  expect([...madeBefore(json, group)]).toEqual(
    expect.arrayContaining([
      'aws_vpc_endpoint.endpoint-secretsmanager',
      'aws_vpc_security_group_egress_rule.web_to_endpoint_secretsmanager',
      'aws_vpc_security_group_ingress_rule.web_to_endpoint_secretsmanager',
      'aws_iam_role_policy.web_access_db',
    ]),
  );
});

test('units wait for no cache, for nothing that is of the user, and for nothing of their neighbours', () => {
  const waitsFor = (json: StackJson) => json.resource!.aws_autoscaling_group!.web_group!.depends_on as string[];
  const all = waitsFor(stackOf(several));
  expect([...madeBefore(stackOf(several), group)].filter((address) => /^aws_elasticache|other/.test(address))).toEqual([]);
  const withOther: Make = (stack, network) => {
    new Instances(stack, 'other', { network, ...machine });
    return several(stack, network);
  };
  expect(waitsFor(stackOf(withOther))).toEqual(all);
  expect(waitsFor(stackOf(several, zones.slice(0, 2)))).toEqual(all.filter((address) => !address.endsWith(zones[2]!)));
  expect(waitsFor(stackOf(several, zones, { instanceProfile: 'ours' }))).toEqual(all.filter((address) => !address.startsWith('aws_iam')));
});
