import { normalQuantile } from './normal';
import { incompleteBeta, incompleteGamma } from './special-functions';

/** What is believed about a number from outside. */
export type Distribution =
  | { readonly shape: 'constant'; readonly value: number }
  /** Times and rates: below and above the median each a lognormal half with chance ½. */
  | { readonly shape: 'two-piece-lognormal'; readonly median: number; readonly p5: number; readonly p95: number }
  /** Probabilities: the same on the scale ln(p / (1 − p)). */
  | { readonly shape: 'two-piece-logit-normal'; readonly median: number; readonly p5: number; readonly p95: number }
  /** Lognormal whose 95 % point is median · errorFactor. */
  | { readonly shape: 'lognormal'; readonly median: number; readonly errorFactor: number }
  | { readonly shape: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly shape: 'uniform'; readonly low: number; readonly high: number }
  | { readonly shape: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly shape: 'beta'; readonly alpha: number; readonly beta: number }
  | { readonly shape: 'gamma'; readonly shapeParameter: number; readonly scale: number }
  /** Piecewise even: weights[i] between boundaries[i] and boundaries[i + 1]; weights need not add up to one. */
  | { readonly shape: 'histogram'; readonly boundaries: readonly number[]; readonly weights: readonly number[] };

/** The 95 % point of a standard normal. */
export const z95 = 1.6448536269514722;

/** The lognormal with this mean whose `level` point is errorFactor times its median, as PRA data sheets give it. */
export function lognormalOfMean(mean: number, errorFactor: number, level = 0.95): Distribution {
  const sigma = Math.log(errorFactor) / normalQuantile(level);
  return { shape: 'lognormal', median: mean * Math.exp((-sigma * sigma) / 2), errorFactor: Math.exp(sigma * z95) };
}

/**
 * The quantile function of a distribution: chance u in (0, 1) → the value below which it lies with that chance.
 *
 * @example quantileOf({ shape: 'two-piece-lognormal', median: 1, p5: 0.5, p95: 4 })(0.95) // => 4
 */
export function quantileOf(distribution: Distribution): (u: number) => number {
  const d = distribution;
  const halves = twoPieceOf(d);
  if (halves !== undefined) return (u) => valueAt(halves, normalQuantile(u));
  switch (d.shape) {
    case 'constant':
      return () => d.value;
    case 'normal':
      check(d.deviation >= 0, d);
      return (u) => d.mean + d.deviation * normalQuantile(u);
    case 'uniform':
      check(d.low <= d.high, d);
      return (u) => d.low + u * (d.high - d.low);
    case 'triangular': {
      check(d.low <= d.mode && d.mode <= d.high, d);
      const width = d.high - d.low;
      const left = width > 0 ? (d.mode - d.low) / width : 0;
      return (u) => (u < left ? d.low + Math.sqrt(u * left) * width : d.high - Math.sqrt((1 - u) * (1 - left)) * width);
    }
    case 'beta':
      check(d.alpha > 0 && d.beta > 0, d);
      return (u) => inverted((x) => incompleteBeta(x, d.alpha, d.beta), u, 1);
    case 'gamma': {
      check(d.shapeParameter > 0 && d.scale > 0, d);
      const upper = d.shapeParameter + 40 * Math.sqrt(d.shapeParameter) + 750;
      return (u) => d.scale * inverted((x) => incompleteGamma(d.shapeParameter, x), u, upper);
    }
    case 'histogram':
      return histogramQuantile(d);
    default:
      throw new RangeError(`not a distribution: ${JSON.stringify(d)}`);
  }
}

/** A lognormal or logit-normal number in two halves: ln x (or ln of the odds x / (1 − x)) = ln centre + z·(z < 0 ? below : above) with z standard normal. */
export interface TwoPiece {
  readonly centre: number;
  readonly below: number;
  readonly above: number;
  readonly odds: boolean;
}

/** The two halves of a distribution that is made from a normal number on a logarithmic scale; undefined for the others. */
export function twoPieceOf(d: Distribution): TwoPiece | undefined {
  switch (d.shape) {
    case 'two-piece-lognormal':
      check(d.p5 > 0 && d.p5 <= d.median && d.median <= d.p95 && d.p95 < Infinity, d);
      return { centre: d.median, below: Math.log(d.median / d.p5) / z95, above: Math.log(d.p95 / d.median) / z95, odds: false };
    case 'two-piece-logit-normal': {
      check(d.p5 > 0 && d.p5 <= d.median && d.median <= d.p95 && d.p95 < 1, d);
      const centre = d.median / (1 - d.median);
      const below = Math.log(centre / (d.p5 / (1 - d.p5))) / z95;
      return { centre, below, above: Math.log(d.p95 / (1 - d.p95) / centre) / z95, odds: true };
    }
    case 'lognormal': {
      check(d.median > 0 && d.errorFactor >= 1, d);
      const sigma = Math.log(d.errorFactor) / z95;
      return { centre: d.median, below: sigma, above: sigma, odds: false };
    }
    default:
      return undefined;
  }
}

/** The value that belongs to the standard normal z. */
export function valueAt({ centre, below, above, odds }: TwoPiece, z: number): number {
  const x = centre * Math.exp((z < 0 ? below : above) * z);
  // x / (1 + x) keeps the digits of a small probability; 1 / (1 + 1/x) does not overflow for a large one.
  return !odds ? x : x < 1 ? x / (1 + x) : 1 / (1 + 1 / x);
}

function histogramQuantile(d: Distribution & { shape: 'histogram' }): (u: number) => number {
  const total = d.weights.reduce((sum, w) => sum + w, 0);
  check(d.boundaries.length === d.weights.length + 1 && total > 0 && d.weights.every((w) => w >= 0), d);
  return (u) => {
    let rest = u * total;
    let i = 0;
    while (i < d.weights.length - 1 && rest > (d.weights[i] as number)) rest -= d.weights[i++] as number;
    const low = d.boundaries[i] as number;
    const weight = d.weights[i] as number;
    return low + (weight > 0 ? Math.min(1, rest / weight) : 1) * ((d.boundaries[i + 1] as number) - low);
  };
}

/**
 * Where a cumulative distribution on [0, upper] reaches u. Bisection of the floating-point numbers themselves (on the logarithmic scale until the
 * value is bracketed within a factor of two), so that small values keep their relative precision and nothing can diverge.
 */
function inverted(cumulative: (x: number) => number, u: number, upper: number): number {
  let high = upper;
  let low = upper;
  while (low > 1e-300 && cumulative(low) > u) {
    high = low;
    low *= low > 1e-3 * upper ? 0.5 : 1e-3;
  }
  for (let i = 0; i < 80 && high - low > 1e-15 * high; i++) {
    const middle = high > 4 * low ? Math.sqrt(low * high) : (low + high) / 2;
    if (cumulative(middle) > u) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

function check(valid: boolean, distribution: Distribution): void {
  if (!valid) throw new RangeError(`not a distribution: ${JSON.stringify(distribution)}`);
}
