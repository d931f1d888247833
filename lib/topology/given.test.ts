import { booleanIn, numberIn, oneOfIn, rateIn, secondsIn, textIn } from './given';

const given = { count: 3, image: 'ami-1', fifo: false, grace: '5m', load: '120/m', form: 'single' };

test('written settings are read with their unit', () => {
  expect(numberIn(given, 'count')).toBe(3);
  expect(textIn(given, 'image')).toBe('ami-1');
  expect(booleanIn(given, 'fifo')).toBe(false);
  expect(secondsIn(given, 'grace')).toBe(300);
  expect(rateIn(given, 'load')).toBe(2);
  expect(oneOfIn(given, 'form', ['single', 'pair'])).toBe('single');
});

test('a setting that is not given is undefined, not zero or false', () => {
  for (const read of [numberIn, textIn, booleanIn, secondsIn, rateIn]) expect(read(given, 'other')).toBeUndefined();
  expect(oneOfIn(given, 'form', ['pair'])).toBeUndefined();
});

test('a duration that no schema has accepted is a wrong call', () => {
  expect(() => secondsIn({ grace: '5 minutes' }, 'grace')).toThrow(RangeError);
});
