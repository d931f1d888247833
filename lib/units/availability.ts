/** Probability that something is down. Kept as is, never as 1 - p: at nine nines 1 - (1 - q) has lost half of its digits. */
export type Unavailability = number;

/** The written form of an availability, for JSON Schemas. */
export const availabilityPattern = '^(100|[0-9]{1,2}(\\.[0-9]{1,15})?)%$';

/**
 * Unavailability from the decimal text of an availability, digit by digit, so that no digit is lost; undefined if it is not one.
 * @example tryParseAvailability('99.95%') // => 5e-4
 */
export function tryParseAvailability(text: string): Unavailability | undefined {
  const match = /^([0-9]{1,3})(?:\.([0-9]{1,15}))?%$/.exec(text);
  if (!match) return undefined;
  const fraction = match[2] ?? '';
  const missing = 100n * 10n ** BigInt(fraction.length) - BigInt((match[1] as string) + fraction);
  return missing < 0n ? undefined : Number(`${missing}e-${fraction.length + 2}`);
}

/** The unavailability of an availability text that a schema has already accepted. */
export function parseAvailability(text: string): Unavailability {
  const q = tryParseAvailability(text);
  if (q === undefined) throw new RangeError(`an availability is written like 99.95%, got ${JSON.stringify(text)}`);
  return q;
}

/**
 * The availability that a bare number was written for, by its decimal digits; undefined if none is.
 * @example availabilityText(0.999) // => '99.9%'
 */
export function availabilityText(given: number): string | undefined {
  const text = `${given < 1 ? Number(`${given}e2`) : given}%`;
  return given > 0 && given !== 1 && new RegExp(availabilityPattern).test(text) ? text : undefined;
}

/**
 * The share that an availability text means, digit by digit, so that no digit is lost.
 * @example decimalShare('99.95%') // => '0.9995'
 */
export function decimalShare(text: string): string {
  const [whole = '', fraction = ''] = text.replace('%', '').split('.');
  const digits = whole.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
}

/** The share of time up, for showing only. */
export function availabilityOf(q: Unavailability): number {
  return 1 - q;
}
