import { lognormalOfMean, z95, type Distribution } from '../engine/distribution';
import type { Uncertain } from '../engine/sampling';
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
  /** Whose value is being computed; names a deviate that stands in no parameter. */
  owner = '';
  /** Random deviates met so far, by element, in the order in which they were met. */
  readonly #deviates = new Map<number, Uncertain>();
  /** What the deviates are in the sample that is being computed. */
  #drawn: ReadonlyMap<number, number> | undefined;

  constructor(
    readonly source: OpenPsaSource,
    readonly parameters: Names<Definition>,
    readonly missionTime: number,
  ) {}

  /** The random deviates of all expressions evaluated so far. One that stands in a parameter is one, however often the parameter is used. */
  get uncertain(): readonly Uncertain[] {
    return [...this.#deviates.values()];
  }

  /** From now on deviates have these values, in the order of `uncertain`; without them their means. */
  draw(values: readonly number[] | undefined): void {
    this.#values.clear();
    this.#drawn = values && new Map([...this.#deviates.keys()].map((element, i) => [element, values[i]!]));
  }

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
    const drawn = this.#drawn?.get(element);
    if (drawn !== undefined) return drawn;
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
    const distribution = Number.isFinite(value) ? operation.distribution?.(operands as number[]) : undefined;
    if (distribution !== undefined) this.#meet(element, distribution);
    if (Number.isFinite(value)) return value;
    source.error('no-number', 'An expression has no value', `<${name}> of ${operands.join(', ')} is not a number.`, element);
    return undefined;
  }

  #meet(element: number, distribution: Distribution): void {
    if (this.#deviates.has(element)) return;
    const { line, column } = this.source.range(element).start;
    const own = this.#open[this.#open.length - 1]?.name ?? this.owner;
    // The name decides which random numbers it gets, so two deviates must not share one.
    const taken = [...this.#deviates.values()].some(({ name }) => name === own);
    this.#deviates.set(element, { name: taken ? `${own} (${line}:${column})` : own, distribution });
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
    const [boundaries, weights] = [low === undefined ? [] : [low], [] as number[]];
    for (const bin of bins) {
      const [upper, weight] = this.source.tree.children(bin).map((child) => this.value(child, base));
      if (low === undefined || upper === undefined || weight === undefined) return undefined;
      sum += (weight * (low + upper)) / 2;
      total += weight;
      low = upper;
      boundaries.push(upper);
      weights.push(weight);
    }
    if (total > 0) {
      this.#meet(element, { shape: 'histogram', boundaries, weights });
      return sum / total;
    }
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
  /** Of a random deviate. */
  readonly distribution?: (x: readonly number[]) => Distribution;
  readonly operands: readonly [number, number];
  readonly value: (x: number[]) => number;
}

/** A function of a fixed number of operands; NaN says that they do not fit. */
function of(count: number, value: (...x: number[]) => number): Operation {
  return { operands: [count, count], value: (x) => value(...x) };
}

function deviate(count: number, value: (x: number[]) => number, distribution: (x: readonly number[]) => Distribution): Operation {
  return { operands: [count, count], value, distribution };
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
  [
    'uniform-deviate',
    deviate(
      2,
      ([low, high]) => where(low! <= high!, (low! + high!) / 2),
      ([low, high]) => ({ shape: 'uniform', low: low!, high: high! }),
    ),
  ],
  [
    'normal-deviate',
    deviate(
      2,
      ([mean, sigma]) => where(sigma! >= 0, mean!),
      ([mean, deviation]) => ({ shape: 'normal', mean: mean!, deviation: deviation! }),
    ),
  ],
  ['lognormal-deviate', { operands: [2, 3], value: lognormalMean, distribution: lognormal }],
  [
    'gamma-deviate',
    deviate(
      2,
      ([k, t]) => where(k! > 0 && t! > 0, k! * t!),
      ([k, t]) => ({ shape: 'gamma', shapeParameter: k!, scale: t! }),
    ),
  ],
  [
    'beta-deviate',
    deviate(
      2,
      ([a, b]) => where(a! > 0 && b! > 0, a! / (a! + b!)),
      ([a, b]) => ({ shape: 'beta', alpha: a!, beta: b! }),
    ),
  ],
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
  return where(first! > 0 && second! >= 1 && level > 0.5 && level < 1, first!);
}

function lognormal([first, second, level]: readonly number[]): Distribution {
  if (level !== undefined) return lognormalOfMean(first!, second!, level);
  return { shape: 'lognormal', median: Math.exp(first!), errorFactor: Math.exp(second! * z95) };
}
