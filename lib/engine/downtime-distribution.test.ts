import { chanceWithin, type Occurrence } from './downtime-distribution';
import { survival, type Length } from './length';
import { Random } from './random';

const day = 86_400;
const month = { windowSeconds: 30 * day };
const year = { windowSeconds: 365 * day };
const fixed = (mean: number): Length => ({ distribution: 'fixed', mean });

test('six good failovers of a minute a year and four hours in ten years keep 99.99 % in 99.17 % of the months', () => {
  const occurrences = [
    { perYear: 6, length: fixed(60) },
    { perYear: 0.1, length: fixed(4 * 3600) },
  ];
  const { chance, errorBound } = chanceWithin(occurrences, { ...month, allowedSeconds: 1e-4 * 30 * day });
  expect(chance).toBeCloseTo(0.9917, 4);
  expect(errorBound).toBeLessThan(1e-12);
});

test('one minute or with chance 0.1 an hour, 24 times a year: 0.386 for 1.5 min and 0.793 for 4.32 min in a month', () => {
  const length: Length = {
    distribution: 'mixture',
    parts: [
      { chance: 0.9, length: fixed(60) },
      { chance: 0.1, length: fixed(3600) },
    ],
  };
  const within = (minutes: number) => chanceWithin([{ perYear: 24, length }], { ...month, allowedSeconds: 60 * minutes }).chance;
  expect(within(1.5)).toBeCloseTo(0.386, 3);
  expect(within(4.32)).toBeCloseTo(0.793, 3);
  // Closed form: at most four occurrences, all of them short.
  const mean = (24 * 30) / 365;
  const four = [0, 1, 2, 3, 4].reduce((sum, n) => sum + (0.9 * mean) ** n / [1, 1, 2, 6, 24][n]!, 0) * Math.exp(-mean);
  expect(Math.abs(within(4.32) / four - 1)).toBeLessThan(1e-13);
});

test('exponential lengths follow the Bessel series of the compound Poisson sum', () => {
  // P(S ≤ x) = Σ_n Poisson(n; λ) · P(gamma(n) ≤ x / mean), the gamma sum written out.
  const [mean, allowed, perYear] = [900, 2592, 20];
  const rate = (perYear * 30) / 365;
  let [sum, poisson, below, term] = [0, Math.exp(-rate), 1, Math.exp(-allowed / mean)];
  for (let n = 0; n < 80; n++) {
    sum += poisson * below;
    below -= term;
    term *= allowed / mean / (n + 1);
    poisson *= rate / (n + 1);
  }
  for (const tolerance of [1e-3, 1e-4, 2e-5]) {
    const { chance, errorBound } = chanceWithin([{ perYear, length: { distribution: 'exponential', mean } }], {
      ...month,
      allowedSeconds: allowed,
      tolerance,
    });
    expect(errorBound).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(chance - sum)).toBeLessThanOrEqual(errorBound);
    // The rounding errors cancel in the middle of the bounds.
    expect(Math.abs(chance - sum)).toBeLessThan(errorBound / 100);
  }
});

test('a sum that equals the allowance exactly is within it', () => {
  // 36 × 72 s = 43.2 min, the allowance of 99.9 % in 30 days.
  const { chance, errorBound } = chanceWithin([{ perYear: 365, length: fixed(72) }], { ...month, allowedSeconds: 1e-3 * 30 * day });
  let [poisson, sum] = [Math.exp(-30), 0];
  for (let n = 0; n <= 36; n++) {
    sum += poisson;
    poisson *= 30 / (n + 1);
  }
  expect(Math.abs(chance - sum)).toBeLessThan(1e-12);
  expect(errorBound).toBeLessThan(1e-12);
});

