import { meets, parseWindow } from './window';

test('a daily window is counted from midnight, and may run over it', () => {
  expect(parseWindow('02:00-03:00')).toEqual({ start: 120, end: 180 });
  expect(parseWindow('23:30-00:30')).toEqual({ start: 1410, end: 1470 });
});

test('a weekly window is counted from Monday, and may run over Sunday', () => {
  expect(parseWindow('tue:01:00-tue:01:30')).toEqual({ start: 1500, end: 1530 });
  expect(parseWindow('sun:23:30-mon:00:30')).toEqual({ start: 10_050, end: 10_110 });
});

test.each([
  ['02:00-03:00', 'sun:04:00-sun:05:00', false],
  ['02:00-03:00', 'sun:03:00-sun:04:00', false],
  ['02:00-03:01', 'sun:03:00-sun:04:00', true],
  ['00:00-00:30', 'sun:23:30-mon:00:30', true],
  ['23:30-00:30', 'mon:00:00-mon:00:30', true],
  ['23:30-00:30', 'wed:00:00-wed:00:30', true],
  ['12:00-13:00', 'sun:23:30-mon:00:30', false],
])('every day %s and every week %s meet: %s', (daily, weekly, expected) => {
  expect(meets(parseWindow(daily), parseWindow(weekly))).toBe(expected);
});

test('what is no window is refused', () => {
  expect(() => parseWindow('25:00-26:00')).toThrow(RangeError);
});
