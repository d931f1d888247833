import { Random } from '../engine/random';
import { countDead, deadOf, pivotal } from './counting';

/** P(exactly k dead) for each k, unit by unit. */
function oneByOne(units: readonly number[]): number[] {
  let chances = [1];
  for (const p of units) {
    const next = Array.from({ length: chances.length + 1 }, () => 0);
    chances.forEach((chance, k) => {
      next[k] = next[k]! + chance * (1 - p);
      next[k + 1] = next[k + 1]! + chance * p;
    });
    chances = next;
  }
  return chances;
}

const from = (chances: readonly number[], k: number): number =>
  chances
    .slice(k)
    .reverse()
    .reduce((sum, chance) => sum + chance, 0);

/** How far a number is from what it should be, relatively. */
const off = (actual: number, expected: number): number => (expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1));

test.each([1e-12, 1e-4, 0.02, 0.5, 0.75, 0.9999, 1 - 1e-9])('units that are alike are counted as one by one: p = %p', (p) => {
  let worst = 0;
  for (const n of [1, 2, 5, 17, 50]) {
    const chances = oneByOne(Array.from({ length: n }, () => p));
    for (let k = 1; k <= n; k++) {
      const expected = from(chances, k);
      worst = Math.max(worst, expected > 1e-290 ? off(deadOf(n, k, p), expected) : 0);
    }
  }
  expect(worst).toBeLessThan(1e-13);
});

test('certain units, and more than there are', () => {
  expect(deadOf(5, 5, 1)).toBe(1);
  expect(deadOf(5, 1, 0)).toBe(0);
  expect(deadOf(5, 6, 0.3)).toBe(0);
  expect(deadOf(5, 0, 0.3)).toBe(1);
});

test('groups of units, alike or not, are counted as one by one, and so is what one more death adds', () => {
  const random = new Random(5);
  for (let round = 0; round < 300; round++) {
    const groups = Array.from({ length: 1 + Math.floor(random.uniform() * 3) }, (_, node) => ({
      node,
      count: 1 + Math.floor(random.uniform() * 8),
    }));
    const same = random.uniform() < 0.5;
    const first = 10 ** (-6 * random.uniform());
    const values = groups.map(() => (same ? first : 10 ** (-6 * random.uniform())));
    const units = groups.flatMap(({ count, node }) => Array.from({ length: count }, () => values[node]!));
    const least = 1 + Math.floor(random.uniform() * units.length);
    expect(off(countDead({ least, groups }, values), from(oneByOne(units), least))).toBeLessThan(1e-13);
    const adds = pivotal({ least, groups }, values);
    groups.forEach(({ node }, i) => {
      const others = [...units];
      others.splice(units.indexOf(values[node]!), 1);
      expect(off(adds[i]!, oneByOne(others)[least - 1] ?? 0)).toBeLessThan(1e-13);
    });
  }
});
