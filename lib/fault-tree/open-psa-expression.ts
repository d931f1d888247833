import { lognormalOfMean } from '../engine/distribution';
import type { Definition, Names } from './open-psa-names';
import type { OpenPsaSource } from './open-psa-source';

/** A chain of parameters longer than this is no model. */
const deepest = 500;

/**
 * Values of expressions of the stochastic layer. A random deviate counts with its mean: the probability of an event whose own probability is uncertain
 * is the mean of it.
 */
export class Expressions {
  readonly #values = new Map<Definition, number | undefined>();
  readonly #open: Definition[] = [];

  constructor(
    readonly source: OpenPsaSource,
    readonly parameters: Names<Definition>,
    readonly missionTime: number,
  ) {}

  /** The first child of an element that is an expression. */
  inside(element: number): number {
    const { tree } = this.source;
    let child = tree.firstChild(element);
    while (child >= 0 && (tree.name(child) === 'label' || tree.name(child) === 'attributes')) child = tree.next(child);
    return child;
  }

  /** The value of an expression; undefined after a diagnostic. */
  value(element: number, base: string): number | undefined {
    const { source } = this;
    const name = source.tree.name(element);
    switch (name) {
      case 'float':
      case 'int':
        return this.#number(element);
      case 'bool':
        return this.#truth(element);
      case 'pi':
        return Math.PI;
      case 'system-mission-time':
        return this.missionTime;
      case 'parameter':
        return this.#parameter(element, base);
      case 'histogram':
        return this.#histogram(element, base);
    }
    const operation = operations.get(name);
    if (operation === undefined) {
      const detail = `<${name}> is no expression that is known here. Known: float, int, bool, pi, parameter, system-mission-time, histogram, ${[...operations.keys()].join(', ')}.`;
      source.error('unknown-expression', 'An expression is not known', detail, element);
      return undefined;
    }
    const operands = source.tree.children(element).map((child) => this.value(child, base));
    if (operands.includes(undefined)) return undefined;
    const [least, most] = operation.operands;
    if (operands.length < least || operands.length > most) {
      const count = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
      source.error(
        'operands',
        'An expression has the wrong number of operands',
        `<${name}> takes ${count}, here are ${operands.length}.`,
        element,
      );
      return undefined;
    }
    const value = operation.value(operands as number[]);
    if (Number.isFinite(value)) return value;
    source.error('no-number', 'An expression has no value', `<${name}> of ${operands.join(', ')} is not a number.`, element);
    return undefined;
  }

  #number(element: number): number | undefined {
    const text = this.source.required(element, 'value');
    if (text === undefined) return undefined;
    const value = /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : NaN;
    if (Number.isFinite(value)) return value;
    this.source.error('no-number', 'A value is not a number', `The value ${JSON.stringify(text)} is not a number.`, element);
    return undefined;
  }

  #truth(element: number): number | undefined {
    const text = this.source.required(element, 'value');
    if (text === undefined) return undefined;
    if (text === 'true' || text === 'false') return text === 'true' ? 1 : 0;
    this.source.error(
      'no-truth',
      'A value is neither true nor false',
      `The value ${JSON.stringify(text)} must be "true" or "false".`,
      element,
    );
    return undefined;
  }

  #parameter(element: number, base: string): number | undefined {
    const { source } = this;
    const name = source.required(element, 'name');
    if (name === undefined) return undefined;
    const definition = this.parameters.tryFind(name, base);
    if (definition === undefined) {
      const detail = `The parameter "${name}" is not defined.${this.parameters.hint(name)}`;
      source.error('undefined-parameter', 'A parameter is not defined', detail, element);
      return undefined;
    }
    if (this.#values.has(definition)) return this.#values.get(definition);
    const since = this.#open.indexOf(definition);
    if (since >= 0 || this.#open.length >= deepest) {
      const chain = [...this.#open.slice(Math.max(0, since, this.#open.length - 8)), definition].map((each) => each.name).join(' → ');
      source.error(
        'cycle',
        'Parameters depend on each other in a circle',
        since >= 0 ? `${chain}.` : `The chain … ${chain} is too long.`,
        element,
      );
      return undefined;
    }
    this.#open.push(definition);
    const inner = this.inside(definition.element);
    if (inner < 0)
      source.error(
        'no-expression',
        'A parameter has no value',
        `The parameter "${name}" is defined without an expression.`,
        definition.element,
      );
    const value = inner < 0 ? undefined : this.value(inner, definition.base);
    this.#open.pop();
    this.#values.set(definition, value);
    return value;
  }

  /** The mean: weights even between boundaries. */
  #histogram(element: number, base: string): number | undefined {
    const [first, ...bins] = this.source.tree.children(element);
    let low = first === undefined ? undefined : this.value(first, base);
    let [sum, total] = [0, 0];
    for (const bin of bins) {
      const [upper, weight] = this.source.tree.children(bin).map((child) => this.value(child, base));
      if (low === undefined || upper === undefined || weight === undefined) return undefined;
      sum += (weight * (low + upper)) / 2;
      total += weight;
      low = upper;
    }
    if (total > 0) return sum / total;
    this.source.error(
      'no-number',
      'An expression has no value',
      'A <histogram> needs a lower end and bins of an upper end and a weight each.',
      element,
    );
    return undefined;
  }
}

