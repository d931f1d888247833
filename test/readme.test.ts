import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Io } from '../lib/cli/command';
import { run } from '../lib/cli/main';

const root = resolve(__dirname, '..');
const readme = join(root, 'README.md');

async function output(args: readonly string[], cwd = root): Promise<string> {
  let text = '';
  const io: Io = {
    env: {},
    cwd,
    stdout: { write: (part) => void (text += part), isTTY: false },
    stderr: { write: (part) => void (text += part), isTTY: false },
    readStdin: async () => '',
  };
  const code = await run(args, io);
  return `$ npx nines ${args.join(' ')}\n${text.trimEnd()}\n${code === 0 ? '' : `(exit code ${code})\n`}`;
}

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

const fenced = (text: string, language: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

test('what the README shows is what the commands print', async () => {
  const shown: Record<string, () => Promise<string>> = {
    'output:failing': async () => fenced(await failing(), 'console'),
    'output:passing': async () => fenced(await output(['check', 'topologies/orders.yaml']), 'console'),
    'output:help': async () => fenced(await output(['--help']), 'console'),
    'output:minimal': async () => fenced(await output(['estimate', 'topologies/minimal.yaml']), 'console'),
    'file:topologies/minimal.yaml': async () => fenced(readFileSync(join(root, 'topologies/minimal.yaml'), 'utf8'), 'yaml'),
  };
  const text = readFileSync(readme, 'utf8');
  let expected = text;
  for (const [, name] of text.matchAll(/<!-- ((?:output|file):[^ ]+) -->/g)) {
    const section = await shown[name!]!();
    expected = expected.replace(
      new RegExp(`(<!-- ${name!} -->\n)[\\s\\S]*?(<!-- /)`),
      (_, before: string, after: string) => `${before}\n${section}\n\n${after}`,
    );
  }
  if (process.env.UPDATE_GOLDEN === '1' && process.env.CI === undefined) writeFileSync(readme, expected);
  expect(readFileSync(readme, 'utf8')).toBe(expected);
});
