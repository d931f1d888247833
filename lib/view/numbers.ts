/** Decimals of a percentage below which nothing is ever asked for. */
const mostDecimals = 30;

/**
 * An availability as a percentage: two significant digits of what is missing, and more where the text would otherwise tell another verdict than the exact
 * value does.
 * @example availabilityText(5.04e-4, 5e-4) // => '99.9496 %'
 */
export function availabilityText(unavailability: number, target?: number): string {
  for (let decimals = decimalsOf(unavailability); ; decimals++) {
    // The exact decimals of the number: no product or difference is rounded on the way.
    const missing = unavailability.toFixed(decimals + 2);
    const agrees = target === undefined || unavailability > target === Number(missing) > target;
    if (agrees || decimals >= mostDecimals) return `${less(missing, decimals)} %`;
  }
}

function decimalsOf(unavailability: number): number {
  if (unavailability <= 0) return 0;
  // 1.9e-4 is 0.019 % missing: three decimals show two digits.
  return Math.min(mostDecimals, Math.max(2, 1 - Math.floor(Math.log10(100 * unavailability))));
}

/** 100 % minus a decimal text, digit by digit. */
function less(missing: string, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const rest = 100n * scale - BigInt(missing.replace('.', ''));
  const fraction = (rest % scale).toString().padStart(decimals, '0').replace(/0+$/, '');
  return fraction === '' || decimals === 0 ? (rest / scale).toString() : `${rest / scale}.${fraction}`;
}

/** A share as a whole percentage; what is not nothing never reads as nothing. */
export function shareText(share: number): string {
  if (share === 0) return '0 %';
  if (share < 0.005) return '< 1 %';
  if (share > 0.995 && share < 1) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/**
 * A length of time in at most two units.
 * @example durationText(16.3) // => '16 min 18 s'
 */
export function durationText(minutes: number): string {
  let seconds = minutes * 60;
  if (seconds === 0) return 'nothing';
  if (seconds < 0.1) return `${significant(seconds * 1000, 2)} ms`;
  if (seconds < 59.5) return `${significant(seconds, 2)} s`;
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  const first = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[first]!;
  const next = units[first + 1];
  if (!next) return seconds < 59.5 ? `${Math.round(seconds)} s` : '1 min';
  // Rounded in the smaller unit first, so that it never reads 60 min.
  seconds = Math.round(seconds / next[1]) * next[1];
  if (first > 0 && seconds >= units[first - 1]![1]) return `1 ${units[first - 1]![0]}`;
  const whole = Math.floor(seconds / size);
  const rest = Math.round((seconds - whole * size) / next[1]);
  return rest === 0 || whole >= 30 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${next[0]}`;
}

/** So many significant digits, never in powers of ten where a person counts. */
export function significant(x: number, digits: number): string {
  if (x === 0) return '0';
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size >= 1e7 || size < 1e-4)
    return rounded
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e-', '·10^−')
      .replace('e+', '·10^');
  return size >= 10 ** digits ? String(Math.round(rounded)) : String(rounded);
}

/** How often something happens. */
export function perYearText(times: number): string {
  if (times === 0) return 'never';
  if (times >= 0.95) return `${significant(times, 2)} a year`;
  const years = 1 / times;
  return years > 1000 ? `less than once in 1000 years` : `once in ${significant(years, 2)} years`;
}

/** A number of an assumption with its unit. */
export function quantityText(value: number, unit: 'per year' | 'seconds' | 'probability'): string {
  if (unit === 'seconds') return durationText(value / 60);
  if (unit === 'per year') return `${significant(value, 3)} a year`;
  return `${significant(value * 100, 3)} %`;
}
