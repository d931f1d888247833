import type { Diagram } from '../engine/diagram';
import { SHARED, UNIT } from '../fault-tree/events';
import { countDead, type Group } from './counting';
import { servedShare, type Rotation, type Served } from './serving';
import { walk } from './walk';

/** A node of the joint diagram; 0 and 1 are the constants. */
export type JointNode = number;

export const DECISION = 0;
export const COUNT = 1;
export const ANY = 2;
export const SERVE = 3;

/** At least `least` of the units are dead; each group has one node and a number of units. */
export interface CountLeaf {
  readonly least: number;
  readonly groups: readonly Group[];
}

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
 * for at all: a leaf counts them. Thus the size is the sum over the components and not their product. A child has a smaller number than its parent.
 */
export class Joint {
  readonly kinds: number[] = [];
  /** Event of a decision, index of a leaf. */
  readonly subjects: number[] = [];
  readonly children: (readonly JointNode[])[] = [];
  readonly counts: CountLeaf[] = [];
  readonly served: Served[] = [];
  readonly #known = new Map<string, JointNode>();
  readonly #positions: readonly number[];

  readonly #weights: readonly Float64Array[];
  /** Nominal values of all nodes. */
  readonly values: number[] = [];
  /** By how much values may be too large, for what was not followed. */
  bound = 0;

  constructor(
    diagram: Diagram,
    private readonly ranks: readonly number[],
    private readonly order: readonly number[],
    private readonly nominal: { readonly offsets: ArrayLike<number>; readonly states: Float64Array },
  ) {
    const positions = ranks.map(() => 0);
    order.forEach((event, i) => (positions[event] = i));
    this.#positions = positions;
    this.#weights = ranks.map((_, event) => weightsOf(nominal.states.subarray(nominal.offsets[event]!, nominal.offsets[event + 1]!)));
    for (let node = 0; node < diagram.nodeCount; node++) {
      this.kinds.push(DECISION);
      this.subjects.push(diagram.nodeEvents[node]!);
      this.children.push(node < 2 ? [] : [...diagram.children.subarray(diagram.nodeStarts[node]!, diagram.nodeStarts[node + 1]!)]);
      this.values.push(node < 2 ? node : valueOf(this, node, nominal.offsets, nominal.states, this.values));
    }
  }

  get nodeCount(): number {
    return this.kinds.length;
  }

  /** True when the root is, or one of the pools fails. */
  condition(root: JointNode, pools: readonly PoolRoots[]): JointNode {
    if (pools.length === 0) return root;
    const shape = pools.map(({ least, units }) => `${least} ${units.map(({ count }) => count).join(' ')}`).join('/');
    const leaf = (tuple: readonly JointNode[]): JointNode => {
      let at = 1;
      const parts: JointNode[] = tuple[0] === 1 ? [1] : [];
      for (const { least, units } of pools) {
        const nodes = tuple.slice(at + 1, at + 1 + units.length);
        if (tuple[at] === 1 && tuple[0] === 0) parts.push(this.#count(least, units, nodes));
        at += 1 + units.length;
      }
      return this.#any(parts);
    };
    return this.#walk(
      [root, ...pools.flatMap(({ guard, units }) => [guard, ...units.map(({ dead }) => dead)])],
      `c ${shape}`,
      UNIT - 1,
      (tuple) => {
        if (tuple[0] === 1) tuple.fill(0, 1);
        let at = 1;
        for (const { least, units } of pools) {
          const end = at + 1 + units.length;
          this.#settlePool(tuple, at, end, least, units);
          at = end;
        }
      },
      leaf,
    );
  }

