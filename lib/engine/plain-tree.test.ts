import { holds } from './enumeration';
import { plainTree, TreeState } from './plain-tree';
import { Random } from './random';
import { randomFormula } from './random-formula';
import { CHOICE } from './formula';
import { stateCount } from './diagram';

test('the truth of random trees follows every change of their literals', () => {
  const random = new Random(3);
  for (let round = 0; round < 200; round++) {
    const { formula, root } = randomFormula(random, { events: 6, gates: 1 + random.integer(15), negations: round % 2 === 0, states: true });
    const state = new TreeState(plainTree(formula, round % 5 === 0 ? formula.not(root) : root));
    const states = new Int32Array(formula.eventCount);
    const show = (event: number) => {
      for (let level = 0; level < formula.eventLiterals[event]!; level++) {
        const value = formula.eventKinds[event] === CHOICE ? states[event] === level : states[event]! > level;
        state.set(event, level, value ? 1 : 0);
      }
    };
    for (let event = 0; event < formula.eventCount; event++) show(event);
    for (let step = 0; step < 40; step++) {
      const event = random.integer(formula.eventCount);
      states[event] = random.integer(stateCount(formula, event));
      show(event);
      expect(state.root).toBe(holds(formula, root, states) !== (round % 5 === 0));
    }
  }
});
