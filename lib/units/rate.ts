const perUnit: Record<string, number> = { s: 1, m: 1 / 60, h: 1 / 3600 };

/** The written form of a request rate, for JSON Schemas. */
export const ratePattern = '^[0-9]{1,15}(\\.[0-9]{1,15})?/(s|m|h)$';

/**
 * Requests per second of a rate that is written with its unit; undefined if it is not one.
 * @example tryParseRate('900/s') // => 900
 */
export function tryParseRate(text: string): number | undefined {
  const match = /^([0-9]{1,15}(?:\.[0-9]{1,15})?)\/(s|m|h)$/.exec(text);
  return match ? Number(match[1]) * perUnit[match[2] as string]! : undefined;
}

/** The requests per second of a rate that a schema has already accepted. */
export function parseRate(text: string): number {
  const rate = tryParseRate(text);
  if (rate === undefined) throw new RangeError(`a rate is written like 900/s, got ${JSON.stringify(text)}`);
  return rate;
}
