import type { Bdd, Node } from './bdd';
import { BudgetExceeded } from './budget';
import { build, type Built, type Variables } from './build';
import type { Circuit } from './circuit';
import { asWritten, busiestFirst, deepestFirst, heaviestFirst, largestFirst, mostReadFirst, pulledTogether, type Ordering } from './order';

/** No order is good for all formulas, and none tells beforehand: each gets a small number of nodes, the smallest result is taken. */
const ORDERINGS: readonly Ordering[] = [
  pulledTogether(asWritten),
  heaviestFirst,
  busiestFirst,
  asWritten,
  mostReadFirst,
  deepestFirst,
  largestFirst,
];

/** Nodes that an ordering may use, and how many orderings are tried with them, until one succeeds. */
const ROOMS: readonly { nodes: number; from: number; to: number }[] = [
  { nodes: 4_000, from: 0, to: 7 },
  { nodes: 30_000, from: 0, to: 7 },
  { nodes: 300_000, from: 0, to: 3 },
  { nodes: 3_000_000, from: 2, to: 3 },
  { nodes: 3_000_000, from: 6, to: 7 },
  { nodes: 3_000_000, from: 0, to: 6 },
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
  const attempt = (order: readonly number[], room: number, siftAt: number): Built | undefined => {
    bdd.limit = Math.min(limit, bdd.used + room);
    try {
      return build(bdd, circuit, variables, { start, keep, order, siftAt, deadline });
    } catch (error) {
      if (!(error instanceof BudgetExceeded) || error.limit !== 'nodes' || bdd.limit === limit) throw error;
      return undefined;
    } finally {
      bdd.limit = limit;
    }
  };
  if (plan.order !== undefined) return build(bdd, circuit, variables, { start, keep, order: plan.order, deadline });
  if (isTree(circuit)) return build(bdd, circuit, variables, { start, keep, order: asWritten(circuit), deadline });
  const orders: (readonly number[])[] = [];
  for (const { nodes, from, to } of ROOMS) {
    let best: readonly number[] | undefined;
    let last: Built | undefined;
    let smallest = nodes;
    const tried = new Set<string>();
    for (let i = from; i < to; i++) {
      orders[i] ??= ORDERINGS[i]!(circuit);
      const name = orders[i]!.join();
      if (tried.has(name)) continue;
      tried.add(name);
      // What the attempt before has left is not kept. A later one must do with fewer nodes than the best has in the end.
      bdd.sweep(keep);
      const before = bdd.used;
      const built = attempt(orders[i]!, smallest, Infinity);
      last = undefined;
      if (built === undefined) continue;
      bdd.sweep([...keep, ...built.nodes]);
      if (bdd.used - before < smallest) {
        smallest = bdd.used - before;
        best = orders[i]!;
        last = built;
      }
      // Small enough: the search would cost more than it saves.
      if (smallest < 2 * circuit.events.length || smallest < 256) break;
    }
    if (best !== undefined) return last ?? build(bdd, circuit, variables, { start, keep, order: best, deadline });
  }
  return build(bdd, circuit, variables, { start, keep, order: orders[0]!, siftAt: 4096, deadline });
};

/** Whether every node is read once and every event occurs once: then any depth-first order is best. */
const isTree = (circuit: Circuit): boolean => {
  const literals = circuit.kinds.reduce((count, kind) => count + (kind === 1 ? 1 : 0), 0);
  return circuit.inputs.length <= circuit.nodeCount && literals === circuit.events.length;
};
