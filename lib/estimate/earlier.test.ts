import { survival, type Length } from '../engine/length';
import { chanceEarlier } from './earlier';

const hour = 3600;
const exponential = (mean: number): Length => ({ distribution: 'exponential', mean });
const lognormal = (mean: number, sigma = 1): Length => ({ distribution: 'lognormal', mean, sigma });
const fixed = (mean: number): Length => ({ distribution: 'fixed', mean });

test('of two outages of one length that has no memory, each was as likely first, and none that began after the other was over', () => {
  const mean = 2 * hour;
  for (const tail of [1, hour / 4, hour]) {
    const within = -Math.expm1(-tail / mean) / (tail / mean);
    expect(chanceEarlier(exponential(mean), tail, exponential(mean))).toBeCloseTo(1 - within / 2, 4);
  }
});

test('what lasts a fixed time was first, unless the other lasts longer than it', () => {
  expect(chanceEarlier(fixed(hour), 60, fixed(hour))).toBe(1);
  // The other is older than an hour with chance one half, of which the tail takes half a minute.
  expect(chanceEarlier(fixed(hour), 60, fixed(2 * hour))).toBeCloseTo(0.5 + 30 / (2 * hour), 9);
});

test.each([
  [lognormal(3 * hour), 900, lognormal(3 * hour)],
  [lognormal(3 * hour), 2 * hour, lognormal(3 * hour)],
  [lognormal(3 * hour), 900, exponential(hour / 2)],
  [exponential(hour), 600, lognormal(3 * hour)],
  [lognormal(hour, 0.3), 900, fixed(hour)],
])('%j, over for less than %i s, before %j: as by adding up', (one, tail, other) => {
  const age: Length = { distribution: 'residual', length: other };
  let before = 0;
  const steps = 1000;
  // Over the length of the one and the time since: middles of small steps.
  const longest = 60 * hour;
  for (let i = 0; i < steps; i++) {
    const [from, to] = [(longest * i ** 2) / steps ** 2, (longest * (i + 1) ** 2) / steps ** 2];
    const chance = survival(one, from) - survival(one, to);
    for (let j = 0; j < 10; j++) before += (chance / 10) * survival(age, (from + to) / 2 + ((j + 0.5) * tail) / 10);
  }
  expect(Math.abs(chanceEarlier(one, tail, other) - (1 - before))).toBeLessThan(0.01);
});
