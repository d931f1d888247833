import type { Diagram } from '../engine/diagram';
import { SHARED, UNIT } from '../fault-tree/events';
import { countDead, type Group } from './counting';
import { servedShare, type Rotation, type Served } from './serving';

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
  readonly units: readonly { readonly dead: JointNode; readonly noticed: JointNode; readonly all: JointNode | null; readonly count: number }[];
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

  constructor(
    diagram: Diagram,
    private readonly ranks: readonly number[],
    order: readonly number[],
  ) {
    const positions = ranks.map(() => 0);
    order.forEach((event, i) => (positions[event] = i));
    this.#positions = positions;
    for (let node = 0; node < diagram.nodeCount; node++) {
      this.kinds.push(DECISION);
      this.subjects.push(diagram.nodeEvents[node]!);
      this.children.push(node < 2 ? [] : [...diagram.children.subarray(diagram.nodeStarts[node]!, diagram.nodeStarts[node + 1]!)]);
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

  /** Follows all nodes of a tuple at once through the events up to a rank; what is left at the end is a leaf. */
  #walk(
    roots: JointNode[],
    shape: string,
    rank: number,
    settle: (tuple: JointNode[]) => void,
    leaf: (tuple: readonly JointNode[]) => JointNode,
  ): JointNode {
    const visit = (tuple: JointNode[]): JointNode => {
      settle(tuple);
      let top = -1;
      let place = Infinity;
      for (const node of tuple) {
        if (node < 2 || this.kinds[node] !== DECISION) continue;
        const event = this.subjects[node]!;
        if (this.ranks[event]! > rank || this.#positions[event]! >= place) continue;
        top = node;
        place = this.#positions[event]!;
      }
      if (top < 0) return leaf(tuple);
      const key = `${shape} ${tuple.join(' ')}`;
      const known = this.#known.get(key);
      if (known !== undefined) return known;
      const event = this.subjects[top]!;
      const made: JointNode[] = [];
      const states = this.children[top]!.length;
      let before: JointNode[] | undefined;
      for (let state = 0; state < states; state++) {
        const next = tuple.map((node) =>
          node > 1 && this.kinds[node] === DECISION && this.subjects[node] === event ? this.children[node]![state]! : node,
        );
        if (before && same(before, next)) made.push(made[state - 1]!);
        else made.push(visit([...next]));
        before = next;
      }
      const node = this.#decision(event, made);
      this.#known.set(key, node);
      return node;
    };
    return visit([...roots]);
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
    this.#known.set(key, node);
    return node;
  }
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value === b[i]);

/** The value of every node, children first. */
export function evaluate(joint: Joint, offsets: ArrayLike<number>, states: Float64Array, values: Float64Array): void {
  values[0] = 0;
  values[1] = 1;
  const { kinds, subjects, children } = joint;
  for (let node = 2; node < kinds.length; node++) {
    const list = children[node]!;
    const kind = kinds[node]!;
    let value = 0;
    if (kind === DECISION) {
      const at = offsets[subjects[node]!]!;
      for (let state = 0; state < list.length; state++) value += states[at + state]! * values[list[state]!]!;
    } else if (kind === ANY) {
      // q + p − q·p without a difference: the new part only counts while nothing before it holds.
      let none = 1;
      for (const child of list) {
        value += none * values[child]!;
        none *= 1 - values[child]!;
      }
    } else if (kind === COUNT) value = countDead(joint.counts[subjects[node]!]!, values);
    else value = servedShare(joint.served[subjects[node]!]!, values);
    values[node] = value;
  }
}
