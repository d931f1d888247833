import { App, TerraformStack } from 'cdktf';
import { tmpdir } from 'node:os';
import { madeBefore } from '../../../test/terraform/made-before';
import { Network } from '../../terraform/network';
import { Instances } from '../instances/construct';
import { LoadBalancer, type LoadBalancerProps } from './construct';
import { kind } from './kind';

type Arguments = Readonly<Record<string, unknown>>;
type Json = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
const machines = { image: 'ami-0123456789abcdef0', type: 'm7i.large', port: 8080, count: 2, needs: 1 } as const;

interface Scaling {
  readonly scaleOn?: 'requests';
  readonly load?: string;
  readonly capacity?: string;
  readonly needs?: number;
}

/** The resources of a balancer before instances. */
function resourcesOf(props: Omit<LoadBalancerProps, 'network' | 'dependsOn'>, region = 'eu-central-1', more: Scaling = {}) {
  return stackOf((stack, network, web) => new LoadBalancer(stack, 'front', { network, dependsOn: [web], ...props }), region, more);
}

/** The resources of what stands before instances. */
function stackOf(
  make: (stack: TerraformStack, network: Network, web: Instances) => void,
  region = 'eu-central-1',
  more: Scaling = {},
  account?: string,
) {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', {
    region,
    zones: [`${region}a`, `${region}b`],
    cidr: '10.0.0.0/16',
    ...(account ? { account } : {}),
  });
  make(stack, network, new Instances(stack, 'web', { network, ...machines, ...more }));
  const { resource, data } = JSON.parse(JSON.stringify(stack.toTerraform())) as { resource: Json; data?: Json };
  const only = (type: string) => Object.values(resource[type]!)[0]!;
  return { resource, data, only };
}

test('an application balancer stands in public, redirects to TLS, and only its own ports are open', () => {
  const { resource, only } = resourcesOf({ certificate });
  expect(only('aws_lb')).toMatchObject({
    name: 'shop-front',
    load_balancer_type: 'application',
    internal: false,
    subnets: ['${aws_subnet.public-eu-central-1a.id}', '${aws_subnet.public-eu-central-1b.id}'],
    enable_deletion_protection: true,
    drop_invalid_header_fields: true,
  });
  expect(Object.keys(resource.aws_lb_listener!).sort()).toEqual(['front_listener', 'front_redirect']);
  const open = Object.values(resource.aws_vpc_security_group_ingress_rule!).filter(({ cidr_ipv4: everybody }) => everybody !== undefined);
  expect(open.map(({ from_port: from, to_port: to }) => [from, to])).toEqual([
    [80, 80],
    [443, 443],
  ]);
});

test('an internal balancer stands in private and is open to nobody but its dependents', () => {
  const { resource, only } = resourcesOf({ certificate, scheme: 'internal' });
  expect(only('aws_lb')).toMatchObject({
    internal: true,
    subnets: [expect.stringContaining('private'), expect.stringContaining('private')],
  });
  expect(Object.keys(resource.aws_lb_listener!)).toEqual(['front_listener']);
  expect(Object.keys(resource.aws_vpc_security_group_ingress_rule!)).toEqual(['front_to_web']);
});

test('only a balancer that everybody may call waits for the internet gateway', () => {
  const before = (props: Omit<LoadBalancerProps, 'network' | 'dependsOn'>) =>
    madeBefore(resourcesOf({ certificate, ...props }), 'aws_lb.front_balancer');
  for (const logs of [{}, { withoutAccessLogs: 'nobody asks' }]) {
    expect(before(logs)).toContain('aws_internet_gateway.internet');
    expect(before({ ...logs, scheme: 'internal' })).not.toContain('aws_internet_gateway.internet');
  }
  expect(before({})).toContain('aws_s3_bucket_policy.access-logs');
});

test('each algorithm and stickiness reaches the target group', () => {
  const group = (props: Omit<LoadBalancerProps, 'network' | 'dependsOn'>) =>
    resourcesOf({ certificate, ...props }).only('aws_lb_target_group');
  expect(group({ algorithm: 'round-robin' })).toMatchObject({ load_balancing_algorithm_type: 'round_robin' });
  expect(group({ algorithm: 'least-outstanding' })).toMatchObject({ load_balancing_algorithm_type: 'least_outstanding_requests' });
  expect(group({ algorithm: 'weighted-random' })).toMatchObject({
    load_balancing_algorithm_type: 'weighted_random',
    load_balancing_anomaly_mitigation: 'on',
  });
  expect(group({ stickiness: 'cookie', stickyFor: '10m' })).toMatchObject({
    stickiness: { enabled: true, type: 'lb_cookie', cookie_duration: 600 },
  });
  expect(group({ crossZone: false })).toMatchObject({ load_balancing_cross_zone_enabled: 'false' });
});

