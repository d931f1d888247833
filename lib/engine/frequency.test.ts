import { compile } from './compile';
import { stateCount } from './diagram';
import { forEachState, holds, stateProbability } from './enumeration';
import { CHOICE, Formula } from './formula';
import { frequency } from './frequency';
import { importance, timeDerivatives } from './importance';
import { Random } from './random';
import { randomFormula, type RandomFormula } from './random-formula';

/** Chances that an event's start or end turns the root on, by enumeration of all other events. */
const turnsByEnumeration = ({ formula, root, values }: RandomFormula, event: number): { starts: number; ends: number } => {
  let starts = 0;
  let ends = 0;
  forEachState(formula, (states) => {
    if (states[event] !== 0) return;
    const absent = holds(formula, root, states);
    const youngest = Int32Array.from(states);
    youngest[event] = stateCount(formula, event) - 1;
    const present = holds(formula, root, youngest);
    const others = stateProbability(formula, states, values, event);
    if (present && !absent) starts += others;
    if (absent && !present) ends += others;
  });
  return { starts, ends };
};

test.each<[string, { negations?: boolean; states?: boolean }]>([
  ['of basic events', {}],
  ['with negations', { negations: true }],
  ['with ladders and choices', { states: true }],
])('frequencies of random formulas %s agree with enumeration', (name, options) => {
  const random = new Random(77).split(name);
  for (let i = 0; i < 200; i++) {
    const sample = randomFormula(random, { ...options, events: 2 + random.integer(6), gates: 1 + random.integer(15) });
    const compiled = compile(sample.formula, [sample.root]);
    const intensities = sample.formula.eventNames.map(() => random.uniform());
    const result = frequency(compiled, sample.values, intensities);
    let total = 0;
    for (let event = 0; event < sample.formula.eventCount; event++) {
      if (sample.formula.eventKinds[event] === CHOICE) continue;
      const { starts, ends } = turnsByEnumeration(sample, event);
      expect(result.byOccurrence[event]).toBeCloseTo(intensities[event]! * starts, 13);
      expect(result.byEnd[event]).toBeCloseTo(intensities[event]! * ends, 13);
      total += intensities[event]! * (starts + ends);
    }
    expect(result.frequency).toBeCloseTo(total, 12);
    if (total > 0) expect((result.meanUpTime + result.meanDownTime) * result.frequency).toBeCloseTo(1, 10);
    else expect(result.meanUpTime).toBe(result.probability === 1 ? 0 : Infinity);
  }
});

test('two pumps in parallel before a valve fail, and stay down, as long as the published example says', () => {
  // RePyability, lesson 6: pumps 10 h / 1 h, valve 50 h / 2 h, independent repairs.
  const formula = new Formula();
  const [first, second, valve] = ['pump 1', 'pump 2', 'valve'].map((name) => formula.basic(name)) as [number, number, number];
  const compiled = compile(formula, [formula.or([formula.and([first, second]), valve])]);
  const values = [1 / 11, 1 / 11, 2 / 52];
  const result = frequency(compiled, values, [1 / 11, 1 / 11, 1 / 52]);
  expect(result.probability).toBeCloseTo(0.04640813731722815, 15);
  expect(result.frequency).toBeCloseTo(0.034965034965034975, 15);
  expect(result.meanUpTime).toBeCloseTo(27.272727272727266, 11);
  expect(result.meanDownTime).toBeCloseTo(1.3272727272727247, 12);
  const [pump, , third] = importance(compiled, values);
  expect(pump!.birnbaum).toBeCloseTo((1 / 11) * (50 / 52), 14);
  expect(third!.birnbaum).toBeCloseTo(1 - 1 / 121, 14);
});

test('importance of random formulas agrees with its definitions', () => {
  const random = new Random(5);
  for (let i = 0; i < 200; i++) {
    const sample = randomFormula(random, { events: 2 + random.integer(6), gates: 1 + random.integer(15), negations: i % 2 === 0 });
    const compiled = compile(sample.formula, [sample.root]);
    const p = compiled.probability(sample.values)[0]!;
    for (const measure of importance(compiled, sample.values)) {
      const at = (q: number): number => compiled.probability(Object.assign(sample.values.slice(), { [measure.event]: q }))[0]!;
      const q = sample.values[measure.event]!;
      expect(measure.birnbaum).toBeCloseTo(at(1) - at(0), 13);
      if (p === 0) continue;
      expect(measure.criticality).toBeCloseTo(((at(1) - at(0)) * q) / p, 12);
      expect(measure.fussellVesely).toBeCloseTo(1 - at(0) / p, 12);
      expect(measure.diagnosis).toBeCloseTo((at(1) * q) / p, 12);
      expect(measure.riskAchievement).toBeCloseTo(at(1) / p, 11);
      expect(1 / measure.riskReduction).toBeCloseTo(at(0) / p, 11);
    }
  }
});

test('the derivatives by times are those of the quotient', () => {
  const q = (between: number, restore: number): number => restore / (between + restore);
  const { betweenFailures, toRestore } = timeDerivatives(0.5, { betweenFailures: 100, toRestore: 4 });
  const step = 1e-4;
  expect(betweenFailures).toBeCloseTo((0.5 * (q(100 + step, 4) - q(100 - step, 4))) / (2 * step), 9);
  expect(toRestore).toBeCloseTo((0.5 * (q(100, 4 + step) - q(100, 4 - step))) / (2 * step), 9);
});
