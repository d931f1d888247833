import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policySchemaText } from '../../scripts/validator';
import type { CheckDocument } from '../../lib/document/check';
import { run } from '../../lib/cli/main';
import checkSchema from '../../lib/document/check.schema.json';
import { acceptable } from '../../lib/topology/policy';
import { matches } from '../../lib/check/matches';
import { loadPolicy } from '../../lib/spec/policy';
import { isDate, isDay } from '../../lib/units/calendar';
import { temporaryIo } from './temporary-io';

const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  jobs: { kind: queue }
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
flows:
  buy:
    requires: [pay, jobs]
    target: { availability: 99.5% }
`;

async function check(policy: string, args: readonly string[] = [], text = spec) {
  const io = temporaryIo({ 'nines.yaml': policy, 'topologies/shop.yaml': text });
  const code = await run(['check', 'topologies', '--today', '2026-11-01', '--format', 'json', ...args], io);
  const document = JSON.parse(io.out) as CheckDocument;
  return { code, document, findings: document.topologies.flatMap(({ findings }) => findings), io };
}

const of = (code: string) => expect.objectContaining({ code }) as unknown;

test('a policy file is found upwards from the spec; without wishes it changes nothing', async () => {
  expect((await check('version: 1\n')).code).toBe(0);
});

test('a target of the policy fails flows by name, exactly at its value, and warns above', async () => {
  const fails = await check("version: 1\npolicy: { targets: [{ flows: 'b*', fail: 99.999% }] }\n");
  expect(fails.code).toBe(1);
  expect(fails.findings).toContainEqual(
    expect.objectContaining({
      code: 'policy-target',
      severity: 'error',
      flow: 'buy',
      range: expect.objectContaining({ file: 'topologies/shop.yaml' }) as unknown,
    }),
  );
  const warns = await check("version: 1\npolicy: { targets: [{ flows: '*', fail: 99.5%, warn: 99.99% }] }\n");
  expect([warns.code, warns.findings.find(({ code }) => code === 'policy-target')?.severity]).toEqual([0, 'warning']);
  expect((await check("version: 1\npolicy: { targets: [{ flows: 'sell', fail: 99.999% }] }\n")).code).toBe(0);
});

test('a target of the policy finds flows by label: their own above those of their topology', async () => {
  const labelled = `${spec.replace('target: { availability: 99.5% }', 'labels: { tier: critical }')}  peek: { requires: [pay] }\nlabels: { tier: internal, team: a }\n`;
  const failing = async (target: string) =>
    (await check(`version: 1\npolicy: { targets: [{ ${target}, fail: 99.999% }] }\n`, [], labelled)).findings
      .filter(({ code }) => code === 'policy-target')
      .map(({ flow }) => flow);
  expect(await failing('labels: { tier: critical }')).toEqual(['buy']);
  expect(await failing('labels: { tier: internal }')).toEqual(['peek']);
  expect(await failing("labels: { team: '*' }")).toEqual(['buy', 'peek']);
  expect(await failing("flows: 'b*', labels: { team: a }")).toEqual(['buy']);
  expect(await failing('labels: { team: a, tier: none }')).toEqual([]);
  expect(await failing('labels: { toString: "*" }')).toEqual([]);
  const mistaken = await check('version: 1\n', [], `${spec}labels: { 'a b': x, tier: '${'`'}' }\n`);
  expect(mistaken.document.diagnostics.map(({ code, range }) => [code, range?.start.line])).toEqual([
    ['spec/label', 12],
    ['spec/label', 12],
  ]);
});

test('zones, kinds and forbidden findings', async () => {
  const { code, findings } = await check(
    'version: 1\npolicy: { minimumZones: 3, requiredKinds: [dns, queue], forbidden: [single-point] }\n',
  );
  expect(code).toBe(1);
  expect(findings.filter(({ severity }) => severity === 'error').map((finding) => [finding.code, finding.address])).toEqual([
    ['policy-zones', 'region/us-east-1'],
    ['policy-kind', 'kind/dns'],
  ]);
});

