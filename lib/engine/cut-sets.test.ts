import { compile } from './compile';
import { cutSets, type CutSet } from './cut-sets';
import { stateCount } from './diagram';
import { holds, literalHolds } from './enumeration';
import { CHOICE, Formula } from './formula';
import { Random } from './random';
import { randomFormula, type RandomFormula } from './random-formula';

/** Ranges of states that a product may hold an event to: intervals, and of a choice single outcomes or all. */
const rangesOf = (formula: Formula, event: number): [number, number][] => {
  const states = stateCount(formula, event);
  const ranges: [number, number][] = [];
  for (let from = 0; from < states; from++) for (let to = from; to < states; to++) ranges.push([from, to]);
  return formula.eventKinds[event] === CHOICE ? ranges.filter(([from, to]) => from === to || to - from === states - 1) : ranges;
};

const literalsOf = (formula: Formula, event: number, [from, to]: [number, number]): string[] => {
  const last = stateCount(formula, event) - 1;
  if (formula.eventKinds[event] === CHOICE) return from === 0 && to === last ? [] : [`${event}:${from}:false`];
  return [...(from > 0 ? [`${event}:${from - 1}:false`] : []), ...(to < last ? [`${event}:${to}:true`] : [])];
};

/** Prime implicants by their definition: boxes of states in which the formula holds, and no box with one wider range does. */
const primesByDefinition = ({ formula, root }: RandomFormula): string[] => {
  const events = formula.eventCount;
  const ranges = Array.from({ length: events }, (_, event) => rangesOf(formula, event));
  const strides: number[] = [];
  let total = 1;
  for (let event = 0; event < events; event++) {
    strides.push(total);
    total *= stateCount(formula, event);
  }
  const truth = Array.from({ length: total }, (_, index) =>
    holds(
      formula,
      root,
      strides.map((stride, event) => Math.floor(index / stride) % stateCount(formula, event)),
    ),
  );
  const inside = (box: [number, number][], event = 0, index = 0): boolean => {
    if (event === events) return truth[index]!;
    const [from, to] = box[event]!;
    for (let state = from; state <= to; state++) if (!inside(box, event + 1, index + state * strides[event]!)) return false;
    return true;
  };
  const primes: string[] = [];
  const visit = (box: [number, number][]): void => {
    if (box.length < events) {
      for (const range of ranges[box.length]!) visit([...box, range]);
      return;
    }
    if (!inside(box)) return;
    for (let event = 0; event < events; event++) {
      for (const wider of ranges[event]!) {
        const [from, to] = box[event]!;
        if (wider[0] > from || wider[1] < to || (wider[0] === from && wider[1] === to)) continue;
        if (inside(box.map((range, i) => (i === event ? wider : range)))) return;
      }
    }
    primes.push(box.flatMap((range, event) => literalsOf(formula, event, range)).join(' '));
  };
  visit([]);
  return primes.sort();
};

const textOf = (set: CutSet): string =>
  [...set.literals]
    .sort((a, b) => a.event - b.event || Number(a.negated) - Number(b.negated))
    .map((literal) => `${literal.event}:${literal.level}:${literal.negated}`)
    .join(' ');

const productOf = (set: CutSet, { formula, values }: RandomFormula): number =>
  set.literals.reduce((product, { event, level, negated }) => {
    const p = values[formula.eventOffsets[event]! + level]!;
    return product * (negated ? 1 - p : p);
  }, 1);

