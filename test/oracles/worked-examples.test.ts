import problems from './worked-examples.json';
import { solutions } from './solutions';

/** All numbers of a value, in order. */
function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbers) : [];
}

/** A number with as many digits as a text prints. */
function asPrinted(value: number, printed: string, cutOff: boolean): string {
  const decimals = /\.([0-9]*)/.exec(printed)?.[1]?.length ?? 0;
  if (printed.includes('e')) return value.toExponential(decimals).replace('e+', 'e');
  const scale = 10 ** decimals;
  return cutOff ? (Math.floor(value * scale) / scale).toFixed(decimals) : value.toFixed(decimals);
}

test('every problem has a solution, and every solution a problem with a source', () => {
  expect(Object.keys(solutions).sort()).toEqual(problems.map(({ id }) => id).sort());
  expect(problems.filter(({ source }) => source.length < 10)).toEqual([]);
});

test.each(problems)('$id: $name', ({ id, computed }) => {
  const { values, printed, cutOff = false, further = 0 } = solutions[id]!();
  const expected = numbers(computed);
  const compared = values.slice(0, values.length - further);
  expect(compared.length).toBe(expected.length);
  compared.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-9 * Math.abs(expected[i]!)));
  expect(printed.length).toBe(values.length);
  // The source prints no digits where the text is empty.
  expect(values.flatMap((value, i) => (printed[i] === '' ? [] : [asPrinted(value, printed[i]!, cutOff)]))).toEqual(
    printed.filter((text) => text !== ''),
  );
});
