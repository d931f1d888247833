import { circuitOf } from './circuit';
import { compile } from './compile';
import { AT_LEAST, Formula, type Ref } from './formula';
import { writtenThreshold } from './written-threshold';

const events = (formula: Formula, count: number): Ref[] => Array.from({ length: count }, (_, i) => formula.basic(`e${i}`));

/** All sets of `size` of these. */
const combinations = (refs: readonly Ref[], size: number): Ref[][] =>
  size === 0 ? [[]] : refs.flatMap((ref, i) => combinations(refs.slice(i + 1), size - 1).map((rest) => [ref, ...rest]));

test('a disjunction of all conjunctions of k of n is a threshold, and so is its dual', () => {
  for (const n of [3, 4, 5, 6])
    for (let k = 2; k < n; k++) {
      const formula = new Formula();
      const refs = events(formula, n);
      const sets = combinations(refs, k);
      const any = formula.or(sets.map((set) => formula.and(set)));
      expect(writtenThreshold(formula, any)).toEqual({ count: k, refs });
      expect(writtenThreshold(formula, formula.not(any))).toEqual({ count: n - k + 1, refs: refs.map((ref) => formula.not(ref)) });
      const all = formula.and(sets.map((set) => formula.or(set)));
      expect(writtenThreshold(formula, all)).toEqual({ count: n - k + 1, refs });
      const circuit = circuitOf(formula, [any]);
      expect(circuit.kinds[circuit.roots[0]!]).toBe(AT_LEAST);
      expect(circuit.nodeCount).toBe(n + 1);
      // Binomial, by hand.
      const q = 0.1;
      let expected = 0;
      for (let i = k; i <= n; i++) expected += combinations(refs, i).length * q ** i * (1 - q) ** (n - i);
      expect(compile(formula, [any]).probability(new Float64Array(n).fill(q))[0]! / expected).toBeCloseTo(1, 13);
    }
});

test('what several terms share may stand apart', () => {
  const formula = new Formula();
  const [a, b, c, d] = events(formula, 4) as [Ref, Ref, Ref, Ref];
  const both = formula.and([a, b]);
  const root = formula.or([formula.and([both, c]), formula.and([both, d]), formula.and([a, c, d]), formula.and([b, c, d])]);
  expect(writtenThreshold(formula, root)).toEqual({ count: 3, refs: expect.arrayContaining([a, b, c, d]) });
  // Two of three whose terms are conjunctions themselves.
  const pairs = [both, formula.and([a, c]), formula.and([b, d])];
  const two = formula.or(combinations(pairs, 2).map((set) => formula.and(set)));
  expect(writtenThreshold(formula, two)).toEqual({ count: 2, refs: expect.arrayContaining(pairs) });
});

test('one term less, one term twice in other words, or a term of another size is no threshold', () => {
  const formula = new Formula();
  const [a, b, c, d] = events(formula, 4) as [Ref, Ref, Ref, Ref];
  const and = (...refs: Ref[]) => formula.and(refs);
  expect(
    writtenThreshold(
      formula,
      formula.or(
        combinations([a, b, c, d], 2)
          .slice(1)
          .map((set) => formula.and(set)),
      ),
    ),
  ).toBeUndefined();
  expect(writtenThreshold(formula, formula.or([and(a, b), and(a, c), and(b, c, d)]))).toBeUndefined();
  expect(writtenThreshold(formula, formula.or([and(and(a, b), c), and(a, and(b, c)), and(a, b, d), and(a, c, d)]))).toBeUndefined();
  expect(writtenThreshold(formula, formula.or([and(a, b), and(a, c), d]))).toBeUndefined();
  expect(writtenThreshold(formula, formula.xor(a, b))).toBeUndefined();
});
