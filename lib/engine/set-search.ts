import type { FlatFamily } from './flat-family';

/** A set by its elements, with the product of their weights. */
export interface RatedSet {
  readonly elements: readonly number[];
  readonly probability: number;
}

/** Which sets are wanted; what is left out does not limit. */
export interface Limits {
  readonly order?: number;
  readonly probability?: number;
  /** At most so many, the most probable ones. */
  readonly count?: number;
}

interface Chosen {
  readonly element: number;
  readonly before: Chosen | undefined;
}

interface Candidate {
  readonly bound: number;
  readonly weight: number;
  readonly node: number;
  readonly chosen: Chosen | undefined;
}

/** The largest product of weights of any set of each node. */
const bestProducts = (family: FlatFamily, weights: Float64Array): Float64Array => {
  const best = new Float64Array(family.elements.length);
  best[1] = 1;
  for (let node = 2; node < best.length; node++) {
    best[node] = Math.max(best[family.withouts[node]!]!, weights[family.elements[node]!]! * best[family.withs[node]!]!);
  }
  return best;
};

/**
 * The sets with the largest products, best first (A*, Hart, Nilsson and Raphael 1968): the best product of what is still to choose is known exactly at
 * every node, so each step down costs one candidate and no candidate is opened in vain.
 */
export const likeliestSets = (family: FlatFamily, weights: Float64Array, count: number): RatedSet[] => {
  const best = bestProducts(family, weights);
  const heap = new Heap();
  const found: RatedSet[] = [];
  if (family.root !== 0) heap.push({ bound: best[family.root]!, weight: 1, node: family.root, chosen: undefined });
  while (found.length < count) {
    const candidate = heap.pop();
    if (candidate === undefined) break;
    let { node, weight, chosen } = candidate;
    while (node !== 1) {
      const without = family.withouts[node]!;
      const element = family.elements[node]!;
      const heavier = weight * weights[element]!;
      const bound = heavier * best[family.withs[node]!]!;
      if (without !== 0 && weight * best[without]! > bound) {
        heap.push({ bound, weight: heavier, node: family.withs[node]!, chosen: { element, before: chosen } });
        node = without;
      } else {
        if (without !== 0) heap.push({ bound: weight * best[without]!, weight, node: without, chosen });
        weight = heavier;
        chosen = { element, before: chosen };
        node = family.withs[node]!;
      }
    }
    found.push({ elements: unrolled(chosen), probability: weight });
  }
  return found;
};

/** All sets within limits, the most probable first: a walk that enters a node only if it holds such a set by each limit. */
export const setsWithin = (family: FlatFamily, weights: Float64Array, orders: Uint8Array, limits: Limits): RatedSet[] => {
  const best = bestProducts(family, weights);
  const lowest = lowestOrders(family, orders);
  const orderLimit = limits.order ?? Infinity;
  const cutOff = limits.probability ?? 0;
  const found: RatedSet[] = [];
  const stack: (Candidate & { order: number })[] = [{ bound: 0, weight: 1, node: family.root, chosen: undefined, order: 0 }];
  while (stack.length > 0) {
    const { node, weight, chosen, order } = stack.pop()!;
    if (node === 0 || order + lowest[node]! > orderLimit || weight * best[node]! < cutOff) continue;
    if (node === 1) {
      found.push({ elements: unrolled(chosen), probability: weight });
      continue;
    }
    const element = family.elements[node]!;
    const deeper = { element, before: chosen };
    stack.push({ bound: 0, weight, node: family.withouts[node]!, chosen, order });
    stack.push({
      bound: 0,
      weight: weight * weights[element]!,
      node: family.withs[node]!,
      chosen: deeper,
      order: order + orders[element]!,
    });
  }
  found.sort((a, b) => b.probability - a.probability || a.elements.length - b.elements.length);
  return limits.count === undefined ? found : found.slice(0, limits.count);
};

const lowestOrders = (family: FlatFamily, orders: Uint8Array): Int32Array => {
  const lowest = new Int32Array(family.elements.length);
  lowest[0] = 0x3fffffff;
  for (let node = 2; node < lowest.length; node++) {
    lowest[node] = Math.min(lowest[family.withouts[node]!]!, lowest[family.withs[node]!]! + orders[family.elements[node]!]!);
  }
  return lowest;
};

const unrolled = (chosen: Chosen | undefined): number[] => {
  const elements: number[] = [];
  for (let link = chosen; link !== undefined; link = link.before) elements.push(link.element);
  return elements.reverse();
};

/** A binary heap, the largest bound first; among equal ones the earlier pushed, so that results do not depend on chance. */
class Heap {
  readonly #items: { candidate: Candidate; turn: number }[] = [];
  #turn = 0;

  push(candidate: Candidate): void {
    const items = this.#items;
    let at = items.length;
    items.push({ candidate, turn: this.#turn++ });
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) return;
      [items[at], items[parent]] = [items[parent]!, items[at]!];
      at = parent;
    }
  }

  pop(): Candidate | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined) return undefined;
    if (items.length === 0) return first.candidate;
    items[0] = last;
    for (let at = 0; ;) {
      let next = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < items.length && this.#before(child, next)) next = child;
      if (next === at) return first.candidate;
      [items[at], items[next]] = [items[next]!, items[at]!];
      at = next;
    }
  }

  #before(a: number, b: number): boolean {
    const x = this.#items[a]!;
    const y = this.#items[b]!;
    return x.candidate.bound === y.candidate.bound ? x.turn < y.turn : x.candidate.bound > y.candidate.bound;
  }
}
