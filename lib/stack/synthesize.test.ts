import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolve } from '../resolve/resolve';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { synthesize } from './synthesize';

const named = (name: string, availability?: string): Topology => {
  const settings: Plain = {
    version: 1,
    name,
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' } },
    components: { web: { kind: 'instances', image: 'resolve:ssm:/my/image', type: 't4g.small', count: 2, needs: 1 } },
    flows: { visit: { requires: ['web'], ...(availability === undefined ? {} : { target: { availability } }) } },
  };
  return resolve(settings).topology!;
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nines-synthesize-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string): string[] => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();

test('it writes what cdktf writes, with the topology beside it, and leaves nothing else', () => {
  const { stacks, diagnostics } = synthesize([named('one'), named('two')], join(folder, 'out'));
  expect(diagnostics).toEqual([]);
  expect(stacks.map(({ name, directory }) => [name, directory])).toEqual([
    ['one', 'stacks/one'],
    ['two', 'stacks/two'],
  ]);
  expect(filesIn(folder)).toEqual(
    [
      '',
      '/manifest.json',
      '/stacks',
      ...['one', 'two'].flatMap((name) => ['', '/cdk.tf.json', '/topology.json'].map((it) => `/stacks/${name}${it}`)),
    ].map((path) => `out${path}`),
  );
  const { resource } = JSON.parse(readFileSync(join(folder, 'out/stacks/one/cdk.tf.json'), 'utf8')) as { resource: Record<string, object> };
  expect(stacks[0]!.resources).toBe(Object.values(resource).reduce((sum, byName) => sum + Object.keys(byName).length, 0));
});

test('what Terraform keeps in the folder of a stack stays', () => {
  mkdirSync(join(folder, 'out/stacks/one/.terraform'), { recursive: true });
  writeFileSync(join(folder, 'out/stacks/one/.terraform/providers'), 'kept');
  synthesize([named('one')], join(folder, 'out'));
  expect(readFileSync(join(folder, 'out/stacks/one/.terraform/providers'), 'utf8')).toBe('kept');
});

test('two runs, in two folders, give the same bytes', () => {
  const bytes = (out: string) => {
    synthesize([named('one')], join(folder, out));
    return filesIn(join(folder, out))
      .filter((file) => file.endsWith('.json'))
      .map((file) => readFileSync(join(folder, out, file), 'utf8'));
  };
  expect(bytes('a')).toEqual(bytes('b/deeper'));
});

test('two topologies of one name are refused, and nothing is written', () => {
  const { stacks, diagnostics } = synthesize([named('one'), named('one')], join(folder, 'out'));
  expect(stacks).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['stack/same-name']);
  expect(filesIn(folder)).toEqual([]);
});

test('when one of several misses an enforced target, none is written', () => {
  const { stacks, diagnostics } = synthesize([named('one'), named('two', '99.99999%')], join(folder, 'out'));
  expect(stacks).toEqual([]);
  expect(diagnostics.map(({ code, severity, address }) => [code, severity, address])).toEqual([
    ['stack/target-missed', 'error', 'flow/visit'],
  ]);
  expect(filesIn(folder)).toEqual([]);
});

test('no folder is left of those that were made for what is not written', () => {
  synthesize([named('two', '99.99999%')], join(folder, 'deep/er/out'));
  expect(filesIn(folder)).toEqual([]);
});

test.each(['taken', 'taken/out'])('an output folder %s that cannot be made is told', (out) => {
  writeFileSync(join(folder, 'taken'), 'a file');
  const { stacks, diagnostics } = synthesize([named('one')], join(folder, out));
  expect(stacks).toEqual([]);
  expect(diagnostics.map(({ code }) => code)).toEqual(['stack/output-folder']);
  expect(filesIn(folder)).toEqual(['taken']);
});
