import { Bdd, type Node } from './bdd';
import { build, Variables } from './build';
import { circuitOf } from './circuit';
import { forEachState, holds } from './enumeration';
import { Formula } from './formula';
import { Random } from './random';
import { randomFormula } from './random-formula';
import { sift } from './sift';

const value = (bdd: Bdd, variables: Variables, node: Node, states: ArrayLike<number>): number => {
  let at = node;
  while (at > 1) {
    const event = variables.events[bdd.variables[at]!]!;
    const step = bdd.variables[at]! - variables.first[event]!;
    const isChoice = variables.formula.eventKinds[event] === 2;
    const high = isChoice ? states[event] === step : states[event]! > step;
    at = high ? bdd.highs[at]! : bdd.lows[at]!;
  }
  return at;
};

test('sifting keeps every function, with blocks of ladders and choices, and never lets it grow', () => {
  const random = new Random(12);
  for (let i = 0; i < 60; i++) {
    const { formula, root } = randomFormula(random, {
      events: 3 + random.integer(6),
      gates: 3 + random.integer(20),
      negations: true,
      states: i % 2 === 0,
    });
    const circuit = circuitOf(formula, [root]);
    const bdd = new Bdd();
    const variables = new Variables(formula);
    const built = build(bdd, circuit, variables, { start: 0, order: circuit.events, keep: [] });
    bdd.sweep(built.nodes);
    const before = bdd.used;
    const blocks = circuit.events.map((event) => variables.lengthOf(event));
    const places = sift(bdd, { start: 0, blocks, roots: built.nodes });
    variables.place(
      places.map((place) => circuit.events[place]!),
      0,
    );
    expect(bdd.used).toBeLessThanOrEqual(before);
    let wrong = 0;
    forEachState(formula, (states) => {
      if ((value(bdd, variables, built.nodes[0]!, states) === 1) !== holds(formula, root, states)) wrong += 1;
    });
    expect(wrong).toBe(0);
    // The unique table was made anew: the same function is found again.
    expect(build(bdd, circuit, variables, { start: 0, order: places.map((place) => circuit.events[place]!), keep: [] }).nodes).toEqual(
      built.nodes,
    );
  }
});

test('a bad order of pairs is mended', () => {
  // x1 y1 + x2 y2 + …: exponential with all x before all y, linear with pairs together (Bryant 1986).
  const formula = new Formula();
  const left = Array.from({ length: 10 }, (_, i) => formula.basic(`x${i}`));
  const right = Array.from({ length: 10 }, (_, i) => formula.basic(`y${i}`));
  const root = formula.or(left.map((ref, i) => formula.and([ref, right[i]!])));
  const bdd = new Bdd();
  const variables = new Variables(formula);
  const built = build(bdd, circuitOf(formula, [root]), variables, {
    start: 0,
    order: formula.eventNames.map((_, event) => event),
    keep: [],
  });
  bdd.sweep(built.nodes);
  expect(bdd.used).toBeGreaterThan(2000);
  sift(bdd, { start: 0, blocks: formula.eventNames.map(() => 1), roots: built.nodes });
  expect(bdd.used).toBe(22);
});
