import { kinds } from '../kinds/kinds.generated';
import { ran } from '../../test/listening-io';

test.each(kinds.map(({ name }) => name))('the catalogue tells every setting, resource and assumption of %s', async (name) => {
  const kind = kinds.find((one) => one.name === name)!;
  const { code, out } = await ran('.', ['kinds', name]);
  expect(code).toBe(0);
  for (const setting of Object.keys(kind.schema.properties)) expect(out).toMatch(new RegExp(`^  ${setting}( \\(required\\))?: `, 'm'));
  for (const role of Object.keys(kind.owns)) expect(out).toContain(role);
  for (const assumption of kind.assumptions) expect(out).toContain(`${assumption.name}: ${assumption.value}`);
  expect(out).not.toMatch(/undefined|\[object/);
});

test('settings inside of settings are told', async () => {
  const { out } = await ran('.', ['kinds', 'load-balancer']);
  for (const inner of ['path', 'interval', 'timeout', 'unhealthy', 'healthy']) expect(out).toContain(`  healthCheck.${inner}: `);
});

test('the catalogue names all kinds, and one that is not there is told with the one that was meant', async () => {
  const { out } = await ran('.', ['kinds']);
  for (const { name } of kinds) expect(out).toMatch(new RegExp(`^${name} `, 'm'));
  const missing = await ran('.', ['kinds', 'databse']);
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('Did you mean database?')]);
});
