import { forEachState, holds } from '../engine/enumeration';
import { CHOICE, type Formula } from '../engine/formula';
import { Random } from '../engine/random';
import { randomFormula } from '../engine/random-formula';
import { Kernel } from '../kernel/kernel';
import { eventOf, Families, levelOf, type Chosen } from './families';
import { CAUSE, OTHER } from './roles';

const seeds = Array.from({ length: 300 }, (_, seed) => seed);

/** A random formula without negations, and the sets that are found for it when all of its events may occur, or some of its causes only. */
function found(seed: number) {
  const random = new Random(seed);
  const { formula, root, values } = randomFormula(random, { events: 5, gates: 6, states: true });
  const isCause = Uint8Array.from({ length: formula.eventCount }, (_, event) => (formula.eventKinds[event] === CHOICE ? 0 : 1));
  const causes = new Set([...isCause.keys()].filter((event) => isCause[event] === 1 && random.happens(0.8)));
  return { formula, root, causes, isCause, sets: familiesOf(formula, values, isCause).of(root, [...causes]) };
}

function familiesOf(formula: Formula, values: ArrayLike<number>, isCause: Uint8Array): Families {
  const roles = Int32Array.from(isCause, (is) => (is === 1 ? CAUSE : OTHER));
  return new Families(new Kernel(), formula, values, roles, new Int32Array(roles.length));
}

/** Whether what one set asks for includes all that the other asks for. */
function implies({ codes }: Chosen, other: Chosen, { eventKinds }: Formula): boolean {
  return other.codes.every((code) =>
    codes.some((own) => eventOf(own) === eventOf(code) && (eventKinds[eventOf(code)] === CHOICE ? own === code : own >= code)),
  );
}

test('sets hold in exactly the states in which the formula does', () => {
  let holding = 0;
  for (const seed of seeds) {
    const { causes, formula, isCause, root, sets } = found(seed);
    forEachState(formula, (states) => {
      if (states.some((state, event) => isCause[event] === 1 && state > 0 && !causes.has(event))) return;
      const met = sets.some(({ codes }) =>
        codes.every((code) => {
          const state = states[eventOf(code)]!;
          return isCause[eventOf(code)] === 1 ? state > levelOf(code) : state === levelOf(code);
        }),
      );
      if (met) holding++;
      expect({ seed, states: [...states], met }).toEqual({ seed, states: [...states], met: holds(formula, root, states) });
    });
  }
  expect(holding).toBeGreaterThan(1000);
});

test('no set makes another needless', () => {
  for (const seed of seeds) {
    const { formula, sets } = found(seed);
    for (const set of sets) expect(sets.filter((other) => implies(set, other, formula))).toEqual([set]);
  }
});

test('nothing is younger and older than the same', () => {
  const random = new Random(1);
  const { formula } = randomFormula(random, { events: 1, gates: 0 });
  const [present, young] = formula.ladder('zone', 2);
  const other = formula.basic('other');
  const root = formula.and([young!, formula.or([formula.and([present!, formula.not(young!)]), other])]);
  const values = Float64Array.from({ length: formula.literalCount }, () => 0.1);
  const isCause = new Uint8Array(formula.eventCount).fill(1);
  const sets = familiesOf(formula, values, isCause).of(root, [...isCause.keys()]);
  expect(sets.map(({ codes }) => codes.map((code) => formula.eventNames[eventOf(code)]))).toEqual([['zone', 'other']]);
});
