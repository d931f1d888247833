import { normalCumulative } from '../lib/engine/normal';
import type { Topology } from '../lib/topology/topology';
import { secondsPerYear } from '../lib/units/duration';

/** Share of time in which a cause is present that comes λ times a year in which it is absent. */
export const present = (rate: number, mean: number): number => (rate * mean) / (secondsPerYear + rate * mean);

/** How often such a cause comes in a year of the calendar. */
export const perYear = (rate: number, mean: number): number => rate / (1 + (rate * mean) / secondsPerYear);

/** Chance of at least one of independent events. */
export const any = (...chances: number[]): number => -Math.expm1(chances.reduce((sum, chance) => sum + Math.log1p(-chance), 0));

export const either = (a: number, b: number): number => a + b - a * b;

/** A cause: how often it starts in a calendar year, and the share of time in which it is present and younger than some age. */
export interface Hand {
  readonly starts: number;
  readonly younger: (age: number) => number;
}

/** E[min(D, t)] of an exponential and of a lognormal length with σ = 1. */
export const exponential = (mean: number, age: number): number => mean * -Math.expm1(-age / mean);
export const lognormal = (mean: number, age: number): number => {
  const mu = Math.log(mean) - 0.5;
  return mean * normalCumulative(Math.log(age) - mu - 1) + age * normalCumulative(mu - Math.log(age));
};

/** The figures of a topology's assumptions, and causes worked out from two of them. */
export function byHand({ assumptions }: Topology) {
  const value = (name: string): number => assumptions.find((assumption) => assumption.name === name)!.value;
  const hand = (rate: string, meanLength: string, youngerPart: (mean: number, age: number) => number): Hand => {
    const mean = value(meanLength);
    const starts = perYear(value(rate), mean);
    return { starts, younger: (age) => (starts * (age === Infinity ? mean : youngerPart(mean, age))) / secondsPerYear };
  };
  return { value, hand };
}

export const expectClose = (found: number | null, worked: number): void => expect(Math.abs(found! / worked - 1)).toBeLessThan(1e-9);
