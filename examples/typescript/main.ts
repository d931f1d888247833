import { App, TerraformStack } from 'cdktf';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Cache, Database, Dns, External, Flows, Instances, LoadBalancer, Network, Queue } from 'nines/constructs';

const region = 'us-east-1';
const account = '123456789012';
const certificate = `arn:aws:acm:${region}:${account}:certificate/11111111-2222-3333-4444-555555555555`;
const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';
const healthCheck = { path: '/ready', interval: '10s', timeout: '4s', unhealthy: 2 };

/** The shop's order system of topologies/orders.yaml, written as constructs. It gives the same topology, byte for byte. */
export function orders(app: App): TerraformStack {
  const stack = new TerraformStack(app, 'orders');
  new AwsProvider(stack, 'aws', { region, allowedAccountIds: [account], defaultTags: [{ tags: { topology: 'orders' } }] });
  const network = new Network(stack, 'network', {
    topology: 'orders',
    region,
    zones: [`${region}a`, `${region}b`, `${region}c`],
    cidr: '10.20.0.0/16',
    nat: 'per-zone',
    account,
  });

  const shipments = new Queue(stack, 'shipments', { network, maxReceives: 5 });
  const ordersDb = new Database(stack, 'orders-db', { network, engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' });
  const inventoryDb = new Database(stack, 'inventory-db', {
    network,
    engine: 'postgres',
    form: 'aurora',
    class: 'db.r7g.large',
    readers: 2,
  });
  const paymentDb = new Database(stack, 'payment-db', { network, engine: 'postgres', form: 'multi-az-cluster', class: 'db.m6gd.large' });
  const sessions = new Cache(stack, 'sessions', { network, form: 'replication-group', class: 'cache.r7g.large', replicas: 2 });
  const paymentProvider = new External(stack, 'payment-provider', {
    network,
    availability: '99.95%',
    meanOutage: '20m',
    source: 'Contract with the provider, annex B, 2026-03-01: monthly availability; length of outages from its status page, 2024-2026',
  });

  const service = { network, image, type: 'm7g.large', port: 8080 };
  const inventory = new Instances(stack, 'inventory', { ...service, count: 6, needs: 4, dependsOn: [inventoryDb] });
  const inventoryLb = new LoadBalancer(stack, 'inventory-lb', {
    network,
    scheme: 'internal',
    certificate,
    healthCheck,
    dependsOn: [inventory],
  });
  const payment = new Instances(stack, 'payment', { ...service, count: 6, needs: 4, dependsOn: [paymentDb, paymentProvider] });
  const paymentLb = new LoadBalancer(stack, 'payment-lb', { network, scheme: 'internal', certificate, healthCheck, dependsOn: [payment] });
  const order = new Instances(stack, 'order', {
    ...service,
    count: 9,
    load: '900/s',
    capacity: '220/s',
    dependsOn: [
      ordersDb,
      shipments,
      { on: sessions, without: 'degraded' },
      { on: inventoryLb, without: 'degraded' },
      { on: paymentLb, without: 'degraded' },
    ],
  });
  const front = new LoadBalancer(stack, 'front', { network, certificate, algorithm: 'least-outstanding', healthCheck, dependsOn: [order] });
  new Dns(stack, 'edge', { network, domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ', dependsOn: [front] });
  new Instances(stack, 'logistics', { network, image, type: 'm7g.large', count: 3, needs: 2, dependsOn: [shipments, ordersDb] });

  new Flows(stack, 'flows', {
    browse: { requires: ['edge', 'inventory-lb'], target: { availability: '99.9%' } },
    checkout: {
      requires: ['edge', 'inventory-lb', 'payment-lb'],
      atomic: ['order', 'inventory', 'payment'],
      target: { availability: '99.8%' },
    },
    track: { requires: ['edge'], target: { availability: '99.9%', measure: 'requests' } },
  });
  return stack;
}
