import fc from 'fast-check';
import { availabilityText, parseAvailability, tryParseAvailability } from './availability';
import { parseDuration, tryParseDuration } from './duration';
import { parseRate, tryParseRate } from './rate';

test('an availability loses no digit on the way to an unavailability', () => {
  expect(tryParseAvailability('99.95%')).toBe(5e-4);
  expect(tryParseAvailability('99.9999999%')).toBe(1e-9);
  expect(tryParseAvailability('100%')).toBe(0);
  expect(tryParseAvailability('0%')).toBe(1);
});

test('every decimal text gives the nearest number to what its digits say', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), fc.stringMatching(/^[0-9]{1,12}$/), (whole, fraction) => {
      const missing = 100n * 10n ** BigInt(fraction.length) - BigInt(`${whole}${fraction}`);
      expect(tryParseAvailability(`${whole}.${fraction}%`)).toBe(Number(`${missing}e-${fraction.length + 2}`));
    }),
  );
});

test.each([
  [0.999, '99.9%'],
  [0.57, '57%'],
  [0.9999999, '99.99999%'],
  [99.95, '99.95%'],
  [0, undefined],
  [1, undefined],
  [-0.9, undefined],
  [1e-9, undefined],
  [1000, undefined],
])('%d was written for %j', (given, text) => {
  expect(availabilityText(given)).toBe(text);
});

test.each(['101%', '99.95', '99,95%', '-1%', '1e2%', ' 99%', '%', '99.%'])('%j is no availability', (text) => {
  expect(tryParseAvailability(text)).toBeUndefined();
  expect(() => parseAvailability(text)).toThrow(RangeError);
});

test.each([
  ['250ms', 0.25],
  ['30s', 30],
  ['1.5m', 90],
  ['2h', 7200],
  ['7d', 604_800],
])('%s is %d seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(['30', '30 s', '-1s', '1w', 's', '1e3s', 'NaNs', 'Infinitys'])('%j is no duration', (text) => {
  expect(tryParseDuration(text)).toBeUndefined();
  expect(() => parseDuration(text)).toThrow('a duration is written like');
});

test('a rate is per second, whatever it was written in', () => {
  expect(parseRate('900/s')).toBe(900);
  expect(parseRate('120/m')).toBe(2);
  expect(tryParseRate('900')).toBeUndefined();
  expect(tryParseRate('900/d')).toBeUndefined();
  expect(() => parseRate('many/s')).toThrow(RangeError);
});