test('assumptions of the organization stand above the defaults and below the spec, and say so', async () => {
  const policy =
    "version: 1\nassumptions: { region.outagesPerYear: { value: 0.5, range: [0.1, 1], source: 'our records', date: '2026-01-01' } }\n";
  const { document } = await check(policy);
  const assumption = document.topologies[0]!.assumptions.find(({ name }) => name === 'region.outagesPerYear');
  expect(assumption).toMatchObject({ value: 0.5, source: 'our records', from: ['nines.yaml', 'assumptions', 'region.outagesPerYear'] });
  const plain = await check('version: 1\n');
  expect(document.topologies[0]!.results[0]!.unavailability).toBeGreaterThan(plain.document.topologies[0]!.results[0]!.unavailability);
  const own = await check(policy, [], `${spec}assumptions: { region.outagesPerYear: { value: 0.25, reason: ours } }\n`);
  expect(own.document.topologies[0]!.assumptions.find(({ name }) => name === 'region.outagesPerYear')).toMatchObject({
    value: 0.25,
    from: ['assumptions', 'region.outagesPerYear'],
  });
});

test('with metAt95 a target of the policy holds at the pessimistic end too, and the sentence says so', async () => {
  const uncertain = `${spec}assumptions: { region.outagesPerYear: { value: 0.1, range: [0.001, 10], reason: unknown } }\n`;
  const targets = "targets: [{ flows: '*', fail: 99.88% }]";
  expect((await check(`version: 1\npolicy: { ${targets} }\n`, [], uncertain)).code).toBe(0);
  const { code, io } = await check(`version: 1\npolicy: { ${targets}, metAt95: true }\n`, ['--format', 'text=out.txt'], uncertain);
  expect(code).toBe(1);
  expect(readFileSync(join(io.cwd, 'out.txt'), 'utf8')).toMatch(
    /✗ Buy is 99\.\d+ % available at the pessimistic end of what is assumed, and the policy wants 99\.88 %\./,
  );
});

test('how soon a person switches over is a figure of the organization too', async () => {
  const cached = spec
    .replace('[pay, jobs]', '[store]')
    .replace('components:\n', 'components:\n  store: { kind: cache, form: replication-group, class: cache.r7g.large }\n');
  const down = async (time: string) =>
    (await check(`version: 1\nassumptions: { cache.operatorSwitchOver: { value: ${time}, source: our drills } }\n`, [], cached)).document
      .topologies[0]!.results[0]!.unavailability;
  expect(await down('2h')).toBeGreaterThan(await down('10m'));
});

test('an assumption whose source is too old fails', async () => {
  const { code, findings } = await check('version: 1\npolicy: { maximumAge: 1d }\n');
  expect(code).toBe(1);
  expect(findings.filter((finding) => finding.code === 'policy-assumption-age').length).toBeGreaterThan(3);
  expect(
    (await check('version: 1\npolicy: { maximumAge: 99999d }\n')).findings.filter(
      (finding) => /of \d/.test(finding.detail ?? '') && finding.code === 'policy-assumption-age',
    ),
  ).toEqual([]);
});

test('a source from after the day of judgement counts as not dated', async () => {
  const told = async (date: string) => {
    const stated = `assumptions: { queue.meanOutage: { value: 5m, source: ours, date: '${date}' } }`;
    const { findings } = await check(`version: 1\npolicy: { maximumAge: 99999d }\n${stated}\n`);
    return findings
      .filter(({ address, code }) => code === 'policy-assumption-age' && address.includes('queue.'))
      .map(({ detail }) => detail);
  };
  expect(await told('2026-11-02')).toEqual([
    'The source of queue.meanOutage is of 2026-11-02, which is after 2026-11-01, so that it counts as not dated, ' +
      'and the policy wants none older than 99999 days.',
  ]);
  expect(await told('2026-12')).toHaveLength(1);
  for (const good of ['2026-11-01', '2026-11', '2026']) expect(await told(good)).toEqual([]);
  const { findings } = await check('version: 1\npolicy: { maximumAge: 99999d }\n');
  expect(findings.map(({ detail }) => detail)).toContain(
    'The source of component/pay/external.unavailability has no date, and the policy wants none older than 99999 days.',
  );
});

const accepting = (expires: string, code = 'policy-zones') =>
  `version: 1\npolicy: { minimumZones: 3 }\naccept: [{ code: ${code}, reason: two are enough here, owner: shop team, expires: '${expires}' }]\n`;

