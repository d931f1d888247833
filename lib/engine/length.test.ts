import { atomsOf, excess, meanOf, meanWithin, survival, type Length } from './length';

const exponential = (mean: number): Length => ({ distribution: 'exponential', mean });
const fixed = (mean: number): Length => ({ distribution: 'fixed', mean });
const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

test('the shorter of two exponential lengths is exponential with the sum of the rates', () => {
  const both: Length = { distribution: 'shorter', lengths: [exponential(3), exponential(6)] };
  expect(relative(meanOf(both), 2)).toBeLessThan(1e-10);
  expect(relative(survival(both, 5), Math.exp(-2.5))).toBeLessThan(1e-14);
});

test('a residual length has the mean E[D²] / 2E[D]', () => {
  const mean = (length: Length) => meanOf({ distribution: 'residual', length });
  expect(relative(mean(fixed(10)), 5)).toBeLessThan(1e-12);
  expect(relative(mean(exponential(10)), 10)).toBeLessThan(1e-10);
  expect(relative(mean({ distribution: 'lognormal', mean: 10, sigma: 0.8 }), 5 * Math.exp(0.64))).toBeLessThan(1e-8);
});

test('E[min(D, t)] and E[(D − t)⁺] add up to the mean, and E[min(D, t)] keeps its digits for small t', () => {
  const lengths: Length[] = [
    fixed(40),
    exponential(40),
    { distribution: 'lognormal', mean: 40, sigma: 1.3 },
    { distribution: 'at-most', limit: 30, length: exponential(40) },
    {
      distribution: 'mixture',
      parts: [
        { chance: 0.25, length: fixed(5) },
        { chance: 0.75, length: exponential(50) },
      ],
    },
  ];
  for (const length of lengths) {
    for (const t of [0.5, 7, 35, 90]) expect(relative(meanWithin(length, t) + excess(length, t), meanOf(length))).toBeLessThan(1e-12);
    expect(relative(meanWithin(length, 1e-12), 1e-12)).toBeLessThan(1e-10);
  }
});

test('cutting a length off leaves an atom at the limit', () => {
  expect(atomsOf({ distribution: 'at-most', limit: 30, length: exponential(40) })).toEqual([{ at: 30, chance: Math.exp(-0.75) }]);
  expect(atomsOf({ distribution: 'at-most', limit: 30, length: fixed(30) })).toEqual([{ at: 30, chance: 1 }]);
  const shorter: Length = { distribution: 'shorter', lengths: [fixed(20), fixed(20)] };
  expect(atomsOf(shorter)).toEqual([{ at: 20, chance: 1 }]);
});
