import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Instance } from '@cdktf/provider-aws/lib/instance';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { error } from '../diagnostics/diagnostic';
import type { Kind } from '../topology/kind';
import { ComponentConstruct, type ComponentProps } from './component-construct';
import { Network } from './network';

interface Settings {
  readonly port: number;
}

const behaviour = { units: [], causes: [], groups: [], balanced: null, notModelled: ['all'] };

const server: Kind<Settings> = {
  name: 'server',
  summary: 'a machine',
  schema: { properties: { port: { type: 'integer' } } },
  mayDependOn: ['server', 'mailbox'],
  reach: 'inside',
  assumptions: [],
  owns: { machine: ['instance_type'], 'security-group': [], 'security-group-rule': [] },
  settings: (given) => ({ port: (given.port as number | undefined) ?? 80 }),
  check: ({ port }, { dependents }) =>
    port === 22 && dependents.length > 0 ? [error('server/no', 'No', `port 22 for ${dependents.map(({ name }) => name).join()}`)] : [],
  offers: ({ port }) => ({ port, protocol: 'tcp' }),
  describe: () => behaviour,
};

const mailbox: Kind = {
  ...server,
  name: 'mailbox',
  reach: 'outside',
  schema: { properties: {} },
  settings: () => ({}),
  check: () => [],
  offers: () => ({}),
};

class Server extends ComponentConstruct<Settings> {
  constructor(scope: Construct, name: string, props: ComponentProps & { readonly port?: number }) {
    super(scope, name, server, props);
    const vpcSecurityGroupIds = [this.securityGroupId];
    this.add(new Instance(this, 'machine', { ami: 'ami-1', instanceType: 't4g.small', vpcSecurityGroupIds }), 'machine');
    this.alarm({
      name: 'broken',
      means: 'it broke',
      namespace: 'AWS/EC2',
      metric: 'StatusCheckFailed',
      dimensions: {},
      statistic: 'Maximum',
      comparison: '>',
      threshold: 0,
    });
  }
}

class Mailbox extends ComponentConstruct {
  constructor(scope: Construct, name: string, props: ComponentProps) {
    super(scope, name, mailbox, props);
    this.add(new SqsQueue(this, 'queue', { name: this.physicalName() }), 'queue');
  }

  override get access() {
    return { statements: [], endpoints: ['sqs'] };
  }
}

