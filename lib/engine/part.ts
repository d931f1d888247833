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

const together = pulledTogether(asWritten);
/** No order is good for all formulas. These four are good most often, and together nearly always one of them is. */
const MOSTLY: readonly Ordering[] = [mostReadFirst, heaviestFirst, together, busiestFirst];

/** Nodes for the order that is quickly found, before others are looked for: more for a large circuit, which may be as simple. */
const firstRoom = ({ nodeCount }: Circuit): number => Math.max(20_000, 10 * nodeCount);
/** Nodes for each of the orders that are good most often, and how many of them are tried, the most promising first. */
const ROOMS: readonly { nodes: number; count: number }[] = [
  { nodes: 60_000, count: 4 },
  { nodes: 250_000, count: 4 },
  { nodes: 800_000, count: 2 },
];
/** Nodes for an order where nothing promising has been good enough. */
const LAST_ROOM = 3_000_000;
const LAST: readonly Ordering[] = [busiestFirst, largestFirst, mostReadFirst, heaviestFirst, together, asWritten, deepestFirst];

export interface PartPlan {
  readonly start: number;
  readonly keep: readonly Node[];
  /** @default - tried in turn */
  readonly order?: readonly number[];
  readonly deadline: number;
}

/**
 * Builds one independent part. Orders are tried in more and more room, and the first that succeeds is taken: what fails costs at most what its room
 * allows, and to look for a smaller diagram than the first one would cost more than it saves.
 */
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
  const quick = attempt(orderBy(mostReadFirst), firstRoom(circuit));
  if (quick !== undefined) return quick;
  const promising = byStretch(circuit, MOSTLY.map(orderBy));
  for (const { nodes, count } of ROOMS) {
    for (const order of promising.slice(0, count)) {
      const built = attempt(order, Math.max(nodes, 2 * firstRoom(circuit)));
      if (built !== undefined) return built;
    }
  }
  for (const ordering of LAST) {
    const built = attempt(orderBy(ordering), LAST_ROOM);
    if (built !== undefined) return built;
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
