import { compile } from '../engine/compile';
import { stateOffsets } from '../engine/diagram';
import type { Ref } from '../engine/formula';
import { conditionKey, type Condition, type CountedPool, type FaultTree, type Serving } from '../fault-tree/tree';
import { Joint, type PoolRoots } from './joint';
import type { JointNode } from './nodes';
import { Numbers, questionsOf, type AssumptionTable } from './numbers';
import { partsOf, type Mixed } from './places';

/** A joint diagram in which conditions of a fault tree become nodes. */
export interface Compiled {
  readonly joint: Joint;
  readonly numbers: Numbers;
  /** Where the exact states of each event start in a table of states. */
  readonly offsets: Int32Array;
  readonly nodeOf: (ref: Ref) => JointNode;
  readonly condition: (condition: Condition) => JointNode;
  /** One node of all that something is, depending on places. */
  readonly mixed: <T>(whole: Mixed<T>, of: (part: T) => JointNode) => JointNode;
}

/**
 * Compiles references of a fault tree. `ranks` says where in the order of questions each event stands.
 * @default - as the tree says
 */
export function compiled(
  tree: FaultTree,
  assumptions: AssumptionTable,
  roots: Roots,
  ranks: readonly number[] = tree.events.ranks,
): Compiled {
  for (const ref of tree.overlooked) roots.add(ref);
  const { formula, owners, sources } = tree.events;
  const order = questionsOf({ formula, owners, sources, ranks });
  const { diagram } = compile(formula, roots.refs, { order });
  const offsets = stateOffsets(formula);
  const numbers = new Numbers(assumptions, tree.events, offsets, order);
  const states = new Float64Array(offsets[offsets.length - 1]!);
  numbers.fill(assumptions.nominal, states);
  const joint = new Joint(diagram, ranks, order, { offsets, states });
  const nodeOf = (ref: Ref): JointNode => diagram.roots[roots.indexOf(ref)]!;
  for (const ref of tree.overlooked) joint.bound += joint.nodes.values[nodeOf(ref)]!;
  const conditions = new Map<string, JointNode>();
  const condition = (one: Condition): JointNode => {
    const key = conditionKey(one);
    const known = conditions.get(key);
    if (known !== undefined) return known;
    const made = joint.condition(
      nodeOf(one.event),
      one.pools.map((pool) => poolRoots(pool, nodeOf)),
    );
    conditions.set(key, made);
    return made;
  };
  const mixed = <T>(whole: Mixed<T>, of: (part: T) => JointNode): JointNode =>
    'one' in whole
      ? of(whole.one)
      : joint.mixture(
          whole.event,
          whole.parts.map((part) => mixed(part, of)),
        );
  return { joint, numbers, offsets, nodeOf, condition, mixed };
}

function poolRoots({ guard, needs, units }: CountedPool, nodeOf: (ref: Ref) => JointNode): PoolRoots {
  const counts = new Map<Ref, number>();
  for (const { dead } of units) counts.set(dead, (counts.get(dead) ?? 0) + 1);
  return {
    guard: nodeOf(guard),
    least: units.length - needs + 1,
    units: [...counts].map(([dead, count]) => ({ dead: nodeOf(dead), count })),
  };
}

/** The references that are compiled, each once. */
export class Roots {
  readonly refs: Ref[] = [];
  readonly #index = new Map<Ref, number>();

  add(ref: Ref): void {
    if (this.#index.has(ref)) return;
    this.#index.set(ref, this.refs.length);
    this.refs.push(ref);
  }

  /** Adds all that something asks for. */
  with<T extends Condition | Serving>(mixed: Mixed<T>): Mixed<T> {
    for (const part of partsOf(mixed)) {
      this.add(part.event);
      for (const pool of part.pools) this.#addPool(pool);
      const balanced = 'balanced' in part ? part.balanced : null;
      if (balanced) this.#addPool(balanced);
      if (balanced?.all) this.#addPool(balanced.all);
    }
    return mixed;
  }

  #addPool({ guard, units }: CountedPool): void {
    this.add(guard);
    for (const { dead, noticed } of units) {
      this.add(dead);
      this.add(noticed);
    }
  }

  indexOf(ref: Ref): number {
    const index = this.#index.get(ref);
    if (index === undefined) throw new Error('A reference was not compiled. This is a bug in nines.');
    return index;
  }
}
