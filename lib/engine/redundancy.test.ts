import { failureBy, meanTimeToFailure, redundancyAvailability, unavailabilityAt, type Redundancy } from './redundancy';
import { atLeastOf } from './counting';
import { Random } from './random';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

test('with a crew per unit the units are independent', () => {
  const [failureRate, repairRate] = [1e-4, 0.5];
  const q = failureRate / (failureRate + repairRate);
  for (const [units, needed] of [
    [2, 1],
    [5, 3],
    [9, 4],
  ] as const) {
    const { unavailability } = redundancyAvailability({ units, needed, failureRate, repairRate });
    expect(relative(unavailability, atLeastOf(units - needed + 1, units, q))).toBeLessThan(1e-11);
  }
});

test('one crew for two units follows the textbook', () => {
  // p0 = µ²/D, p1 = 2λµ/D, p2 = 2λ²/D.
  const [l, m] = [0.005, 0.2];
  const { unavailability, frequency } = redundancyAvailability({ units: 2, needed: 1, failureRate: l, repairRate: m, crews: 1 });
  const d = m * m + 2 * l * m + 2 * l * l;
  expect(relative(unavailability, (2 * l * l) / d)).toBeLessThan(1e-13);
  expect(relative(frequency, (2 * l * m * l) / d)).toBeLessThan(1e-13);
  expect(
    relative(meanTimeToFailure({ units: 2, needed: 1, failureRate: l, repairRate: m, crews: 1 }), (3 * l + m) / (2 * l * l)),
  ).toBeLessThan(1e-13);
});

test('cold, warm and hot standby without repair follow their closed forms', () => {
  const [l, t] = [0.01, 100];
  const pair = (dormancy: number, coverage = 1): Redundancy => ({ units: 2, needed: 1, failureRate: l, dormancy, coverage });
  expect(relative(1 - failureBy(pair(0), t), Math.exp(-l * t) * (1 + l * t))).toBeLessThan(1e-12);
  expect(relative(failureBy(pair(1), t), (1 - Math.exp(-l * t)) ** 2)).toBeLessThan(1e-12);
  expect(relative(1 - failureBy(pair(0.5), t), (Math.exp(-l * t) * (1.5 - Math.exp(-0.5 * l * t))) / 0.5)).toBeLessThan(1e-12);
  expect(relative(1 - failureBy(pair(0, 0.9), 10), Math.exp(-0.1) * 1.09)).toBeLessThan(1e-12);
  expect([pair(0), pair(0.5), pair(1)].map(meanTimeToFailure).map(Math.round)).toEqual([200, 167, 150]);
});

test('a switch-over that takes time costs that time at each failure of the active unit', () => {
  const group: Redundancy = { units: 2, needed: 1, failureRate: 1e-6, dormancy: 0, repairRate: 1, switchTime: 0.01 };
  const { unavailability, frequency } = redundancyAvailability(group);
  expect(relative(unavailability, 1e-8)).toBeLessThan(2e-4);
  expect(relative(frequency, 1e-6)).toBeLessThan(1e-5);
});

test('a switch-over that fails lasts until repair or until a person comes', () => {
  const group: Redundancy = { units: 2, needed: 1, failureRate: 1e-6, dormancy: 0, repairRate: 1, coverage: 0.9 };
  expect(relative(redundancyAvailability(group).unavailability, 1e-7)).toBeLessThan(1e-4);
  expect(relative(redundancyAvailability({ ...group, manualRate: 9 }).unavailability, 1e-8)).toBeLessThan(2e-4);
});

test('the chance to be down settles at the long-run share', () => {
  const group: Redundancy = {
    units: 3,
    needed: 2,
    failureRate: 0.01,
    repairRate: 0.5,
    crews: 1,
    coverage: 0.95,
    switchTime: 0.1,
    dormancy: 0.3,
  };
  expect(relative(unavailabilityAt(group, 500), redundancyAvailability(group).unavailability)).toBeLessThan(1e-10);
  expect(unavailabilityAt(group, 0)).toBe(0);
});

test('unavailability and frequency of a group with everything at once agree with its simulation', () => {
  const [units, needed, l, m, crews, coverage, switchTime, manualRate, dormancy] = [3, 1, 0.1, 1, 1, 0.8, 0.2, 0.5, 0.4];
  const exact = redundancyAvailability({ units, needed, failureRate: l, repairRate: m, crews, coverage, switchTime, manualRate, dormancy });
  const random = new Random(4);
  // Units one by one, written apart from the chain: which one serves, who is broken, and whether a switch-over is under way or has failed.
  let [time, downTime, outages] = [0, 0, 0];
  let serving = 0;
  let mode = 'serving';
  const broken = new Set<number>();
  for (let i = 0; i < 400_000; i++) {
    const events: [number, () => void][] = [];
    for (let u = 0; u < units; u++) {
      if (broken.has(u)) continue;
      const active = mode === 'serving' && u === serving;
      events.push([active ? l : l * dormancy, () => fail(u, active)]);
    }
    if (broken.size > 0) events.push([m, repair]);
    if (mode === 'switching') events.push([1 / switchTime, takeOver]);
    if (mode === 'stuck') events.push([manualRate, takeOver]);
    const total = events.reduce((sum, [rate]) => sum + rate, 0);
    const step = random.exponential(1 / total);
    time += step;
    if (mode !== 'serving') downTime += step;
    let left = random.uniform() * total;
    const before = mode;
    (events.find(([rate]) => (left -= rate) <= 0) ?? events[0]!)[1]();
    if (before === 'serving' && mode !== 'serving') outages++;
  }
  function fail(u: number, active: boolean) {
    broken.add(u);
    if (broken.size === units) mode = 'empty';
    else if (active) mode = random.happens(coverage) ? 'switching' : 'stuck';
  }
  function repair() {
    broken.delete([...broken][0] as number);
    if (mode === 'stuck' || mode === 'empty') takeOver();
  }
  function takeOver() {
    mode = 'serving';
    serving = [0, 1, 2].find((u) => !broken.has(u)) as number;
  }
  expect(relative(downTime / time, exact.unavailability)).toBeLessThan(0.02);
  expect(relative(outages / time, exact.frequency)).toBeLessThan(0.02);
});
