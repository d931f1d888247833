import { compile } from '../engine/compile';
import { fillStates, stateOffsets } from '../engine/diagram';
import { Formula, type Ref } from '../engine/formula';
import { Random } from '../engine/random';
import { randomFormula } from '../engine/random-formula';
import { COMPONENT, SHARED } from '../fault-tree/events';
import { Kernel } from '../kernel/kernel';
import { Joint } from './joint';
import { Program } from './program';

/** A joint diagram of a formula whose events are asked for in the order in which they were made, the first half as shared. */
function jointOf(formula: Formula, values: Float64Array): { readonly joint: Joint; readonly states: Float64Array } {
  const offsets = stateOffsets(formula);
  const states = new Float64Array(offsets[formula.eventCount]!);
  fillStates(formula, offsets, values, states);
  const order = Array.from({ length: formula.eventCount }, (_, event) => event);
  const ranks = order.map((event) => (2 * event < order.length ? SHARED : COMPONENT));
  return { joint: new Joint(new Kernel(), formula, ranks, order, { offsets, states }), states };
}

const off = (actual: number, expected: number): number => (actual === expected ? 0 : Math.abs(actual / expected - 1));

test('a diagram of the kernel gives what the engine gives, and so do its gains', () => {
  const random = new Random(3);
  for (let round = 0; round < 200; round++) {
    const { formula, root, values } = randomFormula(random, { events: 3 + random.integer(8), gates: 3 + random.integer(12), states: true });
    const roots = [root, formula.not(root)];
    const compiled = compile(formula, roots);
    const expected = compiled.probability(values);
    const { joint, states } = jointOf(formula, values);
    const nodes = roots.map((ref) => joint.nodeOf(ref));
    const program = new Program(joint, states, nodes);
    program.evaluate(states);
    roots.forEach((_, i) => {
      expect(off(joint.valueOf(nodes[i]!), expected[i]!)).toBeLessThan(1e-12);
      expect(off(program.value(i), expected[i]!)).toBeLessThan(1e-12);
    });
    if (nodes[0]! < 2) continue;
    const { gain } = compiled.conditionals(values);
    program.gains(0).forEach((value, state) => expect(Math.abs(value - gain[state]!)).toBeLessThan(1e-12));
  }
});

test('what is followed together is what the engine makes of the disjunction, the conjunction and the mixture', () => {
  const random = new Random(4);
  for (let round = 0; round < 100; round++) {
    const { formula, root, values } = randomFormula(random, { events: 8, gates: 14, states: true });
    // Parts that share events of the first half only: each of the others belongs to one of them.
    const half = Math.ceil(formula.eventCount / 2);
    const any = (event: number): Ref => formula.literal(event, random.integer(formula.eventLiterals[event]!));
    const shared = (): Ref => any(random.integer(half));
    const parts: Ref[] = [];
    for (let event = half; event < formula.eventCount; event++) {
      parts.push(formula.or([formula.and([shared(), any(event)]), formula.and([shared(), shared(), formula.not(shared())])]));
    }
    const compiled = compile(formula, [formula.or(parts), formula.and(parts), root]);
    const expected = compiled.probability(values);
    const { joint } = jointOf(formula, values);
    const nodes = parts.map((ref) => joint.nodeOf(ref));
    expect(off(joint.valueOf(joint.any(nodes)), expected[0]!)).toBeLessThan(1e-10);
    expect(off(joint.valueOf(joint.all(nodes)), expected[1]!)).toBeLessThan(1e-10);
    expect(joint.bound).toBeLessThan(1e-10);
  }
});

test('what is not followed counts as failing, and the bound says how much that is', () => {
  const random = new Random(5);
  let left = 0;
  for (let round = 0; round < 20; round++) {
    const formula = new Formula();
    const refs = Array.from({ length: 32 }, (_, event) => formula.basic(`event ${event}`));
    const values = Float64Array.from(refs, () => 0.02 * random.uniform());
    const parts = refs.slice(16).map((own) => {
      const some = Array.from({ length: 6 }, () => refs[random.integer(16)]!);
      return formula.or([formula.and([own, some[0]!]), formula.atLeast(3, [...new Set(some)])]);
    });
    const exact = compile(formula, [formula.or(parts)]).probability(values)[0]!;
    const { joint } = jointOf(formula, values);
    const value = joint.valueOf(joint.any(parts.map((ref) => joint.nodeOf(ref))));
    expect(value).toBeGreaterThan(exact * (1 - 1e-12));
    expect(value).toBeLessThan(exact + joint.bound + exact * 1e-12);
    expect(joint.bound).toBeLessThan(2e-5 * exact);
    // Beyond what rounding could make of it.
    if (value > exact * (1 + 1e-10)) left++;
  }
  expect(left).toBeGreaterThan(10);
});

test('an exclusive or is refused', () => {
  const formula = new Formula();
  const values = Float64Array.of(0.5, 0.5);
  formula.xor(formula.basic('a'), formula.basic('b'));
  expect(() => jointOf(formula, values)).toThrow('exclusive or');
});

test('many kernels at once do not run out of memory', () => {
  const random = new Random(6);
  const { formula, root, values } = randomFormula(random, { events: 10, gates: 10 });
  const found = Array.from({ length: 300 }, () => {
    const { joint } = jointOf(formula, values);
    return joint.valueOf(joint.nodeOf(root));
  });
  expect(new Set(found).size).toBe(1);
});
