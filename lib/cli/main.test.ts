import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from './commands';
import { wantsColour, type Io } from './command';
import { parseFormats, writeFormats } from './formats';
import { readInputs } from './inputs';
import { run } from './main';
import { parseOptions, wholeNumber } from './options';
import { listeningIo } from '../../test/listening-io';

const fakeIo = (env: Io['env'] = {}) => listeningIo(mkdtempSync(join(tmpdir(), 'nines-cli-')), { env, stdin: 'from stdin' });

test('without a command the overview is shown and nothing was answered', async () => {
  const io = fakeIo();
  expect(await run([], io)).toBe(2);
  expect(io.err).toContain('Usage: nines COMMAND');
  expect(io.out).toBe('');
});

test('every command is in the overview and has help with examples', async () => {
  const io = fakeIo();
  expect(await run(['--help'], io)).toBe(0);
  for (const name of Object.keys(commands)) {
    expect(io.out).toContain(`  ${name} `);
    const help = fakeIo();
    expect(await run([name, '--help'], help)).toBe(0);
    expect(help.out).toMatch(/^Usage: nines /m);
    expect(help.out).toMatch(/^Examples?$/m);
  }
});

test('help is found in both orders of words', async () => {
  const [before, after] = [fakeIo(), fakeIo()];
  expect(await run(['help', 'estimate'], before)).toBe(0);
  await run(['estimate', '--help'], after);
  expect(before.out).toBe(after.out);
  expect(await run(['help', 'estimat'], fakeIo())).toBe(2);
});

test.each([
  [['estimate', 'missing', '--formt', 'x', '--format', 'json'], 'cli/usage'],
  [['estimate', '--format=json'], 'cli/usage'],
  [['check', '', '--format', 'json'], 'cli/usage'],
  [['explain', 'missing.yaml', '--format', 'json'], 'spec/unreadable'],
  [['drift', 'missing.yaml', '--live', '--format', 'json'], 'spec/unreadable'],
  [['solve', 'missing.xml', '--format', 'json'], 'cli/usage'],
  [['simulate', 'missing.yaml', '--format', 'json'], 'spec/unreadable'],
])('where %j cannot be answered, the JSON says why', async (args, code) => {
  const io = fakeIo();
  expect(await run(args, io)).toBe(2);
  const document = JSON.parse(io.out) as { version: number; diagnostics: { code: string; detail: string }[]; passed?: boolean };
  expect(document.version).toBe(1);
  expect(document.diagnostics.map((one) => one.code)).toEqual([code]);
  expect(document.passed).toBe(args[0] === 'check' ? false : undefined);
});

test('where no JSON was asked for on standard output, nothing is there', async () => {
  for (const args of [
    ['estimate', 'missing.yaml'],
    ['estimate', '--format', 'json=out.json'],
    ['init', '--name', 'json'],
  ]) {
    const io = fakeIo();
    expect([await run([...args, '--bogus'], io), io.out]).toEqual([2, '']);
  }
});

test.each(['toString', '__proto__', 'estimat', ''])('an unknown command %j is not ignored', async (name) => {
  const io = fakeIo();
  expect(await run([name], io)).toBe(2);
  expect(io.err).toContain('there is no command');
  expect(io.out).toBe('');
});

test('an unknown option is told with the one that was meant', () => {
  expect(() => parseOptions(['--fromat', 'json'], { format: 'values' })).toThrow('there is no option --fromat. Did you mean --format?');
});

test('options come out with the types that they were declared with', () => {
  const { options, positionals } = parseOptions(['a', '--format', 'x', '--format=y', '--all'], {
    format: 'values',
    all: 'flag',
    seed: 'value',
  });
  expect({ options, positionals }).toEqual({ options: { format: ['x', 'y'], all: true, seed: undefined }, positionals: ['a'] });
});

test('a number out of range is refused', () => {
  expect(wholeNumber('seed', '7', 0, 10)).toBe(7);
  for (const text of ['11', '-1', '1e1', 'x', '1.5'])
    expect(() => wholeNumber('seed', text, 0, 10)).toThrow('--seed takes a whole number from 0 to 10');
});

test('several formats go to files, at most one to standard output', () => {
  const io = fakeIo();
  const formats = parseFormats(['text', 'json=deep/out.json'], ['text', 'json'], io);
  writeFormats(formats, (name) => `<${name}>`, io);
  expect(io.out).toBe('<text>');
  expect(readFileSync(join(io.cwd, 'deep/out.json'), 'utf8')).toBe('<json>');
  expect(readdirSync(join(io.cwd, 'deep'))).toEqual(['out.json']);
  expect(() => parseFormats(['text', 'json'], ['text', 'json'], io)).toThrow('only one format');
  expect(() => parseFormats(['jsn'], ['text', 'json'], io)).toThrow('Did you mean json?');
  expect(() => parseFormats(['json='], ['text', 'json'], io)).toThrow('names no file');
});

test('specs are read from files, folders, globs and standard input, each once', async () => {
  const io = fakeIo();
  writeFileSync(join(io.cwd, 'b.yaml'), 'b');
  writeFileSync(join(io.cwd, 'a.json'), 'a');
  writeFileSync(join(io.cwd, 'notes.txt'), 'no');
  expect((await readInputs(['.', '*.yaml', '-'], io)).map(({ file }) => file)).toEqual(['a.json', 'b.yaml', '<stdin>']);
  writeFileSync(join(io.cwd, '.oxlintrc.json'), '{}');
  expect((await readInputs(['.'], io)).map(({ file }) => file)).toEqual(['a.json', 'b.yaml']);
  await expect(readInputs([], io)).rejects.toThrow('it needs a spec');
  await expect(readInputs([''], io)).rejects.toThrow('Is a variable unset?');
});

test('colour is for terminals, NO_COLOR switches it off and FORCE_COLOR on', () => {
  const tty = { write: () => {}, isTTY: true };
  expect(wantsColour(fakeIo(), tty)).toBe(true);
  expect(wantsColour(fakeIo({ NO_COLOR: 'true' }), tty)).toBe(false);
  expect(wantsColour(fakeIo(), { ...tty, isTTY: false })).toBe(false);
  expect(wantsColour(fakeIo({ FORCE_COLOR: '1' }), { ...tty, isTTY: false })).toBe(true);
});
