import type { Random } from '../../lib/engine/random';

/** One of these. */
export function oneOf<T>(random: Random, options: readonly T[]): T {
  return options[random.integer(options.length)]!;
}

/** Each with this chance, in their order. */
export function some<T>(random: Random, options: readonly T[], chance: number): T[] {
  return options.filter(() => random.happens(chance));
}

/** A number between two, evenly in its logarithm. */
export function between(random: Random, low: number, high: number): number {
  return low * Math.exp(random.uniform() * Math.log(high / low));
}

/** A whole number from low to high. */
export function whole(random: Random, low: number, high: number): number {
  return low + random.integer(high - low + 1);
}
