import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromSynthesized, type Resources } from '../../lib/resources/resources';
import type { Plain } from '../../lib/topology/plain';
import type { Topology } from '../../lib/topology/topology';
import { awsAt, createHostedZone, requestCertificate } from '../deploy/aws';
import { withoutLacking } from '../deploy/leave-out';
import { topologyOf } from '../specs';
import { stackOf } from '../synthesized';
import { terraformEnvironment } from '../terraform/run';
import { withoutBackend, type StackJson } from '../terraform/stack-json';

export const region = 'eu-central-1';

/** One of everything that a comparison asks AWS for. */
function settings(certificate: string, hostedZone: string): Plain {
  const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  const healthCheck = { path: '/ready', interval: '10s', timeout: '4s', unhealthy: 2 };
  return {
    version: 1,
    name: 'shop',
    regions: { [region]: { zones, cidr: '10.0.0.0/16' } },
    components: {
      edge: {
        kind: 'dns',
        domain: 'shop.example.com',
        hostedZone,
        healthCheck: { path: '/ready', interval: '10s', unhealthy: 2 },
        routing: 'failover',
        dependsOn: ['front'],
      },
      front: { kind: 'load-balancer', certificate, healthCheck, dependsOn: ['web'] },
      web: {
        kind: 'instances',
        image: 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
        type: 't4g.small',
        port: 8080,
        count: 6,
        needs: 3,
        dependsOn: ['db', 'ledger', 'sessions', 'jobs'],
      },
      db: { kind: 'database', engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' },
      ledger: { kind: 'database', engine: 'postgres', form: 'aurora', readers: 2, class: 'db.r7g.large' },
      sessions: { kind: 'cache', form: 'replication-group', replicas: 2, class: 'cache.r7g.large' },
      jobs: { kind: 'queue' },
    },
    flows: { visit: { requires: ['edge'] } },
  };
}

/** A topology that Terraform has made in the emulator. */
export interface Deployed {
  readonly topology: Topology;
  readonly expected: Resources;
}

/** Makes the topology by `terraform apply`. */
export async function deploy(url: string): Promise<Deployed> {
  const aws = awsAt(url, region);
  const [certificate, zone] = await Promise.all([requestCertificate(aws, 'shop.example.com'), createHostedZone(aws, 'example.com')]);
  const topology = topologyOf(settings(certificate, zone));
  const { json } = stackOf(topology);
  const folder = mkdtempSync(join(tmpdir(), 'nines-live-'));
  try {
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(emulated(json)));
    await terraform(folder, url, 'init', '-no-color');
    await terraform(folder, url, 'apply', '-no-color', '-auto-approve', '-parallelism=40', '-lock=false');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { topology, expected: fromSynthesized(json as Parameters<typeof fromSynthesized>[0]) };
}

/** What the provider must be told to be content with an emulator, and without what the emulator cannot make. */
function emulated(json: StackJson): StackJson {
  const emulator = { skip_credentials_validation: true, skip_metadata_api_check: 'true', s3_use_path_style: true, max_retries: 10 };
  const provider = { aws: (json.provider?.aws ?? []).map((given) => ({ ...given, ...emulator })) };
  return { ...(withoutLacking(withoutBackend(json) as never) as StackJson), provider };
}

/** Runs Terraform to its end, side by side with the emulator; throws what it says when it fails. */
function terraform(cwd: string, url: string, ...args: readonly string[]): Promise<void> {
  const { AWS_CA_BUNDLE: _bundle, AWS_PROFILE: _profile, ...inherited } = terraformEnvironment();
  const env = { ...inherited, AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  return new Promise((done, fail) => {
    const child = spawn('terraform', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('error', fail);
    child.on('close', (status) => (status === 0 ? done() : fail(new Error(`terraform ${args.join(' ')} failed:\n${said.slice(-6000)}`))));
  });
}
