import { App, TerraformStack } from 'cdktf';
import { tmpdir } from 'node:os';
import { Network } from '../../terraform/network';
import { Instances } from '../instances/construct';
import { LoadBalancer } from '../load-balancer/construct';
import { Dns, type DnsProps } from './construct';

type Json = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const region = 'eu-central-1';
const domain = { domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };

function recordOf(props: Omit<DnsProps, 'network' | 'dependsOn' | 'domain' | 'hostedZone'>) {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region, zones: [`${region}a`, `${region}b`], cidr: '10.0.0.0/16' });
  const web = new Instances(stack, 'web', { network, image: 'ami-0123456789abcdef0', type: 'm7i.large', port: 8080, count: 2, needs: 1 });
  const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
  const front = new LoadBalancer(stack, 'front', { network, certificate, port: 8443, dependsOn: [web] });
  new Dns(stack, 'edge', { network, dependsOn: [front], ...domain, ...props });
  const { resource } = JSON.parse(JSON.stringify(stack.toTerraform())) as { resource: Json };
  return { record: resource.aws_route53_record!.edge_record!, check: resource.aws_route53_health_check?.['edge_health-check'] };
}

test('an alias follows the balancer and its health', () => {
  const { record, check } = recordOf({});
  expect(record).toMatchObject({
    name: 'shop.example.com',
    type: 'A',
    alias: { name: '${aws_lb.front_balancer.dns_name}', zone_id: '${aws_lb.front_balancer.zone_id}', evaluate_target_health: true },
  });
  expect(record).not.toHaveProperty('set_identifier');
  expect(check).toBeUndefined();
});

test('a cname has a TTL of its own', () => {
  expect(recordOf({ record: 'cname', ttl: '30s' }).record).toMatchObject({
    type: 'CNAME',
    ttl: 30,
    records: ['${aws_lb.front_balancer.dns_name}'],
  });
});

test('each routing tells the regions of a topology apart', () => {
  expect(recordOf({ routing: 'failover', role: 'secondary' }).record).toMatchObject({
    set_identifier: region,
    failover_routing_policy: { type: 'SECONDARY' },
  });
  expect(recordOf({ routing: 'weighted', weight: 7 }).record).toMatchObject({
    set_identifier: region,
    weighted_routing_policy: { weight: 7 },
  });
  expect(recordOf({ routing: 'latency' }).record).toMatchObject({ set_identifier: region, latency_routing_policy: { region } });
});

test('a check from outside asks the balancer where it listens', () => {
  const { record, check } = recordOf({ healthCheck: { path: '/ready', interval: '10s', unhealthy: 2 } });
  expect(check).toMatchObject({ type: 'HTTPS', port: 8443, resource_path: '/ready', request_interval: 10, failure_threshold: 2 });
  expect(record).toMatchObject({ health_check_id: '${aws_route53_health_check.edge_health-check.id}' });
});

test('a name that leads nowhere is refused', () => {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region, zones: [`${region}a`], cidr: '10.0.0.0/16' });
  expect(() => new Dns(stack, 'edge', { network, ...domain })).toThrow('leads nowhere');
});
