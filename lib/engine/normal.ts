// Written for two compilers: TypeScript's, and the one that makes the kernel of it (lib/kernel). So there are only numbers here, no arrays.

/**
 * The value below which a standard normal lies with chance u; ±Infinity at 1 and 0.
 * Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988): relative error about 1e-16 over the whole range.
 */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) return q * centre(0.180625 - q * q);
  const small = q < 0 ? u : 1 - u;
  if (!(small > 0)) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(small));
  const value = r <= 5 ? shoulder(r - 1.6) : tail(r - 5);
  return q < 0 ? -value : value;
}

function centre(x: number): number {
  const top =
    ((((((2509.0809287301227 * x + 33430.57558358813) * x + 67265.7709270087) * x + 45921.95393154987) * x + 13731.69376550946) * x +
      1971.5909503065513) *
      x +
      133.14166789178438) *
      x +
    3.3871328727963665;
  const bottom =
    ((((((5226.495278852546 * x + 28729.085735721943) * x + 39307.89580009271) * x + 21213.794301586597) * x + 5394.196021424751) * x +
      687.1870074920579) *
      x +
      42.31333070160091) *
      x +
    1;
  return top / bottom;
}

function shoulder(x: number): number {
  const top =
    ((((((0.0007745450142783414 * x + 0.022723844989269184) * x + 0.2417807251774506) * x + 1.2704582524523684) * x + 3.6478483247632045) *
      x +
      5.769497221460691) *
      x +
      4.630337846156546) *
      x +
    1.4234371107496835;
  const bottom =
    ((((((1.0507500716444169e-9 * x + 0.0005475938084995345) * x + 0.015198666563616457) * x + 0.14810397642748008) * x + 0.6897673349851) *
      x +
      1.6763848301838038) *
      x +
      2.053191626637759) *
      x +
    1;
  return top / bottom;
}

function tail(x: number): number {
  const top =
    ((((((2.0103343992922881e-7 * x + 2.7115555687434876e-5) * x + 0.0012426609473880784) * x + 0.026532189526576124) * x +
      0.29656057182850487) *
      x +
      1.7848265399172913) *
      x +
      5.463784911164114) *
      x +
    6.657904643501103;
  const bottom =
    ((((((2.0442631033899397e-15 * x + 1.421511758316446e-7) * x + 1.8463183175100548e-5) * x + 0.0007868691311456133) * x +
      0.014875361290850615) *
      x +
      0.1369298809227358) *
      x +
      0.599832206555888) *
      x +
    1;
  return top / bottom;
}

/**
 * The chance that a standard normal lies below x, with full relative precision in the lower tail.
 * Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969): relative error about 1e-16.
 */
export function normalCumulative(x: number): number {
  if (!(x > -Infinity)) return x === -Infinity ? 0 : NaN;
  const y = Math.abs(x) * Math.SQRT1_2;
  if (y <= 0.46875) return 0.5 + 0.5 * x * Math.SQRT1_2 * near(y * y);
  const scale = 0.5 * Math.exp(-0.5 * x * x);
  const z = 1 / (y * y);
  const outside = y <= 4 ? scale * middle(y) : (scale / y) * (1 / Math.sqrt(Math.PI) - z * far(z));
  return x > 0 ? 1 - outside : outside;
}

function near(x: number): number {
  const top = (((0.18577770618460315 * x + 3.1611237438705655) * x + 113.86415415105016) * x + 377.485237685302) * x + 3209.3775891384694;
  const bottom = (((x + 23.601290952344122) * x + 244.02463793444417) * x + 1282.6165260773723) * x + 2844.236833439171;
  return top / bottom;
}

function middle(x: number): number {
  const top =
    (((((((2.1531153547440383e-8 * x + 0.5641884969886701) * x + 8.883149794388377) * x + 66.11919063714163) * x + 298.6351381974001) * x +
      881.952221241769) *
      x +
      1712.0476126340707) *
      x +
      2051.0783778260716) *
      x +
    1230.3393547979972;
  const bottom =
    (((((((x + 15.744926110709835) * x + 117.6939508913125) * x + 537.1811018620099) * x + 1621.3895745666903) * x + 3290.7992357334597) *
      x +
      4362.619090143247) *
      x +
      3439.3676741437216) *
      x +
    1230.3393548037495;
  return top / bottom;
}

function far(x: number): number {
  const top =
    ((((0.016315387137302097 * x + 0.30532663496123236) * x + 0.36034489994980445) * x + 0.12578172611122926) * x + 0.016083785148742275) *
      x +
    0.0006587491615298378;
  const bottom =
    ((((x + 2.568520192289822) * x + 1.8729528499234673) * x + 0.5279051029514285) * x + 0.06051834131244132) * x + 0.0023352049762686918;
  return top / bottom;
}
