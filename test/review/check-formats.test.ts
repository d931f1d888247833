import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { validateXML } from 'xmllint-wasm';
import { run } from '../../lib/cli/main';
import type { Io } from '../../lib/cli/command';
import { checkFormats } from '../../lib/report/check-formats';
import { checkDocument } from '../../lib/document/check';
import { error } from '../../lib/diagnostics/diagnostic';
import { sarifValid } from './sarif';
import { temporaryIo } from './temporary-io';

const schemas = join(__dirname, '../schemas');
const read = (name: string) => readFileSync(join(schemas, name), 'utf8');

const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.5%, meanOutage: 10m, source: contract }
flows:
  buy:
    requires: [pay]
    target: { availability: 99.9% }
`;

async function checked(files: Readonly<Record<string, string>>, format: string): Promise<{ code: number; out: string }> {
  const io: Io & { out: string } = temporaryIo(files);
  return { code: await run(['check', '.', '--format', format], io), out: io.out };
}

const broken = spec.replace('99.5%', '120%').replace('shop', 'other');

async function junitErrors(contents: string): Promise<readonly unknown[]> {
  const schema = { fileName: 'junit-10.xsd', contents: read('junit-10.xsd') };
  return (await validateXML({ xml: { fileName: 'junit.xml', contents }, schema })).errors;
}

interface Sarif {
  runs: {
    results: {
      ruleId: string;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
    }[];
  }[];
}

test('SARIF is valid by the official schema and points at the lines of findings and of mistakes', async () => {
  const { code, out } = await checked({ 'a.yaml': spec, 'b.yaml': broken }, 'sarif');
  expect(code).toBe(2);
  const log = JSON.parse(out) as Sarif;
  const valid = sarifValid();
  valid(log);
  expect(valid.errors).toBeNull();
  const places = log.runs[0]!.results.map(({ level, locations: [at], ruleId }) => [
    ruleId,
    level,
    at!.physicalLocation.artifactLocation.uri,
    at!.physicalLocation.region.startLine,
  ]);
  expect(places).toContainEqual(['target-missed', 'error', 'a.yaml', 10]);
  expect(places.filter(([, , file]) => file === 'b.yaml')).toEqual([[expect.stringMatching(/^spec\//), 'error', 'b.yaml', 6]]);
  expect(valid({ ...log, version: '2.0.0' })).toBe(false);
});

test('JUnit XML is valid by the schema of Jenkins: a missed target is a failure, a spec that cannot be read an error', async () => {
  const { out } = await checked({ 'a.yaml': spec, 'b.yaml': broken }, 'junit');
  expect(await junitErrors(out)).toEqual([]);
  expect(out).toContain('<testsuites name="nines check" tests="3" failures="1" errors="1">');
  expect(out).toContain('<failure type="target-missed" message="Buy is 99.5 % available, and 99.9 % is wanted."/>');
  expect((await junitErrors(out.replace('<testcase name', '<testcase nome'))).length).toBeGreaterThan(0);
});

test('the code quality report has the fields that GitLab documents', async () => {
  const { out } = await checked({ 'a.yaml': spec, 'b.yaml': broken }, 'codequality');
  const issues = JSON.parse(out) as { check_name: string; fingerprint: string; location: unknown }[];
  const valid = new Ajv().compile(JSON.parse(read('gitlab-codequality.json')) as object);
  valid(issues);
  expect(valid.errors).toBeNull();
  expect(issues.find((issue) => issue.check_name === 'target-missed')?.location).toEqual({ path: 'a.yaml', lines: { begin: 10 } });
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
});

test('annotations for GitHub are one command a line, at the lines of the spec', async () => {
  const { out } = await checked({ 'a.yaml': spec }, 'github');
  expect(out).toContain('::error file=a.yaml,line=10,endLine=10,');
  expect(out).toContain('title=Target missed::Buy is 99.5 % available, and 99.9 % is wanted.\n'.replace(/%/g, '%25'));
  for (const line of out.trimEnd().split('\n')) expect(line).toMatch(/^::(error|warning|notice) [^:]*::/);
});

test('a gate that passes says so in every format', async () => {
  const good = spec.replace('99.9%', '99%');
  expect((await checked({ 'a.yaml': good }, 'markdown')).out).toMatch(/^### (✅|⚠️) shop meets its target/);
  expect((await checked({ 'a.yaml': good }, 'junit')).out).toContain('failures="0" errors="0"');
  expect((await checked({ 'a.yaml': good }, 'github')).out).not.toContain('::error');
});

test('several formats are written by one call', async () => {
  const io = temporaryIo({ 'a.yaml': spec });
  expect(
    await run(['check', 'a.yaml', '--format', 'sarif=out/nines.sarif', '--format', 'junit=out/nines.xml', '--format', 'text'], io),
  ).toBe(1);
  expect(JSON.parse(readFileSync(join(io.cwd, 'out/nines.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(readFileSync(join(io.cwd, 'out/nines.xml'), 'utf8')).toContain('<testsuites');
  expect(io.out).toContain('misses its target');
});

const hostile =
  'a|b`c` <img src=x onerror=alert(1)> @everyone ]]> &amp; "q" [l](http://x) {0} %0A::set-output name=x::y\n::error::z\r\u0000\u001B[2J\u202E\uD800 $(id) ::end';

const hostileDocument = checkDocument(
  {
    version: 1,
    tool: { nines: '0', assumptions: '' },
    topologies: [],
    diagnostics: [
      error('spec/x', 'Hostile', hostile, {
        range: { file: `${hostile}.yaml`, start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } },
      }),
    ],
  },
  [],
  { unread: true },
);

describe('hostile text stays what it is', () => {
  const of = (format: string) => checkFormats[format]!(hostileDocument);

  test('in annotations: one command, nothing decoded', () => {
    const out = of('github');
    expect(out.trimEnd().split(/[\r\n]/)).toHaveLength(1);
    expect(out.startsWith('::error file=')).toBe(true);
    expect(out.slice(0, out.indexOf('Hostile:'))).not.toContain('::set-output');
    expect(out.slice(out.indexOf('Hostile:'))).toContain('%250A');
  });

  test('in SARIF: valid, no links, no placeholders, a URI', () => {
    const log = JSON.parse(of('sarif')) as Sarif;
    const valid = sarifValid();
    valid(log);
    expect(valid.errors).toBeNull();
    const [result] = log.runs[0]!.results;
    expect(result!.message.text).toContain('\\[l\\](http');
    expect(result!.message.text).toContain('{{0}}');
    expect(result!.locations[0]!.physicalLocation.artifactLocation.uri).toMatch(/^[A-Za-z0-9%._~!'()*/-]+$/);
  });

  test('in JUnit: well-formed, and its text comes back', async () => {
    const out = of('junit');
    expect(await junitErrors(out)).toEqual([]);
    const message = /message="([^"]*)"/.exec(out)![1]!;
    const decoded = message.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    expect(decoded).toContain('a|b`c` <img src=x onerror=alert(1)> @everyone ]]> &amp; "q" [l](http://x) {0} %0A::set-output');
  });

  test('in Markdown: no markup, no mention, no tag', () => {
    const out = of('markdown');
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(2);
    for (const markup of ['<img', '@everyone', '`c`', '](http', 'a|b']) expect(out).not.toContain(markup);
  });

  test('in the code quality report: valid, one issue', () => {
    expect(JSON.parse(of('codequality'))).toHaveLength(1);
  });
});