test('recursion and transform agree, and thousands of occurrences neither underflow nor overflow', () => {
  const occurrences: Occurrence[] = [{ perYear: 20_000, length: fixed(1) }];
  const coarse = chanceWithin(occurrences, { ...year, allowedSeconds: 20_100 });
  // Normal approximation with continuity correction: (20100.5 − 20000) / √20000 = 0.7106 → 0.7613.
  expect(Math.abs(coarse.chance - 0.7613)).toBeLessThan(0.002);
  const few: Occurrence[] = [{ perYear: 700, length: fixed(1) }];
  const recursion = chanceWithin(few, { ...year, allowedSeconds: 390 });
  const padded: Occurrence[] = [...few, { perYear: 1e-12, length: fixed(0.5) }];
  const transform = chanceWithin(padded, { ...year, allowedSeconds: 390 });
  expect(recursion.chance).toBeGreaterThan(1e-40);
  expect(Math.abs(recursion.chance - transform.chance)).toBeLessThan(1e-8);
});

test('nothing allowed means that nothing may happen, and what lasts no time is no harm', () => {
  const occurrences = [
    { perYear: 2, length: fixed(60) },
    { perYear: 500, length: fixed(0) },
  ];
  expect(chanceWithin(occurrences, { ...year, allowedSeconds: 0 }).chance).toBeCloseTo(Math.exp(-2), 12);
});

test('random mixtures of fixed, exponential, lognormal, cut off and residual lengths agree with a simulation', () => {
  const random = new Random(20);
  for (let round = 0; round < 12; round++) {
    const mean = () => 10 ** (1.5 + 2 * random.uniform());
    const lengths: Length[] = [
      fixed(Math.ceil(mean())),
      fixed(mean()),
      { distribution: 'exponential', mean: mean() },
      { distribution: 'lognormal', mean: mean(), sigma: 0.3 + random.uniform() },
      { distribution: 'at-most', limit: mean(), length: { distribution: 'exponential', mean: mean() } },
      { distribution: 'shorter', lengths: [{ distribution: 'exponential', mean: mean() }, fixed(mean())] },
      { distribution: 'residual', length: fixed(mean()) },
    ];
    const occurrences = lengths.map((length) => ({ perYear: 8 * random.uniform(), length })).filter(() => random.happens(0.7));
    const allowedSeconds = 2592 * random.uniform();
    const { chance, errorBound } = chanceWithin(occurrences, { ...month, allowedSeconds });
    expect(errorBound).toBeLessThan(2e-4);
    const n = 20_000;
    let hits = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (const { perYear, length } of occurrences) {
        for (let t = random.exponential(365 / perYear); t < 30; t += random.exponential(365 / perYear)) sum += draw(length, random);
      }
      if (sum <= allowedSeconds) hits++;
    }
    expect(Math.abs(hits / n - chance)).toBeLessThan(4.5 * Math.sqrt((chance * (1 - chance)) / n) + 1e-3);
  }
});

function draw(length: Length, random: Random): number {
  switch (length.distribution) {
    case 'fixed':
      return length.mean;
    case 'exponential':
      return random.exponential(length.mean);
    case 'lognormal':
      return random.lognormal(length.mean * Math.exp(-(length.sigma ** 2) / 2), length.sigma);
    case 'at-most':
      return Math.min(length.limit, draw(length.length, random));
    case 'shorter':
      return Math.min(...length.lengths.map((each) => draw(each, random)));
    case 'residual':
      // The residual of a fixed length is even.
      return random.uniform() * (length.length as { mean: number }).mean;
    case 'mixture':
      return draw(length.parts[random.happens(length.parts[0]!.chance) ? 0 : 1]!.length, random);
  }
}

test('a survival function never rises', () => {
  const length: Length = {
    distribution: 'shorter',
    lengths: [{ distribution: 'residual', length: { distribution: 'lognormal', mean: 9, sigma: 1 } }, fixed(20)],
  };
  let before = 1;
  for (let x = 0; x < 25; x += 0.1) {
    expect(survival(length, x)).toBeLessThanOrEqual(before + 1e-15);
    before = survival(length, x);
  }
});
