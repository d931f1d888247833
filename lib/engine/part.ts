import type { Bdd, Node } from './bdd';
import { BudgetExceeded } from './budget';
import { build, type Built, type Variables } from './build';
import type { Circuit } from './circuit';
import { asWritten, busiestFirst, deepestFirst, heaviestFirst, largestFirst, mostReadFirst, pulledTogether, type Ordering } from './order';

/** No order is good for all formulas, and none tells beforehand: each gets a small number of nodes, the smallest result is taken. */
const ORDERINGS: readonly Ordering[] = [
  asWritten,
  pulledTogether(asWritten),
  heaviestFirst,
  busiestFirst,
  mostReadFirst,
  deepestFirst,
  largestFirst,
];

/** Nodes that each ordering may use in turn, until one succeeds. */
const ROOMS: readonly number[] = [4_000, 40_000, 400_000];

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
  const seen = new Set<string>();
  for (const room of ROOMS) {
    let best: readonly number[] | undefined;
    let last: Built | undefined;
    let smallest = Infinity;
    for (let i = 0; i < ORDERINGS.length; i++) {
      orders[i] ??= ORDERINGS[i]!(circuit);
      if (seen.has(`${room}:${orders[i]!.join()}`)) continue;
      seen.add(`${room}:${orders[i]!.join()}`);
      // What the attempt before has left is not kept.
      bdd.sweep(keep);
      last = undefined;
      const before = bdd.used;
      const built = attempt(orders[i]!, room, Infinity);
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
