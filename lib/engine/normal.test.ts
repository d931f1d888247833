import { normalCumulative, normalQuantile } from './normal';

/** The lower tail by the continued fraction of Mills' ratio (Abramowitz & Stegun 26.2.14), the middle by the series 26.2.11: slow, and another way. */
function byFraction(x: number): number {
  if (x > 0) return 1 - byFraction(-x);
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x < -2) {
    let fraction = -x;
    for (let k = 400; k >= 1; k--) fraction = -x + k / fraction;
    return density / fraction;
  }
  let [term, sum] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-19 * Math.abs(sum); k += 2) sum += term *= (x * x) / k;
  return 0.5 + density * sum;
}

test('the normal distribution keeps its digits far into the lower tail', () => {
  for (let x = -37; x <= 8; x += 0.0137) expect(Math.abs(normalCumulative(x) / byFraction(x) - 1)).toBeLessThan(4e-14);
  expect([-Infinity, 0, Infinity].map(normalCumulative)).toEqual([0, 0.5, 1]);
  expect(normalCumulative(NaN)).toBeNaN();
});

test('its quantile is its inverse', () => {
  for (let u = 1e-12; u < 0.999; u = 1.3 * u + 1e-12) expect(Math.abs(normalCumulative(normalQuantile(u)) / u - 1)).toBeLessThan(1e-13);
});
