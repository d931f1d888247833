import type { Diagram } from '../engine/diagram';
import type { Group } from './counting';
import { SHARED, UNIT } from '../fault-tree/events';
import { ANY, COUNT, DECISION, Nodes, SERVE, type JointNode } from './nodes';
import type { Rotation, Served } from './serving';
import { walk, type Questions } from './walk';

/** A pool of which units are counted, as nodes of the compiled diagram. */
export interface PoolRoots {
  readonly guard: JointNode;
  readonly least: number;
  readonly units: readonly { readonly dead: JointNode; readonly count: number }[];
}

/** A balanced pool, as nodes of the compiled diagram. */
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

/**
 * One diagram for all flows. Components depend on each other only through what they share: zones, control planes, network parts. So the top asks for
 * those; below, each component has its own small diagram, and a leaf of a flow multiplies what its components add. Units that fail alike are not asked
 * for at all: a leaf counts them. Thus the size is the sum over the components and not their product.
 */
export class Joint {
  readonly nodes: Nodes;
  /** By how much values may be too large, for what was not followed. */
  bound = 0;
  readonly #known = new Map<string, JointNode>();
  readonly #questions: Questions;
  /** How many events have at most each rank. */
  readonly #limits: readonly number[];

  constructor(
    diagram: Diagram,
    ranks: readonly number[],
    order: readonly number[],
    nominal: { readonly offsets: ArrayLike<number>; readonly states: Float64Array },
  ) {
    const { offsets, states } = nominal;
    const positions = new Int32Array(ranks.length);
    order.forEach((event, i) => (positions[event] = i));
    this.#limits = [SHARED, UNIT - 1, UNIT].map((rank) => order.filter((event) => ranks[event]! <= rank).length);
    this.#questions = { order, weights: ranks.map((_, event) => weightsOf(states.subarray(offsets[event]!, offsets[event + 1]!))) };
    this.nodes = new Nodes(positions, offsets, states);
    const { children, nodeEvents, nodeStarts } = diagram;
    for (let node = 0; node < diagram.nodeCount; node++) {
      this.nodes.add(DECISION, nodeEvents[node]!, node < 2 ? [] : children.subarray(nodeStarts[node]!, nodeStarts[node + 1]!));
    }
  }

  /** True when the root is, or one of the pools fails. */
  condition(root: JointNode, pools: readonly PoolRoots[]): JointNode {
    if (pools.length === 0) return root;
    const shape = pools.map(({ least, units }) => `${least} ${units.map(({ count }) => count).join(' ')}`).join('/');
    return this.#walk(
      [root, ...pools.flatMap(({ guard, units }) => [guard, ...units.map(({ dead }) => dead)])],
      `c ${shape}`,
      this.#limits[1]!,
      (tuple) => {
        if (tuple[0] === 1) tuple.fill(0, 1);
        for (let at = 1, pool = 0; pool < pools.length; pool++) {
          const { least, units } = pools[pool]!;
          settlePool(tuple, at, least, units);
          at += 1 + units.length;
        }
      },
      (tuple) => {
        if (tuple[0] === 1) return 1;
        const parts: JointNode[] = [];
        let at = 1;
        for (const { least, units } of pools) {
          if (tuple[at] === 1) parts.push(this.#count(least, units, tuple.subarray(at + 1, at + 1 + units.length)));
          at += 1 + units.length;
        }
        return this.#any(parts);
      },
    );
  }

