import { AND, AT_LEAST, CONSTANT, LITERAL, type Formula, type Ref } from './formula';
import { inputOf } from './polarity';
import { writtenThreshold, type Threshold } from './written-threshold';

/** Kinds of circuit nodes, next to LITERAL, AT_LEAST and XOR of a formula. */
export const ALL = 5;
export const ANY = 6;

/**
 * What some roots of a formula reach, by itself, in negation normal form (De Morgan's laws). Invariant: inputs have smaller numbers than the gates that
 * read them.
 */
export interface Circuit {
  readonly nodeCount: number;
  /** LITERAL, ALL, ANY, AT_LEAST or XOR; CONSTANT for a root that is one. */
  readonly kinds: Uint8Array;
  /** Event of a literal, threshold of an AT_LEAST, value of a constant. */
  readonly parameters: Int32Array;
  /** Level of a literal. */
  readonly levels: Int32Array;
  /** 1 for a negated literal. */
  readonly negated: Uint8Array;
  readonly starts: Int32Array;
  readonly inputs: Int32Array;
  readonly roots: readonly number[];
  /** Events that occur, in the order in which a depth-first walk meets them. */
  readonly events: readonly number[];
}

/** Extracts the circuit of some roots. The time depends on its own size only. */
export const circuitOf = (formula: Formula, roots: readonly Ref[]): Circuit => {
  const numbers = new Map<Ref, number>();
  const order: Ref[] = [];
  const stack: number[] = roots.slice().reverse();
  const opened = new Set<Ref>();
  const thresholds = new Map<Ref, Threshold>();
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (top < 0) {
      numbers.set(~top, order.length);
      order.push(~top);
    } else if (!opened.has(top)) {
      opened.add(top);
      stack.push(~top);
      const threshold = writtenThreshold(formula, top);
      if (threshold !== undefined) {
        thresholds.set(top, threshold);
        for (let i = threshold.refs.length - 1; i >= 0; i--) stack.push(threshold.refs[i]!);
      } else for (let i = formula.arity(top >> 1) - 1; i >= 0; i--) stack.push(inputOf(formula, top, i));
    }
  }
  return fill(formula, roots, order, numbers, thresholds);
};

const fill = (
  formula: Formula,
  roots: readonly Ref[],
  order: readonly Ref[],
  numbers: ReadonlyMap<Ref, number>,
  thresholds: ReadonlyMap<Ref, Threshold>,
): Circuit => {
  const nodeCount = order.length;
  const kinds = new Uint8Array(nodeCount);
  const parameters = new Int32Array(nodeCount);
  const levels = new Int32Array(nodeCount);
  const negated = new Uint8Array(nodeCount);
  const starts = new Int32Array(nodeCount + 1);
  const inputs: number[] = [];
  const events = new Set<number>();
  order.forEach((ref, number) => {
    const node = ref >> 1;
    const sign = ref & 1;
    const kind = formula.kind(node);
    const arity = formula.arity(node);
    kinds[number] = kind === AND ? ALL + sign : kind;
    if (kind === CONSTANT) parameters[number] = sign;
    if (kind === AT_LEAST) parameters[number] = sign === 0 ? formula.parameter(node) : arity - formula.parameter(node) + 1;
    if (kind === LITERAL) {
      parameters[number] = formula.parameter(node);
      levels[number] = formula.level(node);
      negated[number] = sign;
      events.add(formula.parameter(node));
    }
    const threshold = thresholds.get(ref);
    if (threshold !== undefined) {
      kinds[number] = AT_LEAST;
      parameters[number] = threshold.count;
      for (const input of threshold.refs) inputs.push(numbers.get(input)!);
    } else for (let i = 0; i < arity; i++) inputs.push(numbers.get(inputOf(formula, ref, i))!);
    starts[number + 1] = inputs.length;
  });
  return {
    nodeCount,
    kinds,
    parameters,
    levels,
    negated,
    starts,
    inputs: Int32Array.from(inputs),
    roots: roots.map((root) => numbers.get(root)!),
    events: [...events],
  };
};
