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

/** What is left to choose from after the sets of a module: the families still open, the innermost first. */
interface Rest {
  readonly node: number;
  readonly after: Rest | undefined;
  /** Largest product of all that is left. */
  readonly best: number;
  /** Lowest order of all that is left. */
  readonly order: number;
}

interface Candidate {
  /** Product of what is chosen. */
  readonly weight: number;
  readonly order: number;
  readonly node: number;
  readonly rest: Rest | undefined;
  readonly chosen: Chosen | undefined;
}

/** What is known of the sets of every node: the largest product and the lowest order. */
interface Outlook {
  readonly family: FlatFamily;
  readonly weights: Float64Array;
  readonly orders: Uint8Array;
  readonly best: Float64Array;
  readonly lowest: Float64Array;
}

const lookAhead = (family: FlatFamily, weights: Float64Array, orders: Uint8Array): Outlook => {
  const { elements, withouts, withs, expansions } = family;
  const best = new Float64Array(elements.length);
  const lowest = new Float64Array(elements.length);
  best[1] = 1;
  lowest[0] = Infinity;
  for (let node = 2; node < best.length; node++) {
    const expansion = expansions[node]!;
    const weight = expansion < 0 ? weights[elements[node]!]! : best[expansion]!;
    const order = expansion < 0 ? orders[elements[node]!]! : lowest[expansion]!;
    best[node] = Math.max(best[withouts[node]!]!, weight * best[withs[node]!]!);
    lowest[node] = Math.min(lowest[withouts[node]!]!, order + lowest[withs[node]!]!);
  }
  return { family, weights, orders, best, lowest };
};

/** The candidate that takes the element of its node. */
const taking = ({ family, weights, orders, best, lowest }: Outlook, { weight, order, node, rest, chosen }: Candidate): Candidate => {
  const element = family.elements[node]!;
  const expansion = family.expansions[node]!;
  const having = family.withs[node]!;
  if (expansion < 0) {
    return { weight: weight * weights[element]!, order: order + orders[element]!, node: having, rest, chosen: { element, before: chosen } };
  }
  const open = { node: having, after: rest, best: best[having]! * (rest?.best ?? 1), order: lowest[having]! + (rest?.order ?? 0) };
  return { weight, order, node: expansion, rest: open, chosen };
};

const leaving = ({ family }: Outlook, candidate: Candidate): Candidate => ({ ...candidate, node: family.withouts[candidate.node]! });

const boundOf = ({ best }: Outlook, { weight, node, rest }: Candidate): number => weight * best[node]! * (rest?.best ?? 1);

/**
 * The sets with the largest products, best first (A*, Hart, Nilsson and Raphael 1968): the best product of what is still to choose is known exactly at
 * every node, so each step down costs one candidate and no candidate is opened in vain.
 */
export const likeliestSets = (family: FlatFamily, weights: Float64Array, orders: Uint8Array, count: number): RatedSet[] => {
  const outlook = lookAhead(family, weights, orders);
  const heap = new Heap();
  const found: RatedSet[] = [];
  const first: Candidate = { weight: 1, order: 0, node: family.root, rest: undefined, chosen: undefined };
  heap.push(first, boundOf(outlook, first));
  while (found.length < count) {
    let candidate = heap.pop();
    if (candidate === undefined) break;
    while (candidate.node > 1 || (candidate.node === 1 && candidate.rest !== undefined)) {
      if (candidate.node === 1) {
        candidate = { ...candidate, node: candidate.rest!.node, rest: candidate.rest!.after };
        continue;
      }
      const without = leaving(outlook, candidate);
      const having = taking(outlook, candidate);
      const takes = boundOf(outlook, having) >= boundOf(outlook, without) || without.node === 0;
      const other = takes ? without : having;
      if (other.node !== 0) heap.push(other, boundOf(outlook, other));
      candidate = takes ? having : without;
    }
    if (candidate.node === 1) found.push({ elements: unrolled(candidate.chosen), probability: candidate.weight });
  }
  return found;
};

/** All sets within limits, the most probable first: a walk that enters a node only if it holds such a set by each limit. */
export const setsWithin = (family: FlatFamily, weights: Float64Array, orders: Uint8Array, limits: Limits): RatedSet[] => {
  const outlook = lookAhead(family, weights, orders);
  const orderLimit = limits.order ?? Infinity;
  const cutOff = limits.probability ?? 0;
  const found: RatedSet[] = [];
  const stack: Candidate[] = [{ weight: 1, order: 0, node: family.root, rest: undefined, chosen: undefined }];
  while (stack.length > 0) {
    const candidate = stack.pop()!;
    const { node, rest, order } = candidate;
    if (node === 0 || order + outlook.lowest[node]! + (rest?.order ?? 0) > orderLimit || boundOf(outlook, candidate) < cutOff) continue;
    if (node > 1) stack.push(leaving(outlook, candidate), taking(outlook, candidate));
    else if (rest !== undefined) stack.push({ ...candidate, node: rest.node, rest: rest.after });
    else found.push({ elements: unrolled(candidate.chosen), probability: candidate.weight });
  }
  found.sort((a, b) => b.probability - a.probability || a.elements.length - b.elements.length);
  return limits.count === undefined ? found : found.slice(0, limits.count);
};

const unrolled = (chosen: Chosen | undefined): number[] => {
  const elements: number[] = [];
  for (let link = chosen; link !== undefined; link = link.before) elements.push(link.element);
  return elements.reverse();
};

/** A binary heap, the largest bound first; among equal ones the earlier pushed, so that results do not depend on chance. */
class Heap {
  readonly #items: { candidate: Candidate; bound: number; turn: number }[] = [];
  #turn = 0;

  push(candidate: Candidate, bound: number): void {
    const items = this.#items;
    let at = items.length;
    items.push({ candidate, bound, turn: this.#turn++ });
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
    return x.bound === y.bound ? x.turn < y.turn : x.bound > y.bound;
  }
}
