import { parseDuration, type Seconds } from '../units/duration';
import { parseRate } from '../units/rate';
import type { Plain } from './plain';

/** A written number; undefined where it is not given. */
export function numberIn(given: Plain, key: string): number | undefined {
  const value = given[key];
  return typeof value === 'number' ? value : undefined;
}

/** A written text; undefined where it is not given. */
export function textIn(given: Plain, key: string): string | undefined {
  const value = given[key];
  return typeof value === 'string' ? value : undefined;
}

/** A written yes or no; undefined where it is not given. */
export function booleanIn(given: Plain, key: string): boolean | undefined {
  const value = given[key];
  return typeof value === 'boolean' ? value : undefined;
}

/** One of the written words of an enumeration; undefined where it is not given. */
export function oneOfIn<Word extends string>(given: Plain, key: string, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === given[key]);
}

/** Seconds of a duration written with its unit; undefined where it is not given. */
export function secondsIn(given: Plain, key: string): Seconds | undefined {
  const text = textIn(given, key);
  return text === undefined ? undefined : parseDuration(text);
}

/** Requests per second of a rate written with its unit; undefined where it is not given. */
export function rateIn(given: Plain, key: string): number | undefined {
  const text = textIn(given, key);
  return text === undefined ? undefined : parseRate(text);
}
