import { resolve } from 'node:path';
import Ajv from 'ajv';
import schema from '../document/explain.schema.json';
import { ran } from '../../test/listening-io';

const root = resolve(__dirname, '../..');
const validate = new Ajv({ strict: false, allowUnionTypes: true }).compile(schema);

async function explained(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out } = await ran(root, ['explain', 'topologies/minimal.yaml', ...args, '--format', 'json']);
  expect(code).toBe(0);
  const document = JSON.parse(out) as Record<string, unknown>;
  expect(validate(document) ? [] : validate.errors).toEqual([]);
  return document;
}

test('the JSON of every explanation, and of the list of addresses, is what the published schema says', async () => {
  const { addresses } = (await explained()) as { addresses: string[] };
  expect(addresses).toContain('flow/visit');
  for (const address of addresses) expect((await explained(address)).address).toBe(address);
}, 30_000);

test('the schema refuses what is no explanation', () => {
  expect(validate({ version: 1, tool: { nines: '0', assumptions: '' }, topology: 'x' })).toBe(false);
  expect(
    validate({ version: 1, tool: { nines: '0', assumptions: '' }, topology: 'x', address: 'a', sections: [{}], assumptions: [] }),
  ).toBe(false);
});
