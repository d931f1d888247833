import { compile } from './compile';
import { cutSets } from './cut-sets';
import { forEachState, holds, stateProbability } from './enumeration';
import { simplify } from './simplify';
import { Formula, type Ref } from './formula';
import { importance } from './importance';
import { Random } from './random';
import { Outcomes } from './restrict';
import { turning } from './turning';

/** Far more gates inside each other than calls fit on the stack. */
const DEPTH = 100_000;

/** One gate around another: the next one of a chain. */
const around = (formula: Formula, random: Random, inner: Ref, [a, b]: readonly [Ref, Ref], coherent: boolean): Ref => {
  switch (random.integer(coherent ? 3 : 5)) {
    case 0:
      return formula.and([inner, formula.or([a, b])]);
    case 1:
      return formula.or([inner, formula.and([a, b])]);
    case 2:
      return formula.atLeast(2, [inner, a, b]);
    case 3:
      return formula.not(formula.or([inner, a]));
    default:
      return formula.xor(inner, formula.and([a, b]));
  }
};

test('20,000 gates inside each other, each with events of its own, have the probability that counting gives', () => {
  const depth = 20_000;
  const random = new Random(1);
  const formula = new Formula();
  let root = formula.basic('first');
  const values = [0.3];
  let expected = 0.3;
  for (let i = 0; i < depth; i++) {
    const [p, q] = [random.uniform(), random.uniform()];
    const [a, b] = [formula.basic(`a${i}`), formula.basic(`b${i}`)];
    values.push(p, q);
    if (i % 3 === 0) [root, expected] = [formula.and([root, formula.or([a, b])]), expected * (p + q - p * q)];
    else if (i % 3 === 1) [root, expected] = [formula.or([root, formula.and([a, b])]), expected + p * q - expected * p * q];
    else [root, expected] = [formula.atLeast(2, [root, a, b]), p * q + expected * (p + q - 2 * p * q)];
  }
  const compiled = compile(formula, [root]);
  expect(compiled.probability(values)[0]! / expected).toBeCloseTo(1, 10);
  expect(importance(compiled, values)).toHaveLength(values.length);
  expect(cutSets(compiled).nodeCount).toBeGreaterThan(depth);
});

test.each([true, false])('100,000 gates inside each other over six events are what their definition says: coherent %s', (coherent) => {
  const random = new Random(7);
  const formula = new Formula();
  const events = Array.from({ length: 6 }, (_, i) => formula.basic(`e${i}`));
  let root = events[0]!;
  for (let i = 0; i < DEPTH; i++) {
    const next = around(formula, random, root, [events[random.integer(6)]!, events[random.integer(6)]!], coherent);
    if (next > 1) root = next;
  }
  const values = Float64Array.from(events, () => 0.1 + 0.8 * random.uniform());
  let sum = 0;
  forEachState(formula, (states) => {
    if (holds(formula, root, states)) sum += stateProbability(formula, states, values);
  });
  expect(compile(formula, [root]).probability(values)[0]!).toBeCloseTo(sum, 12);
});

test('a diagram deeper than the call stack gives sets, importance, turning and outcomes', () => {
  const random = new Random(3);
  const formula = new Formula();
  const length = 11_000;
  const choice = formula.choice('choice', 2);
  const events = Array.from({ length: length + 3 }, (_, i) => formula.basic(`e${i}`));
  let root = formula.and([events[0]!, choice[0]!]);
  // Neighbours share events, so that it is one part and the diagram asks for one event after the other.
  for (let i = 0; i < length; i++) root = around(formula, random, root, [events[i]!, events[i + 2]!], true);
  const values = Float64Array.from({ length: formula.literalCount }, () => 1e-3);
  values[0] = 0.25;
  values[1] = 0.75;
  const outcomes = new Outcomes(formula, 0);
  const given = compile(formula, [outcomes.given(0, root), outcomes.given(1, root)]).probability(values);
  const compiled = compile(formula, [root]);
  const [probability] = compiled.probability(values);
  expect((0.25 * given[0]! + 0.75 * given[1]!) / probability!).toBeCloseTo(1, 10);
  expect(compiled.parts.at(-1)!.order.length).toBeGreaterThan(length);
  expect(cutSets(compiled).likeliest(values, 2)).toHaveLength(2);
  const { on, off } = turning(compiled, values, 0);
  const last = events.length - 2;
  const birnbaum = importance(compiled, values).find(({ event }) => event === last)!.birnbaum;
  expect(on[last]! / birnbaum).toBeCloseTo(1, 9);
  expect(off[last]).toBe(0);
});

test('a chain of gates of one kind becomes one gate without each of them being made on the way', () => {
  const n = 50_000;
  const formula = new Formula();
  const events = Array.from({ length: n }, (_, i) => formula.basic(`e${i}`));
  const [any, all] = [
    events.reduce((below, event) => formula.or([below, event])),
    events.reduce((below, event) => formula.and([below, event])),
  ];
  const q = 1e-6;
  const [some, every] = compile(formula, [any, all]).probability(new Float64Array(n).fill(q)) as unknown as [number, number];
  expect(Math.abs(some / -Math.expm1(n * Math.log1p(-q)) - 1)).toBeLessThan(1e-12);
  expect(every).toBe(0);
  const { formula: simple, roots } = simplify(formula, [any]);
  expect(simple.arity(roots[0]! >> 1)).toBe(n);
}, 60_000);

test('the sets of gates that take turns in a deep chain are counted by order, without a step for every three of them', () => {
  const depth = 3000;
  const formula = new Formula();
  let root = formula.basic('innermost');
  for (let i = depth - 1; i >= 0; i--) {
    const event = formula.basic(`e${i}`);
    root = i % 2 === 0 ? formula.and([root, event]) : formula.or([root, event]);
  }
  // An odd event ends the chain at its place: all even ones above it are in the set.
  const byOrder = cutSets(compile(formula, [root]), 0).byOrder();
  expect(byOrder.length).toBe(depth / 2 + 2);
  expect(byOrder.map(String)).toEqual(['0', '0', ...Array.from({ length: depth / 2 - 1 }, () => '1'), '2']);
}, 20_000);
