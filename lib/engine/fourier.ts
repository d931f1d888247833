/** Discrete Fourier transforms of one length, a power of two: Cooley and Tukey (1965), in place, with exact-angle twiddle factors. */
export class Fourier {
  readonly #size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(size: number) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`the length must be a power of two, got ${size}`);
    this.#size = size;
    this.#cos = new Float64Array(size / 2);
    this.#sin = new Float64Array(size / 2);
    // Each angle by itself, not by repeated rotation: the error then grows with log n instead of n.
    for (let i = 0; i < size / 2; i++) {
      this.#cos[i] = Math.cos((2 * Math.PI * i) / size);
      this.#sin[i] = Math.sin((2 * Math.PI * i) / size);
    }
  }

  /** Replaces x by Σ x_k·exp(−2πi·jk/n), or with `inverse` by (1/n)·Σ x_k·exp(+2πi·jk/n). */
  transform(re: Float64Array, im: Float64Array, inverse: boolean): void {
    const n = this.#size;
    reorder(re, im);
    for (let half = 1; half < n; half *= 2) {
      const stride = n / (2 * half);
      for (let k = 0; k < half; k++) {
        const c = this.#cos[k * stride] as number;
        const s = inverse ? (this.#sin[k * stride] as number) : -(this.#sin[k * stride] as number);
        for (let i = k; i < n; i += 2 * half) {
          const j = i + half;
          const x = (re[j] as number) * c - (im[j] as number) * s;
          const y = (re[j] as number) * s + (im[j] as number) * c;
          re[j] = (re[i] as number) - x;
          im[j] = (im[i] as number) - y;
          re[i] = (re[i] as number) + x;
          im[i] = (im[i] as number) + y;
        }
      }
    }
    if (!inverse) return;
    for (let i = 0; i < n; i++) {
      re[i] = (re[i] as number) / n;
      im[i] = (im[i] as number) / n;
    }
  }
}

/** Puts element i where i with its bits reversed says. */
function reorder(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j] as number, re[i] as number];
    [im[i], im[j]] = [im[j] as number, im[i] as number];
  }
}
