import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { estimateDocument, type EstimateDocument } from '../../lib/document/estimate';
import { estimate } from '../../lib/estimate/estimate';
import { renderText } from '../../lib/report/estimate-text';
import { loadSpec } from '../../lib/spec/load';
import { synthesize } from '../../lib/stack/synthesize';
import { differences, expectGoldenJson, expectGoldenText } from './golden';

const topologies = resolve(__dirname, '../../topologies');
const names = readdirSync(topologies)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''))
  .sort();

test('there are topologies to hold', () => {
  expect(names).toEqual(expect.arrayContaining(['minimal', 'orders']));
});

describe.each(names)('%s', (name) => {
  const { topology } = loadSpec(readFileSync(join(topologies, `${name}.yaml`)), `topologies/${name}.yaml`);
  let document: EstimateDocument;

  beforeAll(() => {
    // The version and the source's digest change without anything that a reviewer would want to see here.
    document = estimateDocument({ tool: { nines: 'golden', assumptions: 'golden' }, topologies: [{ estimate: estimate(topology!), source: null }] });
  });

  test('is estimated as reviewed', () => {
    expectGoldenJson(join(__dirname, name, 'estimate.json'), document);
    expectGoldenText(join(__dirname, name, 'estimate.txt'), renderText(document));
  });

  test('is synthesized as reviewed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nines-golden-'));
    expect(synthesize([topology!], folder).diagnostics).toEqual([]);
    const stack = join(folder, 'stacks', name);
    expectGoldenText(join(__dirname, name, 'topology.json'), readFileSync(join(stack, 'topology.json'), 'utf8'));
    expectGoldenText(join(__dirname, name, 'cdk.tf.json'), `${readFileSync(join(stack, 'cdk.tf.json'), 'utf8').trimEnd()}\n`);
  });

  test('knows how long its outages last', () => {
    for (const { flow, because } of document.topologies[0]!.results) expect({ flow, because }).toEqual({ flow, because: {} });
  });
});

test('a difference in the tenth digit is none, one in the eighth is told with its place', () => {
  expect(differences({ a: [1] }, { a: [1 + 1e-10] }, '$')).toEqual([]);
  expect(differences({ a: [1] }, { a: [1 + 1e-8] }, '$')).toHaveLength(1);
  expect(differences({ a: 1, b: 'x' }, { a: '1' }, '$')).toEqual(['$.a: 1 became "1"', '$.b: "x" became undefined']);
});
