import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compared, fenced, output } from './page';

const root = resolve(__dirname, '..');

/** The order system with one NAT gateway for all zones, and the target that its owners want. */
async function failing(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nines-readme-'));
  const spec = readFileSync(join(root, 'topologies/orders.yaml'), 'utf8');
  writeFileSync(
    join(folder, 'orders.yaml'),
    spec.replace('nat: per-zone', 'nat: shared').replace('availability: 99.8%', 'availability: 99.92%'),
  );
  return output(['check', 'orders.yaml'], folder);
}

test('what the README shows is what the commands print', async () => {
  const shown: Record<string, () => Promise<string>> = {
    'output:failing': async () => fenced(await failing(), 'console'),
    'output:passing': async () => fenced(await output(['check', 'topologies/orders.yaml'], root), 'console'),
    'output:help': async () => fenced(await output(['--help'], root), 'console'),
    'output:minimal': async () => fenced(await output(['estimate', 'topologies/minimal.yaml'], root), 'console'),
    'file:topologies/minimal.yaml': async () => fenced(readFileSync(join(root, 'topologies/minimal.yaml'), 'utf8'), 'yaml'),
  };
  const { expected, there } = await compared(join(root, 'README.md'), shown);
  expect(there).toBe(expected);
});