  /** The expected share of requests that fails: all where the condition holds, else what units out of a rotation leave. */
  serving(condition: JointNode, rotation: RotationRoots): JointNode {
    const { units, loadInUnits, least } = rotation;
    const shape = `s ${loadInUnits} ${least} ${units.map(({ all, count }) => `${all === null} ${count}`).join(' ')}`;
    const roots = [condition, ...units.flatMap(({ dead, noticed, all }) => [dead, noticed, all ?? 0])];
    return this.#walk(
      roots,
      shape,
      UNIT - 1,
      (tuple) => {
        if (tuple[0] === 1) tuple.fill(0, 1);
      },
      (tuple) => {
        if (tuple[0] === 1) return 1;
        const groups = units.map(({ count }, i): Rotation => {
          const [dead, noticed, all] = [tuple[1 + 3 * i]!, tuple[2 + 3 * i]!, tuple[3 + 3 * i]!];
          // What takes a unit for all together and not for its share alone is shared, so it is settled here.
          return { dead, noticed, lost: all === 1, count };
        });
        const alone = this.#serve({ groups, loadInUnits, least });
        // The condition's own events are left: what they do not take, the units do.
        return tuple[0] === 0 ? alone : this.#any([tuple[0]!, alone]);
      },
    );
  }

  /** True when one of the nodes is; for shares, what all together fail to serve. */
  any(nodes: readonly JointNode[]): JointNode {
    return this.#walk(
      [...nodes],
      'a',
      SHARED,
      (tuple) => {
        if (tuple.includes(1)) tuple.fill(0).fill(1, 0, 1);
      },
      (tuple) => this.#any(tuple),
    );
  }

  /** Gates, counts and products as nodes of their own, so that equal ones are one. */
  #settlePool(tuple: JointNode[], start: number, end: number, least: number, units: readonly { readonly count: number }[]): void {
    if (tuple[start] === 0) {
      tuple.fill(0, start, end);
      return;
    }
    let certain = 0;
    let possible = 0;
    for (let i = start + 1; i < end; i++) {
      const { count } = units[i - start - 1]!;
      if (tuple[i] === 1) certain += count;
      if (tuple[i] !== 0) possible += count;
    }
    if (possible < least) tuple.fill(0, start, end);
    else if (certain >= least && tuple[start] === 1) tuple.fill(0).fill(1, 0, 1);
  }

  #walk(
    roots: readonly JointNode[],
    shape: string,
    rank: number,
    settle: (tuple: JointNode[]) => void,
    leaf: (tuple: readonly JointNode[]) => JointNode,
  ): JointNode {
    const key = `${shape} ${roots.join(' ')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const position = (node: JointNode): number => {
      if (this.kinds[node] !== DECISION) return -1;
      const event = this.subjects[node]!;
      return this.ranks[event]! > rank ? -1 : this.#positions[event]!;
    };
    const { node, bound } = walk(
      { roots, settle, leaf, decision: (event, children) => this.#decision(event, children) },
      {
        position,
        eventAt: (place) => this.order[place]!,
        child: (node, state) => this.children[node]![state]!,
        weights: (event) => this.#weights[event]!,
        value: (node) => this.values[node]!,
      },
    );
    this.bound += bound;
    this.#known.set(key, node);
    return node;
  }

  #decision(event: number, children: readonly JointNode[]): JointNode {
    if (children.every((child) => child === children[0])) return children[0]!;
    return this.#node(`d ${event} ${children.join(' ')}`, DECISION, event, children);
  }

  #count(least: number, units: readonly { readonly count: number }[], nodes: readonly JointNode[]): JointNode {
    const counts = new Map<JointNode, number>();
    let rest = least;
    nodes.forEach((node, i) => {
      if (node === 1) rest -= units[i]!.count;
      else if (node !== 0) counts.set(node, (counts.get(node) ?? 0) + units[i]!.count);
    });
    if (rest <= 0) return 1;
    const groups = [...counts].sort(([a], [b]) => a - b).map(([node, count]) => ({ node, count }));
    if (groups.reduce((sum, { count }) => sum + count, 0) < rest) return 0;
    const key = `n ${rest} ${groups.map(({ node, count }) => `${node} ${count}`).join(' ')}`;
    return this.#node(key, COUNT, this.counts.length, [], () => this.counts.push({ least: rest, groups }));
  }

  #serve(leaf: Served): JointNode {
    const dead = leaf.groups.filter(({ dead }) => dead !== 0);
    if (dead.length === 0 && leaf.least === null && leaf.groups.reduce((sum, { count }) => sum + count, 0) >= leaf.loadInUnits) return 0;
    const key = `s ${leaf.loadInUnits} ${leaf.least} ${leaf.groups.map((g) => `${g.dead} ${g.noticed} ${g.lost} ${g.count}`).join(' ')}`;
    return this.#node(key, SERVE, this.served.length, [], () => this.served.push(leaf));
  }

  #any(nodes: readonly JointNode[]): JointNode {
    const parts = nodes.filter((node) => node !== 0).sort((a, b) => a - b);
    if (parts.length === 0) return 0;
    if (parts.includes(1)) return 1;
    return parts.length === 1 ? parts[0]! : this.#node(`o ${parts.join(' ')}`, ANY, -1, parts);
  }

  #node(key: string, kind: number, subject: number, children: readonly JointNode[], make?: () => void): JointNode {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    make?.();
    const node = this.kinds.length;
    this.kinds.push(kind);
    this.subjects.push(subject);
    this.children.push(children);
    this.values.push(valueOf(this, node, this.nominal.offsets, this.nominal.states, this.values));
    this.#known.set(key, node);
    return node;
  }
}

/** The value of a node from those of its children. */
function valueOf(joint: Joint, node: JointNode, offsets: ArrayLike<number>, states: ArrayLike<number>, values: ArrayLike<number>): number {
  const kind = joint.kinds[node]!;
  const list = joint.children[node]!;
  const subject = joint.subjects[node]!;
  if (kind === DECISION) {
    const at = offsets[subject]!;
    let value = 0;
    for (let state = 0; state < list.length; state++) value += states[at + state]! * values[list[state]!]!;
    return value;
  }
  if (kind === COUNT) return countDead(joint.counts[subject]!, values);
  if (kind === SERVE) return servedShare(joint.served[subject]!, values);
  // q + p − q·p without a difference: each part only counts while none before it holds.
  let value = 0;
  let none = 1;
  for (const child of list) {
    value += none * values[child]!;
    none *= 1 - values[child]!;
  }
  return value;
}

/**
 * States by how much they weigh when it is decided what to follow. How often something is down asks what holds in a cause's youngest phase, however
 * short that is: so no phase weighs much less than the cause.
 */
function weightsOf(states: Float64Array): Float64Array {
  const present = states.reduce((sum, p, state) => (state === 0 ? 0 : sum + p), 0);
  return states.map((p, state) => (state === 0 ? p : Math.max(p, present / 16)));
}
