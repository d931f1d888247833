import { compile } from './compile';
import { stateCount } from './diagram';
import { forEachState, holds, stateProbability } from './enumeration';
import { Formula } from './formula';
import { Random } from './random';
import { randomFormula, type RandomFormula } from './random-formula';

const relativeError = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-300);

const byEnumeration = ({ formula, root, values }: RandomFormula) => {
  const offsets: number[] = [];
  let length = 0;
  for (let event = 0; event < formula.eventCount; event++) {
    offsets.push(length);
    length += stateCount(formula, event);
  }
  const given = new Float64Array(length);
  let probability = 0;
  forEachState(formula, (states) => {
    if (!holds(formula, root, states)) return;
    probability += stateProbability(formula, states, values);
    for (let event = 0; event < formula.eventCount; event++)
      given[offsets[event]! + states[event]!]! += stateProbability(formula, states, values, event);
  });
  return { probability, given, offsets };
};

/** The largest error against enumeration, relative for probabilities and in parts of the largest probability for differences. */
const worstError = (sample: RandomFormula): number => {
  const expected = byEnumeration(sample);
  const compiled = compile(sample.formula, [sample.root]);
  let worst = relativeError(compiled.probability(sample.values)[0]!, expected.probability);
  const { given, gain } = compiled.conditionals(sample.values);
  for (let event = 0; event < sample.formula.eventCount; event++) {
    for (let state = 0; state < stateCount(sample.formula, event); state++) {
      const at = compiled.stateOffset(event) + state;
      worst = Math.max(worst, relativeError(given[at]!, expected.given[expected.offsets[event]! + state]!));
      const difference = expected.given[expected.offsets[event]! + state]! - expected.given[expected.offsets[event]!]!;
      worst = Math.max(worst, Math.abs(gain[at]! - difference));
    }
  }
  return worst;
};

test('every function of up to three events has the probability that its truth table says', () => {
  const values = [0.1, 0.35, 0.77];
  for (let table = 0; table < 256; table++) {
    const formula = new Formula();
    const events = ['a', 'b', 'c'].map((name) => formula.basic(name));
    const terms: number[] = [];
    for (let row = 0; row < 8; row++) {
      if ((table >> row) & 1) terms.push(formula.and(events.map((ref, i) => ((row >> i) & 1 ? ref : formula.not(ref)))));
    }
    expect(worstError({ formula, root: formula.or(terms), values: Float64Array.from(values) })).toBeLessThan(1e-13);
  }
});

test.each<[string, { negations?: boolean; states?: boolean }]>([
  ['of basic events', {}],
  ['with negations', { negations: true }],
  ['with ladders and choices', { states: true }],
  ['with ladders, choices and negations', { states: true, negations: true }],
])('random formulas %s agree with enumeration', (name, options) => {
  const random = new Random(20261121).split(name);
  for (let i = 0; i < 300; i++) {
    const events = 2 + random.integer(options.states === true ? 6 : 9);
    expect(worstError(randomFormula(random, { ...options, events, gates: 1 + random.integer(20) }))).toBeLessThan(1e-12);
  }
});

test('several roots share one diagram and are evaluated in one pass', () => {
  const formula = new Formula();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => formula.basic(name)) as [number, number, number];
  const compiled = compile(formula, [formula.and([a, b]), formula.or([a, c]), formula.true, formula.false, c]);
  expect([...compiled.probability([0.5, 0.25, 0.125])]).toEqual([0.125, 0.5625, 1, 0, 0.125]);
});

test('a probability of 1e-300 keeps its digits', () => {
  const formula = new Formula();
  const trains = Array.from({ length: 3 }, (_, i) => formula.or([formula.basic(`pump ${i}`), formula.basic(`valve ${i}`)]));
  const compiled = compile(formula, [formula.and(trains)]);
  const q = 1e-100;
  expect(relativeError(compiled.probability(new Float64Array(6).fill(q))[0]!, 8e-300)).toBeLessThan(1e-14);
});

test('a chance that remains without an event is no remainder of a subtraction', () => {
  // The system is down by a (common) or by b and c (rare): without a, only 1e-18 is left of 1e-3.
  const formula = new Formula();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => formula.basic(name)) as [number, number, number];
  for (const order of [
    [0, 1, 2],
    [1, 2, 0],
    [1, 0, 2],
  ]) {
    const compiled = compile(formula, [formula.or([a, formula.and([b, c])])], { order });
    const { given } = compiled.conditionals([1e-3, 1e-9, 1e-9]);
    expect(relativeError(given[compiled.stateOffset(0)]!, 1e-18)).toBeLessThan(1e-14);
    expect(relativeError(given[compiled.stateOffset(1)]!, 1e-3)).toBeLessThan(1e-14);
  }
});

test('formulas too large for a table are the same whole and cut into parts', () => {
  const random = new Random(88);
  for (let i = 0; i < 60; i++) {
    const { formula, root, values } = randomFormula(random, {
      events: 16 + random.integer(12),
      gates: 20 + random.integer(20),
      negations: i % 3 === 0,
    });
    const whole = compile(formula, [root], { order: formula.eventNames.map((_, event) => event) });
    const expected = whole.conditionals(values);
    const cut = compile(formula, [root]);
    const actual = cut.conditionals(values);
    expect(relativeError(actual.probability, expected.probability)).toBeLessThan(1e-12);
    for (let event = 0; event < formula.eventCount; event++) {
      for (const state of [0, 1]) {
        expect(
          relativeError(actual.given[cut.stateOffset(event) + state]!, expected.given[whole.stateOffset(event) + state]!),
        ).toBeLessThan(1e-11);
      }
    }
  }
});
