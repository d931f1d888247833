import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { driftDocument } from '../lib/document/drift';
import { drift } from '../lib/drift/drift';
import { driftText } from '../lib/report/drift-text';
import { fromSynthesized, Resources } from '../lib/resources/resources';
import type { Plain } from '../lib/topology/plain';
import { compared, fenced, output } from './page';
import { topologyOf } from './specs';
import { stackOf } from './synthesized';
import type { StackJson } from './terraform/stack-json';

const page = resolve(__dirname, '../docs/deploy.md');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-page-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The spec that `nines init` has written. */
const spec = () => join(folder, 'shop/topologies/shop.yaml');
const topology = () => topologyOf(load(readFileSync(spec(), 'utf8'), { schema: CORE_SCHEMA }) as Plain);

/** What `nines drift --live` prints where the answers of AWS are the topology with its group scaled down. */
function scaledDown(): string {
  const reviewed = topology();
  const expected = fromSynthesized(stackOf(reviewed).json as Parameters<typeof fromSynthesized>[0]);
  const found = new Resources(
    expected.all.map((resource) =>
      resource.type === 'aws_autoscaling_group'
        ? { ...resource, arguments: { ...resource.arguments, min_size: 4, desired_capacity: 4 } }
        : resource,
    ),
  );
  const document = driftDocument({
    tool: { nines: '0', assumptions: '' },
    drift: drift(reviewed, expected, found),
    source: { path: 'topologies/shop.yaml', sha256: '' },
    with: { form: 'live', path: reviewed.regions[0]!.name },
  });
  return `$ npx nines drift topologies/shop.yaml --live\n${driftText(document)}(exit code 1)\n`;
}

test('what the page on deploying shows is what the commands print', async () => {
  const console = (text: string) => fenced(text.replaceAll(`${folder}/`, ''), 'console');
  const inShop = (...args: string[]) => output(args, join(folder, 'shop'));
  const init = await output(['init', 'shop', '--region', 'eu-central-1', '--account', '123456789012'], folder);
  const synth = await inShop('synth', 'topologies/shop.yaml');
  const { expected, there } = await compared(page, {
    'output:init': async () => console(init),
    'output:check': async () => console(await inShop('check', 'topologies/shop.yaml')),
    'output:synth': async () => console(synth),
    'output:live': async () => console(scaledDown()),
    'output:refused': async () => {
      writeFileSync(spec(), readFileSync(spec(), 'utf8').replace('engine: postgres', 'engine: mysql'));
      return console(await inShop('synth', 'topologies/shop.yaml'));
    },
  });
  expect(there).toBe(expected);
});

test('the numbers that Terraform printed are those of the first spec, and as many changes are tried as it says', async () => {
  await output(['init', 'shop', '--region', 'eu-central-1', '--account', '123456789012'], folder);
  const { json } = stackOf(topology());
  const { output: outputs, resource = {} } = json as StackJson & { readonly output: { estimate: { value: Record<string, string> } } };
  const resources = Object.values(resource).flatMap((byName) => Object.keys(byName)).length;
  const text = readFileSync(page, 'utf8');
  expect(text).toContain(`Plan: ${resources} to add, 0 to change, 0 to destroy.`);
  expect(text).toContain(`Apply complete! Resources: ${resources} added`);
  expect(text.split(`"${outputs.estimate.value.visit!}"`)).toHaveLength(3);
  const changes = readFileSync(resolve(__dirname, 'live/changes.ts'), 'utf8').match(/^ {4}what: /gm) ?? [];
  expect(text).toContain(`${changes.length} changes by hand`);
});
