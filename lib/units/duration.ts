/** A length of time in seconds. */
export type Seconds = number;

const perUnit: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds in the year that all yearly numbers use: 365 days. */
export const secondsPerYear = 365 * 86_400;

export const minutesPerYear = 365 * 24 * 60;

/** The written form of a duration, for JSON Schemas. */
export const durationPattern = '^[0-9]{1,15}(\\.[0-9]{1,15})?(ms|s|m|h|d)$';

/** The written form of an age in whole days, for JSON Schemas. */
export const daysPattern = '^[1-9][0-9]{0,4}d$';

/**
 * The seconds of a duration that is written with its unit; undefined if it is not one.
 * @example tryParseDuration('1.5m') // => 90
 */
export function tryParseDuration(text: string): Seconds | undefined {
  const match = /^([0-9]{1,15}(?:\.[0-9]{1,15})?)(ms|s|m|h|d)$/.exec(text);
  return match ? Number(match[1]) * perUnit[match[2] as string]! : undefined;
}

/** The seconds of a duration that a schema has already accepted. */
export function parseDuration(text: string): Seconds {
  const seconds = tryParseDuration(text);
  if (seconds === undefined) throw new RangeError(`a duration is written like 30s, 5m, 2h or 7d, got ${JSON.stringify(text)}`);
  return seconds;
}
