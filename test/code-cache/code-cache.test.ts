import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'nines-code-cache-'));
const bundles = join(folder, 'dist/cli');
const kept = join(bundles, '.compiled');

beforeAll(() => {
  cpSync(resolve(__dirname, '../../bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(bundles, { recursive: true });
  writeFileSync(join(bundles, 'process.js'), "exports.main = () => console.log(require('./command.js').answer());\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A bundle that is large enough, and of one length for each one-digit answer. */
const answering = (answer: number) =>
  writeFileSync(join(bundles, 'command.js'), `exports.answer = () => ${answer};\n//${' '.repeat(200_000)}\n`);

const run = (env: NodeJS.ProcessEnv = {}, ...options: string[]) =>
  execFileSync(process.execPath, [join(folder, 'bin/nines.js'), ...options], { encoding: 'utf8', env: { ...process.env, ...env } }).trim();

test('a run keeps what was compiled, and a later one answers the same with it', () => {
  answering(1);
  expect(run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBe('1');
  expect(existsSync(kept)).toBe(false);
  expect(run()).toBe('1');
  expect(readdirSync(kept)).toEqual([`command.js-${process.version}-${process.arch}`]);
  expect(run()).toBe('1');
});

test('a run with other options adds what it compiled, the fourth with the same options does not', () => {
  const file = join(kept, `command.js-${process.version}-${process.arch}`);
  const ways = () => (JSON.parse(readFileSync(file).toString('utf8', 0, 4096)) as { ways: string[] }).ways;
  const before = ways();
  expect(before.every((way) => way === '')).toBe(true);
  for (let i = 0; i < 3; i++) expect(run({}, '--much=3', '-x')).toBe('1');
  expect(ways()).toEqual([...before, '--much -x', '--much -x', '--much -x']);
  const content = readFileSync(file);
  expect(run({}, '-x', '--much=4')).toBe('1');
  expect(readFileSync(file).equals(content)).toBe(true);
});

test('a run on another file adds what it compiled, wherever the file is', () => {
  const file = join(kept, `command.js-${process.version}-${process.arch}`);
  const ways = () => (JSON.parse(readFileSync(file).toString('utf8', 0, 4096)) as { ways: string[] }).ways;
  const before = ways();
  expect(run({}, 'specs/shop.yaml')).toBe('1');
  expect(run({}, 'shop.yaml')).toBe('1');
  expect(ways()).toEqual([...before, 'shop.yaml', 'shop.yaml']);
});

test('what was kept of another bundle of the same length is not used but replaced', () => {
  const file = join(kept, `command.js-${process.version}-${process.arch}`);
  const before = readFileSync(file);
  answering(2);
  expect(run()).toBe('2');
  expect(readFileSync(file).equals(before)).toBe(false);
  expect(run()).toBe('2');
});

test('what was cut off or is no cache at all is ignored', () => {
  const file = join(kept, `command.js-${process.version}-${process.arch}`);
  truncateSync(file, 100);
  expect(run()).toBe('2');
  writeFileSync(file, 'nothing that V8 has written');
  expect(run()).toBe('2');
  rmSync(kept, { recursive: true });
  // Where a folder is expected stands a file: nothing can be written.
  writeFileSync(kept, '');
  expect(run()).toBe('2');
});
