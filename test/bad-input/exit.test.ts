import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/main';

const specs = join(__dirname, 'specs');
const broken = readdirSync(specs).filter((name) => /\.(yaml|json)$/.test(name));
const good = join(__dirname, '../../topologies/minimal.yaml');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-broken-'));
  copyFileSync(good, join(folder, 'good.yaml'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a command says and leaves behind in a folder that holds a good spec and a broken one. */
async function outcome(command: string, name: string, others: readonly string[]) {
  copyFileSync(join(specs, name), join(folder, name));
  let [out, err] = ['', ''];
  const code = await run([command, ...others, name], {
    env: {},
    cwd: folder,
    stdout: { write: (text) => void (out += text), isTTY: false },
    stderr: { write: (text) => void (err += text), isTTY: false },
    readStdin: async () => '',
  });
  return { code, out, err, left: readdirSync(folder).sort() };
}

test.each(broken)(
  'synth answers %s with exit code 2, all its mistakes, and writes nothing, not even for the good spec beside it',
  async (name) => {
    const { code, out, err, left } = await outcome('synth', name, ['good.yaml']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toBe(readFileSync(join(specs, `${name}.txt`), 'utf8'));
    expect(left).toEqual(['good.yaml', name].sort());
  },
);

test.each(['estimate', 'check', 'explain', 'simulate'])('%s answers a broken spec with exit code 2 and no stack trace', async (command) => {
  const { code, err } = await outcome(command, 'five-mistakes.yaml', []);
  expect(code).toBe(2);
  expect(err).toContain('[spec/unknown-kind]');
  expect(err).not.toMatch(/^ {4}at /m);
});
