import type { Circuit } from './circuit';
import { LITERAL } from './formula';

/** A way to order the events of a circuit. */
export type Ordering = (circuit: Circuit) => number[];

/** Events in the order in which a depth-first walk from the roots meets them (Fujita, Fujisawa and Kawato 1988), inputs by increasing key. */
const depthFirst = (circuit: Circuit, keys: ArrayLike<number>): number[] => {
  const order: number[] = [];
  const seen = new Uint8Array(circuit.nodeCount);
  const seenEvents = new Set<number>();
  const stack: number[] = circuit.roots.slice().reverse();
  while (stack.length > 0) {
    const number = stack.pop()!;
    if (seen[number] === 1) continue;
    seen[number] = 1;
    if (circuit.kinds[number] === LITERAL) {
      const event = circuit.parameters[number]!;
      if (!seenEvents.has(event)) order.push(event);
      seenEvents.add(event);
    }
    const inputs: number[] = [];
    for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++) inputs.push(circuit.inputs[i]!);
    inputs.sort((a, b) => keys[b]! - keys[a]!);
    for (const input of inputs) stack.push(input);
  }
  return order;
};

/** Depth first, inputs as they are written. */
export const asWritten: Ordering = (circuit) => depthFirst(circuit, new Int8Array(circuit.nodeCount));

/** Depth first, inputs with more occurrences of events below them first. */
export const largestFirst: Ordering = (circuit) => {
  const sizes = new Float64Array(circuit.nodeCount);
  for (let number = 0; number < circuit.nodeCount; number++) {
    if (circuit.kinds[number] === LITERAL) sizes[number] = -1;
    for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++) sizes[number]! += sizes[circuit.inputs[i]!]!;
  }
  return depthFirst(circuit, sizes);
};

/** Depth first, deeper inputs first (in the manner of Malik, Wang, Brayton and Sangiovanni-Vincentelli 1988). */
export const deepestFirst: Ordering = (circuit) => {
  const depths = new Int32Array(circuit.nodeCount);
  for (let number = 0; number < circuit.nodeCount; number++) {
    for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++) {
      depths[number] = Math.min(depths[number]!, depths[circuit.inputs[i]!]! - 1);
    }
  }
  return depthFirst(circuit, depths);
};

/** How many gates read each node; a literal counts the readers of all literals of its event. */
const countReaders = (circuit: Circuit): Float64Array => {
  const readers = new Float64Array(circuit.nodeCount);
  const byEvent = new Map<number, number>();
  for (const input of circuit.inputs) {
    readers[input]! += 1;
    if (circuit.kinds[input] === LITERAL) byEvent.set(circuit.parameters[input]!, (byEvent.get(circuit.parameters[input]!) ?? 0) + 1);
  }
  for (let number = 0; number < circuit.nodeCount; number++) {
    if (circuit.kinds[number] === LITERAL) readers[number] = byEvent.get(circuit.parameters[number]!) ?? 1;
  }
  return readers;
};

/** Depth first, inputs with the most readers first (in the manner of Bouissou, Bruyère and Rauzy 1997). */
export const mostReadFirst: Ordering = (circuit) =>
  depthFirst(
    circuit,
    countReaders(circuit).map((count) => -count),
  );

/** Depth first, inputs that hold the most read node first. */
export const busiestFirst: Ordering = (circuit) => {
  const most = countReaders(circuit);
  for (let number = 0; number < circuit.nodeCount; number++) {
    for (let i = circuit.starts[number]!; i < circuit.starts[number + 1]!; i++)
      most[number] = Math.max(most[number]!, most[circuit.inputs[i]!]!);
  }
  return depthFirst(
    circuit,
    most.map((count) => -count),
  );
};

/** Events times nodes up to which the whole circuit can be looked at for each event. */
const AFFORDABLE = 20_000_000;

/**
 * The root's weight is shared out among inputs, equally at each gate; the event that gets most comes first, is removed, and so on (dynamic weight
 * assignment, Minato, Ishiura and Yajima 1990). Of a circuit that is too large for that, the most read first.
 */
export const heaviestFirst: Ordering = (circuit) => {
  if (circuit.events.length * circuit.nodeCount > AFFORDABLE) return mostReadFirst(circuit);
  const { nodeCount, kinds, inputs, starts, parameters } = circuit;
  const removed = new Uint8Array(nodeCount);
  const order: number[] = [];
  const weights = new Float64Array(nodeCount);
  const highest = circuit.events.reduce((most, event) => Math.max(most, event), 0);
  const isLeft = new Uint8Array(highest + 1);
  for (const event of circuit.events) isLeft[event] = 1;
  const shares = new Float64Array(highest + 1);
  while (order.length < circuit.events.length) {
    weights.fill(0);
    for (const root of circuit.roots) weights[root] = 1;
    shares.fill(0);
    for (let number = nodeCount - 1; number >= 0; number--) {
      if (removed[number] === 1 || weights[number] === 0) continue;
      if (kinds[number] === LITERAL) {
        shares[parameters[number]!]! += weights[number]!;
        continue;
      }
      let count = 0;
      for (let i = starts[number]!; i < starts[number + 1]!; i++) if (removed[inputs[i]!] === 0) count += 1;
      for (let i = starts[number]!; i < starts[number + 1]!; i++)
        if (removed[inputs[i]!] === 0) weights[inputs[i]!]! += weights[number]! / count;
    }
    let best = -1;
    for (const event of circuit.events) if (isLeft[event] === 1 && (best < 0 || shares[event]! > shares[best]!)) best = event;
    order.push(best);
    isLeft[best] = 0;
    for (let number = 0; number < nodeCount; number++) {
      let gone = kinds[number] === LITERAL ? parameters[number] === best : starts[number] !== starts[number + 1];
      for (let i = starts[number]!; gone && i < starts[number + 1]!; i++) gone = removed[inputs[i]!] === 1;
      if (gone) removed[number] = 1;
    }
  }
  return order;
};

