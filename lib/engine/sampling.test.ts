import { influences, latinHypercube, spread, type Uncertain } from './sampling';

const range = (name: string, median: number): Uncertain => ({
  name,
  distribution: { shape: 'two-piece-lognormal', median, p5: median / 3, p95: median * 5 },
});

test('each stratum of each input holds exactly one value', () => {
  const [column] = latinHypercube([{ name: 'a', distribution: { shape: 'uniform', low: 0, high: 100 } }], 100, 1);
  expect([...(column as Float64Array)].map(Math.floor).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
});

test('the sample returns the median and range that went in', () => {
  const [column] = latinHypercube([range('a', 2)], 1000, 5);
  const { p5, p50, p95 } = spread(column as Float64Array);
  expect(Math.abs(p5 / (2 / 3) - 1)).toBeLessThan(0.01);
  expect(Math.abs(p50 / 2 - 1)).toBeLessThan(0.005);
  expect(Math.abs(p95 / 10 - 1)).toBeLessThan(0.01);
});

test('an added input does not change the draws of the others', () => {
  const [a] = latinHypercube([range('a', 2)], 50, 5);
  const [, again] = latinHypercube([range('new', 1), range('a', 2)], 50, 5);
  expect(again).toEqual(a);
});

test('columns of different inputs are uncorrelated, and the same seed repeats them', () => {
  const inputs = [range('a', 1), range('b', 1)];
  const columns = latinHypercube(inputs, 1000, 9);
  expect(latinHypercube(inputs, 1000, 9)).toEqual(columns);
  const [first] = influences([inputs[0] as Uncertain], [columns[0] as Float64Array], columns[1] as Float64Array);
  expect(Math.abs(first?.rankCorrelation as number)).toBeLessThan(0.12);
});

test('the spread of a sum of logarithms goes back to its inputs in proportion to their variances', () => {
  const inputs: Uncertain[] = [1, 2, 3, 0].map((sigma, i) => ({
    name: `x${i}`,
    distribution: { shape: 'lognormal', median: 1, errorFactor: Math.exp(sigma * 1.6448536269514722) },
  }));
  const columns = latinHypercube(inputs, 4000, 2);
  const result = Float64Array.from({ length: 4000 }, (_, i) => columns.reduce((product, c) => product * (c[i] as number), 1));
  const found = influences(inputs, columns, result);
  expect(found.map((f) => f.name)).toEqual(['x2', 'x1', 'x0', 'x3']);
  // The variances 9 : 4 : 1 on the normal scale; Spearman's r of a binormal pair is 6/π·asin(r/2).
  [9, 4, 1].forEach((v, i) => {
    const expected = ((6 / Math.PI) * Math.asin(Math.sqrt(v / 14) / 2)) ** 2;
    expect(Math.abs((found[i]?.share as number) - expected)).toBeLessThan(0.03);
  });
  expect(found[3]?.share).toBe(0);
});
