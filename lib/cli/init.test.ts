import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ran } from '../../test/listening-io';
import { awsRegions } from '../resolve/aws-regions';
import { loadSpec } from '../spec/load';
import { command } from './init';

const io = (cwd: string) => ({
  env: {},
  cwd,
  stdout: { write: () => {}, isTTY: false },
  stderr: { write: () => {}, isTTY: false },
  readStdin: async () => '',
});

test('the first spec has no diagnostics, names its schema, and the schema lies where it says', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-init-'));
  expect(await command.run(['--name', 'shop', '--region', 'eu-central-1', '--account', '210987654321'], io(cwd))).toBe(0);
  expect(readdirSync(cwd).sort()).toEqual(['cdktf.json', 'nines.schema.json', 'topologies']);
  const file = join(cwd, 'topologies/shop.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../nines.schema.json');
  expect(loadSpec(text, file)).toMatchObject({ diagnostics: [], topology: { name: 'shop', deployment: { account: '210987654321' } } });
});

test('nothing is overwritten, and nothing is written when a word is wrong', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-init-'));
  await expect(command.run(['--name', '../x'], io(cwd))).rejects.toThrow('a name has lower-case letters');
  await expect(command.run(['--region', 'mars'], io(cwd))).rejects.toThrow('is no AWS region');
  await expect(command.run(['--region', 'eu-central-9'], io(cwd))).rejects.toThrow('Did you mean eu-central-1?');
  await expect(command.run(['--name', 'internal'], io(cwd))).rejects.toThrow('AWS keeps names that begin with internal- for itself');
  await expect(command.run(['--account', '12'], io(cwd))).rejects.toThrow('twelve digits');
  expect(readdirSync(cwd)).toEqual([]);
  await command.run(['--name', 'shop'], io(cwd));
  await expect(command.run(['--name', 'shop'], io(cwd))).rejects.toThrow('overwrites nothing');
});

test.each(awsRegions)('in %s the first spec is right', async (region) => {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-init-'));
  await command.run(['--name', 'shop', '--region', region], io(cwd));
  const file = join(cwd, 'topologies/shop.yaml');
  expect(loadSpec(readFileSync(file, 'utf8'), file).diagnostics).toEqual([]);
});

test('the next steps begin in the folder that was made, whatever it is called', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'nines-init-'));
  expect((await ran(cwd, ['init', 'shop'])).out).toContain('\n  cd shop  ');
  expect((await ran(cwd, ['init', "o'hara shop"])).out).toContain(`\n  cd 'o'\\''hara shop'  `);
  expect((await ran(cwd, ['init', '--name', 'here'])).out).not.toContain('  cd ');
});