interface Operation {
  readonly operands: readonly [number, number];
  readonly value: (x: number[]) => number;
}

/** A function of a fixed number of operands; NaN says that they do not fit. */
function of(count: number, value: (...x: number[]) => number): Operation {
  return { operands: [count, count], value: (x) => value(...x) };
}

function many(value: (x: number[]) => number): Operation {
  return { operands: [1, Infinity], value };
}

const where = (fits: boolean, value: number) => (fits ? value : NaN);
const truth = (holds: boolean) => (holds ? 1 : 0);

const operations = new Map<string, Operation>([
  ['neg', of(1, (x) => -x)],
  ['add', many((x) => x.reduce((a, b) => a + b))],
  ['sub', many((x) => x.reduce((a, b) => a - b))],
  ['mul', many((x) => x.reduce((a, b) => a * b))],
  ['div', many((x) => x.reduce((a, b) => a / b))],
  ['pow', of(2, (x, y) => x ** y)],
  ['abs', of(1, Math.abs)],
  ['exp', of(1, Math.exp)],
  ['log', of(1, Math.log)],
  ['log10', of(1, Math.log10)],
  ['sqrt', of(1, Math.sqrt)],
  ['ceil', of(1, Math.ceil)],
  ['floor', of(1, Math.floor)],
  ['mod', of(2, (x, y) => x % y)],
  ['min', many((x) => Math.min(...x))],
  ['max', many((x) => Math.max(...x))],
  ['mean', many((x) => x.reduce((a, b) => a + b) / x.length)],
  ['and', many((x) => truth(x.every((y) => y !== 0)))],
  ['or', many((x) => truth(x.some((y) => y !== 0)))],
  ['not', of(1, (x) => truth(x === 0))],
  ['eq', of(2, (x, y) => truth(x === y))],
  ['df', of(2, (x, y) => truth(x !== y))],
  ['lt', of(2, (x, y) => truth(x < y))],
  ['gt', of(2, (x, y) => truth(x > y))],
  ['leq', of(2, (x, y) => truth(x <= y))],
  ['geq', of(2, (x, y) => truth(x >= y))],
  ['ite', of(3, (x, y, z) => (x !== 0 ? y : z))],
  // Built-in laws. Through expm1, so that 1e-12 per hour and one hour is 1e-12 and not what is left of 1 − (1 − 1e-12).
  ['exponential', of(2, (rate, time) => where(rate >= 0 && time >= 0, -Math.expm1(-rate * time)))],
  ['GLM', of(4, onDemandFailureAndRepair)],
  [
    'Weibull',
    of(4, (scale, shape, from, time) => where(scale > 0 && shape > 0 && time >= from, -Math.expm1(-(((time - from) / scale) ** shape)))),
  ],
  ['periodic-test', of(4, sinceLastTest)],
  // Deviates, each by its mean.
  ['uniform-deviate', of(2, (low, high) => where(low <= high, (low + high) / 2))],
  ['normal-deviate', of(2, (mean, sigma) => where(sigma >= 0, mean))],
  ['lognormal-deviate', { operands: [2, 3], value: lognormalMean }],
  ['gamma-deviate', of(2, (shape, scale) => where(shape > 0 && scale > 0, shape * scale))],
  ['beta-deviate', of(2, (alpha, beta) => where(alpha > 0 && beta > 0, alpha / (alpha + beta)))],
]);

/** Fails to start with chance gamma, then fails and is repaired: (λ − (λ − γ(λ + µ))·e^{−(λ+µ)t}) / (λ + µ), written without a difference of near equals. */
function onDemandFailureAndRepair(gamma: number, lambda: number, mu: number, time: number): number {
  const sum = lambda + mu;
  if (!(gamma >= 0 && gamma <= 1 && lambda >= 0 && mu >= 0 && time >= 0)) return NaN;
  return sum === 0 ? gamma : gamma * Math.exp(-sum * time) + (lambda / sum) * -Math.expm1(-sum * time);
}

/** Failure rate λ, tests every τ, the first at θ: as good as new at each test. */
function sinceLastTest(lambda: number, interval: number, first: number, time: number): number {
  if (!(lambda >= 0 && interval > 0 && first >= 0 && time >= 0)) return NaN;
  return -Math.expm1(-lambda * (time <= first ? time : (time - first) % interval));
}

/** Mean, error factor and level; or mean and deviation of the logarithm. */
function lognormalMean([first, second, level]: number[]): number {
  if (level === undefined) return where(second! >= 0, Math.exp(first! + (second! * second!) / 2));
  // The mean is what is given; the law is built to check that such a law exists.
  return first! > 0 && second! >= 1 && level > 0.5 && level < 1 && lognormalOfMean(first!, second!, level).shape === 'lognormal'
    ? first!
    : NaN;
}
