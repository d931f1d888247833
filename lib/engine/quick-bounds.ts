import type { Bounds } from './bounds';
import { AND, AT_LEAST, CHOICE, CONSTANT, LITERAL, XOR, type Formula, type Ref } from './formula';
import { countUses, isPlainlyMonotone } from './polarity';

/** Room for the rounding of sums and products over every node. */
const SLACK = 1e-9;

/**
 * Guaranteed bounds of a root's probability in one pass over its gates, for when there is no time for closer ones. What holds whatever the inputs have
 * in common is taken (Fréchet 1935), and where nothing is negated and no outcomes exclude each other also that the inputs are associated (Esary,
 * Proschan and Walkup 1967: increasing functions of independent events occur together at least as often as if they were independent).
 * Invariant: of each node four numbers, lower and upper bound of it and of its negation, so that no small one is ever a difference from 1.
 */
export function quickBounds(formula: Formula, root: Ref, values: ArrayLike<number>): Bounds {
  const last = root >> 1;
  const associated = isMonotone(formula, root);
  const [low, high, notLow, notHigh] = Array.from({ length: 4 }, () => new Float64Array(last + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const lowOf = (ref: Ref) => (ref & 1 ? notLow : low)[ref >> 1]!;
  const highOf = (ref: Ref) => (ref & 1 ? notHigh : high)[ref >> 1]!;
  for (let node = 0; node <= last; node++) {
    const kind = formula.kind(node);
    const children = Array.from({ length: formula.arity(node) }, (_, i) => formula.child(node, i));
    const negated = children.map((child) => child ^ 1);
    if (kind === CONSTANT) {
      notLow[node] = notHigh[node] = 1;
    } else if (kind === LITERAL) {
      low[node] = high[node] = values[formula.eventOffsets[formula.parameter(node)]! + formula.level(node)]!;
      notLow[node] = notHigh[node] = 1 - low[node]!;
    } else if (kind === XOR) {
      const [a, b] = children as [Ref, Ref];
      low[node] = difference(lowOf(a), highOf(b), lowOf(b), highOf(a));
      notLow[node] = difference(lowOf(a), highOf(b ^ 1), lowOf(b ^ 1), highOf(a));
      high[node] = Math.min(1, highOf(a) + highOf(b), highOf(a ^ 1) + highOf(b ^ 1));
      notHigh[node] = Math.min(1, highOf(a) + highOf(b ^ 1), highOf(a ^ 1) + highOf(b));
    } else if (kind === AND || kind === AT_LEAST) {
      const n = children.length;
      const k = kind === AND ? n : formula.parameter(node);
      const all = { associated, lows: children.map(lowOf), highs: children.map(highOf) };
      const none = { associated, lows: negated.map(lowOf), highs: negated.map(highOf) };
      low[node] = leastOf(k, all);
      high[node] = mostOf(k, all, none);
      notLow[node] = leastOf(n - k + 1, none);
      notHigh[node] = mostOf(n - k + 1, none, all);
    }
  }
  return { lower: lowOf(root) * (1 - SLACK), upper: Math.min(1, highOf(root) * (1 + SLACK)) };
}

interface Inputs {
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  readonly associated: boolean;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** At least so often k of the inputs hold. */
function leastOf(k: number, { associated, lows }: Inputs): number {
  const likeliest = lows.toSorted((a, b) => b - a).slice(0, k);
  const n = lows.length;
  const whateverTheyShare = (sum(lows) - (k - 1)) / (n - k + 1);
  const single = k === 1 ? likeliest[0]! : 0;
  return Math.max(0, whateverTheyShare, single, associated ? likeliest.reduce((product, each) => product * each, 1) : 0);
}

/** At most so often k of the inputs hold (Markov's inequality; of one that suffices, also as if they were independent). */
function mostOf(k: number, { associated, highs }: Inputs, negated: Inputs): number {
  const n = highs.length;
  const rarest = k === n ? Math.min(...highs) : 1;
  const independent = k === 1 && associated ? -Math.expm1(sum(negated.lows.map(Math.log))) : 1;
  return Math.min(1, sum(highs) / k, rarest, independent);
}

function difference(lowA: number, highB: number, lowB: number, highA: number): number {
  return Math.max(0, lowA - highB, lowB - highA);
}

/** Whether the root only grows with each of its events: no event is negated on a way to it, no two outcomes exclude each other. */
function isMonotone(formula: Formula, root: Ref): boolean {
  const isOutcome = (ref: Ref) => formula.kind(ref >> 1) === LITERAL && formula.eventKinds[formula.parameter(ref >> 1)] === CHOICE;
  return isPlainlyMonotone(formula, [root]) && !countUses(formula, [root]).some((uses, ref) => uses > 0 && isOutcome(ref));
}
