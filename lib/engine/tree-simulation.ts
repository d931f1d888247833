import { drawLength } from './draw-length';
import { meanOf, type Length } from './length';
import { TreeState, type PlainTree } from './plain-tree';
import { Random } from './random';

/** How an event comes and goes. */
export type SimulatedEvent =
  /** It starts at this rate while it is absent, and lasts; literal k of a ladder ends at age boundaries[k − 1], literal 0 with the event. */
  | { readonly rate: number; readonly length: Length; readonly boundaries?: readonly number[] }
  /** It is drawn anew whenever nothing is present: the outcomes of a choice, or of a basic event [present, absent]. */
  | { readonly outcomes: readonly number[] };

/** What is simulated: plain data, so that it can be handed to another thread. `events` is indexed as in the formula. */
export interface TreeSimulation {
  readonly tree: PlainTree;
  readonly events: readonly SimulatedEvent[];
  readonly bias?: Bias;
}

/** Where importance sampling pushes. It changes how soon the answer is known, never what it is on average. */
export interface Bias {
  /** How many further events are expected while something is present and the root is not yet down; 0 is a simulation without bias. @default - 1 */
  readonly pressure?: number;
  /** By event how much of the pressure is on it; best the chance that it is present when the root is down. @default - all alike */
  readonly guide?: readonly number[];
}

/** Sums over the cycles of one chunk. */
export interface SimulatedChunk {
  readonly cycles: number;
  readonly downTime: number;
  readonly downTimeSquared: number;
  readonly outages: number;
  readonly outagesSquared: number;
  /** Beginnings, ends and changes of phase: the work that was done. */
  readonly steps: number;
}

/** An estimate with its standard error. */
export interface Simulated {
  readonly value: number;
  readonly standardError: number;
  /** How many equal cycles would say as much, (Σx)²/Σx² (Kish 1965); below about fifty the standard error itself is not to be relied on. */
  readonly effectiveCycles: number;
}

export interface TreeSimulationResult {
  readonly unavailability: Simulated;
  /** Outages per unit of time. */
  readonly frequency: Simulated;
  readonly cycles: number;
  readonly steps: number;
}

/** Share of first events that are drawn by the true rates; the others take all events alike (balanced failure biasing, Shahabuddin 1994). */
const faithful = 0.5;
/** After so many additional ones in one cycle the true law holds: a hundred events that keep each other company would never end. */
const patience = 12;

/**
 * One chunk of a discrete-event simulation by regenerative cycles: from the moment at which nothing is present to the next such moment. Pure: the
 * result depends on the seed, the chunk's number and the number of cycles alone, so chunks can be computed anywhere and in any order.
 *
 * Rare roots are reached by importance sampling (Goyal et al. 1992): which event comes first, and how soon others join it, is drawn from a law under
 * which overlaps are common, and every second of downtime and every outage counts with the likelihood ratio of the true law to that one. While the root
 * is down the true law holds. Invariant: the expected weighted sums are those of the true law, whatever the bias.
 *
 * It is efficient where nothing is present most of the time. Where something nearly always is, cycles are long and their weights spread: the answer
 * remains unbiased, but needs more cycles than its standard error, itself an estimate, may say.
 */
export function simulateChunk(simulation: TreeSimulation, seed: number, chunk: number, cycles: number): SimulatedChunk {
  const cycle = new Cycle(simulation, new Random(seed).split(chunk));
  let [downTime, downTimeSquared, outages, outagesSquared] = [0, 0, 0, 0];
  for (let i = 0; i < cycles; i++) {
    cycle.run();
    downTime += cycle.downTime;
    downTimeSquared += cycle.downTime * cycle.downTime;
    outages += cycle.outages;
    outagesSquared += cycle.outages * cycle.outages;
  }
  return { cycles, downTime, downTimeSquared, outages, outagesSquared, steps: cycle.steps };
}

/**
 * Puts chunks together. The mean length of a cycle needs no simulation: events are independent, so nothing is present with Π(1 − q) and that state is
 * left at the rate Σλ, hence one cycle takes 1 / (Π(1 − q)·Σλ); the unavailability is mean downtime per cycle over that (renewal reward theorem).
 */
