import { Formula, type Ref } from './formula';
import type { Random } from './random';

export interface RandomFormulaOptions {
  readonly events: number;
  readonly gates: number;
  /** Whether negations and exclusive ors may occur. @default false */
  readonly negations?: boolean;
  /** Whether ladders and choices may occur. @default false */
  readonly states?: boolean;
}

/** A random formula with its root, and one table of values that suits it; for tests and benchmarks. */
export interface RandomFormula {
  readonly formula: Formula;
  readonly root: Ref;
  readonly values: Float64Array;
}

/** A formula drawn by a seeded stream: gates over literals and earlier gates, the last gate being the root. */
export const randomFormula = (random: Random, options: RandomFormulaOptions): RandomFormula => {
  const formula = new Formula();
  const values: number[] = [];
  const pool: Ref[] = [];
  for (let event = 0; event < options.events; event++) {
    const drawn = options.states === true ? random.integer(3) : 0;
    if (drawn === 0) {
      pool.push(formula.basic(`e${event}`));
      values.push(random.uniform());
    } else if (drawn === 1) {
      const levels = 1 + random.integer(3);
      pool.push(...formula.ladder(`e${event}`, levels));
      let reached = 1;
      for (let level = 0; level < levels; level++) values.push((reached *= random.uniform()));
    } else {
      const weights = Array.from({ length: 1 + random.integer(3) }, () => random.uniform());
      const sum = weights.reduce((a, b) => a + b, 0);
      pool.push(...formula.choice(`e${event}`, weights.length));
      values.push(...weights.map((weight) => weight / sum));
    }
  }
  let root: Ref = formula.false;
  for (let gate = 0; gate < options.gates; gate++) {
    const inputs = Array.from({ length: 2 + random.integer(4) }, () => {
      const ref = pool[random.integer(pool.length)]!;
      return options.negations === true && random.happens(0.2) ? formula.not(ref) : ref;
    });
    root = randomGate(random, formula, inputs, options.negations === true);
    pool.push(root);
  }
  return { formula, root, values: Float64Array.from(values) };
};

const randomGate = (random: Random, formula: Formula, inputs: Ref[], negations: boolean): Ref => {
  const drawn = random.integer(negations ? 8 : 7);
  if (drawn < 3) return formula.and(inputs);
  if (drawn < 6) return formula.or(inputs);
  if (drawn === 6) return formula.atLeast(1 + random.integer(inputs.length), inputs);
  return formula.xor(inputs[0]!, inputs[1]!);
};
