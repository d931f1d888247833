import { XOR, type Formula, type Ref } from '../engine/formula';
import { SHARED, UNIT } from '../fault-tree/events';
import type { Kernel } from '../kernel/kernel';

/** A node of a joint diagram; 0 and 1 are the constants. */
export type JointNode = number;

/** A pool of which units are counted, as nodes. */
export interface PoolRoots {
  readonly guard: JointNode;
  readonly least: number;
  readonly units: readonly { readonly dead: JointNode; readonly count: number }[];
}

/** A balanced pool, as nodes. */
export interface RotationRoots {
  readonly units: readonly {
    readonly dead: JointNode;
    readonly noticed: JointNode;
    readonly all: JointNode | null;
    readonly count: number;
  }[];
  readonly loadInUnits: number;
  /** So many dead units leave none served; null: each unit that is up serves its part. */
  readonly least: number | null;
}

/** What a walk over a tuple of nodes is for, as in lib/kernel/assembly/tasks.ts. */
const CONDITION = 0;
const SERVING = 1;
const MIXTURE = 2;
const ANY_OF = 3;
const ALL_OF = 4;

/**
 * One diagram for all flows. Components depend on each other only through what they share: zones, control planes, network parts. So the top asks for
 * those; below, each component has its own small diagram, and a leaf of a flow multiplies what its components add. Units that fail alike are not asked
 * for at all: a leaf counts them. Thus the size is the sum over the components and not their product.
 */
export class Joint {
  /** By how much values may be too large, for what was not followed. */
  bound = 0;
  readonly #known = new Map<string, JointNode>();
  /** Up to which place in the order of questions a walk goes that asks for what is shared, and one that asks for all but alike units. */
  readonly #shared: number;
  readonly #components: number;
  readonly #events: number;

  constructor(
    readonly kernel: Kernel,
    formula: Formula,
    ranks: readonly number[],
    order: readonly number[],
    nominal: { readonly offsets: ArrayLike<number>; readonly states: Float64Array },
  ) {
    this.#events = order.length;
    const upTo = (rank: number): number => order.filter((event) => ranks[event]! <= rank).length;
    this.#shared = upTo(SHARED);
    this.#components = upTo(UNIT - 1);
    kernel.call.begin(kernel.ints(0, order), order.length, kernel.ints(1, nominal.offsets), kernel.floats(2, nominal.states));
    const { kinds, parameters, starts, children } = formula.arrays();
    if (kinds.includes(XOR)) throw new Error('A fault tree has no exclusive or. This is a bug in nines.');
    kernel.call.formula(
      kinds.length,
      children.length,
      formula.eventCount,
      kernel.ints(0, kinds, parameters, starts, children, formula.eventKinds),
    );
  }

  /** The node of a reference of the formula. */
  nodeOf(ref: Ref): JointNode {
    return this.kernel.call.diagram(ref);
  }

  get nodeCount(): number {
    return this.kernel.call.nodes();
  }

  /** Nominal value of a node. */
  valueOf(node: JointNode): number {
    return this.kernel.call.valueOf(node);
  }

  /** True when the root is, or one of the pools fails. */
  condition(root: JointNode, pools: readonly PoolRoots[]): JointNode {
    if (pools.length === 0) return root;
    const roots = [root];
    const about: number[] = [];
    for (const { guard, least, units } of pools) {
      roots.push(guard);
      about.push(least, units.length);
      for (const { dead, count } of units) {
        roots.push(dead);
        about.push(count);
      }
    }
    return this.#follow(CONDITION, roots, this.#components, about);
  }

  /** The expected share of requests that fails: all where the condition holds, else what units out of a rotation leave. */
  serving(condition: JointNode, { least, loadInUnits, units }: RotationRoots): JointNode {
    const roots = [condition];
    for (const { all, dead, noticed } of units) roots.push(dead, noticed, all ?? 0);
    const about = units.map(({ count }) => count);
    return this.#follow(SERVING, roots, this.#components, about, loadInUnits, least ?? -1);
  }

  /** One of the nodes, as the event's outcome says: each child is looked at under the same answers to what components share. */
  mixture(event: number, nodes: readonly JointNode[]): JointNode {
    return this.#follow(MIXTURE, nodes, this.#shared, [event]);
  }

  /** True when one of the nodes is; for shares, what all together fail to serve. */
  any(nodes: readonly JointNode[]): JointNode {
    return this.#follow(ANY_OF, distinct(nodes), this.#shared);
  }

  /** True when all of the nodes are. They must share nothing that is asked for after what components share. */
  all(nodes: readonly JointNode[]): JointNode {
    return this.#follow(ALL_OF, distinct(nodes), this.#shared);
  }

  /** Makes nodes of the same form about other events. */
  copier(events: ReadonlyMap<number, number>): (root: JointNode) => JointNode {
    const { call } = this.kernel;
    const others = Int32Array.from({ length: this.#events }, (_, event) => events.get(event) ?? event);
    const twin = call.twin(this.kernel.ints(0, others), others.length);
    return (root) => call.copyOf(twin, root);
  }

  #follow(task: number, roots: readonly JointNode[], until: number, about: readonly number[] = [], load = 0, least = -1): JointNode {
    if (roots.length === 0) return 0;
    const key = `${task} ${roots.join(' ')}/${about.join(' ')}/${load} ${least}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { call } = this.kernel;
    const [rootsAt, aboutAt] = [this.kernel.ints(0, roots), this.kernel.ints(1, about)];
    const node = call.follow(task, rootsAt, roots.length, until, aboutAt, about.length, load, least);
    this.bound += call.unfollowed();
    this.#known.set(key, node);
    return node;
  }
}

const distinct = (nodes: readonly JointNode[]): JointNode[] => [...new Set(nodes)].sort((a, b) => a - b);
