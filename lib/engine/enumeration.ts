import { stateCount } from './diagram';
import { AND, AT_LEAST, CHOICE, CONSTANT, LITERAL, type Formula, type Ref } from './formula';

/** Whether a formula holds when each event is in the given exact state: by the definition of each gate, as an oracle for everything else here. */
export const holds = (formula: Formula, root: Ref, states: ArrayLike<number>): boolean => {
  const values = new Uint8Array(formula.nodeCount);
  const valueOf = (ref: Ref): number => values[ref >> 1]! ^ (ref & 1);
  for (let node = 0; node < formula.nodeCount; node++) values[node] = nodeHolds(formula, node, states, valueOf) ? 1 : 0;
  return valueOf(root) === 1;
};

const nodeHolds = (formula: Formula, node: number, states: ArrayLike<number>, valueOf: (ref: Ref) => number): boolean => {
  const kind = formula.kind(node);
  if (kind === CONSTANT) return false;
  if (kind === LITERAL) return literalHolds(formula, formula.parameter(node), formula.level(node), states);
  let count = 0;
  for (let i = 0; i < formula.arity(node); i++) count += valueOf(formula.child(node, i));
  if (kind === AND) return count === formula.arity(node);
  return kind === AT_LEAST ? count >= formula.parameter(node) : count === 1;
};

/** Whether an event in its exact state makes one of its literals true. */
export const literalHolds = (formula: Formula, event: number, level: number, states: ArrayLike<number>): boolean =>
  formula.eventKinds[event] === CHOICE ? states[event] === level : states[event]! > level;

/** Calls `visit` with every combination of exact states, and how many there are is the product of the state counts: for small formulas only. */
export const forEachState = (formula: Formula, visit: (states: Int32Array) => void): void => {
  const states = new Int32Array(formula.eventCount);
  for (;;) {
    visit(states);
    let event = 0;
    while (event < states.length && states[event] === stateCount(formula, event) - 1) states[event++] = 0;
    if (event === states.length) return;
    states[event]! += 1;
  }
};

/** Probability of a combination of exact states, each from the table of values that `Compiled.probability` takes. */
export const stateProbability = (formula: Formula, states: ArrayLike<number>, values: ArrayLike<number>, except = -1): number => {
  let product = 1;
  for (let event = 0; event < formula.eventCount; event++) {
    if (event !== except) product *= exactProbability(formula, event, states[event]!, values);
  }
  return product;
};

const exactProbability = (formula: Formula, event: number, state: number, values: ArrayLike<number>): number => {
  const at = formula.eventOffsets[event]!;
  if (formula.eventKinds[event] === CHOICE) return values[at + state]!;
  const reached = state === 0 ? 1 : values[at + state - 1]!;
  return state === formula.eventLiterals[event] ? reached : reached - values[at + state]!;
};
