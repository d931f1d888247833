import { normalQuantile } from './normal';

/**
 * A seeded stream of random numbers that can be split into independent streams.
 *
 * The generator is xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2018): 128 bits of state, period 2^128 − 1,
 * passes BigCrush. The state is filled by a hash of (seed, keys), so a stream depends only on how it was named, never on how many numbers its
 * parent has given: results do not depend on the order in which streams are used, nor on the number of workers.
 */
export class Random {
  readonly #name: Int32Array;
  readonly #state: Int32Array;

  /** The stream of a whole number, or of a name that was made of one; the same seed always gives the same numbers. */
  constructor(seed: number | Int32Array) {
    this.#name = typeof seed === 'number' ? seed32(new Int32Array(4), seed) : seed;
    this.#state = filled(this.#name);
  }

  /** An independent stream, named by this one's name and the key. */
  split(key: number | string): Random {
    const name = this.#name.slice();
    return new Random(typeof key === 'number' ? seed32(name, key) : seedText(name, key));
  }

  /** The words of its state, for a generator of the same kind that goes on from here. */
  get words(): Int32Array {
    return this.#state.slice();
  }

  /** 32 random bits, as a whole number from −2^31 to 2^31 − 1. */
  bits(): number {
    return step(this.#state);
  }

  /** Fills an array with random 32-bit words: the numbers that as many calls of bits() would give, several times faster before the code is warm. */
  bitsInto(target: Int32Array): Int32Array {
    const s = this.#state;
    let a = s[0] as number;
    let b = s[1] as number;
    let c = s[2] as number;
    let d = s[3] as number;
    for (let i = 0; i < target.length; i++) {
      const sum = (a + d) | 0;
      target[i] = ((sum << 7) | (sum >>> 25)) + a;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    s.set([a, b, c, d]);
    return target;
  }

  /** A number from the open interval (0, 1), evenly, on a grid of 2^-52: never 0 or 1, so its logarithm is finite. */
  uniform(): number {
    const high = this.bits() >>> 6;
    return (high * 67108864 + (this.bits() >>> 6) + 0.5) / 4503599627370496;
  }

  /** A whole number from 0 to n − 1, evenly (bias below n·2^-52). */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Whether something of chance p happens. */
  happens(p: number): boolean {
    return this.uniform() < p;
  }

  /** An exponentially distributed time with this mean; the one that belongs to `u` where that is given, so that callers can stratify. */
  exponential(mean: number, u: number = this.uniform()): number {
    return -Math.log(u) * mean;
  }

  /** A standard normal number, by inversion, so that one uniform number is used per draw. */
  normal(u: number = this.uniform()): number {
    return normalQuantile(u);
  }

  /** A lognormal number with this median; sigma is the standard deviation of its natural logarithm. */
  lognormal(median: number, sigma: number, u: number = this.uniform()): number {
    return median * Math.exp(sigma * this.normal(u));
  }
}

/** One step of xoshiro128++: changes the four words of the state and returns 32 bits. */
export function step(s: Int32Array): number {
  const a = s[0] as number;
  const b = s[1] as number;
  const c = (s[2] as number) ^ a;
  const d = (s[3] as number) ^ b;
  const sum = (a + (s[3] as number)) | 0;
  const result = (((sum << 7) | (sum >>> 25)) + a) | 0;
  s[1] = b ^ c;
  s[0] = a ^ d;
  s[2] = c ^ (b << 9);
  s[3] = (d << 11) | (d >>> 21);
  return result;
}

/** Finalizer of MurmurHash3 (Appleby, 2011): every input bit changes every output bit with chance ½. */
function mixed(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Stirs a word into the name. Two calls are needed until all words depend on all others; the filling of the state makes the last one. */
function absorb(name: Int32Array, word: number): void {
  let carry = word;
  for (let i = 0; i < 4; i++) {
    carry = mixed(((name[i] as number) + Math.imul(carry, 0x9e3779b1) + i + 1) | 0);
    name[i] = carry;
  }
}

function seed32(name: Int32Array, seed: number): Int32Array {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed must be a safe integer, got ${seed}`);
  absorb(name, seed | 0);
  absorb(name, Math.floor(seed / 4294967296) | 0);
  return name;
}

function seedText(name: Int32Array, key: string): Int32Array {
  // A length word in front and a marker keep texts apart from numbers and from texts that continue them.
  absorb(name, 0x7e87 + key.length);
  for (let i = 0; i < key.length; i++) absorb(name, key.charCodeAt(i));
  return name;
}

function filled(name: Int32Array): Int32Array {
  const state = name.slice();
  absorb(state, 0x51ed270b);
  absorb(state, 0x3c6ef372);
  // All zeros is the one state from which the generator does not move.
  if ((state[0] as number | 0) === 0 && state[1] === 0 && state[2] === 0 && state[3] === 0) state[0] = 1;
  return state;
}
