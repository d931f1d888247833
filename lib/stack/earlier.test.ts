import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, S3Backend, TerraformStack } from 'cdktf';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../kinds/database/construct';
import { Network } from '../terraform/network';
import { Flows } from './flows';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-earlier-'));
  out = join(folder, 'cdktf.out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Options {
  readonly engine?: 'postgres' | 'mysql';
  readonly version?: string;
  readonly bucket?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly outdir?: string;
}

/** A user's own stack with a database, synthesized; the annotations that it got. */
function synth({ bucket, context = {}, engine = 'postgres', outdir = out, version }: Options = {}): string[] {
  const app = new App({ outdir, context });
  const stack = new TerraformStack(app, 'shop');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  if (bucket !== undefined) new S3Backend(stack, { bucket, key: 'shop' });
  else new LocalBackend(stack, { path: '../../../shop.tfstate' });
  const network = new Network(stack, 'network', { region: 'us-east-1', zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' });
  new Database(stack, 'store', { network, engine, form: 'single', class: 'db.r7g.large', ...(version ? { version } : {}) });
  new Flows(stack, 'flows', { buy: { requires: ['store'] } });
  app.synth();
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly annotations: readonly { readonly message: string }[] }>>;
  };
  return manifest.stacks.shop!.annotations.map(({ message }) => message);
}

const unknown = expect.stringContaining('What is deployed is not known [stack/earlier-unknown]') as unknown;

test("a user's own app refuses to make a database anew, and writes nothing", () => {
  expect(synth()).toEqual([]);
  const before = readFileSync(join(out, 'stacks/shop/cdk.tf.json'), 'utf8');
  expect(() => synth({ engine: 'mysql' })).toThrow(/shop: Data would be lost \[stack\/data-loss\] at components\.store\.engine/);
  expect(readFileSync(join(out, 'stacks/shop/cdk.tf.json'), 'utf8')).toBe(before);
});

test("a user's own app refuses another major version that nobody has agreed to", () => {
  expect(synth({ version: '16' })).toEqual([]);
  expect(() => synth({ version: '17' })).toThrow(/Another major version \[database\/unasked-upgrade\] at components\.store\.version/);
});

test('without a state beside the output this is the first deployment, and nothing is said', () => {
  expect(synth()).toEqual([]);
});

test('where there is a state and no earlier topology, it is said that nobody knows', () => {
  writeFileSync(join(folder, 'shop.tfstate'), '{}');
  expect(synth()).toEqual([unknown]);
  expect(synth()).toEqual([]);
});

test('where the state lies in a bucket and there is no earlier topology, it is said that nobody knows', () => {
  expect(synth({ bucket: 'states' })).toEqual([unknown]);
});

test('the context of an app names the output folder of what is deployed', () => {
  synth();
  const other = join(folder, 'other.out');
  expect(() => synth({ engine: 'mysql', outdir: other, context: { 'nines:baseline': out } })).toThrow('stack/data-loss');
  expect(synth({ engine: 'mysql', outdir: other })).toEqual([]);
});

test('an earlier topology that cannot be read is said, with the reason', () => {
  synth();
  writeFileSync(join(out, 'stacks/shop/topology.json'), '{"version":1');
  expect(synth({ engine: 'mysql' })).toEqual([expect.stringMatching(/topology\.json cannot be read: .*JSON/)]);
});
