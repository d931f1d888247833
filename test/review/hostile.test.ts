import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CORE_SCHEMA, load, loadAll } from 'js-yaml';
import { validateXML } from 'xmllint-wasm';
import { judge } from '../../lib/check/gate';
import { run } from '../../lib/cli/main';
import { checkDocument, type CheckDocument } from '../../lib/document/check';
import { estimateDocument, type EstimateDocument } from '../../lib/document/estimate';
import { estimate } from '../../lib/estimate/estimate';
import { checkFormats } from '../../lib/report/check-formats';
import { renderCheckText } from '../../lib/report/check-text';
import { renderText } from '../../lib/report/estimate-text';
import { renderMarkdown } from '../../lib/report/estimate-markdown';
import { renderOpenSlo } from '../../lib/report/openslo';
import { renderPrometheus } from '../../lib/report/prometheus';
import { renderSloth } from '../../lib/report/sloth';
import { visible } from '../../lib/report/visible';
import { topologyOf } from '../specs';
import { sarifValid } from './sarif';
import { temporaryIo } from './temporary-io';

const attacks = [
  'a|b',
  '`code`',
  '<script>alert(1)</script>',
  '</details><b>',
  '@everyone',
  'line\nbreak',
  'line\r\n::error::other',
  '---\nversion: prometheus/v1',
  '# comment\n- item',
  '"quoted" \'so\' \\',
  '[text](javascript:alert(1))',
  ']]> &amp; &#64;',
  '%0A::set-output name=x::y',
  '$(id) `id` ${{ github.token }}',
  '{{ .Labels.secret }}',
  '\u001B[2J\u202E\u0000\uD800\u2028',
];

const real = estimate(
  topologyOf({
    version: 1,
    name: 'shop',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' } },
    components: { pay: { kind: 'external', availability: '99.95%', meanOutage: '10m', source: 'contract' } },
    flows: { buy: { requires: ['pay'], target: { availability: '99.99%', rto: '1m' } } },
  }),
  { samples: 100 },
);

const judged = checkDocument(
  estimateDocument({ tool: { nines: '0', assumptions: '' }, topologies: [{ estimate: real, source: { path: 'shop.yaml', sha256: '' } }] }),
  [judge(real)],
  { unread: false },
);

/** The same check with every text of users replaced. */
function hostile(text: string): CheckDocument {
  const [topology] = judged.topologies;
  const named = { ...topology!.results[0]!, flow: text, contributors: [{ address: `unit/${text}/a/0`, share: 1, splitShare: 1 }] };
  const range = { file: `${text}.yaml`, start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } };
  return {
    ...judged,
    topologies: [
      {
        ...topology!,
        topology: text,
        source: { path: `${text}.yaml`, sha256: '' },
        results: [named],
        assumptions: topology!.assumptions.map((assumption) => ({ ...assumption, name: text, source: text })),
        notModelled: [text],
        findings: [
          ...topology!.findings.map((finding) => ({ ...finding, flow: text, range })),
          { code: 'policy-kind', severity: 'error', flow: null, address: `kind/${text}`, detail: text, range, suppressed: null },
          {
            code: 'single-point',
            severity: 'warning',
            flow: text,
            address: `unit/${text}/a/0`,
            range,
            suppressed: { by: 'nines.yaml', reason: text, owner: text, expires: '2027-01-01' },
          },
        ],
      },
    ],
  };
}

const harmless = 'x';
const any = fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }));
const sarif = sarifValid();
const forAny = (check: (text: string) => void) => fc.assert(fc.property(any, check), { seed: 20261121, numRuns: 150 });

test('names leave annotations as many commands as they were, and no more', () => {
  const lines = checkFormats.github!(hostile(harmless)).split('\n').length;
  forAny((text) => {
    const out = checkFormats.github!(hostile(text));
    expect(out.split(/[\n\r\u2028\u2029]/)).toHaveLength(lines);
    for (const line of out.trimEnd().split('\n'))
      expect(line).toMatch(/^::(error|warning|notice) (file|line|col|endLine|endColumn|title)=[^:]*::/);
  });
});

test('names leave SARIF valid, with as many results, and come back as they are', () => {
  const count = (JSON.parse(checkFormats.sarif!(hostile(harmless))) as { runs: { results: unknown[] }[] }).runs[0]!.results.length;
  forAny((text) => {
    const log = JSON.parse(checkFormats.sarif!(hostile(text))) as { runs: { results: { message: { text: string } }[] }[] };
    expect(sarif(log) ? [] : sarif.errors).toEqual([]);
    expect(log.runs[0]!.results).toHaveLength(count);
    const plain = log.runs[0]!.results.map(({ message }) =>
      message.text
        .replace(/\{\{/g, '{')
        .replace(/\}\}/g, '}')
        .replace(/\\([\\[\]])/g, '$1'),
    );
    expect(plain.some((message) => message.includes(visible(text).slice(1)))).toBe(true);
  });
});

