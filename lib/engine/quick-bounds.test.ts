import { compile } from './compile';
import { Formula } from './formula';
import { quickBounds } from './quick-bounds';
import { Random } from './random';
import { randomFormula } from './random-formula';

test.each<[string, { negations?: boolean; states?: boolean }]>([
  ['of basic events', {}],
  ['with negations', { negations: true }],
  ['with ladders and choices', { states: true }],
  ['with all of that', { states: true, negations: true }],
])('bounds in one pass hold the exact probability of random formulas %s', (name, options) => {
  const random = new Random(5).split(name);
  let useful = 0;
  for (let i = 0; i < 300; i++) {
    const { formula, root, values } = randomFormula(random, { ...options, events: 2 + random.integer(12), gates: 1 + random.integer(20) });
    for (const [ref, exact] of [root, root ^ 1].map((one) => [one, compile(formula, [one]).probability(values)[0]!] as const)) {
      const { lower, upper } = quickBounds(formula, ref, values);
      expect(lower).toBeLessThanOrEqual(exact * (1 + 1e-12));
      expect(upper).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
      if (lower > 0 && upper < 1) useful += 1;
    }
  }
  expect(useful).toBeGreaterThan(100);
});

test('each bound is met by what it allows: independent parts, one suffices, all are needed, two of three', () => {
  const formula = new Formula();
  const refs = ['a', 'b', 'c'].map((name) => formula.basic(name));
  const q = [1e-200, 3e-5, 0.2];
  const and = quickBounds(formula, formula.and(refs), q);
  expect(and.lower / (1e-200 * 3e-5 * 0.2)).toBeCloseTo(1, 8);
  expect(and.upper / 1e-200).toBeCloseTo(1, 8);
  const or = quickBounds(formula, formula.or(refs.slice(0, 2)), q);
  expect(or.lower / 3e-5).toBeCloseTo(1, 8);
  expect(or.upper / 3e-5).toBeCloseTo(1, 8);
  const two = quickBounds(formula, formula.atLeast(2, refs), q);
  expect(two.lower / (3e-5 * 0.2)).toBeCloseTo(1, 8);
  expect(two.upper / (0.20003 / 2)).toBeCloseTo(1, 8);
});

test('exclusive outcomes are not taken for associated', () => {
  const formula = new Formula();
  const [left, right] = formula.choice('place', 2) as [number, number];
  const [a, b] = [formula.basic('a'), formula.basic('b')];
  const root = formula.and([formula.or([left, a]), formula.or([right, b])]);
  const values = [0.5, 0.5, 1e-6, 1e-6];
  const exact = compile(formula, [root]).probability(values)[0]!;
  expect(quickBounds(formula, root, values).lower).toBeLessThanOrEqual(exact);
});
