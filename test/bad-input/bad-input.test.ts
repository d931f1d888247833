import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../lib/diagnostics/diagnostic';
import { diagnosticsText } from '../../lib/report/diagnostics-text';
import { loadSpec } from '../../lib/spec/load';

const folder = join(__dirname, 'specs');
const specs = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name));

/** What a person is told, beside the spec in `<spec>.txt`. Written by UPDATE_GOLDEN=1, never in CI. */
function compare(name: string, text: string): void {
  const golden = join(folder, `${name}.txt`);
  const writes = process.env.UPDATE_GOLDEN === '1' && !process.env.CI;
  if (writes && (!existsSync(golden) || readFileSync(golden, 'utf8') !== text)) writeFileSync(golden, text);
  expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
}

function told({ diagnostics, text }: { diagnostics: readonly Diagnostic[]; text: string }, file: string): string {
  return diagnosticsText(diagnostics, { texts: new Map([[file, text]]) });
}

test('there are at least sixty broken specs', () => {
  expect(specs.length).toBeGreaterThanOrEqual(60);
});

test.each(specs)('%s is refused with these words', (name) => {
  const loaded = loadSpec(readFileSync(join(folder, name)), name);
  expect(loaded.topology).toBeNull();
  compare(name, told(loaded, name));
});

test.each(specs)('each mistake in %s has a code, a place and a way out, and control characters do not get through', (name) => {
  const { diagnostics, text } = loadSpec(readFileSync(join(folder, name)), name);
  for (const { code, summary, detail, range } of diagnostics) {
    expect(code).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
    expect(summary).not.toMatch(/["\n]/);
    expect(detail).toMatch(/[.?]$/);
    expect(range?.file).toBe(name);
  }
  expect(told({ diagnostics, text }, name)).not.toMatch(new RegExp(String.raw`[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]`));
});

const base = readFileSync(join(folder, 'duplicate-component.yaml'), 'utf8').replace(/ {2}web: \{ kind: queue \}\n/, '');
const withComponents = (count: number) =>
  base.replace('components:\n', `components:\n${Array.from({ length: count }, (_, i) => `  c${i}: { kind: queue }\n`).join('')}`);

test('what the specs of this test are made from is right', () => {
  expect(loadSpec(base, 'base.yaml').topology).not.toBeNull();
});

test.each([
  ['a file of ten megabytes', () => `# ${'x'.repeat(10 * 1024 * 1024)}\n${base}`, 'spec/too-large'],
  ['a million components', () => withComponents(1_000_000), 'spec/too-large'],
  ['more components than anybody reviews', () => withComponents(5000), 'spec/too-many-components'],
  ['a list of a hundred thousand zones', () => base.replace('[eu-west-1a', `[${'eu-west-1a, '.repeat(80_000)}eu-west-1a`), 'spec/length'],
  ['a name of half a megabyte', () => base.replace('name: shop', `name: ${'a'.repeat(500_000)}`), 'spec/name'],
  [
    'a hundred thousand unknown settings',
    () => base + Array.from({ length: 80_000 }, (_, i) => `x${i}: 1\n`).join(''),
    'spec/too-many-mistakes',
  ],
  ['half a million open brackets', () => `a: ${'['.repeat(500_000)}`, 'spec/too-deep'],
  ['a text of carriage returns', () => '\r'.repeat(1_000_000), 'spec/empty'],
  ['a chain of a thousand dependencies in a circle', () => chain(900), 'spec/cycle'],
])(
  '%s is refused in bounded time',
  (_, make, code) => {
    const { topology, diagnostics } = loadSpec(make(), 'hostile.yaml');
    expect(topology).toBeNull();
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    expect(diagnostics.length).toBeLessThanOrEqual(101);
    expect(Math.max(...diagnostics.map(({ detail }) => detail.length))).toBeLessThan(2000);
  },
  20_000,
);

function chain(length: number): string {
  const components = Array.from(
    { length },
    (_, i) =>
      `  s${i}: { kind: instances, image: ami-0123456789abcdef0, type: m6i.large, count: 2, needs: 1, dependsOn: [s${(i + 1) % length}] }\n`,
  );
  return base.replace('components:\n', `components:\n${components.join('')}`);
}