/** Rounds that are made at least: the first ones may stretch gates before they shrink. */
const ROUNDS = 8;

/** Moves every node to the mean place of the gates that it belongs to, as long as gates stretch less (FORCE, Aloul, Markov and Sakallah 2003). */
export const pulledTogether =
  (first: Ordering): Ordering =>
  (circuit) => {
    const { nodeCount, kinds, inputs, starts, parameters } = circuit;
    let best = first(circuit);
    const places = new Map(best.map((event, place) => [event, place]));
    const at = new Float64Array(nodeCount);
    for (let number = 0; number < nodeCount; number++) {
      const [start, end] = [starts[number]!, starts[number + 1]!];
      if (kinds[number] === LITERAL) at[number] = places.get(parameters[number]!)!;
      for (let i = start; i < end; i++) at[number]! += at[inputs[i]!]! / (end - start);
    }
    let shortest = Infinity;
    const sums = new Float64Array(nodeCount);
    const counts = new Float64Array(nodeCount);
    const ranked = new Float64Array(nodeCount);
    for (let round = 0; round < 3 * ROUNDS; round++) {
      rank(at, ranked);
      const length = stretch(circuit, at);
      if (length < shortest) {
        shortest = length;
        if (round > 0) best = eventsIn(circuit, ranked);
      } else if (round > ROUNDS) break;
      sums.fill(0);
      counts.fill(0);
      for (let number = 0; number < nodeCount; number++) {
        const [start, end] = [starts[number]!, starts[number + 1]!];
        if (start === end) continue;
        let center = at[number]!;
        for (let i = start; i < end; i++) center += at[inputs[i]!]!;
        center /= end - start + 1;
        sums[number]! += center;
        counts[number]! += 1;
        for (let i = start; i < end; i++) {
          sums[inputs[i]!]! += center;
          counts[inputs[i]!]! += 1;
        }
      }
      for (let number = 0; number < nodeCount; number++) if (counts[number]! > 0) at[number] = sums[number]! / counts[number]!;
    }
    return best;
  };

/** Replaces places by their ranks. Sorted without a comparison of ours, which is called often: place and number in one number, which holds 53 bits. */
const rank = (at: Float64Array, ranked: Float64Array): void => {
  const size = 2 ** Math.ceil(Math.log2(at.length + 1));
  const scale = 2 ** Math.floor(52 - 2 * Math.log2(size));
  for (let number = 0; number < at.length; number++) ranked[number] = Math.floor(at[number]! * scale) * size + number;
  ranked.sort();
  for (let place = 0; place < at.length; place++) {
    const number = ranked[place]! % size;
    ranked[place] = number;
    at[number] = place;
  }
};

const eventsIn = ({ kinds, parameters }: Circuit, ranked: Float64Array): number[] => {
  const events = new Set<number>();
  for (const number of ranked) if (kinds[number] === LITERAL) events.add(parameters[number]!);
  return [...events];
};

/** Over how many places of an order the gates stretch in all, from the first event below each to the last. */
export const stretchOf = (circuit: Circuit, order: readonly number[]): number => {
  const { nodeCount, kinds, inputs, starts, parameters } = circuit;
  const places = new Map(order.map((event, place) => [event, place]));
  const lowest = new Float64Array(nodeCount).fill(Infinity);
  const highest = new Float64Array(nodeCount).fill(-Infinity);
  let sum = 0;
  for (let number = 0; number < nodeCount; number++) {
    if (kinds[number] === LITERAL) lowest[number] = highest[number] = places.get(parameters[number]!)!;
    if (starts[number] === starts[number + 1]) continue;
    for (let i = starts[number]!; i < starts[number + 1]!; i++) {
      lowest[number] = Math.min(lowest[number]!, lowest[inputs[i]!]!);
      highest[number] = Math.max(highest[number]!, highest[inputs[i]!]!);
    }
    sum += highest[number]! - lowest[number]!;
  }
  return sum;
};

const stretch = ({ nodeCount, starts, inputs }: Circuit, at: Float64Array): number => {
  let sum = 0;
  for (let number = 0; number < nodeCount; number++) {
    let low = at[number]!;
    let high = at[number]!;
    for (let i = starts[number]!; i < starts[number + 1]!; i++) {
      low = Math.min(low, at[inputs[i]!]!);
      high = Math.max(high, at[inputs[i]!]!);
    }
    sum += high - low;
  }
  return sum;
};
