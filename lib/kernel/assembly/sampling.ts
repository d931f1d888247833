import { zeroFloats, zeros } from './lists';
import { normalQuantile } from '../../engine/normal';
import { Numbers } from './numbers';
import { Program } from './program';

/** The state of a stream of random numbers: xoshiro128++, as in lib/engine/random.ts. */
let a: u32 = 0;
let b: u32 = 0;
let c: u32 = 0;
let d: u32 = 0;

function seed(words: StaticArray<i32>): void {
  a = words[0];
  b = words[1];
  c = words[2];
  d = words[3];
}

function bits(): u32 {
  const sum = a + d;
  const result = ((sum << 7) | (sum >>> 25)) + a;
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = (d << 11) | (d >>> 21);
  return result;
}

/** A Latin hypercube sample of assumptions, as lib/engine/sampling.ts draws it, and what a program gives for it. */
export class Sample {
  /** For each root in turn, its value in each sample. */
  results: StaticArray<f64> = zeroFloats(0);
  private scores: StaticArray<f64>;
  private order: StaticArray<i32>;
  private columns: StaticArray<StaticArray<f64>>;

  constructor(
    private count: i32,
    assumptions: i32,
    stream: StaticArray<i32>,
  ) {
    this.columns = new StaticArray<StaticArray<f64>>(assumptions);
    this.order = zeros(count);
    this.scores = zeroFloats(count);
    seed(stream);
    for (let i = 0; i < count; i++) {
      const high = <f64>(bits() >>> 6);
      const uniform = (high * 67108864 + <f64>(bits() >>> 6) + 0.5) / 4503599627370496;
      this.scores[i] = normalQuantile((<f64>i + uniform) / <f64>count);
    }
  }

  constant(assumption: i32, value: f64): void {
    const column = zeroFloats(this.count);
    for (let i = 0; i < this.count; i++) column[i] = value;
    this.columns[assumption] = column;
  }

  /** A number whose logarithm, or that of its odds, is made of two normal halves. */
  twoPiece(assumption: i32, stream: StaticArray<i32>, centre: f64, below: f64, above: f64, odds: bool): void {
    seed(stream);
    const column = zeroFloats(this.count);
    const order = this.order;
    // Fisher and Yates (1938), inside out.
    for (let i = 0; i < this.count; i++) {
      const j = <i32>(<f64>bits() * 2.3283064365386963e-10 * <f64>(i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    for (let i = 0; i < this.count; i++) {
      const z = this.scores[order[i]];
      const x = centre * Math.exp((z < 0 ? below : above) * z);
      column[i] = !odds ? x : x < 1 ? x / (1 + x) : 1 / (1 + 1 / x);
    }
    this.columns[assumption] = column;
  }

  /** `never`: stretches of states (from, to) of causes that are left out. */
  run(program: Program, numbers: Numbers, never: StaticArray<i32>): void {
    const states = program.states;
    const roots = program.roots.length;
    const values = numbers.values;
    this.results = zeroFloats(roots * this.count);
    for (let sample = 0; sample < this.count; sample++) {
      for (let i = 0; i < values.length; i++) values[i] = this.columns[i][sample];
      numbers.fill(states);
      leaveOut(states, never);
      program.evaluate(program.values.length);
      for (let root = 0; root < roots; root++) this.results[root * this.count + sample] = program.values[program.roots[root]];
    }
  }
}

function leaveOut(states: StaticArray<f64>, never: StaticArray<i32>): void {
  for (let i = 0; i < never.length; i += 2) {
    const from = never[i];
    states[from] = 1;
    for (let state = from + 1; state < never[i + 1]; state++) states[state] = 0;
  }
}