test('what is accepted does not fail, until the day is over; then it does', async () => {
  const good = await check(accepting('2026-11-01'));
  expect(good.code).toBe(0);
  expect(good.findings).toContainEqual(
    expect.objectContaining({
      code: 'policy-zones',
      suppressed: { by: 'nines.yaml', reason: 'two are enough here', owner: 'shop team', expires: '2026-11-01' },
    }),
  );
  expect(good.document.today).toBe('2026-11-01');
  const over = await check(accepting('2026-10-31'));
  expect(over.code).toBe(1);
  expect(over.document.diagnostics).toEqual([
    expect.objectContaining({ code: 'policy/expired', range: expect.objectContaining({ file: 'nines.yaml' }) as unknown }),
  ]);
  expect(over.io.err).toContain('shop team');
});

test('an acceptance with nothing to accept is warned about', async () => {
  const { code, document } = await check(accepting('2027-01-01', 'target-missed').replace('minimumZones: 3', 'minimumZones: 2'));
  expect([code, document.diagnostics]).toEqual([0, [of('policy/unused')]]);
});

test('other default assumptions than those that were reviewed fail', async () => {
  const { code, document } = await check(`version: 1\ndefaults: sha256:${'0'.repeat(64)}\n`);
  expect([code, document.diagnostics]).toEqual([1, [of('policy/defaults-moved')]]);
  expect((await check(`version: 1\ndefaults: ${document.tool.assumptions}\n`)).code).toBe(0);
});

test('with a baseline only what is new fails', async () => {
  const policy = 'version: 1\npolicy: { minimumZones: 3 }\n';
  const { document, io } = await check(policy);
  writeFileSync(join(io.cwd, 'known.json'), JSON.stringify(document));
  const again = (now: string, day = '2026-11-01') => {
    writeFileSync(join(io.cwd, 'nines.yaml'), now);
    return run(['check', 'topologies', '--today', day, '--baseline', 'known.json'], io);
  };
  expect(await again(policy)).toBe(0);
  expect(await again('version: 1\npolicy: { minimumZones: 3, requiredKinds: [dns] }\n')).toBe(1);
  writeFileSync(join(io.cwd, 'known.json'), '{}');
  expect(await again(policy)).toBe(2);
});

test('a target stricter than what somebody else promises is named', async () => {
  const { findings } = await check('version: 1\n', [], spec.replace('99.5%', '99.99%'));
  expect(findings).toContainEqual(expect.objectContaining({ code: 'target-above-promise', severity: 'warning', address: 'external/pay' }));
  expect((await check('version: 1\n')).findings).not.toContainEqual(of('target-above-promise'));
});

test('mistakes in a policy file are told with their place, and nothing is estimated with half of it', async () => {
  const { code, document } = await check('version: 1\npolicy: { singlePionts: error }\nassumptions: { zone.nothing: { value: 1 } }\n');
  expect(code).toBe(2);
  expect(document.topologies).toEqual([]);
  expect(document.diagnostics).toEqual([
    expect.objectContaining({
      code: 'spec/unknown-key',
      range: expect.objectContaining({ file: 'nines.yaml', start: expect.objectContaining({ line: 2 }) as unknown }) as unknown,
    }),
    of('spec/unknown-assumption'),
  ]);
  expect(loadPolicy('version: 1\nassumptions: { zone.nothing: { value: 1, reason: x } }\n', 'n').diagnostics).toEqual([
    of('spec/unknown-assumption'),
  ]);
  const mixed = `version: 1
policy:
  singlePionts: error
  requiredKinds: [dsn, 1]
assumptions:
  zone.nothing: { value: 1, reason: ours }
  zone.meanOutage: { value: 3, reason: ours, date: 2026-13 }
  zone.outagesPerYear: { valeu: 3 }
  zone.outagesPerYear: { value: 3, reason: ours }
accept:
  - { code: single-point, reason: one, owner: shop, expires: '2026-02-30' }
  - { code: single-point, reason: '', owner: shop, expires: 2026-2-30 }
`;
  expect(loadPolicy(mixed, 'n').diagnostics.map((one) => [one.range!.start.line, one.code])).toEqual([
    [3, 'spec/unknown-key'],
    [4, 'spec/unknown-kind'],
    [4, 'spec/type'],
    [6, 'spec/unknown-assumption'],
    [7, 'spec/assumption-value'],
    [7, 'spec/day'],
    [8, 'spec/missing'],
    [8, 'spec/unknown-key'],
    [9, 'spec/duplicate-key'],
    [11, 'spec/day'],
    [12, 'spec/length'],
    [12, 'spec/form'],
  ]);
  const codes = `accept: [{ code: traget-uncertain, reason: a, owner: b, expires: '2027-01-01' }]`;
  expect(loadPolicy(`version: 1\n${codes}\n`, 'n').diagnostics).toEqual([
    expect.objectContaining({ code: 'spec/value', detail: expect.stringContaining('Did you mean "target-uncertain"?') as unknown }),
  ]);
  const last = `accept: [{ code: single-point, reason: '', owner: x, expires: '2026-02-30' }]`;
  expect(loadPolicy(`version: 1\n${last}\n`, 'n').diagnostics).toEqual([of('spec/length'), of('spec/day')]);
  expect(loadPolicy("version: 1\naccept: [{ code: single-point, reason: b, owner: c, expires: '2026-02-30' }]\n", 'n').diagnostics).toEqual(
    [of('spec/day')],
  );
  expect(loadPolicy('version: 1\npolicy: { forbidden: [singel-point] }\n', 'n').diagnostics).toEqual([of('spec/value')]);
  expect(loadPolicy('[]', 'n').diagnostics).toEqual([of('spec/no-object')]);
  expect(loadPolicy('{', 'n').organization).toBeNull();
});

