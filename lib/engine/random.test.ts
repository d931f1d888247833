import { normalCumulative, normalQuantile } from './normal';
import { Random, step } from './random';

test('xoshiro128++ follows its definition from the state 1, 2, 3, 4', () => {
  // First outputs of the reference C code (Blackman and Vigna) with this state.
  const expected = [641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295];
  const state = Int32Array.of(1, 2, 3, 4);
  expect(expected.map(() => step(state) >>> 0)).toEqual(expected);
});

test('the same seed gives the same numbers and another seed gives others', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (r) => () =>
          r.uniform()
      )(new Random(seed)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
  expect(draw(2 ** 40 + 7)).not.toEqual(draw(7));
});

test('a split stream depends on its name and not on what its parent has drawn', () => {
  const parent = new Random(3);
  const before = parent.split('zone/a').uniform();
  parent.uniform();
  expect(parent.split('zone/a').uniform()).toBe(before);
  expect(parent.split('zone/b').uniform()).not.toBe(before);
  expect(parent.split(1).uniform()).not.toBe(parent.split('\u0001').uniform());
});

test('filling an array gives the numbers that single draws give', () => {
  const single = new Random(5);
  const filled = new Random(5);
  expect([...filled.bitsInto(new Int32Array(9))]).toEqual(Array.from({ length: 9 }, () => single.bits()));
  expect(filled.bits()).toBe(single.bits());
});

test('moments of uniform, exponential, normal and lognormal numbers are right', () => {
  const random = new Random(11);
  const n = 200_000;
  let [u, e, z, zz, l] = [0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    u += random.uniform();
    e += random.exponential(3);
    const x = random.normal();
    z += x;
    zz += x * x;
    l += random.lognormal(2, 0.5);
  }
  expect(Math.abs(u / n - 0.5)).toBeLessThan(0.003);
  expect(Math.abs(e / n - 3)).toBeLessThan(0.03);
  expect(Math.abs(z / n)).toBeLessThan(0.01);
  expect(Math.abs(zz / n - 1)).toBeLessThan(0.015);
  expect(Math.abs(l / n / (2 * Math.exp(0.125)) - 1)).toBeLessThan(0.006);
});

test('streams of neighbouring seeds and keys are not correlated', () => {
  let sum = 0;
  const n = 20_000;
  for (let i = 0; i < n; i++) sum += (new Random(i).uniform() - 0.5) * (new Random(i + 1).uniform() - 0.5);
  expect(Math.abs((sum / n) * 12)).toBeLessThan(4 / Math.sqrt(n));
});

test('the normal quantile and its inverse agree over the whole range', () => {
  for (const u of [1e-300, 1e-100, 1e-20, 1e-9, 0.001, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999]) {
    expect(Math.abs(normalCumulative(normalQuantile(u)) / u - 1)).toBeLessThan(u < 1e-15 ? 2e-12 : 2e-14);
  }
  expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 14);
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
});