test.each<[string, { negations?: boolean; states?: boolean }, number]>([
  ['of basic events', {}, 7],
  ['with negations', { negations: true }, 6],
  ['with ladders and choices', { states: true }, 4],
  ['with ladders, choices and negations', { states: true, negations: true }, 4],
])('cut sets of random formulas %s are those of the definition', (name, options, most) => {
  const random = new Random(411).split(name);
  for (let i = 0; i < 150; i++) {
    const sample = randomFormula(random, { ...options, events: 2 + random.integer(most - 1), gates: 1 + random.integer(12) });
    const sets = cutSets(compile(sample.formula, [sample.root]), 0, { primes: true });
    const expected = primesByDefinition(sample);
    const listed = sets.within(sample.values, {});
    expect(listed.map(textOf).sort()).toEqual(expected);
    expect(sets.total()).toBe(BigInt(expected.length));
    const counted = sets.byOrder().map(() => 0n);
    for (const set of expected) counted[set === '' ? 0 : set.split(' ').length]! += 1n;
    expect(sets.byOrder()).toEqual(counted);
    if (options.negations !== true) expect(sets.coherent).toBe(true);
    for (const set of listed) expect(set.probability).toBeCloseTo(productOf(set, sample), 14);
    const top = sets.likeliest(sample.values, 5);
    expect(top.map((set) => set.probability)).toEqual(listed.slice(0, 5).map((set) => expect.closeTo(set.probability, 14)));
    const few = listed.filter((set) => set.literals.length <= 2 && set.probability >= 0.05);
    expect(sets.within(sample.values, { order: 2, probability: 0.05 }).map(textOf).sort()).toEqual(few.map(textOf).sort());
  }
});

test('the cut sets of a formula that is not coherent are the smallest sets of events that bring it about alone', () => {
  const random = new Random(31);
  let mixed = 0;
  for (let i = 0; i < 200; i++) {
    const { formula, root, values } = randomFormula(random, {
      events: 2 + random.integer(7),
      gates: 1 + random.integer(15),
      negations: true,
    });
    const sets = cutSets(compile(formula, [root]));
    const solutions = Array.from({ length: 1 << formula.eventCount }, (_, mask) => mask).filter((mask) =>
      holds(
        formula,
        root,
        formula.eventNames.map((_, event) => (mask >> event) & 1),
      ),
    );
    const minimal = solutions.filter((mask) => solutions.every((other) => other === mask || (other & mask) !== other));
    const found = sets.within(values, {}).map(({ literals }) => literals.reduce((mask, { event }) => mask | (1 << event), 0));
    expect(found.sort((a, b) => a - b)).toEqual(minimal);
    if (!sets.coherent) mixed += 1;
  }
  expect(mixed).toBeGreaterThan(50);
});

test('a set names the widest phase that suffices, and never two outcomes of one choice', () => {
  const formula = new Formula();
  const [present, fresh] = formula.ladder('zone', 2) as [number, number];
  const [works, fails] = formula.choice('failover', 2) as [number, number];
  const root = formula.or([fresh, formula.and([present, fails]), formula.and([works, fails])]);
  const sets = cutSets(compile(formula, [root]), 0, { choicesCount: false });
  expect(sets.within([0.2, 0.1, 0.7, 0.3], {}).map(({ literals }) => literals)).toEqual([
    [{ event: 0, level: 1, negated: false }],
    [
      { event: 0, level: 0, negated: false },
      { event: 1, level: 1, negated: false },
    ],
  ]);
  expect(sets.byOrder()).toEqual([0n, 2n]);
});

test('a formula that is written with negations but monotone is seen to be coherent', () => {
  const formula = new Formula();
  const [a, b] = ['a', 'b'].map((name) => formula.basic(name)) as [number, number];
  const sets = cutSets(compile(formula, [formula.or([formula.and([a, b]), formula.and([a, formula.not(b)])])]));
  expect(sets.coherent).toBe(true);
  expect(sets.within([0.5, 0.5], {}).map(textOf)).toEqual(['0:0:false']);
});

test('10^20 sets are counted exactly without being listed', () => {
  const formula = new Formula();
  const blocks = Array.from({ length: 20 }, (_, block) => formula.or(Array.from({ length: 10 }, (_, i) => formula.basic(`${block}.${i}`))));
  const sets = cutSets(compile(formula, [formula.and(blocks)]));
  expect(sets.total()).toBe(10n ** 20n);
  expect(sets.byOrder()[20]).toBe(10n ** 20n);
});

test('the definition and the engine read a literal alike', () => {
  const formula = new Formula();
  formula.ladder('zone', 2);
  formula.choice('place', 3);
  expect(literalHolds(formula, 0, 1, [1, 0])).toBe(false);
  expect(literalHolds(formula, 0, 1, [2, 0])).toBe(true);
  expect(literalHolds(formula, 1, 2, [0, 2])).toBe(true);
});