test('a network balancer ends TLS or passes it through', () => {
  const tls = resourcesOf({ type: 'network', certificate, crossZone: false });
  expect(tls.only('aws_lb_listener')).toMatchObject({ protocol: 'TLS', certificate_arn: certificate });
  expect(tls.only('aws_lb')).toMatchObject({ load_balancer_type: 'network', enable_cross_zone_load_balancing: false });
  expect(tls.only('aws_lb_target_group')).not.toHaveProperty('load_balancing_algorithm_type');
  const tcp = resourcesOf({ type: 'network', protocol: 'tcp', stickiness: 'source-ip', healthCheck: { path: '/ready' } });
  expect(tcp.only('aws_lb_listener')).toMatchObject({ protocol: 'TCP' });
  expect(tcp.only('aws_lb_listener')).not.toHaveProperty('certificate_arn');
  expect(tcp.only('aws_lb_target_group')).toMatchObject({
    stickiness: { enabled: true, type: 'source_ip' },
    health_check: { protocol: 'HTTP', path: '/ready' },
  });
});

test('who writes access logs hangs on the age of the region', () => {
  const writers = (region: string) => {
    const { only, data } = resourcesOf({ certificate: certificate.replace('eu-central-1', region) }, region);
    return { policy: String(only('aws_s3_bucket_policy').policy), asked: Object.keys(data ?? {}) };
  };
  expect(writers('eu-central-1')).toEqual({
    policy: expect.stringContaining('data.aws_elb_service_account'),
    asked: ['aws_elb_service_account'],
  });
  expect(writers('eu-south-2')).toEqual({ policy: expect.stringContaining('logdelivery.elasticloadbalancing.amazonaws.com'), asked: [] });
});

test('access logs are taken from the account of the topology alone, where it is known', () => {
  type Statement = { readonly Sid: string; readonly Resource: unknown; readonly Condition?: unknown };
  const policy = (account?: string) => {
    const { only } = stackOf(
      (stack, network, web) => new LoadBalancer(stack, 'front', { network, certificate, dependsOn: [web] }),
      'eu-central-1',
      {},
      account,
    );
    const { Statement } = JSON.parse(String(only('aws_s3_bucket_policy').policy)) as { readonly Statement: readonly Statement[] };
    return Statement.filter(({ Sid }) => Sid !== 'OnlyEncrypted').map(({ Resource, Condition }) => [Resource, Condition]);
  };
  const bucket = '${aws_s3_bucket.access-logs.arn}';
  const owned = { 's3:x-amz-acl': 'bucket-owner-full-control' };
  expect(policy()).toEqual([
    [`${bucket}/*`, undefined],
    [`${bucket}/*`, { StringEquals: owned }],
    [bucket, undefined],
  ]);
  const ours = { 'aws:SourceAccount': '123456789012' };
  expect(policy('123456789012')).toEqual([
    [`${bucket}/*/AWSLogs/123456789012/*`, undefined],
    [`${bucket}/*/AWSLogs/123456789012/*`, { StringEquals: { ...owned, ...ours } }],
    [bucket, { StringEquals: ours }],
  ]);
});

test('scaling on requests waits until the listener leads to the target group', () => {
  const { only } = resourcesOf({ certificate }, 'eu-central-1', { scaleOn: 'requests', load: '10/s', capacity: '10/s' });
  expect(only('aws_autoscaling_policy')).toMatchObject({ depends_on: ['aws_lb_listener.front_listener'] });
});

test('every resource of a component has a role that the kind knows', () => {
  const { resource } = resourcesOf({ certificate });
  const ids = Object.values(resource)
    .flatMap((byName) => Object.keys(byName))
    .filter((id) => id.startsWith('front_') && !id.startsWith('front_to_'));
  expect(ids.length).toBeGreaterThan(6);
  expect(ids.filter((id) => !Object.hasOwn(kind.owns, id.split('_')[1]!))).toEqual([]);
});

test.each<[readonly object[], boolean | undefined]>([
  [[{ deletable: 'made for a day' }], true],
  [[{}], undefined],
  [[{ deletable: 'made for a day' }, {}], undefined],
  [[{}, { deletable: 'made for a day' }], undefined],
  [[{ deletable: 'made for a day' }, { deletable: 'so is this' }], true],
  [[{ deletable: 'made for a day' }, { withoutAccessLogs: 'nobody asks' }], true],
])('the bucket of access logs of %j is emptied when it is destroyed: %s', (balancers, emptied) => {
  const { resource } = stackOf((stack, network, web) =>
    balancers.forEach((props, i) => new LoadBalancer(stack, `lb-${i}`, { network, certificate, dependsOn: [web], ...props })),
  );
  expect(resource.aws_s3_bucket!['access-logs']!.force_destroy).toBe(emptied);
});
