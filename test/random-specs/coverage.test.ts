import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../lib/kinds/kinds.generated';
import { loadSpec } from '../../lib/spec/load';
import { schemaOf } from '../../lib/spec/schema';
import { coveredBy, pairsIn, pairsOf, pointsOf } from './coverage';
import { randomSpec } from './random-spec';

const seeds = Array.from({ length: 250 }, (_, seed) => seed);
const schema = schemaOf(kinds);

test('every random spec is valid', () => {
  for (const seed of seeds) {
    const { diagnostics } = loadSpec(JSON.stringify(randomSpec(seed)), `random-${seed}.json`);
    const wrong = diagnostics.filter(({ severity }) => severity === 'error');
    expect({ seed, wrong: wrong.map(({ code, path, detail }) => `${code} ${path?.join('.')}: ${detail}`) }).toEqual({ seed, wrong: [] });
  }
});

test('random specs say everything that the schema lets a spec say, and every pair of kinds', () => {
  const points = new Set([...pointsOf(schema), ...pairsOf(kinds)]);
  const covered = new Set(seeds.flatMap((seed) => [...coveredBy(randomSpec(seed), schema), ...pairsIn(randomSpec(seed))]));
  const missed = [...points].filter((point) => !covered.has(point));
  process.stdout.write(
    `random specs cover ${points.size - missed.length} of ${points.size} points of the schema (${((100 * (points.size - missed.length)) / points.size).toFixed(1)} %)\n`,
  );
  expect(missed).toEqual([]);
  // What is covered but was never counted would make the figure mean nothing.
  expect([...covered].filter((point) => !points.has(point))).toEqual([]);
});

test('the same seed gives the same spec, another seed another one', () => {
  expect(randomSpec(3)).toEqual(randomSpec(3));
  expect(new Set(seeds.map((seed) => JSON.stringify(randomSpec(seed)))).size).toBe(seeds.length);
});

test('the published schema is the one that is measured', () => {
  expect(JSON.parse(readFileSync(join(__dirname, '../../nines.schema.json'), 'utf8'))).toEqual(schema);
});
