import type { Ref } from '../engine/formula';
import type { Source } from '../fault-tree/events';
import { needsOf, type FlowNeeds, type Requirement } from '../fault-tree/requirements';
import { FaultTree, type Condition, type Serving } from '../fault-tree/tree';
import type { Topology } from '../topology/topology';
import { compiled } from './compiled';
import type { Joint, JointNode } from './joint';
import { AssumptionTable, type Numbers } from './numbers';
import { Places, type Mixed } from './places';
import { Twins } from './twins';

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
  /** The events that the diagram knows: the tree gets others when it is asked for more. */
  readonly sources: readonly Source[];
  /** Where the exact states of each of them start in a table of states. */
  readonly offsets: Int32Array;
  readonly flows: readonly FlowRoots[];
}

/** Derives the fault tree of a topology and compiles it. */
export function modelOf(topology: Topology): Model {
  const assumptions = new AssumptionTable(topology);
  const tree = new FaultTree(topology, (quantity) => assumptions.value(quantity));
  const twins = new Twins(tree);
  const wanted = needsOf(topology).map((needs) => ({ needs, ...plan(tree, twins, needs) }));
  const places = new Places(tree);
  twins.settle();
  const conditions = once((condition: Condition) => places.mixed(condition));
  const servings = once((serving: Serving) => places.mixed(serving));
  const planned = wanted.map(({ needs, down, degraded, served }) => ({
    needs,
    down: down.map(({ of, what }) => ({ of, what: conditions(what) })),
    degraded: degraded.map(({ of, what }) => ({ of, what: conditions(what) })),
    served: served.map(({ of, what }) => ({ of, what: servings(what) })),
  }));
  const { joint, mixed, numbers, offsets, sources, ...made } = compiled(tree, assumptions);
  const failing = once((whole: Mixed<Condition>): JointNode => mixed(whole, made.condition));
  const unserved = once((whole: Mixed<Serving>): JointNode =>
    mixed(whole, (serving) => servingNode(joint, serving, made.condition(serving), made.nodeOf)),
  );
  const each = <T>(parts: readonly Part<T>[], make: (what: T) => JointNode): JointNode =>
    joint.any(parts.map(({ of, what }) => twins.node(joint, of, () => make(what))));
  // Outages of all flows before anything else, since their frequencies ask for no more.
  const down = planned.map((flow) => each(flow.down, failing));
  const degraded = planned.map((flow) => each(flow.degraded, failing));
  const requests = planned.map((flow) => each(flow.served, unserved));
  return {
    topology,
    tree,
    assumptions,
    numbers,
    joint,
    sources,
    offsets,
    flows: planned.map(({ needs }, i) => ({ needs, down: down[i]!, degraded: degraded[i]!, requests: requests[i]! })),
  };
}

/** What a component comes to, or what the first component like it does. */
interface Part<T> {
  readonly of: string;
  readonly what: T;
}

interface Planned {
  readonly down: readonly Part<Condition>[];
  readonly degraded: readonly Part<Condition>[];
  readonly served: readonly Part<Serving>[];
}

function plan(tree: FaultTree, twins: Twins, needs: FlowNeeds): Planned {
  const required = new Set(needs.required);
  const fails = (requirement: Requirement): Part<Condition> => ({
    of: requirement.component,
    what: twins.asked('fails', requirement, (first) => tree.fails(first)),
  });
  return {
    down: needs.down.map(fails),
    degraded: needs.degraded.map(fails),
    served: needs.down.map((requirement): Part<Serving> => ({
      of: requirement.component,
      // A component that only a transaction's participants need to be whole serves nothing of its own.
      what: required.has(requirement.component)
        ? twins.asked('serves', requirement, (first) => tree.serves(first.component, demanding(first) ? first : null))
        : twins.asked('whole', requirement, (first) => ({ ...tree.fails(first), balanced: null })),
    })),
  };
}

const demanding = ({ fully, doubt }: Requirement): boolean => fully || doubt !== null;

function once<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
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
