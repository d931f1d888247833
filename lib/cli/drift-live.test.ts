import { join } from 'node:path';
import type { Io } from './command';
import { run } from './main';

const spec = join(__dirname, '../../topologies/minimal.yaml');

async function drift(...args: string[]): Promise<{ code: number; err: string }> {
  const said = { err: '' };
  const io: Io = {
    env: {},
    cwd: __dirname,
    stdout: { write: () => {}, isTTY: false },
    stderr: { write: (text) => void (said.err += text), isTTY: false },
    readStdin: async () => '',
  };
  return { code: await run(['drift', ...args], io), ...said };
}

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
