import type { Ref } from '../engine/formula';
import { needsOf, type FlowNeeds, type Requirement } from '../fault-tree/requirements';
import { FaultTree, type Condition, type Serving } from '../fault-tree/tree';
import type { Topology } from '../topology/topology';
import { compiled, Roots } from './compiled';
import type { Joint } from './joint';
import type { JointNode } from './nodes';
import { AssumptionTable, type Numbers } from './numbers';
import { Places, type Mixed } from './places';

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
  const { joint, mixed, numbers, offsets, ...made } = compiled(tree, assumptions, roots);
  const failing = (whole: Mixed<Condition>): JointNode => mixed(whole, made.condition);
  const unserved = (whole: Mixed<Serving>): JointNode =>
    mixed(whole, (serving) => servingNode(joint, serving, made.condition(serving), made.nodeOf));
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
