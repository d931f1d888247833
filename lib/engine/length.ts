import { normalCumulative } from './normal';

/** How long something lasts, in seconds (or any other unit of time). */
export type Length =
  | { readonly distribution: 'fixed'; readonly mean: number }
  | { readonly distribution: 'exponential'; readonly mean: number }
  /** sigma is the standard deviation of the natural logarithm. */
  | { readonly distribution: 'lognormal'; readonly mean: number; readonly sigma: number }
  /** The length, but never longer than this. */
  | { readonly distribution: 'at-most'; readonly limit: number; readonly length: Length }
  /** What is left of it for somebody who arrives during it (mean E[D²] / 2E[D]). */
  | { readonly distribution: 'residual'; readonly length: Length }
  /** Until the first of several independent ones is over. */
  | { readonly distribution: 'shorter'; readonly lengths: readonly [Length, Length] }
  | { readonly distribution: 'mixture'; readonly parts: readonly { readonly chance: number; readonly length: Length }[] };

/** A length that is taken with a positive chance. */
export interface Atom {
  readonly at: number;
  readonly chance: number;
}

/** P(length > x). */
export function survival(length: Length, x: number): number {
  if (x < 0) return 1;
  switch (length.distribution) {
    case 'fixed':
      return x < length.mean ? 1 : 0;
    case 'exponential':
      return length.mean > 0 ? Math.exp(-x / length.mean) : 0;
    case 'lognormal':
      return x > 0 ? normalCumulative(logScore(length, x)) : 1;
    case 'at-most':
      return x < length.limit ? survival(length.length, x) : 0;
    case 'residual':
      return excess(length.length, x) / meanOf(length.length);
    case 'shorter':
      return survival(length.lengths[0], x) * survival(length.lengths[1], x);
    case 'mixture':
      return length.parts.reduce((sum, part) => sum + part.chance * survival(part.length, x), 0);
  }
}

/** E[max(length − x, 0)], so that E[min(length, x)] = meanOf − excess without a simulation. */
export function excess(length: Length, x: number): number {
  switch (length.distribution) {
    case 'fixed':
      return Math.max(0, length.mean - x);
    case 'exponential':
      return length.mean > 0 ? length.mean * Math.exp(-x / length.mean) : 0;
    case 'lognormal': {
      if (x <= 0) return length.mean - x;
      // Black's formula (1976): E[(D − x)⁺] = E[D]·Φ(d + σ) − x·Φ(d).
      const d = logScore(length, x);
      return Math.max(0, length.mean * normalCumulative(d + length.sigma) - x * normalCumulative(d));
    }
    case 'at-most':
      return x < length.limit ? excess(length.length, x) - excess(length.length, length.limit) : 0;
    case 'mixture':
      return length.parts.reduce((sum, part) => sum + part.chance * excess(part.length, x), 0);
    case 'residual':
    case 'shorter':
      return tailIntegral(length, x);
  }
}

/** The mean length. */
export function meanOf(length: Length): number {
  return excess(length, 0);
}

/** E[min(length, x)]: how much of it lies in its own first x seconds; keeps its digits where x is small beside the length. */
export function meanWithin(length: Length, x: number): number {
  if (length.distribution === 'fixed') return Math.min(length.mean, x);
  if (length.distribution === 'exponential') return length.mean > 0 ? -length.mean * Math.expm1(-x / length.mean) : 0;
  if (length.distribution === 'lognormal') {
    if (!(x > 0)) return 0;
    const d = logScore(length, x);
    return length.mean * normalCumulative(-d - length.sigma) + x * normalCumulative(d);
  }
  if (length.distribution === 'at-most') return meanWithin(length.length, Math.min(x, length.limit));
  if (length.distribution === 'mixture') return length.parts.reduce((sum, part) => sum + part.chance * meanWithin(part.length, x), 0);
  return meanOf(length) - excess(length, x);
}

