import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { run } from '../../lib/cli/main';
import type { CheckDocument } from '../../lib/document/check';
import schema from '../../lib/document/check.schema.json';
import estimateSchema from '../../lib/document/estimate.schema.json';
import { temporaryIo } from './temporary-io';

const validate = new Ajv({ strict: false }).addSchema(estimateSchema, 'estimate.schema.json').compile<CheckDocument>(schema);

const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
  store: { kind: database, engine: postgres, form: single, class: db.r7g.large }
flows:
  buy: { requires: [pay, store], target: { availability: 99.99%, rto: 15m, rpo: 1m } }
`;

async function checked(files: Readonly<Record<string, string>>, ...args: string[]): Promise<CheckDocument> {
  const io = temporaryIo(files);
  await run(['check', '.', '--today', '2026-11-01', '--format', 'json', ...args], io);
  const document: unknown = JSON.parse(io.out);
  expect(validate(document) ? [] : validate.errors).toEqual([]);
  return document as CheckDocument;
}

test('the document of a check is what its published schema says, with every code that a gate finds', async () => {
  const policy = `version: 1
policy: { targets: [{ flows: '*', fail: 99.999% }], minimumZones: 3, requiredKinds: [dns], maximumAge: 1d, metAt95: true }
accept: [{ code: policy-zones, reason: two are enough, owner: shop team, expires: '2026-11-01' }]
`;
  const missed = await checked({ 'nines.yaml': policy, 'shop.yaml': spec });
  const uncertain = await checked({
    'shop.yaml': spec
      .replace('[pay, store]', '[pay]')
      .replace('99.99%', '99.8%')
      .concat('assumptions: { region.outagesPerYear: { value: 0.5, range: [0.01, 500], reason: unknown } }\n'),
  });
  // What needs a longer spec is in the tests of single findings.
  const elsewhere = ['rto-below-redirect'];
  const found = new Set(
    [missed, uncertain].flatMap(({ topologies }) => topologies.flatMap(({ findings }) => findings.map(({ code }) => code))),
  );
  expect([...found, ...elsewhere].sort()).toEqual([...schema.definitions.finding.properties.code.enum].sort());
  expect(missed.topologies[0]!.findings.find(({ code }) => code === 'policy-zones')?.suppressed?.owner).toBe('shop team');
});

test('so it is where a spec or a policy is broken, and with a baseline', async () => {
  const broken = await checked({ 'shop.yaml': spec.replace('kind: external', 'kind: extern'), 'other.yaml': spec });
  expect(broken).toMatchObject({ passed: false, diagnostics: [expect.objectContaining({ code: 'spec/unknown-kind' })] });
  expect((await checked({ 'nines.yaml': 'version: 2\n', 'shop.yaml': spec })).topologies).toEqual([]);
  const known = await checked({ 'shop.yaml': spec });
  const again = await checked({ 'shop.yaml': spec, 'known/check.json': JSON.stringify(known) }, '--baseline', 'known/check.json');
  expect([known.passed, again.passed]).toEqual([false, true]);
  expect(again.topologies[0]!.findings[0]!.suppressed?.by).toBe('baseline');
});

test('the schema refuses what is no such document', async () => {
  const good = await checked({ 'shop.yaml': spec });
  const [topology] = good.topologies;
  const [finding] = topology!.findings;
  for (const wrong of [
    { ...good, passed: 'yes' },
    { ...good, today: 'tomorrow' },
    { ...good, topologies: [{ ...topology, findings: [{ ...finding, code: 'other' }] }] },
    { ...good, topologies: [{ ...topology, results: [{}] }] },
    { ...good, topologies: [{ ...topology, passed: undefined }] },
  ])
    expect(validate(wrong)).toBe(false);
});

test('every published schema is one with the others beside it', () => {
  const folder = join(__dirname, '../../lib/document');
  const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  const all = new Ajv({ strict: false });
  for (const name of names) all.addSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')) as object, name);
  expect(names).toContain('check.schema.json');
  for (const name of names) expect(all.getSchema(name)?.({})).toBe(false);
});
