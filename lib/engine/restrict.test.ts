import { compile } from './compile';
import { Formula } from './formula';
import { Outcomes } from './restrict';

test('the outcomes of a choice, weighed by their chances, add up to the whole', () => {
  const formula = new Formula();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => formula.basic(name)) as [number, number, number];
  const drawn = formula.choice('place', 3);
  const [present, young] = formula.ladder('zone', 2) as [number, number];
  const whole = formula.or([
    formula.and([drawn[0]!, formula.atLeast(2, [a, b, present])]),
    formula.and([formula.not(drawn[1]!), formula.xor(c, young)]),
    formula.and([drawn[1]!, a, formula.not(young)]),
  ]);
  const outcomes = new Outcomes(formula, 3);
  expect([whole, formula.and([a, b])].map((ref) => outcomes.askedBy(ref))).toEqual([true, false]);
  expect(outcomes.given(0, formula.and([a, b]))).toBe(formula.and([a, b]));
  const refs = [whole, ...drawn.map((_, outcome) => outcomes.given(outcome, whole))];
  expect(refs.slice(1).some((ref) => outcomes.askedBy(ref))).toBe(false);
  const chances = [0.5, 0.3, 0.2];
  const [all, ...parts] = compile(formula, refs).probability([0.1, 0.2, 0.3, ...chances, 0.4, 0.25]);
  const sum = parts.reduce((total, part, outcome) => total + part * chances[outcome]!, 0);
  expect(Math.abs(sum / all! - 1)).toBeLessThan(1e-14);
  expect(new Set(parts).size).toBe(3);
});
