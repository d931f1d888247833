import { Fourier } from './fourier';
import { atomsOf, survival, type Atom, type Length } from './length';

/** Something that happens from time to time, as a Poisson process, and lasts. */
export interface Occurrence {
  readonly perYear: number;
  readonly length: Length;
}

/** How much may be used up in which time, and how exactly the answer is wanted. */
export interface Allowance {
  readonly allowedSeconds: number;
  readonly windowSeconds: number;
  /** Refine until the error bound is below this. @default - 1e-4 */
  readonly tolerance?: number;
}

/** The chance, and guaranteed bounds for it: |true − chance| ≤ errorBound. */
export interface Chance {
  readonly chance: number;
  readonly errorBound: number;
}

const secondsPerYear = 365 * 86_400;
const finest = 1 << 16;
/** Rounding of the lengths themselves: 36 × 72 s are 43.2 min although the sum of the doubles may be a bit more. */
const slack = 1e-9;

/**
 * The chance that the lengths of all occurrences that begin in a window add up to no more than what is allowed.
 *
 * The sum is compound Poisson: Σ over occurrences, ν·window of each expected. Lengths are put on a lattice of step h twice, rounded up and rounded
 * down; since a sum of longer lengths is longer, the chances of the two lattice sums enclose the true one. The answer is the middle of the two, in
 * which the rounding errors cancel to first order; h is divided until they are as near as wanted. Fixed lengths with a common divisor lie on the
 * lattice and are exact. A length above the allowance needs no lattice: one such occurrence is too many, its rate only enters as exp(−ν·window).
 *
 * An occurrence counts to the window in which it begins, and a new one may begin while another lasts: both err by about length / window.
 *
 * @example chanceWithin([{ perYear: 6, length: { distribution: 'fixed', mean: 60 } }], { allowedSeconds: 259.2, windowSeconds: 2_592_000 }).chance // => 0.99986…
 */
export function chanceWithin(occurrences: readonly Occurrence[], allowance: Allowance): Chance {
  const { allowedSeconds: allowed, windowSeconds, tolerance = 1e-4 } = allowance;
  if (!(allowed >= 0)) throw new RangeError(`the allowance must not be negative, got ${allowed}`);
  const expected = occurrences.map(({ perYear }) => (perYear * windowSeconds) / secondsPerYear);
  const atoms: Atom[] = [];
  const lengths: { readonly length: Length; readonly expected: number; readonly atoms: readonly Atom[] }[] = [];
  occurrences.forEach(({ length }, i) => {
    const own = atomsOf(length).map(({ at, chance }) => ({ at, chance: chance * (expected[i] as number) }));
    atoms.push(...own);
    const rest = 1 - own.reduce((sum, atom) => sum + atom.chance, 0) / (expected[i] as number);
    if (rest > 1e-15) lengths.push({ length, expected: expected[i] as number, atoms: own });
  });
  const total = expected.reduce((sum, x) => sum + x, 0);
  const near = atoms.filter((atom) => atom.at <= allowed * (1 + slack));
  if (allowed === 0)
    return { chance: Math.exp(near.reduce((sum, atom) => (atom.at === 0 ? sum + atom.chance : sum), -total)), errorBound: 1e-15 };

  const divisor = commonDivisor(near.map((atom) => atom.at).filter((at) => at > 0));
  let step = lattice(allowed, divisor, lengths.length === 0);
  for (;;) {
    const cells = Math.floor((allowed / step) * (1 + slack));
    const [up, down] = [new Float64Array(cells + 1), new Float64Array(cells + 1)];
    for (const { at, chance } of near) place(at / step, chance, up, down);
    for (const each of lengths) spreadOver(each, step, up, down);
    const { lower, upper, roundOff } = enclose(up, down, total);
    const errorBound = Math.max(0, upper - lower) / 2 + roundOff;
    if (errorBound <= Math.max(tolerance, roundOff) || 3 * cells > finest) return { chance: Math.min(1, (lower + upper) / 2), errorBound };
    // Thirds keep what is half way between two lattice points half way, and a divisor a divisor.
    step /= 3;
  }
}

/**
 * The step to begin with: the divisor itself where nothing but its multiples is there, else a whole part of it near allowed / 1,000. The allowance is
 * best put half way between two lattice points: the n-fold sums, rounded up and down, then err by −n·h/2 and +n·h/2, and their middle by no term in h.
 */
function lattice(allowed: number, divisor: number | undefined, onlyAtoms: boolean): number {
  const cells = 1024;
  if (divisor === undefined || divisor < allowed / finest) return allowed / (cells + 0.5);
  if (onlyAtoms) return divisor;
  const parts = Math.ceil((divisor * cells) / allowed);
  const offCentre = (m: number) => Math.abs((((allowed * m) / divisor) % 1) - 0.5);
  let best = parts;
  for (let m = parts; m < parts + Math.min(50, parts); m++) if (offCentre(m) < offCentre(best) - 1e-6) best = m;
  return divisor / best;
}