export function summarize(simulation: TreeSimulation, chunks: readonly SimulatedChunk[]): TreeSimulationResult {
  let [perCycle, logIdle] = [0, 0];
  for (const event of simulation.tree.events) {
    const law = simulation.events[event]!;
    if (!('rate' in law)) continue;
    perCycle += law.rate;
    logIdle -= Math.log1p(law.rate * meanOf(law.length));
  }
  // Where nothing ever happens a cycle is one draw, and the share of draws that are down is the answer.
  const cyclesPerTime = perCycle > 0 ? Math.exp(logIdle) * perCycle : 1;
  const sum = (of: (chunk: SimulatedChunk) => number) => chunks.reduce((total, chunk) => total + of(chunk), 0);
  const cycles = sum((chunk) => chunk.cycles);
  const estimate = (total: number, squares: number): Simulated => {
    const mean = total / cycles;
    const variance = Math.max(0, squares / cycles - mean * mean) / Math.max(1, cycles - 1);
    const effectiveCycles = squares > 0 ? (total * total) / squares : 0;
    return { value: mean * cyclesPerTime, standardError: Math.sqrt(variance) * cyclesPerTime, effectiveCycles };
  };
  return {
    unavailability: estimate(
      sum((chunk) => chunk.downTime),
      sum((chunk) => chunk.downTimeSquared),
    ),
    frequency: estimate(
      sum((chunk) => chunk.outages),
      sum((chunk) => chunk.outagesSquared),
    ),
    cycles,
    steps: sum((chunk) => chunk.steps),
  };
}

/** The state of one cycle; made once per chunk. */
class Cycle {
  downTime = 0;
  outages = 0;
  steps = 0;
  readonly #state: TreeState;
  readonly #moving: number[] = [];
  readonly #drawn: number[] = [];
  readonly #rates: Float64Array;
  readonly #cumulative: Float64Array;
  readonly #total: number;
  readonly #pressure: number;
  /** Share of the added rate by moving event, and the running sum. */
  readonly #guide: Float64Array;
  readonly #guideSums: Float64Array;
  /** By event: whether it is present, when it began, its end, its next change, and the level that ends then. */
  readonly #present: Uint8Array;
  readonly #began: Float64Array;
  readonly #ends: Float64Array;
  readonly #changes: Float64Array;
  readonly #levels: Int32Array;
  readonly #list: number[] = [];
  /** Place of each event among the moving ones. */
  readonly #places: Int32Array;

  constructor(
    readonly simulation: TreeSimulation,
    readonly random: Random,
  ) {
    this.#state = new TreeState(simulation.tree);
    const n = simulation.events.length;
    this.#present = new Uint8Array(n);
    this.#began = new Float64Array(n);
    this.#ends = new Float64Array(n);
    this.#changes = new Float64Array(n);
    this.#levels = new Int32Array(n);
    this.#places = new Int32Array(n);
    for (const event of simulation.tree.events) {
      const law = simulation.events[event]!;
      if (!('rate' in law)) this.#drawn.push(event);
      else if (law.rate > 0) this.#moving.push(event);
    }
    this.#rates = Float64Array.from(this.#moving, (event) => (simulation.events[event] as { rate: number }).rate);
    this.#cumulative = new Float64Array(this.#rates.length);
    let total = 0;
    this.#rates.forEach((rate, i) => (this.#cumulative[i] = total += rate));
    this.#total = total;
    this.#moving.forEach((event, place) => (this.#places[event] = place));
    const { pressure = 1, guide } = simulation.bias ?? {};
    this.#pressure = pressure;
    const weights = this.#moving.map((event) => (guide === undefined ? 1 : guide[event]!));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    // A small part goes to all alike, so that no guide can hide a way to fail.
    this.#guide = Float64Array.from(weights, (weight) => (all > 0 ? (0.9 * weight) / all : 0.9 / weights.length) + 0.1 / weights.length);
    this.#guideSums = new Float64Array(weights.length);
    let sum = 0;
    this.#guide.forEach((weight, i) => (this.#guideSums[i] = sum += weight));
  }

