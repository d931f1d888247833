import fc from 'fast-check';
import { availabilityText, durationText, perYearText, shareText } from './numbers';

/** What a reader takes from a percentage, digit by digit. */
function read(text: string): number {
  const [whole, fraction = ''] = text.replace(' %', '').split('.') as [string, string?];
  const missing = 100n * 10n ** BigInt(fraction.length) - BigInt(whole + fraction);
  return Number(`${missing}e-${fraction.length + 2}`);
}

const unavailability = fc.double({ min: -12, max: -0.31, noNaN: true }).map((exponent) => 10 ** exponent);

test('a rounded availability never shows a pass that the exact value fails, nor a failure of what passes', () => {
  const near = fc.double({ min: -1e-3, max: 1e-3, noNaN: true });
  fc.assert(
    fc.property(unavailability, near, (target, distance) => {
      // A target is written with at most 15 decimals.
      const written = Number(target.toPrecision(3));
      const exact = written * (1 + distance);
      fc.pre(Math.abs(exact - written) > 1e-15);
      expect(read(availabilityText(exact, written)) > written).toBe(exact > written);
    }),
    { numRuns: 3000, seed: 1 },
  );
});

test('an availability has two digits of what is missing, counted without loss', () => {
  expect(availabilityText(1.234e-4)).toBe('99.988 %');
  expect(availabilityText(3.1e-9)).toBe('99.99999969 %');
  expect(availabilityText(0)).toBe('100 %');
  expect(availabilityText(0.25)).toBe('75 %');
  expect(availabilityText(5.04e-4, 5e-4)).toBe('99.9496 %');
  expect(availabilityText(5e-4, 5e-4)).toBe('99.95 %');
});

test('durations have two units and never sixty of one', () => {
  expect(durationText(16.3)).toBe('16 min 18 s');
  expect(durationText(59.995)).toBe('1 h');
  expect(durationText(24 * 60 - 0.1)).toBe('1 d');
  expect(durationText(0.5)).toBe('30 s');
  expect(durationText(0.995)).toBe('1 min');
  expect(durationText(500)).toBe('8 h 20 min');
  expect(durationText(0)).toBe('nothing');
});

test('how often something happens is said in years where it is rare', () => {
  expect(perYearText(12.34)).toBe('12 a year');
  expect(perYearText(0.2)).toBe('once in 5 years');
  expect(perYearText(0)).toBe('never');
});

test('a share that is not nothing never reads as nothing', () => {
  expect(['0.0004', '0.004', '0.41', '0.999', '1', '0'].map((share) => shareText(Number(share)))).toEqual([
    '< 1 %',
    '< 1 %',
    '41 %',
    '> 99 %',
    '100 %',
    '0 %',
  ]);
});