type Json = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The resources and the moved blocks of a stack. */
function synthesized(make: (stack: TerraformStack, network: Network) => void): { readonly resource: Json; readonly moved?: unknown } {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-construct-'));
  try {
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'shop');
    const network = new Network(stack, 'network', { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' });
    make(stack, network);
    stack.addOverride('provider.aws', [{ region: 'us-east-1' }]);
    stack.prepareStack();
    const problems = stack.node.findAll().flatMap((node) => (node instanceof ComponentConstruct ? node.node.validate() : []));
    if (problems.length > 0) throw new Error(problems.join('\n'));
    return JSON.parse(JSON.stringify(stack.toTerraform())) as { readonly resource: Json };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

test('a component may talk to what it depends on, on its port, and to nothing else', () => {
  const { resource } = synthesized((stack, network) => {
    const db = new Server(stack, 'db', { network, port: 5432 });
    new Server(stack, 'web', { network, dependsOn: [db] });
  });
  const into = resource.aws_vpc_security_group_ingress_rule!;
  const out = resource.aws_vpc_security_group_egress_rule!;
  expect(Object.keys(into)).toEqual(['web_to_db']);
  expect(Object.keys(out)).toEqual(['web_to_db']);
  expect(into.web_to_db).toMatchObject({
    from_port: 5432,
    to_port: 5432,
    security_group_id: '${aws_security_group.db_security-group.id}',
    referenced_security_group_id: '${aws_security_group.web_security-group.id}',
  });
  expect(out.web_to_db).toMatchObject({ security_group_id: '${aws_security_group.web_security-group.id}' });
});

test('what is reached by a service of AWS gets an endpoint inside, for those who need it', () => {
  const { resource } = synthesized((stack, network) => {
    const box = new Mailbox(stack, 'box', { network });
    new Server(stack, 'a', { network, dependsOn: [box] });
    new Server(stack, 'b', { network, dependsOn: [box] });
    new Server(stack, 'c', { network });
  });
  expect(Object.keys(resource.aws_vpc_endpoint!).sort()).toEqual(['endpoint-sqs', 's3']);
  expect(Object.keys(resource.aws_vpc_security_group_ingress_rule!).sort()).toEqual(['a_to_endpoint_sqs', 'b_to_endpoint_sqs']);
});

test('a rename of either side moves the resources and the rules between them', () => {
  const { moved } = synthesized((stack, network) => {
    const db = new Server(stack, 'store', { network, was: 'db' });
    new Server(stack, 'web', { network, dependsOn: [db] });
  });
  expect(moved).toEqual(
    expect.arrayContaining([
      { from: 'aws_instance.db_machine', to: 'aws_instance.store_machine' },
      { from: 'aws_security_group.db_security-group', to: 'aws_security_group.store_security-group' },
      { from: 'aws_vpc_security_group_egress_rule.web_to_db', to: 'aws_vpc_security_group_egress_rule.web_to_store' },
      { from: 'aws_cloudwatch_metric_alarm.db_alarm_broken', to: 'aws_cloudwatch_metric_alarm.store_alarm_broken' },
    ]),
  );
});

test('what was renamed is called at AWS as before, so that nothing is made anew', () => {
  const { resource } = synthesized((stack, network) => {
    new Server(stack, 'store', { network, was: 'db' });
  });
  expect(resource.aws_security_group!['store_security-group']).toMatchObject({ name: 'shop-db', description: 'shop: db' });
  expect(resource.aws_cloudwatch_metric_alarm!.store_alarm_broken).toMatchObject({ alarm_name: 'shop-db-broken' });
});

test('arguments that the kind lacks are set by role', () => {
  const { resource } = synthesized((stack, network) => {
    new Server(stack, 'web', {
      network,
      terraform: { reason: 'a licence by core', machine: { cpu_core_count: 1, root_block_device: { volume_size: 9 } } },
    });
  });
  expect(resource.aws_instance!.web_machine).toMatchObject({ cpu_core_count: 1, root_block_device: { volume_size: 9 } });
});

test('an alarm tells the one topic of the topology', () => {
  const { resource } = synthesized((stack, network) => {
    new Server(stack, 'a', { network });
    new Server(stack, 'b', { network });
  });
  expect(Object.keys(resource.aws_sns_topic!)).toEqual(['alarms']);
  expect(resource.aws_cloudwatch_metric_alarm!.a_alarm_broken).toMatchObject({ alarm_actions: ['${aws_sns_topic.alarms.arn}'] });
});

test('what the kind finds wrong, and a setting that it does not know, stops synthesis', () => {
  const wrong = (props: object) => () =>
    synthesized((stack, network) => {
      const db = new Server(stack, 'db', { network, ...props });
      new Server(stack, 'web', { network, dependsOn: [db] });
    });
  expect(wrong({ port: 22 })).toThrow('No [server/no] port 22 for web');
  expect(wrong({ prot: 80 })).toThrow('Did you mean "port"?');
  expect(wrong({ port: 80 })).not.toThrow();
});

test('names of the network hold their slots whatever zones there are', () => {
  const rangesWith = (zones: string[]) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'nines-construct-')) });
    const stack = new TerraformStack(app, 'shop');
    const made = new Network(stack, 'network', { region: 'us-east-1', zones, cidr: '10.0.0.0/16' });
    rmSync(app.outdir, { recursive: true });
    const { resource } = JSON.parse(JSON.stringify(made.node.scope && stack.toTerraform())) as { resource: Json };
    return Object.fromEntries(Object.entries(resource.aws_subnet!).map(([id, { cidr_block: range }]) => [id, range]));
  };
  const two = rangesWith(['us-east-1b', 'us-east-1c']);
  expect(rangesWith(['us-east-1a', 'us-east-1b', 'us-east-1c'])).toMatchObject(two);
});
