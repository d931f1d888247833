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

/** Nodes for the order that is quickly found, before others are looked for: more for a large circuit, which may be as simple. */
const firstRoom = ({ nodeCount }: Circuit): number => Math.max(7_000, 10 * nodeCount);

const pulledAsWritten = pulledTogether(asWritten);

/** Orders that are looked for, and how many of them are tried in how much room, the most promising first. */
interface Stage {
  readonly orderings: readonly Ordering[];
  readonly nodes: number;
  readonly count: number;
}

/** No order is good for all formulas. The first are good most often and found soon; together nearly always one of these is. */
const STAGES: readonly Stage[] = [
  { orderings: [mostReadFirst, pulledTogether(mostReadFirst), pulledTogether(largestFirst)], nodes: 60_000, count: 2 },
  { orderings: [heaviestFirst, busiestFirst, pulledTogether(heaviestFirst), pulledAsWritten], nodes: 60_000, count: 2 },
  { orderings: [], nodes: 250_000, count: 3 },
  { orderings: [], nodes: 800_000, count: 1 },
];
/** Nodes that may be in the tables before anything is swept. */
const KEPT = 1 << 16;
/** How many nodes may be made and swept for each one that there is room for. */
const SWEPT = 3;
/** Nodes for an order where nothing promising has been good enough. */
const LAST_ROOM = 3_000_000;
const LAST: readonly Ordering[] = [busiestFirst, largestFirst, mostReadFirst, heaviestFirst, pulledAsWritten, asWritten, deepestFirst];

export interface PartPlan {
  readonly start: number;
  readonly keep: readonly Node[];
  /** @default - tried in turn */
  readonly order?: readonly number[];
  readonly deadline: number;
}

/** An order to try, and how many nodes of the circuit were built before it ran out of room. */
interface Candidate {
  readonly order: readonly number[];
  readonly stretch: number;
  built: number;
}

/**
 * Builds one independent part. Orders are tried in more and more room, and the first that succeeds is taken: what fails costs at most what its room
 * allows, and to look for a smaller diagram than the first one would cost more than it saves.
 */
export const buildPart = (bdd: Bdd, circuit: Circuit, variables: Variables, plan: PartPlan): Built => {
  const { start, keep, deadline } = plan;
  const limit = bdd.limit;
  const progress = { built: 0 };
  const attempt = (order: readonly number[], room: number, most = SWEPT * room): Built | undefined => {
    bdd.limit = Math.min(limit, bdd.used + room);
    try {
      return build(bdd, circuit, variables, { start, keep, order, deadline, progress, most });
    } catch (error) {
      if (!(error instanceof BudgetExceeded) || error.limit !== 'nodes' || bdd.limit === limit) throw error;
      bdd.limit = limit;
      bdd.sweep(keep);
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
  // What the parts before have left.
  if (bdd.used > KEPT) bdd.sweep(keep);
  const quick = attempt(orderBy(mostReadFirst), firstRoom(circuit));
  if (quick !== undefined) return quick;
  const candidates: Candidate[] = [];
  for (const { orderings, nodes, count } of STAGES) {
    const fresh = different(circuit, orderings.map(orderBy), candidates);
    candidates.push(...fresh);
    const eligible = fresh.length > 0 ? fresh : candidates;
    eligible.sort((a, b) => tenths(circuit, b) - tenths(circuit, a) || a.stretch - b.stretch);
    for (const candidate of eligible.slice(0, count)) {
      const built = attempt(candidate.order, Math.max(nodes, 2 * firstRoom(circuit)));
      if (built !== undefined) return built;
      candidate.built = progress.built;
    }
  }
  for (const ordering of LAST) {
    const built = attempt(orderBy(ordering), LAST_ROOM, Infinity);
    if (built !== undefined) return built;
  }
  return build(bdd, circuit, variables, { start, keep, order: candidates[0]!.order, siftAt: 4096, deadline });
};

/** Which tenth of the circuit an order came to. Orders that differ less are told apart by how short they keep gates, which mostly tells who is best. */
const tenths = ({ nodeCount }: Circuit, { built }: Candidate): number => Math.floor((10 * built) / nodeCount);

/** Those of some orders that are not the same, and not among the earlier ones. */
const different = (circuit: Circuit, orders: readonly (readonly number[])[], earlier: readonly Candidate[]): Candidate[] => {
  const names = new Set(earlier.map(({ order }) => order.join()));
  return orders
    .filter((order) => names.size < names.add(order.join()).size)
    .map((order) => ({ order, stretch: stretchOf(circuit, order), built: 0 }));
};

/** Whether every node is read once and every event occurs once: then any depth-first order is best. */
const isTree = (circuit: Circuit): boolean => {
  const literals = circuit.kinds.reduce((count, kind) => count + (kind === 1 ? 1 : 0), 0);
  return circuit.inputs.length <= circuit.nodeCount && literals === circuit.events.length;
};
