import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dns } from '../kinds/dns/construct';
import { Instances } from '../kinds/instances/construct';
import { LoadBalancer } from '../kinds/load-balancer/construct';
import { Network } from '../terraform/network';
import type { Topology } from '../topology/topology';
import { estimate } from './estimate-stack';
import { Flows } from './flows';
import { TopologyStack } from './topology-stack';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
const region = { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' };
const web = { image: 'resolve:ssm:/my/image', type: 't4g.small', port: 8080, count: 3, needs: 2 };

/** A shop as a user's own stack, made by hand in the order of its dependencies. */
class Shop extends TerraformStack {
  constructor(app: App, id: string, more: { readonly port?: number; readonly requires?: readonly string[] } = {}) {
    super(app, id);
    new AwsProvider(this, 'aws', { region: region.region });
    const network = new Network(this, 'network', region);
    const instances = new Instances(this, 'web', { network, ...web, ...more });
    const front = new LoadBalancer(this, 'front', { network, certificate, dependsOn: [instances] });
    new Dns(this, 'edge', { network, domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ', dependsOn: [front] });
    new Flows(this, 'flows', { visit: { requires: more.requires ?? ['edge'], target: { availability: '99.9%' } } });
  }
}

const spec = (name: string) =>
  ({
    version: 1,
    name,
    regions: { [region.region]: { cidr: region.cidr, zones: region.zones } },
    components: {
      edge: { domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ', kind: 'dns', dependsOn: ['front'] },
      front: { kind: 'load-balancer', certificate, dependsOn: [{ on: 'web' }] },
      web: { kind: 'instances', ...web },
    },
    flows: { visit: { requires: ['edge'], target: { availability: '99.9%' } } },
  }) as const;

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'nines-flows-'));
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

const written = (stack: string, file: string) => readFileSync(join(outdir, 'stacks', stack, file), 'utf8');

test('a spec and the same system made in TypeScript give the same topology.json and the same resources', () => {
  const byHand = new App({ outdir });
  new Shop(byHand, 'shop');
  byHand.synth();
  const [topology, terraform] = [written('shop', 'topology.json'), written('shop', 'cdk.tf.json')];
  const bySpec = new App({ outdir });
  new TopologyStack(bySpec, 'shop', spec('shop'));
  bySpec.synth();
  expect(written('shop', 'topology.json')).toBe(topology);
  const resources = (text: string) => (JSON.parse(text) as { resource: object }).resource;
  expect(resources(written('shop', 'cdk.tf.json'))).toEqual(resources(terraform));
});

test('what is wrong in the second of two stacks keeps the first from being written', () => {
  const app = new App({ outdir });
  new Shop(app, 'good');
  new Shop(app, 'bad', { requires: ['edg'] });
  expect(() => app.synth()).toThrow(/bad: .*edg/);
  expect(existsSync(join(outdir, 'stacks', 'good'))).toBe(false);
  expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
});

test('a spec with mistakes makes no stack', () => {
  const app = new App({ outdir });
  const wrong = { ...spec('shop'), components: { ...spec('shop').components, web: { kind: 'instances', ...web, needs: 9 } } };
  expect(() => new TopologyStack(app, 'shop', wrong)).toThrow('instances/needs-above-count');
});

test('the state is kept beside the output folder, by a path that holds everywhere', () => {
  const app = new App({ outdir });
  new TopologyStack(app, 'shop', spec('shop'));
  app.synth();
  const { terraform } = JSON.parse(written('shop', 'cdk.tf.json')) as { terraform: { backend: unknown } };
  expect(terraform.backend).toEqual({ local: { path: '../../../terraform.shop.tfstate' } });
});

test('a bucket as backend has a lock file, and the provider is told account, role and tags', () => {
  const app = new App({ outdir });
  new TopologyStack(app, 'shop', {
    ...spec('shop'),
    account: '123456789012',
    assumeRole: 'arn:aws:iam::123456789012:role/deploy',
    tags: { team: 'shop' },
    provider: { max_retries: 9 },
    backend: { s3: { bucket: 'states' } },
  });
  app.synth();
  const { terraform, provider, resource } = JSON.parse(written('shop', 'cdk.tf.json')) as {
    terraform: { backend: unknown };
    provider: { aws: unknown[] };
    resource: { aws_autoscaling_group: { web_group: { tag: { key: string; value: string }[] } } };
  };
  expect(terraform.backend).toEqual({
    s3: { bucket: 'states', key: 'shop/terraform.tfstate', region: 'us-east-1', encrypt: true, use_lockfile: true },
  });
  expect(provider.aws[0]).toMatchObject({
    allowed_account_ids: ['123456789012'],
    assume_role: [{ role_arn: 'arn:aws:iam::123456789012:role/deploy' }],
    default_tags: [{ tags: { topology: 'shop', team: 'shop' } }],
    max_retries: 9,
  });
  const tags = resource.aws_autoscaling_group.web_group.tag.map(({ key, value }) => [key, value]);
  expect(Object.fromEntries(tags)).toEqual({ Name: 'shop-web', topology: 'shop', team: 'shop' });
});

test('flows read the topology back as it will be written', () => {
  const app = new App({ outdir });
  const { flows } = new TopologyStack(app, 'shop', spec('shop'));
  const topology: Topology = flows.topology();
  expect(topology.components.map(({ name }) => name)).toEqual(['web', 'front', 'edge']);
});

const asking = (name: string, availability: string, enforce: boolean) => ({
  ...spec(name),
  flows: { visit: { requires: ['edge'], target: { availability, enforce } } },
});

test('below an enforced target synthesis fails with the reason, and no stack of the app is written', () => {
  const app = new App({ outdir });
  new TopologyStack(app, 'good', spec('good'));
  new TopologyStack(app, 'shop', asking('shop', '99.9999%', true));
  expect(() => app.synth()).toThrow(
    /shop: An enforced target is missed.*visit is 99\.9\d* % available.*99\.9999 % is wanted.*Most of it comes from/s,
  );
  expect(existsSync(join(outdir, 'stacks', 'good'))).toBe(false);
});

test('a target that is not enforced is missed with an annotation, and the estimate is an output of the stack', () => {
  const app = new App({ outdir });
  new TopologyStack(app, 'shop', asking('shop', '99.9999%', false));
  app.synth();
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { annotations: readonly { level: string; message: string }[] }>;
  };
  expect(manifest.stacks.shop!.annotations.map(({ level }) => level)).toEqual(['@cdktf/warn']);
  expect(manifest.stacks.shop!.annotations[0]!.message).toContain('99.9999 % is wanted');
  const { output } = JSON.parse(written('shop', 'cdk.tf.json')) as { output: { estimate: { value: Record<string, string> } } };
  expect(output.estimate.value.visit).toMatch(/^99\.9\d+ % available, down for .* a year; target 99\.9999 % missed$/);
});

test('a stack is estimated as its topology is', () => {
  const app = new App({ outdir });
  const stack = new Shop(app, 'shop');
  const [visit] = estimate(stack, { samples: 16 }).results;
  expect(visit!.flow.name).toBe('visit');
  expect(visit!.unavailability).toBeGreaterThan(1e-6);
  expect(visit!.unavailability).toBeLessThan(1e-3);
  const empty = new TerraformStack(app, 'empty');
  expect(() => estimate(empty)).toThrow('the stack empty needs one Flows');
});
