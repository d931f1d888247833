/** A move from one state to another, as a rate per unit of time. */
export interface Transition {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/** A Markov process in continuous time with states 0 … states − 1. Several transitions between the same two states add up. */
export interface MarkovChain {
  readonly states: number;
  readonly transitions: readonly Transition[];
}

/** What a set of states looks like from outside: usable as one event of a tree. */
export interface Availability {
  /** Long-run share of time in the set. */
  readonly unavailability: number;
  /** Entries into the set per unit of time. */
  readonly frequency: number;
  readonly meanDownTime: number;
  readonly meanUpTime: number;
}

/**
 * Long-run probabilities of an irreducible chain by the elimination of Grassmann, Taksar and Heyman (1985). Invariant: only positive numbers are
 * added, multiplied and divided, never subtracted, so every probability, however small, has full relative precision (O'Cinneide, 1993: error at most
 * about 2n³ roundings).
 */
export function steadyState(chain: MarkovChain): Float64Array {
  const n = chain.states;
  const rates = denseRates(chain);
  for (let k = n - 1; k > 0; k--) {
    let out = 0;
    for (let j = 0; j < k; j++) out += rates[k * n + j] as number;
    if (!(out > 0)) throw new RangeError(`state ${k} can not return to the states before it: the chain is not irreducible`);
    for (let i = 0; i < k; i++) {
      const share = (rates[i * n + k] as number) / out;
      rates[i * n + k] = share;
      if (share > 0) for (let j = 0; j < k; j++) rates[i * n + j] = (rates[i * n + j] as number) + share * (rates[k * n + j] as number);
    }
  }
  const p = new Float64Array(n);
  p[0] = 1;
  let total = 1;
  for (let k = 1; k < n; k++) {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += (p[i] as number) * (rates[i * n + k] as number);
    p[k] = sum;
    total += sum;
  }
  return p.map((x) => x / total);
}

/** How a set of down states appears in the long run. */
export function availability(chain: MarkovChain, down: (state: number) => boolean): Availability {
  const p = steadyState(chain);
  let unavailability = 0;
  let up = 0;
  for (let i = 0; i < chain.states; i++) {
    if (down(i)) unavailability += p[i] as number;
    else up += p[i] as number;
  }
  let frequency = 0;
  for (const { from, to, rate } of chain.transitions) if (!down(from) && down(to)) frequency += (p[from] as number) * rate;
  return { unavailability, frequency, meanDownTime: unavailability / frequency, meanUpTime: up / frequency };
}

/**
 * Mean time until the down set is entered, from each up state (0 for a down state). The same elimination without subtraction, on the chain in which
 * the down states are one exit (Grassmann et al., 1985; used for absorbing chains by Meyer, 1989): times of 10^20 beside rates of 1 are exact.
 */
export function meanTimeTo(chain: MarkovChain, down: (state: number) => boolean): Float64Array {
  const up = Array.from({ length: chain.states }, (_, i) => i).filter((i) => !down(i));
  const m = up.length;
  const full = denseRates(chain);
  // Column m is the exit, time[i] what is spent per visit of i and of the states eliminated into it, weighted with the visits.
  const rates = new Float64Array(m * (m + 1));
  const spent = new Float64Array(m).fill(1);
  for (let a = 0; a < m; a++) {
    for (let j = 0; j < chain.states; j++) {
      const b = down(j) ? m : up.indexOf(j);
      if (b !== a) rates[a * (m + 1) + b] = (rates[a * (m + 1) + b] as number) + (full[(up[a] as number) * chain.states + j] as number);
    }
  }
  const outOf = new Float64Array(m);
  for (let k = m - 1; k >= 0; k--) {
    let out = rates[k * (m + 1) + m] as number;
    for (let j = 0; j < k; j++) out += rates[k * (m + 1) + j] as number;
    outOf[k] = out;
    for (let i = 0; i < k; i++) {
      const share = (rates[i * (m + 1) + k] as number) / out;
      if (!(share > 0)) continue;
      for (let j = 0; j < k; j++)
        if (j !== i) rates[i * (m + 1) + j] = (rates[i * (m + 1) + j] as number) + share * (rates[k * (m + 1) + j] as number);
      rates[i * (m + 1) + m] = (rates[i * (m + 1) + m] as number) + share * (rates[k * (m + 1) + m] as number);
      spent[i] = (spent[i] as number) + share * (spent[k] as number);
    }
  }
  const result = new Float64Array(chain.states);
  for (let k = 0; k < m; k++) {
    let time = spent[k] as number;
    for (let j = 0; j < k; j++) time += (rates[k * (m + 1) + j] as number) * (result[up[j] as number] as number);
    result[up[k] as number] = time / (outOf[k] as number);
  }
  return result;
}

/**
 * State probabilities at time t from an initial distribution, by uniformisation (Jensen, 1953): a Poisson mixture of powers of a stochastic matrix,
 * all terms positive; the terms left out are below 1e-18 of the
 * smallest probability. Long times are cut into steps, since the number of terms grows with rate · t.
 */
export function transient(chain: MarkovChain, initial: ArrayLike<number>, t: number): Float64Array {
  const n = chain.states;
  const exits = new Float64Array(n);
  const moves = chain.transitions.filter(({ from, to, rate }) => from !== to && rate > 0);
  for (const { from, rate } of moves) exits[from] = (exits[from] as number) + rate;
  const fastest = exits.reduce((a, b) => Math.max(a, b), 0);
  let p = Float64Array.from({ length: n }, (_, i) => initial[i] as number);
  if (!(fastest * t > 0)) return p;
  const steps = Math.max(1, Math.ceil((fastest * t) / 500));
  const mean = (fastest * t) / steps;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(n);
    let power = p;
    let weight = Math.exp(-mean);
    for (let k = 0; ; k++) {
      for (let i = 0; i < n; i++) next[i] = (next[i] as number) + weight * (power[i] as number);
      // Beyond n steps every reachable state has been reached; the next weights fall at least geometrically.
      if (k > 2 * mean + n && weight <= 1e-18 * smallestPositive(next)) break;
      const after = new Float64Array(n);
      for (let i = 0; i < n; i++) after[i] = (power[i] as number) * (1 - (exits[i] as number) / fastest);
      for (const { from, to, rate } of moves) after[to] = (after[to] as number) + ((power[from] as number) * rate) / fastest;
      power = after;
      weight *= mean / (k + 1);
    }
    p = next;
  }
  return p;
}

/** Chance that the down set has been entered by time t, from state `start`. The small number is summed as such. */
export function unreliability(chain: MarkovChain, down: (state: number) => boolean, t: number, start = 0): number {
  // All down states are one that is never left.
  const exit = chain.states;
  const transitions = chain.transitions.filter(({ from }) => !down(from)).map((move) => (down(move.to) ? { ...move, to: exit } : move));
  const initial = new Float64Array(chain.states + 1);
  initial[down(start) ? exit : start] = 1;
  return transient({ states: chain.states + 1, transitions }, initial, t)[exit] as number;
}

function denseRates({ states, transitions }: MarkovChain): Float64Array {
  const rates = new Float64Array(states * states);
  for (const { from, to, rate } of transitions) {
    if (!(rate >= 0) || from >= states || to >= states) throw new RangeError(`not a transition: ${from} to ${to} at rate ${rate}`);
    if (from !== to) rates[from * states + to] = (rates[from * states + to] as number) + rate;
  }
  return rates;
}

function smallestPositive(values: Float64Array): number {
  return values.reduce((least, value) => (value > 0 && value < least ? value : least), 1);
}
