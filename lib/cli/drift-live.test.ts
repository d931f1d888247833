import { join } from 'node:path';
import { ran } from '../../test/listening-io';

const spec = join(__dirname, '../../topologies/minimal.yaml');

const drift = (...args: string[]) => ran(__dirname, ['drift', ...args]);

test('without the SDK of AWS it is said how to install it', async () => {
  // As node says it where the package is not there.
  jest.doMock('@aws-sdk/client-rds', () => {
    throw Object.assign(new Error("Cannot find module '@aws-sdk/client-rds'"), { code: 'MODULE_NOT_FOUND' });
  });
  const { code, err } = await drift(spec, '--live');
  expect(code).toBe(2);
  expect(err).toContain('npm install --save-dev @aws-sdk/client-ec2 @aws-sdk/client-auto-scaling');
  jest.dontMock('@aws-sdk/client-rds');
});

test('--live stands alone', async () => {
  expect(await drift(spec, '--live', '--state', 'x.json')).toMatchObject({ code: 2, err: expect.stringContaining('one of them') });
});
