import { compile } from '../engine/compile';
import type { Ref } from '../engine/formula';
import { stateOffsets } from '../engine/diagram';
import { needsOf, type FlowNeeds, type Requirement } from '../fault-tree/requirements';
import { conditionKey, FaultTree, type Condition, type CountedPool, type Serving } from '../fault-tree/tree';
import type { Topology } from '../topology/topology';
import { Joint, type PoolRoots } from './joint';
import type { JointNode } from './nodes';
import { AssumptionTable, Numbers, questionsOf } from './numbers';
import { partsOf, Places, type Mixed } from './places';

/** The roots of one flow in the joint diagram. */
export interface FlowRoots {
  readonly needs: FlowNeeds;
  readonly down: JointNode;
  /** Degraded or down. */
  readonly degraded: JointNode;
  /** Its value is the share of requests that fails. */
  readonly requests: JointNode;
}

/** A topology ready to be evaluated at any values of its assumptions. */
export interface Model {
  readonly topology: Topology;
  readonly tree: FaultTree;
  readonly assumptions: AssumptionTable;
  readonly numbers: Numbers;
  readonly joint: Joint;
  /** Where the exact states of each event start in a table of states. */
  readonly offsets: Int32Array;
  readonly flows: readonly FlowRoots[];
}

/** Derives the fault tree of a topology and compiles it. */
export function modelOf(topology: Topology): Model {
  const assumptions = new AssumptionTable(topology);
  const tree = new FaultTree(topology, (quantity) => assumptions.value(quantity));
  const roots = new Roots();
  const wanted = needsOf(topology).map((needs) => ({ needs, ...plan(tree, needs) }));
  const places = new Places(tree);
  const planned = wanted.map(({ needs, down, degraded, served }) => ({
    needs,
    down: down.map((condition) => roots.with(places.mixed(condition))),
    degraded: degraded.map((condition) => roots.with(places.mixed(condition))),
    served: served.map((serving) => roots.with(places.mixed(serving))),
  }));
  for (const ref of tree.overlooked) roots.add(ref);
  const order = questionsOf(tree.events);
  const compiled = compile(tree.events.formula, roots.refs, { order });
  const offsets = stateOffsets(tree.events.formula);
  const numbers = new Numbers(assumptions, tree.events, offsets, order);
  const states = new Float64Array(offsets[offsets.length - 1]!);
  numbers.fill(assumptions.nominal, states);
  const joint = new Joint(compiled.diagram, tree.events.ranks, order, { offsets, states });
  const nodeOf = (ref: Ref): JointNode => compiled.diagram.roots[roots.indexOf(ref)]!;
  for (const ref of tree.overlooked) joint.bound += joint.nodes.values[nodeOf(ref)]!;
  const conditions = new Map<string, JointNode>();
  const conditionNode = (condition: Condition): JointNode => {
    const key = conditionKey(condition);
    const known = conditions.get(key);
    if (known !== undefined) return known;
    const made = joint.condition(
      nodeOf(condition.event),
      condition.pools.map((pool) => poolRoots(pool, nodeOf)),
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
  const failing = (whole: Mixed<Condition>): JointNode => mixed(whole, conditionNode);
  const unserved = (whole: Mixed<Serving>): JointNode =>
    mixed(whole, (serving) => servingNode(joint, serving, conditionNode(serving), nodeOf));
  return {
    topology,
    tree,
    assumptions,
    numbers,
    joint,
    offsets,
    flows: planned.map(({ needs, down, degraded, served }) => ({
      needs,
      down: joint.any(down.map(failing)),
      degraded: joint.any(degraded.map(failing)),
      requests: joint.any(served.map(unserved)),
    })),
  };
}

interface Planned {
  readonly down: readonly Condition[];
  readonly degraded: readonly Condition[];
  readonly served: readonly Serving[];
}

function plan(tree: FaultTree, needs: FlowNeeds): Planned {
  const required = new Set(needs.required);
  return {
    down: needs.down.map((requirement) => tree.fails(requirement)),
    degraded: needs.degraded.map((requirement) => tree.fails(requirement)),
    // A component that only a transaction's participants need to be whole serves nothing of its own.
    served: needs.down.map((requirement): Serving =>
      required.has(requirement.component)
        ? tree.serves(requirement.component, demanding(requirement) ? requirement : null)
        : { ...tree.fails(requirement), balanced: null },
    ),
  };
}

const demanding = ({ fully, doubt }: Requirement): boolean => fully || doubt !== null;

function poolRoots({ guard, needs, units }: CountedPool, nodeOf: (ref: Ref) => JointNode): PoolRoots {
  const counts = new Map<Ref, number>();
  for (const { dead } of units) counts.set(dead, (counts.get(dead) ?? 0) + 1);
  return {
    guard: nodeOf(guard),
    least: units.length - needs + 1,
    units: [...counts].map(([dead, count]) => ({ dead: nodeOf(dead), count })),
  };
}

function servingNode(joint: Joint, { balanced }: Serving, condition: JointNode, nodeOf: (ref: Ref) => JointNode): JointNode {
  if (!balanced) return condition;
  const groups = new Map<string, { dead: JointNode; noticed: JointNode; all: JointNode | null; count: number }>();
  balanced.units.forEach(({ dead, noticed }, i) => {
    const all = balanced.all?.units[i]?.dead ?? null;
    const key = `${dead} ${noticed} ${all}`;
    const known = groups.get(key);
    if (known) known.count++;
    else groups.set(key, { dead: nodeOf(dead), noticed: nodeOf(noticed), all: all === null ? null : nodeOf(all), count: 1 });
  });
  const least = balanced.all ? balanced.units.length - balanced.needs + 1 : null;
  return joint.serving(condition, { units: [...groups.values()], loadInUnits: balanced.loadInUnits, least });
}

/** The references that are compiled, each once. */
class Roots {
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