/** The single lengths that are taken with positive chance; what remains of the distribution is continuous. */
export function atomsOf(length: Length): Atom[] {
  switch (length.distribution) {
    case 'fixed':
      return [{ at: length.mean, chance: 1 }];
    case 'exponential':
      return length.mean > 0 ? [] : [{ at: 0, chance: 1 }];
    case 'lognormal':
    case 'residual':
      return [];
    case 'at-most': {
      const kept = atomsOf(length.length).filter((atom) => atom.at < length.limit);
      const cut = survival(length.length, length.limit) + atomAt(length.length, length.limit);
      return cut > 0 ? [...kept, { at: length.limit, chance: cut }] : kept;
    }
    case 'shorter': {
      const [a, b] = length.lengths;
      return [
        ...atomsOf(a).map(({ at, chance }) => ({ at, chance: chance * (survival(b, at) + atomAt(b, at)) })),
        ...atomsOf(b).map(({ at, chance }) => ({ at, chance: chance * survival(a, at) })),
      ].filter((atom) => atom.chance > 0);
    }
    case 'mixture':
      return length.parts.flatMap((part) => atomsOf(part.length).map(({ at, chance }) => ({ at, chance: chance * part.chance })));
  }
}

function atomAt(length: Length, x: number): number {
  return atomsOf(length).reduce((sum, atom) => (atom.at === x ? sum + atom.chance : sum), 0);
}

/** (E[ln D] − ln x) / σ: P(D > x) = Φ of it. */
function logScore({ mean, sigma }: { readonly mean: number; readonly sigma: number }, x: number): number {
  const above = Math.log(mean / x) - (sigma * sigma) / 2;
  return sigma > 0 ? above / sigma : above > 0 ? Infinity : -Infinity;
}

/**
 * ∫ P(length > y) dy from x to ∞, by Gauss and Legendre's five points on pieces that begin at the jumps and at the origin grow geometrically; the
 * pieces go on until the survival no longer matters (below 1e-17).
 */
function tailIntegral(length: Length, x: number): number {
  const jumps = jumpsOf(length).filter((jump) => jump > x);
  const scale = scaleOf(length);
  let sum = 0;
  let low = x;
  for (let i = 0; i < 20_000 && survival(length, low) > 1e-17; i++) {
    const next = jumps.reduce(
      (nearest, jump) => (jump > low && jump < nearest ? jump : nearest),
      low + Math.max(scale / 64, (low - x) / 32),
    );
    sum += gauss((y) => survival(length, y), low, next);
    low = next;
  }
  return sum;
}

function jumpsOf(length: Length): number[] {
  switch (length.distribution) {
    case 'fixed':
      return [length.mean];
    case 'at-most':
      return [length.limit, ...jumpsOf(length.length)];
    case 'residual':
      return jumpsOf(length.length);
    case 'shorter':
      return length.lengths.flatMap(jumpsOf);
    case 'mixture':
      return length.parts.flatMap((part) => jumpsOf(part.length));
    default:
      return [];
  }
}

function scaleOf(length: Length): number {
  switch (length.distribution) {
    case 'at-most':
      return Math.min(length.limit, scaleOf(length.length));
    case 'residual':
      return scaleOf(length.length);
    case 'shorter':
      return Math.min(...length.lengths.map(scaleOf));
    case 'mixture':
      return Math.min(...length.parts.map((part) => scaleOf(part.length)));
    case 'lognormal':
      return length.mean * Math.exp((-length.sigma * length.sigma) / 2);
    default:
      return length.mean;
  }
}

const nodes = [
  [0, 0.5688888888888889],
  [0.5384693101056831, 0.47862867049936647],
  [-0.5384693101056831, 0.47862867049936647],
  [0.906179845938664, 0.23692688505618908],
  [-0.906179845938664, 0.23692688505618908],
] as const;

function gauss(f: (y: number) => number, low: number, high: number): number {
  const half = (high - low) / 2;
  return half * nodes.reduce((sum, [node, weight]) => sum + weight * f(low + half * (1 + node)), 0);
}
