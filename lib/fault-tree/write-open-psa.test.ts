import { compile } from '../engine/compile';
import { Formula } from '../engine/formula';
import { Random } from '../engine/random';
import { randomFormula } from '../engine/random-formula';
import { readOpenPsa } from './open-psa';
import { writeOpenPsa } from './write-open-psa';

const reread = (tree: Parameters<typeof writeOpenPsa>[0]) => {
  const { model, diagnostics } = readOpenPsa(writeOpenPsa(tree), { file: 'written.xml', top: 'top' });
  expect(diagnostics).toEqual([]);
  return compile(model!.formula, [model!.root]).probability(model!.values)[0]!;
};

test('random formulas with phases and choices have the same probability after writing and reading', () => {
  const random = new Random(31);
  for (let round = 0; round < 400; round++) {
    const { formula, root, values } = randomFormula(random, {
      events: 2 + random.integer(7),
      gates: 1 + random.integer(9),
      negations: round % 2 === 0,
      states: round % 3 > 0,
    });
    const before = compile(formula, [root]).probability(values)[0]!;
    expect(Math.abs(reread({ name: 'random', formula, roots: [{ name: 'top', root }], values }) - before)).toBeLessThanOrEqual(
      1e-12 * before,
    );
  }
});

test('a monotone formula is written without negations, also below a negated root', () => {
  const formula = new Formula();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => formula.basic(name)) as [number, number, number];
  const root = formula.or([formula.and([a, b]), formula.atLeast(2, [a, b, c])]);
  const text = writeOpenPsa({ name: 'web', formula, roots: [{ name: 'top', root }], values: [0.1, 0.2, 0.3] });
  expect(text).not.toContain('<not>');
  expect(text).toContain('<atleast min="2">');
});

test('small probabilities keep every digit, and names become identifiers with their text as label', () => {
  const formula = new Formula();
  const root = formula.or([
    formula.basic('zone/us-east-1/a'),
    formula.basic('zone/us-east-1-a'),
    formula.basic(`</x>&"'\u0000`),
    formula.basic('1'),
  ]);
  const values = [1.2345678901234568e-300, 4e-301, 3e-302, 1e-303];
  const text = writeOpenPsa({ name: '<web>', formula, roots: [{ name: 'top', root }], values });
  expect(text).toContain(
    '<define-basic-event name="zone_us-east-1_a"><label>zone/us-east-1/a</label><float value="1.2345678901234568e-300"/>',
  );
  expect(text).toContain('<label>&lt;/x&gt;&amp;"\'\ufffd</label>');
  expect(reread({ name: '<web>', formula, roots: [{ name: 'top', root }], values })).toBe(compile(formula, [root]).probability(values)[0]!);
});

test('constants and single literals can be written', () => {
  const formula = new Formula();
  const a = formula.basic('a');
  expect(reread({ name: 'x', formula, roots: [{ name: 'top', root: formula.true }], values: [0.25] })).toBe(1);
  expect(reread({ name: 'x', formula, roots: [{ name: 'top', root: formula.false }], values: [0.25] })).toBe(0);
  expect(reread({ name: 'x', formula, roots: [{ name: 'top', root: a }], values: [0.25] })).toBe(0.25);
  expect(reread({ name: 'x', formula, roots: [{ name: 'top', root: formula.not(a) }], values: [0.25] })).toBe(0.75);
});
