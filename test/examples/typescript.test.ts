import { App } from 'cdktf';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orders } from '../../examples/typescript/main';
import { loadSpec } from '../../lib/spec/load';
import { synthesize } from '../../lib/stack/synthesize';

const outdir = (name: string) => mkdtempSync(join(tmpdir(), `nines-${name}-`));

test('the order system written in TypeScript is the one of the spec, byte for byte', () => {
  const file = 'topologies/orders.yaml';
  const { topology } = loadSpec(readFileSync(file), file);
  const fromSpec = outdir('spec');
  synthesize([topology!], fromSpec);
  const fromCode = outdir('code');
  const app = new App({ outdir: fromCode });
  orders(app);
  app.synth();
  const written = (folder: string) => readFileSync(join(folder, 'stacks/orders/topology.json'), 'utf8');
  expect(written(fromCode)).toBe(written(fromSpec));
  const resources = (folder: string) =>
    (JSON.parse(readFileSync(join(folder, 'stacks/orders/cdk.tf.json'), 'utf8')) as { resource: unknown }).resource;
  expect(resources(fromCode)).toEqual(resources(fromSpec));
});
