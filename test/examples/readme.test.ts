import { transformSync } from 'esbuild';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdktf from 'cdktf';
import * as provider from '@cdktf/provider-aws/lib/provider';
import * as constructs from '../../lib/constructs';
import { loadSpec } from '../../lib/spec/load';
import { synthesize } from '../../lib/stack/synthesize';

const page = readFileSync('README.md', 'utf8');
const modules: Readonly<Record<string, object>> = {
  cdktf,
  'nines/constructs': constructs,
  '@cdktf/provider-aws/lib/provider': provider,
};

test('the app that the README shows runs as it stands, and gives the topology of the smallest spec', () => {
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(page)!;
  const outdir = mkdtempSync(join(tmpdir(), 'nines-readme-app-'));
  const { code } = transformSync(shown!.replace('new App()', `new App({ outdir: ${JSON.stringify(outdir)} })`), {
    format: 'cjs',
    loader: 'ts',
  });
  new Function('require', code)((name: string) => modules[name]);
  const file = 'topologies/minimal.yaml';
  const fromSpec = mkdtempSync(join(tmpdir(), 'nines-readme-spec-'));
  synthesize([loadSpec(readFileSync(file), file).topology!], fromSpec);
  const written = (folder: string) => readFileSync(join(folder, 'stacks/minimal/topology.json'), 'utf8');
  expect(written(outdir)).toBe(written(fromSpec));
});

test('the README names commands that exist', async () => {
  const { commands } = await import('../../lib/cli/commands');
  const named = [...page.matchAll(/(?:`|npx )nines ([a-z]+)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(10);
  expect([...new Set(named)].filter((name) => !Object.hasOwn(commands, name))).toEqual([]);
});
