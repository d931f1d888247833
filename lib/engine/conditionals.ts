import type { Diagram, Segment } from './diagram';

/** What a function's probability becomes when an event is known to be exactly in a state. */
export interface Conditionals {
  /** P(root). */
  readonly probability: number;
  /** P(root | event exactly in state), by the diagram's table of states. */
  readonly given: Float64Array;
  /** P(root | event in state) - P(root | event in state 0), from differences inside the diagram, so that common parts do not swamp it. */
  readonly gain: Float64Array;
}

/**
 * One pass backwards (Dutuit and Rauzy 2001, for many-valued events). With Q(node) the probability to arrive at a node, P(root | event in s) is
 * Σ over its nodes Q · P(child s), plus the mass that never asks for the event. That mass is a sum over edges that skip the event's place; it is
 * gathered by intervals (a segment tree, only additions), never as a remainder, so every conditional keeps its digits.
 */
export const conditionals = (diagram: Diagram, states: Float64Array, nodes: Float64Array, root: number): Conditionals => {
  const given = new Float64Array(states.length);
  const gain = new Float64Array(states.length);
  const weights = new Float64Array(diagram.nodeCount);
  const rootNode = diagram.roots[root]!;
  const last = diagram.segments.length - 1;
  const probability = nodes[rootNode]!;
  // Events that the root does not depend on keep the root's probability; those of modules are overwritten below, if the module is asked for.
  given.fill(probability);
  nodes[0] = 0;
  nodes[1] = 1;
  sweepDown(diagram, diagram.segments[last]!, states, nodes, rootNode, weights, given, gain);
  for (let i = last - 1; i >= 0; i--) {
    const segment = diagram.segments[i]!;
    const at = diagram.stateOffsets[segment.event]!;
    const effect = gain[at + 1]!;
    if (effect === 0) continue;
    const without = given[at]!;
    const touched = sweepDown(diagram, segment, states, nodes, segment.root, weights, given, gain);
    // The chain rule: the root depends on the module's events through the module alone.
    const withIt = given[at + 1]!;
    for (const event of touched) {
      for (let state = diagram.stateOffsets[event]!; state < diagram.stateOffsets[event + 1]!; state++) {
        const inside = given[state]!;
        given[state] = inside * withIt + (1 - inside) * without;
        gain[state] = gain[state]! * effect;
      }
    }
  }
  return { probability, given, gain };
};

const sweepDown = (
  diagram: Diagram,
  segment: Segment,
  states: Float64Array,
  nodes: Float64Array,
  root: number,
  weights: Float64Array,
  given: Float64Array,
  gain: Float64Array,
): number[] => {
  const { nodeEvents, nodeStarts, children, stateOffsets, positions } = diagram;
  const skipped = new Intervals(segment.positions);
  const touched: number[] = [];
  const seen = new Uint8Array(segment.positions);
  const placeOf = (node: number): number => (node <= 1 ? segment.positions : positions[nodeEvents[node]!]!);
  if (root <= 1) return touched;
  weights[root] = 1;
  skipped.add(0, placeOf(root), nodes[root]!);
  for (let node = Math.min(root, segment.end - 1); node >= segment.start; node--) {
    const weight = weights[node]!;
    if (weight === 0) continue;
    weights[node] = 0;
    const event = nodeEvents[node]!;
    const place = positions[event]!;
    const at = stateOffsets[event]!;
    const start = nodeStarts[node]!;
    const arity = nodeStarts[node + 1]! - start;
    if (seen[place] === 0) {
      seen[place] = 1;
      touched.push(event);
      given.fill(0, at, at + arity);
      gain.fill(0, at, at + arity);
    }
    const base = nodes[children[start]!]!;
    for (let state = 0; state < arity; state++) {
      const child = children[start + state]!;
      const value = nodes[child]!;
      given[at + state] = given[at + state]! + weight * value;
      gain[at + state] = gain[at + state]! + weight * (value - base);
      if (child === 0) continue;
      const mass = weight * states[at + state]!;
      if (child > 1) weights[child] = weights[child]! + mass;
      skipped.add(place + 1, placeOf(child), mass * value);
    }
  }
  const around = skipped.sums();
  for (const event of touched) {
    const extra = around[positions[event]!]!;
    for (let state = stateOffsets[event]!; state < stateOffsets[event + 1]!; state++) given[state] = given[state]! + extra;
  }
  return touched;
};

/** Sums over places of amounts that each cover an interval, by additions alone (a segment tree, Bentley 1977). */
class Intervals {
  readonly #size: number;
  readonly #sums: Float64Array;

  constructor(places: number) {
    let size = 1;
    while (size < places) size *= 2;
    this.#size = size;
    this.#sums = new Float64Array(2 * size);
  }

  add(from: number, to: number, amount: number): void {
    const sums = this.#sums;
    let left = from + this.#size;
    let right = to + this.#size;
    for (; left < right; left >>= 1, right >>= 1) {
      if (left & 1) {
        sums[left] = sums[left]! + amount;
        left += 1;
      }
      if (right & 1) {
        right -= 1;
        sums[right] = sums[right]! + amount;
      }
    }
  }

  sums(): Float64Array {
    const sums = this.#sums;
    for (let node = 2; node < sums.length; node++) sums[node] = sums[node]! + sums[node >> 1]!;
    return sums.subarray(this.#size);
  }
}
