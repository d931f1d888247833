import { expandCommonCause, sharesBySize, type CommonCauseModel } from './common-cause';
import { compile } from './compile';
import { Formula } from './formula';

/** Three trains of a valve or a pump, all needed to fail; both triples are common cause groups. */
function threeTrains(model: CommonCauseModel, q: number): number {
  const formula = new Formula();
  const values: number[] = [];
  const group = (name: string) => {
    const events = expandCommonCause(model, 3, q).map(({ members, probability }) => {
      values.push(probability);
      return { members, ref: formula.basic(`${name}:${members.join()}`) };
    });
    return [0, 1, 2].map((i) => formula.or(events.filter((event) => event.members.includes(i)).map((event) => event.ref)));
  };
  const [pumps, valves] = [group('pump'), group('valve')];
  const top = formula.and([0, 1, 2].map((i) => formula.or([pumps[i]!, valves[i]!])));
  return compile(formula, [top]).probability(values)[0]!;
}

test('three trains with Greek letters 0.2 and 0.1 fail with 0.01630', () => {
  expect(threeTrains({ model: 'greek', letters: [0.2, 0.1] }, 0.1)).toBeCloseTo(0.016294770525822067, 14);
});

test('three trains with alpha factors 0.7, 0.2 and 0.1 fail with 0.05298', () => {
  expect(threeTrains({ model: 'alpha', alphas: [0.7, 0.2, 0.1] }, 0.1)).toBeCloseTo(0.052981410695180024, 14);
});

test('every model keeps the total probability of a member, to first order', () => {
  const models: CommonCauseModel[] = [
    { model: 'beta', beta: 0.1 },
    { model: 'greek', letters: [0.2, 0.3, 0.4] },
    { model: 'greek', letters: [0.2] },
    { model: 'alpha', alphas: [0.9, 0.06, 0.03, 0.01] },
    { model: 'alpha', alphas: [0.9, 0.06] },
  ];
  for (const model of models) {
    const events = expandCommonCause(model, 4, 1e-6);
    for (let i = 0; i < 4; i++) {
      const total = events.filter((event) => event.members.includes(i)).reduce((sum, event) => sum + event.probability, 0);
      expect(Math.abs(total / 1e-6 - 1)).toBeLessThan(1e-14);
    }
  }
});

test('phi factors are the shares themselves', () => {
  expect(sharesBySize({ model: 'phi', phis: [0.8, 0.15, 0.05] }, 3)).toEqual([0.8, 0.15, 0.05]);
});

test('a beta factor is a multiple Greek letter model in which one more means all', () => {
  const beta = expandCommonCause({ model: 'beta', beta: 0.1 }, 4, 0.01);
  const greek = expandCommonCause({ model: 'greek', letters: [0.1, 1, 1] }, 4, 0.01);
  expect(beta).toEqual(greek);
});

test('more levels than members, or a factor above one, is a wrong call', () => {
  expect(() => sharesBySize({ model: 'alpha', alphas: [0.5, 0.3, 0.2] }, 2)).toThrow(RangeError);
  expect(() => sharesBySize({ model: 'beta', beta: 1.2 }, 2)).toThrow(RangeError);
  expect(() => expandCommonCause({ model: 'greek', letters: [0.1] }, 40, 0.1)).toThrow(RangeError);
});
