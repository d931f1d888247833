import { expectedDetection, worstDetection } from './detection';
import { assumptionsOf, evaluate, renameAssumptions, type Quantity } from './quantity';

const quantity: Quantity = { sum: [10, { product: [2, { assumption: 'x' }] }, { least: [{ assumption: 'y' }, 5] }] };

test('a quantity is computed from the values of its assumptions', () => {
  expect(evaluate(quantity, (name) => ({ x: 3, y: 4 })[name]!)).toBe(20);
  expect(evaluate(quantity, (name) => ({ x: 3, y: 9 })[name]!)).toBe(21);
  expect(assumptionsOf(quantity)).toEqual(['x', 'y']);
});

test('renamed assumptions change nothing else', () => {
  const renamed = renameAssumptions(quantity, (name) => `component/db/${name}`);
  expect(assumptionsOf(renamed)).toEqual(['component/db/x', 'component/db/y']);
  expect(evaluate(renamed, (name) => (name.endsWith('x') ? 3 : 4))).toBe(20);
});

test('detection by the default check of a balancer takes 50 s on average and 65 s at worst', () => {
  const check = { intervalSeconds: 30, timeoutSeconds: 5, unhealthy: 2 };
  expect(expectedDetection(check)).toBe(50);
  expect(worstDetection(check)).toBe(65);
});
