import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../lib/kinds/kinds.generated';
import { regionAssumptions } from '../lib/resolve/assumptions';
import { loadSpec } from '../lib/spec/load';
import type { JsonSchema } from '../lib/topology/kind';
import { availabilityPattern } from '../lib/units/availability';
import { durationPattern } from '../lib/units/duration';
import { ratePattern } from '../lib/units/rate';

const assumptions = [...regionAssumptions, ...kinds.flatMap((kind) => kind.assumptions)];

interface Setting {
  readonly path: string;
  readonly schema: JsonSchema;
}

function settingsOf(path: string, properties: Readonly<Record<string, JsonSchema>>): Setting[] {
  return Object.entries(properties).flatMap(([name, schema]) => [
    { path: `${path}.${name}`, schema },
    ...settingsOf(`${path}.${name}`, (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>),
  ]);
}

const settings = kinds.flatMap((kind) => settingsOf(kind.name, kind.schema.properties));
/** Forms that a message can explain by itself. */
const explained = [durationPattern, ratePattern, availabilityPattern];

test('no two assumptions have one name, and each is led by its subject', () => {
  const names = assumptions.map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  for (const kind of kinds) for (const { name } of kind.assumptions) expect(name).toMatch(new RegExp(`^${kind.name}\\.[a-z][A-Za-z0-9]*$`));
});

test.each(assumptions.map((assumption) => [assumption.name, assumption] as const))(
  '%s says what it is, where from, and how sure',
  (_, assumption) => {
    const { unit, value, range, source, date, covers, basis } = assumption;
    expect(source.length).toBeGreaterThan(10);
    expect(date).toMatch(/^[0-9]{4}(-[0-9]{2}){0,2}$/);
    expect(covers.length).toBeGreaterThan(10);
    expect(value).toBeGreaterThanOrEqual(0);
    if (unit === 'probability') expect(value).toBeLessThanOrEqual(1);
    if (basis === 'judgement') expect(range).toBeDefined();
    if (!range) return;
    const [low, high] = range;
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
    if (unit === 'probability') expect(high).toBeLessThan(1);
    // What nobody has measured is not known to a few per cent.
    if (basis === 'judgement') expect(high / low).toBeGreaterThan(unit === 'probability' ? 1.02 : 1.5);
  },
);

test('every setting of a kind says what it is for, and every number and text has a bound', () => {
  const silent = settings.filter(({ schema }) => typeof schema.description !== 'string').map(({ path }) => path);
  const unbounded = settings.filter(({ schema: { type, maximum, pattern, maxLength } }) => {
    if (type === 'integer' || type === 'number') return maximum === undefined;
    return type === 'string' && pattern === undefined && maxLength === undefined;
  });
  expect(silent).toEqual([]);
  expect(unbounded.map(({ path }) => path)).toEqual([]);
});

test('every text of a certain form has an example, so that a message can show one', () => {
  const unexplained = settings.filter(
    ({ schema: { pattern, examples } }) => typeof pattern === 'string' && !explained.includes(pattern) && !Array.isArray(examples),
  );
  expect(unexplained.map(({ path }) => path)).toEqual([]);
});

test('the examples of a setting are of its form', () => {
  const wrong = settings.filter(
    ({ schema: { pattern, examples } }) =>
      typeof pattern === 'string' && Array.isArray(examples) && examples.some((example) => !new RegExp(pattern).test(String(example))),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('a kind depends on kinds that exist', () => {
  const names = kinds.map(({ name }) => name);
  expect(kinds.flatMap(({ mayDependOn }) => mayDependOn).filter((name) => !names.includes(name))).toEqual([]);
});

test.each(kinds.map(({ name }) => name))('the kind %s has an example without a mistake, a README, a construct and a way back', (name) => {
  const folder = join(__dirname, '../lib/kinds', name);
  for (const file of ['README.md', 'construct.ts', 'read-back.ts', 'example.yaml'])
    expect({ file, there: existsSync(join(folder, file)) }).toEqual({ file, there: true });
  const { topology, diagnostics } = loadSpec(readFileSync(join(folder, 'example.yaml')), 'example.yaml');
  expect(diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([]);
  expect(topology?.components.map(({ kind }) => kind)).toContain(name);
});