test('every finding can be accepted', () => {
  const { code } = checkSchema.definitions.finding.properties;
  expect([...acceptable].sort()).toEqual([...code.enum].sort());
});

test.each([
  ['fail: 99.9%, warn: 99%', ['What is below 99% is below 99.9% as well, and fails. Swap the two, or remove `warn`.']],
  ['fail: 99.9%, warn: 99.9%', ['What is below 99.9% is below 99.9% as well, and fails. Swap the two, or remove `warn`.']],
  ['fail: 99%, warn: 99.9%', []],
  ['warn: 0.999%', ['"0.999%" is met by what is down nearly all the time. Was 99.9% meant?']],
])('the target { %s } is warned about where it does nothing', (target, details) => {
  const { diagnostics, organization } = loadPolicy(`version: 1\npolicy: { targets: [{ ${target} }] }\n`, 'n');
  expect(organization).not.toBeNull();
  expect(diagnostics.map(({ detail }) => detail)).toEqual(details);
});

test.each([
  ['maximumAge: 3650', 'here a text is expected. Write the unit, such as 3650d.'],
  ['maximumAge: 1.5', 'here a text is expected. Write a number of days, such as 730d.'],
  ['targets: [{ fail: 0.999 }]', 'here a text is expected. Write the unit, such as 99.9%.'],
])('the way out of the bare number in { %s } leads where it was meant', (policy, wayOut) => {
  const { diagnostics } = loadPolicy(`version: 1\npolicy: { ${policy} }\n`, 'n');
  expect(diagnostics.map(({ detail }) => detail)).toEqual([expect.stringContaining(wayOut)]);
});

test('a day that is none is refused', async () => {
  const io = temporaryIo({ 'shop.yaml': spec });
  expect(await run(['check', 'shop.yaml', '--today', '2026-02-30'], io)).toBe(2);
  expect([isDay('2028-02-29'), isDay('2027-02-29'), isDay('2027-2-9')]).toEqual([true, false, false]);
  expect(['2027', '2027-12', '2028-02-29'].every(isDate)).toBe(true);
  expect(['2027-13', '2027-00', '2027-02-29', '2026-99-99', '27', ''].some(isDate)).toBe(false);
});

test('a star stands for any letters', () => {
  const cases: [string, string, boolean][] = [
    ['*', '', true],
    ['a*', 'abc', true],
    ['a*c', 'abc', true],
    ['a*a', 'a', false],
    ['*b*', 'abc', true],
    ['a*b*c', 'axxbyyc', true],
    ['a*b*b', 'ab', false],
    ['abc', 'abcd', false],
    ['*ab*ab*', 'xabx', false],
  ];
  for (const [pattern, name, expected] of cases) expect([pattern, name, matches(pattern, name)]).toEqual([pattern, name, expected]);
});

test('the schema of policy files is published as it is', async () => {
  const io = temporaryIo({});
  expect([await run(['schema', '--policy'], io), io.out]).toEqual([0, policySchemaText()]);
  expect(readFileSync(join(__dirname, '../../nines-policy.schema.json'), 'utf8')).toBe(policySchemaText());
});
