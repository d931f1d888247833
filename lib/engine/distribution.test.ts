import { lognormalOfMean, quantileOf, type Distribution } from './distribution';
import { incompleteBeta, incompleteGamma, logGamma } from './special-functions';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

test('a two-piece lognormal has its median in the middle and its range at 5 and 95 %', () => {
  const quantile = quantileOf({ shape: 'two-piece-lognormal', median: 0.2, p5: 0.05, p95: 0.8 });
  for (const [u, x] of [
    [0.05, 0.05],
    [0.5, 0.2],
    [0.95, 0.8],
  ] as const)
    expect(relative(quantile(u), x)).toBeLessThan(1e-14);
});

test('a two-piece logit-normal stays inside (0, 1) and keeps the digits of small and of large probabilities', () => {
  const small = quantileOf({ shape: 'two-piece-logit-normal', median: 1e-9, p5: 1e-10, p95: 1e-7 });
  expect(relative(small(0.05), 1e-10)).toBeLessThan(1e-13);
  expect(relative(small(0.95), 1e-7)).toBeLessThan(1e-13);
  const large = quantileOf({ shape: 'two-piece-logit-normal', median: 0.99, p5: 0.9, p95: 0.999 });
  expect(relative(1 - large(0.95), 1 - 0.999)).toBeLessThan(1e-12);
  expect(large(1 - 1e-12)).toBeLessThan(1);
  expect(large(0.5)).toBeCloseTo(0.99, 14);
});

test('a lognormal of mean and error factor has that mean and that 95 % point', () => {
  const d = lognormalOfMean(2e-4, 5) as Distribution & { shape: 'lognormal' };
  const sigma = Math.log(5) / 1.6448536269514722;
  expect(relative(d.median, 2e-4 * Math.exp((-sigma * sigma) / 2))).toBeLessThan(1e-14);
  expect(relative(quantileOf(d)(0.95), 5 * d.median)).toBeLessThan(1e-13);
});

test('every quantile function rises and inverts its cumulative distribution', () => {
  const grid = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
  const triangle = quantileOf({ shape: 'triangular', low: 1, mode: 2, high: 5 });
  const triangleBelow = (x: number) => (x < 2 ? (x - 1) ** 2 / 4 : 1 - (5 - x) ** 2 / 12);
  const beta = quantileOf({ shape: 'beta', alpha: 0.5, beta: 20 });
  const gamma = quantileOf({ shape: 'gamma', shapeParameter: 2.5, scale: 3 });
  for (const u of grid) {
    expect(triangleBelow(triangle(u))).toBeCloseTo(u, 12);
    expect(incompleteBeta(beta(u), 0.5, 20)).toBeCloseTo(u, 12);
    expect(incompleteGamma(2.5, gamma(u) / 3)).toBeCloseTo(u, 12);
  }
  expect(quantileOf({ shape: 'uniform', low: 2, high: 4 })(0.25)).toBe(2.5);
  const histogram = quantileOf({ shape: 'histogram', boundaries: [0, 1, 3], weights: [1, 3] });
  expect([histogram(0.125), histogram(0.25), histogram(0.625)]).toEqual([0.5, 1, 2]);
});

test('beta quantiles follow closed forms, also far in the tail', () => {
  // With β = 1 the cumulative distribution is x^α.
  const quantile = quantileOf({ shape: 'beta', alpha: 3, beta: 1 });
  for (const u of [1e-200, 1e-30, 1e-6, 0.3, 0.999]) expect(relative(quantile(u), Math.cbrt(u))).toBeLessThan(1e-12);
});

test('the gamma functions meet known values', () => {
  expect(relative(Math.exp(logGamma(0.5)), Math.sqrt(Math.PI))).toBeLessThan(1e-14);
  expect(relative(logGamma(171), 706.573062245787)).toBeLessThan(1e-14);
  for (const x of [0.1, 1, 3, 10]) expect(incompleteGamma(1, x)).toBeCloseTo(-Math.expm1(-x), 14);
});

test('a median outside its range is a wrong call', () => {
  expect(() => quantileOf({ shape: 'two-piece-lognormal', median: 3, p5: 1, p95: 2 })).toThrow(RangeError);
});