  run(): void {
    const { random } = this;
    this.outages = 0;
    for (const event of this.#drawn) this.#draw(event);
    let down = this.#state.root;
    this.downTime = down ? 1 / (this.#total > 0 ? this.#total : 1) : 0;
    if (this.#moving.length === 0) return;
    const count = this.#moving.length;
    const trust = this.#pressure === 0 ? 1 : faithful;
    const first = this.#weighted(random.happens(trust) ? this.#cumulative : this.#guideSums);
    const rate = this.#rates[first]!;
    let weight = rate / this.#total / ((trust * rate) / this.#total + (1 - trust) * this.#guide[first]!);
    let unguided = 1 - this.#guide[first]!;
    let time = 0;
    let joined = 0;
    let absentRate = this.#total - rate;
    let absent = count - 1;
    this.#begin(first, time);
    if (this.#state.root && !down) this.outages += weight;
    down = this.#state.root;
    while (this.#list.length > 0) {
      let [next, latest] = [0, 0];
      for (let i = 0; i < this.#list.length; i++) {
        if (this.#changes[this.#list[i]!]! < this.#changes[this.#list[next]!]!) next = i;
        latest = Math.max(latest, this.#ends[this.#list[i]!]!);
      }
      const change = this.#changes[this.#list[next]!]! - time;
      const free = !down && absent > 0 && change > 0 && joined < patience;
      // Added to the true rates, alike for all absent events, so that frequent ones are left as they are. Half of the pressure before anything
      // changes, half before all is over: what must overlap may be phases or whole events.
      const added = free ? (this.#pressure / 2) * (1 / change + 1 / (latest - time)) : 0;
      const hazard = absentRate + added;
      const arrival = hazard > 0 ? random.exponential(1 / hazard) : Infinity;
      const step = Math.min(arrival, change);
      if (down) this.downTime += weight * step;
      weight *= Math.exp(added * step);
      time += step;
      this.steps++;
      if (arrival < change) {
        const byRate = random.uniform() * hazard < absentRate;
        if (!byRate) joined++;
        const joining = this.#joining(byRate);
        const own = this.#rates[joining]!;
        weight *= own / (own + (added * this.#guide[joining]!) / unguided);

        absent--;
        this.#begin(joining, time);
        absentRate = absent === 0 ? 0 : this.#left(this.#rates, this.#total);
        unguided = this.#left(this.#guide, 1);
      } else if (this.#advance(next)) {
        absent++;
        absentRate = this.#left(this.#rates, this.#total);
        unguided = this.#left(this.#guide, 1);
      }
      if (this.#state.root === down) continue;
      down = !down;
      if (down) this.outages += weight;
    }
  }

  /** An event that is absent, in proportion to its rate or any alike, by rejection. */
  #joining(byRate: boolean): number {
    for (;;) {
      const moving = this.#weighted(byRate ? this.#cumulative : this.#guideSums);
      if (this.#present[this.#moving[moving]!] === 0) return moving;
    }
  }

  /** An event in proportion to weights, of which the running sums are given. */
  #weighted(sums: Float64Array): number {
    const wanted = this.random.uniform() * sums[sums.length - 1]!;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** What is left of the rates and of the guide for absent events; summed anew, since what is left must not be the rounding error of what was there. */
  #left(of: Float64Array, all: number): number {
    let left = all;
    for (const event of this.#list) left -= of[this.#places[event]!]!;
    return Math.max(left, 1e-12 * all);
  }

  #draw(event: number): void {
    const { outcomes } = this.simulation.events[event] as { outcomes: readonly number[] };
    let rest = this.random.uniform();
    let drawn = 0;
    while (drawn < outcomes.length - 1 && (rest -= outcomes[drawn]!) >= 0) drawn++;
    if (this.simulation.tree.choices[event] === 0) this.#state.set(event, 0, drawn === 0 ? 1 : 0);
    else for (let level = 0; level < outcomes.length; level++) this.#state.set(event, level, level === drawn ? 1 : 0);
  }

  #begin(moving: number, time: number): void {
    const event = this.#moving[moving]!;
    const { length, boundaries = [] } = this.simulation.events[event] as { length: Length; boundaries?: readonly number[] };
    this.#present[event] = 1;
    this.#began[event] = time;
    this.#ends[event] = time + drawLength(length, this.random);
    for (let level = 0; level <= boundaries.length; level++) this.#state.set(event, level, 1);
    this.#levels[event] = boundaries.length;
    this.#changes[event] = this.#nextChange(event);
    this.#list.push(event);
  }

  /** Lets the next phase of a present event end, or the event itself; says whether that was it. */
  #advance(place: number): boolean {
    const event = this.#list[place]!;
    if (this.#changes[event]! < this.#ends[event]!) {
      this.#state.set(event, this.#levels[event]!, 0);
      this.#levels[event]! -= 1;
      this.#changes[event] = this.#nextChange(event);
      return false;
    }
    for (let level = this.#levels[event]!; level >= 0; level--) this.#state.set(event, level, 0);
    this.#present[event] = 0;
    this.#list[place] = this.#list[this.#list.length - 1]!;
    this.#list.pop();
    return true;
  }

  #nextChange(event: number): number {
    const level = this.#levels[event]!;
    const { boundaries } = this.simulation.events[event] as { boundaries?: readonly number[] };
    const end = this.#ends[event]!;
    return level === 0 ? end : Math.min(end, this.#began[event]! + boundaries![level - 1]!);
  }
}
