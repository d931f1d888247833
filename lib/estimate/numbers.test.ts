import { stateOffsets } from '../engine/diagram';
import { Formula } from '../engine/formula';
import { meanOf, meanWithin, type Length } from '../engine/length';
import type { Events, Source } from '../fault-tree/events';
import { Kernel } from '../kernel/kernel';
import type { Cause } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Topology } from '../topology/topology';
import { secondsPerYear } from '../units/duration';
import { AssumptionTable, Numbers } from './numbers';

const names = ['often', 'mean', 'soon', 'late', 'part'];
const values = Float64Array.of(3, 40_000, 60, 5_000, 0.25);
const of = (assumption: string): Quantity => ({ assumption }) as Quantity;

const table = new AssumptionTable({ assumptions: names.map((name, i) => ({ name, value: values[i] })) } as unknown as Topology);

/** The states of one event with this source, and how often it starts. */
function numbersOf(source: object, literals: number, kind: 'ladder' | 'choice' = 'ladder') {
  const formula = new Formula();
  formula[kind]('event', literals);
  const events = { formula, sources: [source as Source] } as unknown as Events;
  const numbers = new Numbers(new Kernel(), table, events, stateOffsets(formula));
  return { states: [...numbers.states(values)], rate: numbers.rates(values)[0]! };
}

function expectSame(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-12 * Math.max(expected[i]!, 1e-9)));
}

const rate = 3 / secondsPerYear / (1 + (3 / secondsPerYear) * 40_000);

test.each([
  { distribution: 'fixed', sigma: null },
  { distribution: 'exponential', sigma: null },
  { distribution: 'lognormal', sigma: 0.8 },
] as const)('phases and tails of a cause are those of its length: $distribution', ({ distribution, sigma }) => {
  const length = { distribution, mean: 40_000, sigma: sigma ?? 0 } as Length;
  expect(meanOf(length)).toBeCloseTo(40_000, 6);
  const cause = { occurrence: { perYear: of('often'), length: { distribution, mean: of('mean'), sigma } } };
  const boundaries = [{ sum: [of('late'), of('soon')] }, { least: [of('late'), of('soon')] }];
  const found = numbersOf({ type: 'cause', cause, tails: [{ product: [of('part'), of('mean')] }], boundaries }, 4);
  const levels = [rate * 40_000 + rate * 10_000, rate * 40_000, rate * meanWithin(length, 5_060), rate * meanWithin(length, 60)];
  expectSame(found.states, [1 - levels[0]!, levels[0]! - levels[1]!, levels[1]! - levels[2]!, levels[2]! - levels[3]!, levels[3]!]);
  expect(found.rate / rate).toBeCloseTo(1, 12);
});

test('of a stated share of time the length says how often, and without a length nobody does', () => {
  const cause = { occurrence: { unavailability: 0.01, length: { distribution: 'exponential', mean: of('mean'), sigma: null } } };
  const known = numbersOf({ type: 'cause', cause, tails: [], boundaries: [] }, 1);
  expectSame(known.states, [0.99, 0.01]);
  expect(known.rate / (0.01 / 40_000)).toBeCloseTo(1, 12);
  const unknown = { occurrence: { unavailability: 0.01, length: null } };
  const found = numbersOf({ type: 'cause', cause: unknown, tails: [], boundaries: [of('soon')] }, 2);
  expectSame(found.states, [0.99, 0, 0.01]);
  expect(found.rate).toBeNaN();
});

test('choices are as likely as they say, or all alike', () => {
  expectSame(numbersOf({ type: 'choice', choice: {}, chance: of('part') }, 2, 'choice').states, [0.25, 0.75]);
  expectSame(numbersOf({ type: 'choice', choice: {}, chance: null }, 5, 'choice').states, [0.2, 0.2, 0.2, 0.2, 0.2]);
});

test('whether a unit has failed since outages began follows from how long they are', () => {
  const lasting = (distribution: string, sigma: number | null): Cause =>
    ({ occurrence: { perYear: 1, length: { distribution, mean: of('mean'), sigma } } }) as unknown as Cause;
  const cause = { occurrence: { perYear: of('often'), length: { distribution: 'exponential', mean: of('mean'), sigma: null } } };
  const during = [lasting('lognormal', 1), lasting('exponential', null), lasting('fixed', null)];
  const absent = rate / (1 - rate * 40_000);
  const ages = [(40_000 * Math.E) / 2, 40_000, 20_000];
  const levels = ages.map((age) => 1 - Math.exp(-absent * age));
  const found = numbersOf({ type: 'relaunch', cause, during }, 3);
  expectSame(found.states, [1 - levels[0]!, levels[0]! - levels[1]!, levels[1]! - levels[2]!, levels[2]!]);
  // Of an outage of unknown length it may well have.
  const endless = { occurrence: { unavailability: 0.1, length: null } } as unknown as Cause;
  expectSame(numbersOf({ type: 'relaunch', cause, during: [endless] }, 1).states, [0, 1]);
});
