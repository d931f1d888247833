type Coefficients = readonly [number, number, number, number, number, number, number, number];

/** Coefficients of Wichura's three rational approximations, highest power first. */
const centre = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513, 133.14166789178438,
    3.3871328727963665,
  ],
  [
    5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579, 42.31333070160091,
    1,
  ],
] as const;
const shoulder = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045, 5.769497221460691,
    4.630337846156546, 1.4234371107496835,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851, 1.6763848301838038,
    2.053191626637759, 1,
  ],
] as const;
const tail = [
  [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487, 1.7848265399172913,
    5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615, 0.1369298809227358,
    0.599832206555888, 1,
  ],
] as const;

/**
 * The value below which a standard normal lies with chance u; ±Infinity at 1 and 0.
 * Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988): relative error about 1e-16 over the whole range.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(centre, 0.180625 - q * q);
  const small = q < 0 ? u : 1 - u;
  if (!(small > 0)) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(small));
  const value = r <= 5 ? ratio(shoulder, r - 1.6) : ratio(tail, r - 5);
  return q < 0 ? -value : value;
}

/**
 * The chance that a standard normal lies below x, with full relative precision in the lower tail.
 * Continued fraction of Mills' ratio (Abramowitz & Stegun 26.2.14) in the tails, the series 26.2.11 in the middle.
 */
export function normalCumulative(x: number): number {
  if (x > 2.5) return 1 - normalCumulative(-x);
  if (!(x > -Infinity)) return x === -Infinity ? 0 : NaN;
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  if (x < -2.5) {
    // Backwards from a depth at which the remaining fraction no longer shows: 120 terms give 1e-17 at 2.5, fewer farther out.
    let fraction = -x;
    for (let k = 120; k >= 1; k--) fraction = -x + k / fraction;
    return density / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}

function ratio([top, bottom]: readonly [Coefficients, Coefficients], x: number): number {
  return polynomial(top, x) / polynomial(bottom, x);
}

function polynomial(c: Coefficients, x: number): number {
  return ((((((c[0] * x + c[1]) * x + c[2]) * x + c[3]) * x + c[4]) * x + c[5]) * x + c[6]) * x + c[7];
}