  /** The expected share of requests that fails: all where the condition holds, else what units out of a rotation leave. */
  serving(condition: JointNode, { least, loadInUnits, units }: RotationRoots): JointNode {
    const shape = `s ${loadInUnits} ${least} ${units.map(({ all, count }) => `${all === null} ${count}`).join(' ')}`;
    return this.#walk(
      [condition, ...units.flatMap(({ dead, noticed, all }) => [dead, noticed, all ?? 0])],
      shape,
      this.#limits[1]!,
      (tuple) => {
        if (tuple[0] === 1) tuple.fill(0, 1);
      },
      (tuple) => {
        if (tuple[0] === 1) return 1;
        // What takes a unit for all together and not for its share alone is shared, so it is settled here.
        const groups = units.map(({ count }, i): Rotation => ({
          dead: tuple[1 + 3 * i]!,
          noticed: tuple[2 + 3 * i]!,
          lost: tuple[3 + 3 * i] === 1,
          count,
        }));
        const alone = this.#serve({ groups: merged(groups), loadInUnits, least });
        // Pools of the condition are left: what they do not take, the units do.
        return tuple[0] === 0 ? alone : this.#any([tuple[0]!, alone]);
      },
    );
  }

  /** A node of the same form about other events; `copies` holds what has been made so for these. */
  about(root: JointNode, events: ReadonlyMap<number, number>, copies: Map<JointNode, JointNode>): JointNode {
    const { children, counts, kinds, served, starts, subjects } = this.nodes;
    const copy = (node: JointNode): JointNode => (node < 2 ? node : copies.get(node)!);
    for (const node of this.nodes.below(root, copies)) {
      const kind = kinds[node]!;
      const subject = subjects[node]!;
      if (kind === COUNT) {
        const { groups, least } = counts[subject]!;
        copies.set(
          node,
          this.#counted(
            least,
            groups.map((group) => ({ ...group, node: copy(group.node) })),
          ),
        );
      } else if (kind === SERVE) {
        const { groups, ...leaf } = served[subject]!;
        const own = groups.map((group) => ({ ...group, dead: copy(group.dead), noticed: copy(group.noticed) }));
        copies.set(node, this.#serve({ ...leaf, groups: merged(own) }));
      } else {
        const before = children.subarray(starts[node]!, starts[node + 1]!);
        const own = Array.from(before, copy);
        const event = events.get(subject) ?? subject;
        // What hangs on nothing but shared events is the same for both.
        const same = event === subject && own.every((child, i) => child === before[i]);
        copies.set(node, same ? node : kind === ANY ? this.#any(own) : this.nodes.add(DECISION, event, own));
      }
    }
    return copy(root);
  }

  /** One of the nodes, as the event's outcome says: each child is looked at under the same answers to what components share. */
  mixture(event: number, nodes: readonly JointNode[]): JointNode {
    return this.#walk(
      nodes,
      `m ${event}`,
      this.#limits[0]!,
      () => {},
      (tuple) =>
        tuple.every((node) => node === tuple[0])
          ? tuple[0]!
          : this.#node(`m ${event} ${tuple.join(' ')}`, DECISION, [...tuple], () => event),
    );
  }

  /** True when one of the nodes is; for shares, what all together fail to serve. */
  any(nodes: readonly JointNode[]): JointNode {
    return this.#walk(
      [...new Set(nodes)].sort((a, b) => a - b),
      'a',
      this.#limits[0]!,
      (tuple) => {
        for (let i = 0; i < tuple.length; i++) {
          if (tuple[i] !== 1) continue;
          tuple.fill(0);
          tuple[0] = 1;
          return;
        }
      },
      (tuple) => this.#any(tuple),
    );
  }

  /** True when all of the nodes are. They must share nothing that is asked for after what components share. */
  all(nodes: readonly JointNode[]): JointNode {
    return this.#walk(
      [...new Set(nodes)].sort((a, b) => a - b),
      'e',
      this.#limits[0]!,
      (tuple) => {
        if (tuple.includes(0)) tuple.fill(0);
      },
      (tuple) => {
        if (tuple.includes(0)) return 0;
        const open = tuple.filter((node) => node !== 1).sort();
        const units = Array.from(open, () => ({ count: 1 }));
        return this.#count(units.length, units, open);
      },
    );
  }

  #walk(
    roots: readonly JointNode[],
    shape: string,
    limit: number,
    settle: (tuple: Int32Array) => void,
    leaf: (tuple: Int32Array) => JointNode,
  ): JointNode {
    const key = `${shape} ${roots.join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (roots.length === 0) return 0;
    const { node, bound } = walk({ roots, limit, settle, leaf }, this.nodes, this.#questions);
    this.bound += bound;
    this.#known.set(key, node);
    return node;
  }

  #count(least: number, units: readonly { readonly count: number }[], nodes: Int32Array): JointNode {
    const counts = new Map<JointNode, number>();
    let rest = least;
    nodes.forEach((node, i) => {
      if (node === 1) rest -= units[i]!.count;
      else if (node !== 0) counts.set(node, (counts.get(node) ?? 0) + units[i]!.count);
    });
    if (rest <= 0) return 1;
    const groups = [...counts].map(([node, count]) => ({ node, count }));
    if (groups.reduce((sum, { count }) => sum + count, 0) < rest) return 0;
    return this.#counted(rest, groups);
  }

  #counted(rest: number, unsorted: readonly Group[]): JointNode {
    const groups = [...unsorted].sort((a, b) => a.node - b.node);
    const key = `n ${rest} ${groups.map(({ node, count }) => `${node} ${count}`).join(' ')}`;
    return this.#node(key, COUNT, [], () => this.nodes.counts.push({ least: rest, groups }) - 1);
  }

  #serve(leaf: Served): JointNode {
    const all = leaf.groups.reduce((sum, { count }) => sum + count, 0);
    if (leaf.groups.every(({ dead, lost }) => dead === 0 && !lost) && all >= leaf.loadInUnits) return 0;
    const key = `s ${leaf.loadInUnits} ${leaf.least} ${leaf.groups.map((g) => `${g.dead} ${g.noticed} ${g.lost} ${g.count}`).join(' ')}`;
    return this.#node(key, SERVE, [], () => this.nodes.served.push(leaf) - 1);
  }

  #any(nodes: ArrayLike<JointNode>): JointNode {
    const parts: JointNode[] = [];
    for (let i = 0; i < nodes.length; i++) {
      if (nodes[i] === 1) return 1;
      if (nodes[i] !== 0) parts.push(nodes[i]!);
    }
    if (parts.length === 0) return 0;
    parts.sort((a, b) => a - b);
    return parts.length === 1 ? parts[0]! : this.#node(`o ${parts.join(' ')}`, ANY, parts);
  }

  #node(key: string, kind: number, children: readonly JointNode[], subject: () => number = () => -1): JointNode {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const node = this.nodes.add(kind, subject(), children);
    this.#known.set(key, node);
    return node;
  }
}

/** A pool that does not matter any more, or cannot fail, asks for nothing; one that has failed decides all. */
function settlePool(tuple: Int32Array, start: number, least: number, units: readonly { readonly count: number }[]): void {
  const end = start + 1 + units.length;
  let certain = 0;
  let possible = 0;
  if (tuple[start] !== 0) {
    for (let i = start + 1; i < end; i++) {
      const { count } = units[i - start - 1]!;
      if (tuple[i] === 1) certain += count;
      if (tuple[i] !== 0) possible += count;
    }
  }
  if (possible < least) tuple.fill(0, start, end);
  else if (certain >= least && tuple[start] === 1) {
    tuple.fill(0);
    tuple[0] = 1;
  }
}

/** Units of one fate together. */
function merged(groups: readonly Rotation[]): Rotation[] {
  const byFate = new Map<string, Rotation>();
  for (const group of groups) {
    const key = `${group.dead} ${group.noticed} ${group.lost}`;
    byFate.set(key, { ...group, count: group.count + (byFate.get(key)?.count ?? 0) });
  }
  return [...byFate.values()].sort((a, b) => a.dead - b.dead || a.noticed - b.noticed || Number(a.lost) - Number(b.lost));
}

/**
 * States by how much they weigh when it is decided what to follow. How often something is down asks what holds in a cause's youngest phase, however
 * short that is: so no phase weighs much less than the cause.
 */
function weightsOf(states: Float64Array): Float64Array {
  const present = states.reduce((sum, p, state) => (state === 0 ? 0 : sum + p), 0);
  return states.map((p, state) => (state === 0 ? p : Math.max(p, present / 16)));
}
