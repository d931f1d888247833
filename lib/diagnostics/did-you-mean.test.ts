import { didYouMean } from './did-you-mean';

const kinds = ['cache', 'database', 'load-balancer', 'queue'];

test.each([
  ['queu', 'queue'],
  ['quuee', 'queue'],
  ['Database', 'database'],
  ['loadbalancer', 'load-balancer'],
  ['cahce', 'cache'],
])('%s was meant to be %s', (given, meant) => {
  expect(didYouMean(given, kinds)).toBe(meant);
});

test.each(['x', 'lambda', '', 'toString', '__proto__'])('%j is near to nothing', (given) => {
  expect(didYouMean(given, kinds)).toBeUndefined();
});

test('a text of a megabyte is answered at once', () => {
  expect(didYouMean('q'.repeat(1_000_000), kinds)).toBeUndefined();
});
