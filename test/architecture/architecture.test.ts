import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, lib, sources } from './imports';
import { everything, layers, narrower } from './layers';

const layerOf = (source: string) => layers.find(({ files }) => files.test(source))?.layer;

/** The layer or package that an import belongs to. */
function targetOf(target: string): string {
  if (target.startsWith('@cdktf/provider-aws/lib/')) return 'provider';
  if (target.startsWith('@aws-sdk/')) return 'aws-sdk';
  if (target.startsWith('node:')) return 'node';
  if (target === '../package.json') return 'package.json';
  if (target.startsWith('cdktf/')) return 'cdktf';
  if (target.startsWith('ajv/')) return 'ajv';
  if (target.startsWith('..')) return target;
  return layerOf(target) ?? target;
}

const edges = sources()
  .filter((source) => !everything.test(source))
  .flatMap((source) => importsOf(source).map((target) => ({ source, target, layer: layerOf(source), to: targetOf(target) })));

test('every source belongs to a layer', () => {
  expect(sources().filter((source) => !everything.test(source) && layerOf(source) === undefined)).toEqual([]);
});

test('a layer imports only what its row allows', () => {
  const wrong = edges.filter(({ layer, to }) => to !== layer && !layers.find((row) => row.layer === layer)?.may.includes(to));
  expect(wrong.map(({ source, target }) => `${source} imports ${target}`)).toEqual([]);
});

test('no row allows what nobody uses', () => {
  const unused = layers.flatMap(({ layer, may }) =>
    may.filter((to) => !edges.some((edge) => edge.layer === layer && edge.to === to)).map((to) => `${layer} does not use ${to}`),
  );
  expect(unused).toEqual([]);
});

test('the simulation shares nothing but random numbers with the engine', () => {
  const wrong = narrower.flatMap(({ files, layer, only }) =>
    edges.filter((edge) => files.test(edge.source) && edge.to === layer && !only.test(edge.target)),
  );
  expect(wrong.map(({ source, target }) => `${source} imports ${target}`)).toEqual([]);
});

test('a kind does not reach into another kind', () => {
  const kindOf = (path: string) => /^kinds\/([^/]+)\//.exec(path)?.[1];
  const wrong = edges.filter(({ source, target }) => kindOf(source) && kindOf(target) && kindOf(source) !== kindOf(target));
  expect(wrong.map(({ source, target }) => `${source} imports ${target}`)).toEqual([]);
});

test('what is loaded for an estimate never reaches cdktf', () => {
  const reached = new Set<string>();
  const visit = (source: string): void => {
    if (reached.has(source)) return;
    reached.add(source);
    for (const target of importsOf(source)) visit(target);
  };
  visit('index');
  visit('cli/estimate');
  expect([...reached].filter((source) => /^(cdktf|constructs|@cdktf)/.test(source))).toEqual([]);
});

test('the engine and the kernel know no topology word', () => {
  const words = /\b(topology|component|zone|region|aws|terraform|availability zone|failover)\b/i;
  const wrong = sources().filter(
    (source) => /^(engine|kernel)\/(?!kernel\.generated)/.test(source) && words.test(readFileSync(join(lib, `${source}.ts`), 'utf8')),
  );
  expect(wrong).toEqual([]);
});

test('no folder is named after nothing', () => {
  expect(sources().filter((source) => /(^|\/)(utils?|helpers?|common|misc|types|manager)(\/|$)/.test(source))).toEqual([]);
});

test('the median source has fewer than 150 lines', () => {
  const lengths = sources()
    .filter((source) => !source.includes('.generated'))
    .map((source) => readFileSync(join(lib, `${source}.ts`), 'utf8').split('\n').length)
    .sort((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(150);
});