/** The largest time, in whole milliseconds, of which all are multiples; undefined where they are no milliseconds or it would be too fine to be of use. */
function commonDivisor(times: readonly number[]): number | undefined {
  let divisor = 0;
  for (const time of times) {
    let rest = Math.round(time * 1000);
    if (Math.abs(rest - time * 1000) > 1e-6 || rest === 0) return undefined;
    while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  }
  return divisor > 0 ? divisor / 1000 : undefined;
}

function place(position: number, amount: number, up: Float64Array, down: Float64Array): void {
  const nearest = Math.round(position);
  const exact = Math.abs(position - nearest) <= slack * Math.max(1, nearest);
  const above = exact ? nearest : Math.ceil(position);
  const below = exact ? nearest : Math.floor(position);
  if (above < up.length) up[above] = (up[above] as number) + amount;
  if (below < down.length) down[below] = (down[below] as number) + amount;
}

/** The continuous part of a length: what lies between two lattice points counts at the upper one, and at the lower one. */
function spreadOver(
  { length, expected, atoms }: { readonly length: Length; readonly expected: number; readonly atoms: readonly Atom[] },
  step: number,
  up: Float64Array,
  down: Float64Array,
): void {
  const beyond = (x: number) => atoms.reduce((rest, atom) => (atom.at > x ? rest - atom.chance : rest), expected * survival(length, x));
  let before = beyond(0);
  for (let cell = 0; cell < up.length; cell++) {
    const after = beyond((cell + 1) * step);
    const amount = Math.max(0, before - after);
    down[cell] = (down[cell] as number) + amount;
    if (cell + 1 < up.length) up[cell + 1] = (up[cell + 1] as number) + amount;
    before = after;
  }
}

function enclose(up: Float64Array, down: Float64Array, total: number): { lower: number; upper: number; roundOff: number } {
  if (up.length <= 400) return { lower: recursion(up, total), upper: recursion(down, total), roundOff: 1e-14 * (10 + total) };
  return transformed(up, down, total);
}

/**
 * P(sum ≤ last cell) by Panjer's recursion (1981): s·g(s) = Σ k·λ_k·g(s − k), λ_k being the expected number of occurrences of k cells, g(0) =
 * exp(−Σλ + λ_0). All terms are positive, so nothing cancels. A factor exp(−λ) that underflows is left out until the end.
 */
function recursion(rates: Float64Array, total: number): number {
  const n = rates.length;
  const g = new Float64Array(n);
  g[0] = 1;
  let sum = 1;
  let exponent = (rates[0] as number) - total;
  const used = Array.from(rates.keys()).filter((k) => k > 0 && (rates[k] as number) > 0);
  for (let s = 1; s < n; s++) {
    let value = 0;
    for (const k of used) {
      if (k > s) break;
      value += k * (rates[k] as number) * (g[s - k] as number);
    }
    g[s] = value / s;
    sum += g[s] as number;
    if (sum < 1e200) continue;
    for (let i = 0; i <= s; i++) g[i] = (g[i] as number) * 1e-200;
    sum *= 1e-200;
    exponent += 200 * Math.LN10;
  }
  return Math.exp(exponent + Math.log(sum));
}

/**
 * The same by transform: ĝ = exp(Σ λ_k (e^{iωk} − 1)), both lattices in the real and imaginary part of one transform. Sums beyond the end would wrap
 * around; exponential tilting g(s)·e^{−θs} (Grübel and Hermesmeier, 1999) damps them to e^{−θ·size} ≤ e^{−22}, and enlarges rounding errors by e^{11}.
 */
function transformed(up: Float64Array, down: Float64Array, total: number): { lower: number; upper: number; roundOff: number } {
  const n = up.length;
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  const tilt = 11 / n;
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < n; k++) {
    const damped = Math.exp(-tilt * k);
    re[k] = (up[k] as number) * damped;
    im[k] = (down[k] as number) * damped;
  }
  const fourier = new Fourier(size);
  fourier.transform(re, im, false);
  for (let j = 0; j <= size / 2; j++) {
    const m = (size - j) % size;
    // The transform of a real sequence is conjugate-symmetric: that parts the two again.
    const [a, b, c, d] = [re[j] as number, im[j] as number, re[m] as number, im[m] as number];
    const [ur, ui] = exponential((a + c) / 2 - total, (b - d) / 2);
    const [dr, di] = exponential((b + d) / 2 - total, (c - a) / 2);
    re[j] = ur - di;
    im[j] = ui + dr;
    re[m] = ur + di;
    im[m] = dr - ui;
  }
  fourier.transform(re, im, true);
  let [lower, upper] = [0, 0];
  for (let k = n - 1; k >= 0; k--) {
    lower += (re[k] as number) * Math.exp(tilt * k);
    upper += (im[k] as number) * Math.exp(tilt * k);
  }
  const wrapped = Math.exp(-tilt * size);
  const rounding = Math.exp(11) * 1.2e-16 * (Math.log2(size) + 2 * total + 4);
  return { lower: Math.max(0, lower), upper: Math.max(0, upper), roundOff: wrapped + rounding };
}

function exponential(re: number, im: number): [number, number] {
  const size = Math.exp(re);
  return [size * Math.cos(im), size * Math.sin(im)];
}
