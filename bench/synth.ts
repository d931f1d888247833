import { App, TerraformResource, TerraformStack } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolve } from '../lib/resolve/resolve';
import { synthesize } from '../lib/stack/synthesize';
import type { Topology } from '../lib/topology/topology';
import { median, type Benchmark } from './table';

/** A topology of many queues behind one service: about eight resources each. */
function queues(count: number): Topology {
  const names = Array.from({ length: count }, (_, i) => `queue-${i}`);
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'many',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'], cidr: '10.0.0.0/16' } },
    components: Object.fromEntries(names.map((name) => [name, { kind: 'queue' }])),
    flows: { send: { requires: names } },
  });
  if (!topology) throw new Error(JSON.stringify(diagnostics[0]));
  return topology;
}

type Resources = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

/** The same resources by cdktf's own class, without anything of ours. */
function bare(resources: Resources, outdir: string): void {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'many');
  for (const [type, byName] of Object.entries(resources)) {
    for (const [name, { '//': _, ...args }] of Object.entries(byName)) {
      const resource = new TerraformResource(stack, `${type}-${name}`, { terraformResourceType: type });
      for (const [argument, value] of Object.entries(args)) resource.addOverride(argument, value);
    }
  }
  app.synth();
}

function timed(work: (outdir: string) => void): number {
  const times = Array.from({ length: 4 }, () => {
    const outdir = mkdtempSync(join(tmpdir(), 'nines-bench-'));
    const start = performance.now();
    work(outdir);
    const time = performance.now() - start;
    rmSync(outdir, { recursive: true });
    return time;
  });
  return median(times.slice(1));
}

/** How long synthesis takes, beside cdktf with the same resources. */
export const benchmark: Benchmark = {
  name: 'synth',
  run: () => {
    const rows = [4, 115, 620].map((count) => {
      const topology = queues(count);
      const outdir = mkdtempSync(join(tmpdir(), 'nines-bench-'));
      synthesize([topology], outdir);
      const { resource } = JSON.parse(readFileSync(join(outdir, 'stacks/many/cdk.tf.json'), 'utf8')) as { resource: Resources };
      rmSync(outdir, { recursive: true });
      const resources = Object.values(resource).reduce((sum, byName) => sum + Object.keys(byName).length, 0);
      const ours = timed((folder) => void synthesize([topology], folder));
      const theirs = timed((folder) => bare(resource, folder));
      return [resources, ours, theirs, ours / theirs, ours / resources];
    });
    return [
      {
        title: 'Synthesis in one process, medians of three runs after a first one',
        columns: ['resources', 'nines ms', 'bare cdktf ms', 'ratio', 'ms per resource'],
        rows,
        note: 'Ours makes typed constructs, judges the targets, and writes topology.json; cdktf gets the finished arguments.',
      },
    ];
  },
};
