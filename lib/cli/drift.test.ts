import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import schema from '../document/drift.schema.json';
import { settingsIn, topologyOf } from '../../test/specs';
import { stackOf } from '../../test/synthesized';
import { ran } from '../../test/listening-io';

const folder = mkdtempSync(join(tmpdir(), 'nines-drift-'));
const spec = join(__dirname, '../../topologies/minimal.yaml');
const resources = stackOf(topologyOf(settingsIn('topologies/minimal.yaml'))).json.resource!;

/** A state with the arguments of the synthesized Terraform: what it refers to has the id that the reference says. */
function write(name: string, change: (type: string, args: Record<string, unknown>) => Record<string, unknown> = (_, args) => args): string {
  const all = Object.entries(resources).flatMap(([type, byName]) =>
    Object.entries(byName).map(([key, { '//': _metadata, ...args }]) => ({
      address: `${type}.${key}`,
      mode: 'managed',
      type,
      name: key,
      values: { ...change(type, args), id: `\${${type}.${key}.id}`, arn: `\${${type}.${key}.arn}` },
    })),
  );
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ format_version: '1.0', values: { root_module: { resources: all } } }));
  return file;
}

const drift = (...args: string[]) => ran(folder, ['drift', ...args]);

test('what is as the model counts on is exit 0', async () => {
  const { code, err, out } = await drift(spec, '--state', write('same.json'));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^minimal: the state .* has what the model counts on\.\n$/);
});

test('what is not is exit 1, with the effect on the estimate, in a document of the published form', async () => {
  const file = write('scaled.json', (type, args) =>
    type === 'aws_autoscaling_group' ? { ...args, min_size: 2, desired_capacity: 2 } : args,
  );
  const { code, out } = await drift(spec, '--state', file, '--format', 'json');
  const document = JSON.parse(out) as { readonly differences: readonly { readonly effects: readonly { unavailability: number }[] }[] };
  expect(code).toBe(1);
  expect(new Ajv({ allowUnionTypes: true }).validate(schema, document)).toBe(true);
  expect(document.differences).toMatchObject([{ address: 'component/web', setting: 'count', counts: 3, found: 2 }]);
  expect(document.differences[0]!.effects[0]!.unavailability).toBeGreaterThan(0);
  expect((await drift(spec, '--state', file)).out).toMatch(/web: count +3 +2 +visit .* more a year/);
});

test('what cannot be compared is exit 2 and says why', async () => {
  writeFileSync(join(folder, 'raw.tfstate'), JSON.stringify({ version: 4, resources: [] }));
  writeFileSync(join(folder, 'cut.json'), '{');
  expect(await drift(spec, '--state', 'raw.tfstate')).toMatchObject({ code: 2, err: expect.stringContaining('terraform show -json') });
  expect(await drift(spec, '--plan', 'cut.json')).toMatchObject({ code: 2, err: expect.stringContaining('is no JSON') });
  expect(await drift(spec, '--plan', 'nowhere.json')).toMatchObject({ code: 2, err: expect.stringContaining('could not read') });
  expect(await drift(spec)).toMatchObject({ code: 2, err: expect.stringContaining('--plan FILE, --state FILE or --live') });
});

test('of an empty state everything is missing', async () => {
  writeFileSync(join(folder, 'empty.json'), JSON.stringify({ format_version: '1.0' }));
  const { code, out } = await drift(spec, '--state', 'empty.json');
  expect(code).toBe(1);
  expect(out).toContain('What is there cannot be estimated. front is not there. web is not there.');
});
