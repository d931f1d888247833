import type { JointNode } from './joint';

/** What a walk needs to know of decisions: their event, their children by state, and where the event stands in the order of questions. */
export interface Decisions {
  /** Position of a node's event; −1 if the node asks for nothing that this walk follows. */
  position(node: JointNode): number;
  eventAt(position: number): number;
  child(node: JointNode, state: number): JointNode;
  /** Weight of each state of an event, in which chances that are small for a moment only are not neglected. */
  weights(event: number): ArrayLike<number>;
  /** Nominal value of a node. */
  value(node: JointNode): number;
}

/** A walk over tuples of nodes. */
export interface Task {
  readonly roots: readonly JointNode[];
  /** Brings a tuple into the form in which equal ones are found to be equal. */
  settle(tuple: JointNode[]): void;
  /** The node for a tuple of which nothing is left to ask for. */
  leaf(tuple: readonly JointNode[]): JointNode;
  decision(event: number, children: readonly JointNode[]): JointNode;
}

interface Step {
  readonly tuple: readonly JointNode[];
  readonly position: number;
  /** −1 while it is not known. */
  node: JointNode;
  children: Step[] | null;
  mass: number;
  pass: number;
}

/** The remainder of a walk is at most this part of its result; where that takes too many steps, at most the second. */
const fine = 1e-11;
const coarse = 1e-7;
const manySteps = 100;
/** No walk becomes larger than this; what is left counts as failing. */
const mostSteps = 200_000;

export interface Walked {
  readonly node: JointNode;
  /** By how much the node's value may be too large. */
  readonly bound: number;
}

/**
 * Follows all nodes of a tuple at once, event by event. The likely is followed first: what together has less weight than can be seen in the result is
 * not followed, and counts as failing. Steps are visited in the order of their events, so that each knows its whole weight before it is opened.
 */
export function walk(task: Task, decisions: Decisions): Walked {
  const known = new Map<string, Step>();
  const buckets: Step[][] = [];
  let opened = 0;
  const stepOf = (tuple: JointNode[]): Step => {
    task.settle(tuple);
    let position = Infinity;
    for (const node of tuple) {
      const place = node < 2 ? -1 : decisions.position(node);
      if (place >= 0 && place < position) position = place;
    }
    const key = tuple.join(' ');
    const found = known.get(key);
    if (found) return found;
    const leaf = position === Infinity;
    const step: Step = { tuple, position, node: leaf ? task.leaf(tuple) : -1, children: null, mass: 0, pass: -1 };
    known.set(key, step);
    return step;
  };
  const open = (step: Step): Step[] => {
    opened++;
    const event = decisions.eventAt(step.position);
    const states = decisions.weights(event).length;
    const asks = step.tuple.map((node) => node > 1 && decisions.position(node) === step.position);
    const children: Step[] = [];
    let before: JointNode[] | null = null;
    for (let state = 0; state < states; state++) {
      const next = step.tuple.map((node, i) => (asks[i] ? decisions.child(node, state) : node));
      if (before && next.every((node, i) => node === before![i])) children.push(children[state - 1]!);
      else children.push(stepOf(next.slice()));
      before = next;
    }
    return children;
  };
  const root = stepOf([...task.roots]);
  if (root.node >= 0) return { node: root.node, bound: 0 };

  let pass = 0;
  let seen: Step[] = [];
  let rest = 0;
  for (let threshold = 1e-10; ; threshold /= 10, pass++) {
    let reached = 0;
    rest = 0;
    seen = [];
    buckets.length = 0;
    const add = (step: Step, mass: number): void => {
      if (step.node >= 0 && step.position === Infinity) {
        reached += mass * decisions.value(step.node);
        return;
      }
      if (step.pass !== pass) {
        step.pass = pass;
        step.mass = 0;
        (buckets[step.position] ??= []).push(step);
      }
      step.mass += mass;
    };
    add(root, 1);
    for (let position = root.position; position < buckets.length; position++) {
      for (const step of buckets[position] ?? []) {
        if (!step.children && (step.mass < threshold || opened >= mostSteps)) {
          rest += step.mass;
          continue;
        }
        step.children ??= open(step);
        seen.push(step);
        const weights = decisions.weights(decisions.eventAt(position));
        for (let state = 0; state < step.children.length; state++) add(step.children[state]!, step.mass * weights[state]!);
      }
    }
    if (rest <= fine * reached || (opened > manySteps && rest <= coarse * reached) || opened >= mostSteps || threshold < 1e-40) break;
  }
  // Deeper steps first, so that children have their nodes.
  for (let i = seen.length - 1; i >= 0; i--) {
    const step = seen[i]!;
    step.node = task.decision(
      decisions.eventAt(step.position),
      step.children!.map((child) => (child.node < 0 ? 1 : child.node)),
    );
  }
  return { node: root.node, bound: rest };
}
