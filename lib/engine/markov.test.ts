import { availability, meanTimeTo, steadyState, transient, unreliability, type MarkovChain } from './markov';
import { Random } from './random';

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);

/** A birth–death chain: up[i] from i to i + 1, back[i] from i + 1 to i. */
function birthDeath(up: readonly number[], back: readonly number[]): MarkovChain {
  const transitions = up.flatMap((rate, i) => [
    { from: i, to: i + 1, rate },
    { from: i + 1, to: i, rate: back[i] as number },
  ]);
  return { states: up.length + 1, transitions };
}

test('state probabilities of 1e-100 have full relative precision', () => {
  const chain = birthDeath(Array(10).fill(1e-10), Array(10).fill(1));
  const p = steadyState(chain);
  for (let i = 0; i < 10; i++) expect(relative((p[i + 1] as number) / (p[i] as number), 1e-10)).toBeLessThan(1e-14);
});

test('long-run probabilities of random chains balance every state', () => {
  const random = new Random(1);
  for (let round = 0; round < 50; round++) {
    const states = 2 + random.integer(9);
    const transitions = Array.from({ length: states * 3 }, () => ({
      from: random.integer(states),
      to: random.integer(states),
      rate: 10 ** (8 * random.uniform() - 4),
    }));
    for (let i = 0; i < states; i++) transitions.push({ from: i, to: (i + 1) % states, rate: random.uniform() });
    const p = steadyState({ states, transitions });
    for (let i = 0; i < states; i++) {
      let [into, out] = [0, 0];
      for (const { from, to, rate } of transitions) {
        if (from === to) continue;
        if (to === i) into += (p[from] as number) * rate;
        if (from === i) out += (p[from] as number) * rate;
      }
      expect(relative(into, out)).toBeLessThan(1e-13);
    }
  }
});

test('a chain that can not return is a wrong call', () => {
  expect(() => steadyState({ states: 2, transitions: [{ from: 0, to: 1, rate: 1 }] })).toThrow(RangeError);
});

test('mean times to failure keep their digits where failures are 10^20 repairs away', () => {
  // Birth–death: E[T from 0 to n] = Σ_i Σ_{j≤i} (1/λ_j)·Π_{j<k≤i} μ_k/λ_k.
  const [up, back] = [
    [4e-3, 3e-3, 2e-3, 1e-3],
    [50, 50, 50, 50],
  ];
  const down = (state: number) => state === 4;
  let expected = 0;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j <= i; j++) {
      let term = 1 / (up[j] as number);
      for (let k = j + 1; k <= i; k++) term *= (back[k - 1] as number) / (up[k] as number);
      expected += term;
    }
  }
  expect(relative(meanTimeTo(birthDeath(up, back), down)[0] as number, expected)).toBeLessThan(1e-13);
});

test('mean times to failure of random chains solve the equations of the first step', () => {
  const random = new Random(2);
  for (let round = 0; round < 50; round++) {
    const states = 3 + random.integer(8);
    const transitions = Array.from({ length: states * 3 }, () => ({
      from: random.integer(states),
      to: random.integer(states),
      rate: random.uniform(),
    }));
    for (let i = 0; i < states; i++) transitions.push({ from: i, to: (i + 1) % states, rate: 0.1 + random.uniform() });
    const down = (state: number) => state === states - 1 || state === 1;
    const time = meanTimeTo({ states, transitions }, down);
    for (let i = 0; i < states; i++) {
      if (down(i)) continue;
      let [out, onward] = [0, 1];
      for (const { from, to, rate } of transitions) {
        if (from !== i || to === i) continue;
        out += rate;
        onward += rate * (time[to] as number);
      }
      expect(relative((time[i] as number) * out, onward)).toBeLessThan(1e-12);
    }
  }
});

test('state probabilities in time follow the closed form of one repairable unit', () => {
  const chain = birthDeath([0.1], [1]);
  for (const t of [0.01, 1, 5, 1000]) {
    const p = transient(chain, [1, 0], t);
    expect(relative(p[1] as number, (0.1 / 1.1) * -Math.expm1(-1.1 * t))).toBeLessThan(1e-12);
    expect((p[0] as number) + (p[1] as number)).toBeCloseTo(1, 12);
  }
});

test('a chance of failure of 1e-20 is summed as such', () => {
  // Three failures in a row, no repair: 1 − e^{−x}(1 + x + x²/2) with x = 1e-6 is x³/6 · (1 − 3x/4 …).
  const chain: MarkovChain = { states: 4, transitions: [0, 1, 2].map((i) => ({ from: i, to: i + 1, rate: 1e-6 })) };
  expect(
    relative(
      unreliability(chain, (s) => s === 3, 1),
      (1e-18 / 6) * (1 - 0.75e-6),
    ),
  ).toBeLessThan(1e-11);
});

test('entries into the down states are counted, not moves inside them', () => {
  const { unavailability, frequency, meanDownTime, meanUpTime } = availability(birthDeath([2e-3, 1e-3], [1, 2]), (state) => state >= 1);
  expect(relative(frequency, (1 - unavailability) * 2e-3)).toBeLessThan(1e-13);
  expect(relative(meanDownTime + meanUpTime, 1 / frequency)).toBeLessThan(1e-13);
});
