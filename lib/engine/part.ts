import type { Bdd, Node } from './bdd';
import { BudgetExceeded } from './budget';
import { build, type Built, type Variables } from './build';
import type { Circuit } from './circuit';
import {
  asWritten,
  busiestFirst,
  deepestFirst,
  heaviestFirst,
  largestFirst,
  mostReadFirst,
  pulledTogether,
  stretchOf,
  type Ordering,
} from './order';

/** No order is good for all formulas. These three are good most often, and together nearly always one of them is. */
const FIRST: readonly Ordering[] = [mostReadFirst, heaviestFirst, pulledTogether(asWritten)];
const ALL: readonly Ordering[] = [...FIRST, busiestFirst, asWritten, deepestFirst, largestFirst];

/** Nodes for the order that is quickly found, before others are looked for. */
const FIRST_ROOM = 20_000;
/** Nodes for one order in a room so small that a search for the smallest result would cost more than it saves: the first that succeeds is taken. */
const SMALL_ROOM = 60_000;
/** Nodes that one order may use, and which are tried, until one succeeds; the smallest result is taken. */
const ROOMS: readonly { nodes: number; orderings: readonly Ordering[] }[] = [
  { nodes: 300_000, orderings: ALL },
  { nodes: 3_000_000, orderings: [busiestFirst] },
  { nodes: 3_000_000, orderings: [largestFirst] },
  { nodes: 3_000_000, orderings: ALL },
];

export interface PartPlan {
  readonly start: number;
  readonly keep: readonly Node[];
  /** @default - tried in turn */
  readonly order?: readonly number[];
  readonly deadline: number;
}

/** Builds one independent part with the best of several orders. */
export const buildPart = (bdd: Bdd, circuit: Circuit, variables: Variables, plan: PartPlan): Built => {
  const { start, keep, deadline } = plan;
  const limit = bdd.limit;
  const attempt = (order: readonly number[], room: number): Built | undefined => {
    // What the attempt before has left is not kept.
    bdd.sweep(keep);
    bdd.limit = Math.min(limit, bdd.used + room);
    try {
      return build(bdd, circuit, variables, { start, keep, order, deadline });
    } catch (error) {
      if (!(error instanceof BudgetExceeded) || error.limit !== 'nodes' || bdd.limit === limit) throw error;
      return undefined;
    } finally {
      bdd.limit = limit;
    }
  };
  if (plan.order !== undefined) return build(bdd, circuit, variables, { start, keep, order: plan.order, deadline });
  if (isTree(circuit)) return build(bdd, circuit, variables, { start, keep, order: asWritten(circuit), deadline });
  const orders = new Map<Ordering, readonly number[]>();
  const orderBy = (ordering: Ordering): readonly number[] => {
    const order = orders.get(ordering) ?? ordering(circuit);
    orders.set(ordering, order);
    return order;
  };
  const quick = attempt(orderBy(mostReadFirst), FIRST_ROOM);
  if (quick !== undefined) return quick;
  const promising = byStretch(circuit, FIRST.map(orderBy));
  for (const order of promising) {
    const built = attempt(order, SMALL_ROOM);
    if (built !== undefined) return built;
  }
  for (const { nodes, orderings } of ROOMS) {
    let best: readonly number[] | undefined;
    let last: Built | undefined;
    let smallest = nodes;
    const tried = new Set<string>();
    for (const ordering of orderings) {
      const order = orderBy(ordering);
      if (tried.has(order.join())) continue;
      tried.add(order.join());
      // A later one must do with fewer nodes than the best has in the end.
      const built = attempt(order, smallest);
      last = undefined;
      if (built === undefined) continue;
      const before = bdd.used;
      bdd.sweep([...keep, ...built.nodes]);
      if (bdd.used - before < smallest) {
        smallest = bdd.used - before;
        best = order;
        last = built;
      }
    }
    if (best !== undefined) return last ?? build(bdd, circuit, variables, { start, keep, order: best, deadline });
  }
  return build(bdd, circuit, variables, { start, keep, order: promising[0]!, siftAt: 4096, deadline });
};

/** Different orders, those that keep gates short first: it is told before anything is built, and mostly tells which diagram will be small. */
const byStretch = (circuit: Circuit, orders: readonly (readonly number[])[]): (readonly number[])[] => {
  const rated = orders.map((order) => ({ order, stretch: stretchOf(circuit, order), name: order.join() }));
  const different = rated.filter(({ name }, i) => rated.findIndex((other) => other.name === name) === i);
  return different.sort((a, b) => a.stretch - b.stretch).map(({ order }) => order);
};

/** Whether every node is read once and every event occurs once: then any depth-first order is best. */
const isTree = (circuit: Circuit): boolean => {
  const literals = circuit.kinds.reduce((count, kind) => count + (kind === 1 ? 1 : 0), 0);
  return circuit.inputs.length <= circuit.nodeCount && literals === circuit.events.length;
};
