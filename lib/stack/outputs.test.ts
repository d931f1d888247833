import { App } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plain } from '../topology/plain';
import { TopologyStack } from './topology-stack';

let outdir: string;
beforeEach(() => (outdir = mkdtempSync(join(tmpdir(), 'nines-outputs-'))));
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

function outputsOf(components: Plain): Plain {
  const app = new App({ outdir });
  new TopologyStack(app, 'shop', {
    version: 1,
    name: 'shop',
    regions: { 'us-east-1': { cidr: '10.0.0.0/16', zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] } },
    components,
  } as never);
  app.synth();
  return (JSON.parse(readFileSync(join(outdir, 'stacks/shop/cdk.tf.json'), 'utf8')) as { output?: Plain }).output ?? {};
}

test('an output tells the addresses of each component', () => {
  const { components } = outputsOf({
    web: { kind: 'instances', image: 'resolve:ssm:/my/image', type: 't4g.small', port: 8080, count: 3, dependsOn: ['jobs', 'db', 'pages'] },
    db: { kind: 'database', engine: 'mysql', form: 'multi-az-instance', class: 'db.r7g.large', storage: '100GiB', readReplicas: 1 },
    events: { kind: 'database', engine: 'postgres', form: 'aurora', class: 'db.r7g.large', readers: 1, shards: 2 },
    pages: { kind: 'cache', form: 'replication-group', class: 'cache.r7g.large', replicas: 1 },
    jobs: { kind: 'queue' },
    partner: { kind: 'external', availability: '99.9%', source: 'https://example.com/sla' },
  }) as Record<string, { value: Plain }>;
  const clusters = ['events_cluster', 'events_cluster_shard-1'].map((id) => `aws_rds_cluster.${id}`);
  expect(components!.value).toEqual({
    web: { scalingGroup: '${aws_autoscaling_group.web_group.name}' },
    db: {
      endpoints: ['${aws_db_instance.db_instance.address}'],
      readEndpoints: ['${aws_db_instance.db_replica_0.address}'],
      secrets: ['${aws_secretsmanager_secret.db_secret.arn}'],
    },
    events: {
      endpoints: clusters.map((cluster) => `\${${cluster}.endpoint}`),
      readEndpoints: clusters.map((cluster) => `\${${cluster}.reader_endpoint}`),
      secrets: clusters.map((cluster) => `\${${cluster}.master_user_secret[0].secret_arn}`),
    },
    pages: { endpoint: '${aws_elasticache_replication_group.pages_group.primary_endpoint_address}' },
    jobs: { url: '${aws_sqs_queue.jobs_queue.url}', deadLetters: '${aws_sqs_queue.jobs_dead-letters.url}' },
  });
});

test('a topology of which nothing has an address has no such output', () => {
  expect(outputsOf({ partner: { kind: 'external', availability: '99.9%', source: 'https://example.com/sla' } })).not.toHaveProperty(
    'components',
  );
});
