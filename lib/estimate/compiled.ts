import { stateOffsets } from '../engine/diagram';
import type { Ref } from '../engine/formula';
import type { Source } from '../fault-tree/events';
import { conditionKey, type Condition, type CountedPool, type FaultTree } from '../fault-tree/tree';
import { Kernel } from '../kernel/kernel';
import { Joint, type JointNode, type PoolRoots } from './joint';
import { Numbers, questionsOf, type AssumptionTable } from './numbers';
import type { Mixed } from './places';

/** A joint diagram in which conditions of a fault tree become nodes. */
export interface Compiled {
  readonly joint: Joint;
  readonly numbers: Numbers;
  /** The events that the diagram asks for and that have numbers: a tree that is asked for more later gets others. */
  readonly sources: readonly Source[];
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
export function compiled(tree: FaultTree, assumptions: AssumptionTable, ranks: readonly number[] = tree.events.ranks): Compiled {
  const { formula, owners, sources } = tree.events;
  const order = questionsOf({ formula, owners, sources, ranks });
  const offsets = stateOffsets(formula);
  const kernel = new Kernel();
  const numbers = new Numbers(kernel, assumptions, tree.events, offsets);
  const states = numbers.states(assumptions.nominal);
  const joint = new Joint(kernel, formula, ranks, order, { offsets, states });
  const nodeOf = (ref: Ref): JointNode => joint.nodeOf(ref);
  for (const ref of tree.overlooked) joint.bound += joint.valueOf(nodeOf(ref));
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
  return { joint, numbers, offsets, sources: sources.slice(), nodeOf, condition, mixed };
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