test('names leave JUnit XML well-formed and valid', async () => {
  const schema = { fileName: 'junit-10.xsd', contents: readFileSync(join(__dirname, '../schemas/junit-10.xsd'), 'utf8') };
  const cases = (text: string) => text.match(/<testcase /g)!.length;
  for (const text of attacks) {
    const contents = checkFormats.junit!(hostile(text));
    expect([text, (await validateXML({ xml: { fileName: 'junit.xml', contents }, schema })).errors]).toEqual([text, []]);
    expect(cases(contents)).toBe(cases(checkFormats.junit!(hostile(harmless))));
  }
});

test('names leave the code quality report with as many issues', () => {
  const count = (JSON.parse(checkFormats.codequality!(hostile(harmless))) as unknown[]).length;
  forAny((text) => expect(JSON.parse(checkFormats.codequality!(hostile(text)))).toHaveLength(count));
});

/** What of Markdown is ours. */
const frame = (markdown: string) => markdown.replace(/[^|<>\n`]/g, '').replace(/\n+/g, '\n');

test.each([
  ['the check', (document: CheckDocument) => checkFormats.markdown!(document)],
  ['the estimate', (document: CheckDocument) => renderMarkdown(document as unknown as EstimateDocument)],
])('names leave the Markdown of %s without markup, mention or link', (_, render) => {
  const before = frame(render(hostile(harmless)));
  forAny((text) => {
    const markdown = render(hostile(text));
    expect(frame(markdown)).toBe(before);
    expect(markdown.replaceAll(/<\/?(details|summary|sub)>/g, '')).not.toMatch(/[<>@`]|https?:|www\.|javascript:|!\[|\u202E/);
  });
});

test.each([
  ['the check', (document: CheckDocument) => renderCheckText(document, {})],
  ['the estimate', (document: CheckDocument) => renderText(document as unknown as EstimateDocument, { assumptions: true })],
])('names cannot steer the terminal that shows %s', (_, render) => {
  forAny((text) => {
    const steering = [...render(hostile(text))].filter((character) => character !== '\n' && visible(character) !== character);
    expect(steering).toEqual([]);
  });
});

test('names are one text each in the rules of Prometheus, in Sloth and in OpenSLO', () => {
  const document = (text: string) => hostile(text) as unknown as EstimateDocument;
  const schema = { schema: CORE_SCHEMA };
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shape)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shape(item)]))
        : typeof value;
  const parsed = {
    prometheus: (text: string) => load(renderPrometheus(document(text)), schema),
    sloth: (text: string) => loadAll(renderSloth(document(text)), schema),
    openslo: (text: string) => loadAll(renderOpenSlo(document(text)), schema),
  };
  for (const [name, of] of Object.entries(parsed)) {
    const expected = shape(of('xx'));
    forAny((text) => expect([name, shape(of(text))]).toEqual([name, expected]));
  }
  const [sloth] = parsed.sloth('a|b\n---\n# c') as [{ service: string }];
  expect(sloth.service).toBe('a|b␊---␊# c');
  const rules = renderPrometheus(document('x"} or vector(1) #'));
  expect(rules).toContain('topology=\\"x\\\\\\"} or vector(1) #\\"');
});

test('reasons and owners of nines.yaml are shown as they are', async () => {
  const reason = 'a|b `c` <img src=x> @everyone\n::error::z\n';
  const policy = JSON.stringify({
    version: 1,
    policy: { minimumZones: 3 },
    accept: [{ code: 'policy-zones', reason, owner: '</sub>@owner', expires: '2027-01-01' }],
  });
  const spec = `version: 1
name: shop
regions: { us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 } }
components: { pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract } }
flows: { buy: { requires: [pay], target: { availability: 99.5% } } }
`;
  const io = temporaryIo({ 'nines.yaml': policy, 'shop.yaml': spec });
  const formats = ['markdown', 'github', 'junit', 'sarif'].flatMap((name) => ['--format', `${name}=${name}.out`]);
  expect(await run(['check', 'shop.yaml', '--today', '2026-11-01', '--format', 'text', ...formats], io)).toBe(0);
  const read = (name: string) => readFileSync(join(io.cwd, `${name}.out`), 'utf8');
  expect(io.out).toContain('accepted by </sub>@owner until 2027-01-01: a|b `c` <img src=x> @everyone␊::error::z␊');
  expect(read('markdown')).not.toMatch(/<img|@everyone|@owner|`c`|a\|b/);
  expect(read('github')).not.toMatch(/^::error::z/m);
  expect(read('junit')).toContain('&lt;img src=x&gt;');
  expect(() => JSON.parse(read('sarif')) as unknown).not.toThrow();
});

test.each(['--output=x', '-x', '--upload-pack=touch x'])('the revision %j is refused', async (revision) => {
  const io = temporaryIo({ 'shop.yaml': '' });
  expect(await run(['diff', '--rev', revision, 'shop.yaml'], io)).toBe(2);
  expect(await run(['diff', `main..${revision}`], io)).toBe(2);
  expect(await run(['check', 'shop.yaml', '--changed-since', revision], io)).toBe(2);
  expect(io.out).toBe('');
});
