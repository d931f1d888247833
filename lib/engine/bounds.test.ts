import { bounds, closestBounds } from './bounds';
import { compile } from './compile';
import { Formula } from './formula';
import { Random } from './random';
import { randomFormula } from './random-formula';

test.each<[string, { negations?: boolean; states?: boolean }]>([
  ['of basic events', {}],
  ['with negations', { negations: true }],
  ['with ladders and choices', { states: true, negations: true }],
])('bounds of random formulas %s hold the exact probability, and meet it when nothing is pruned', (name, options) => {
  const random = new Random(99).split(name);
  let open = 0;
  for (let i = 0; i < 60; i++) {
    const { formula, root, values } = randomFormula(random, {
      ...options,
      events: 12 + random.integer(12),
      gates: 16 + random.integer(20),
    });
    const exact = compile(formula, [root]).probability(values)[0]!;
    const loose = bounds(formula, root, values, { nodes: 3 });
    expect(loose.lower).toBeLessThanOrEqual(exact * (1 + 1e-12));
    expect(loose.upper).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    if (loose.upper > loose.lower * (1 + 1e-9)) open += 1;
    const close = bounds(formula, root, values);
    expect(close.lower).toBeCloseTo(exact, 12);
    expect(close.upper).toBeCloseTo(exact, 12);
  }
  // Pruning really happened.
  expect(open).toBeGreaterThan(2);
});

test('rare combinations are what is pruned', () => {
  const random = new Random(4);
  const { formula, root, values } = randomFormula(random, { events: 40, gates: 60 });
  const rare = values.map((value) => value * 1e-3);
  const exact = compile(formula, [root]).probability(rare)[0]!;
  const { lower, upper } = bounds(formula, root, rare, { nodes: 100 });
  expect(lower).toBeGreaterThan(exact * 0.9);
  expect(upper).toBeLessThan(exact * 1.1);
});

test('the closest bounds meet where there is room, and are missing where there is no time', () => {
  const { formula, root, values } = randomFormula(new Random(8), { events: 20, gates: 40 });
  const exact = compile(formula, [root]).probability(values)[0]!;
  const found = closestBounds(formula, root, values, {})!;
  expect(Math.abs(found.lower / exact - 1)).toBeLessThan(1e-11);
  expect(Math.abs(found.upper / exact - 1)).toBeLessThan(1e-11);
  expect(closestBounds(formula, root, values, { milliseconds: -1 })).toBeUndefined();
});

test('a large k-of-n gate is bounded with little room', () => {
  const formula = new Formula();
  const root = formula.atLeast(
    40,
    Array.from({ length: 80 }, (_, i) => formula.basic(`e${i}`)),
  );
  const values = new Float64Array(80).fill(0.3);
  const exact = compile(formula, [root]).probability(values)[0]!;
  const { lower, upper } = bounds(formula, root, values, { nodes: 2 });
  expect(lower).toBeLessThanOrEqual(exact * (1 + 1e-12));
  expect(upper).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
});
