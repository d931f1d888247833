/** Two-sided 95 % point of the normal distribution. */
const normal975 = 1.959963984540054;

/**
 * The 97.5 % point of Student's t, by the expansion in 1/degrees around the normal one (Abramowitz and Stegun, 26.7.5); below 3 degrees in closed
 * form. Relative error below 1 % from 3 degrees, 2e-5 from 9.
 */
export function student975(degrees: number): number {
  if (degrees < 1) throw new RangeError(`Student's t needs at least one degree of freedom, got ${degrees}`);
  if (degrees === 1) return Math.tan(Math.PI * 0.475);
  if (degrees === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const z = normal975;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((total, term, i) => total + term / degrees ** (i + 1), z);
}
