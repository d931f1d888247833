import { closure } from '../resolve/graph';
import { usedBy } from '../resolve/used-assumptions';
import type { Topology } from '../topology/topology';

/**
 * The part of a topology that one flow hangs on, in one order: what it does not contain cannot change a digit of the flow's numbers. Two versions of a
 * topology in which it is the same have the same numbers to the last bit.
 */
export function partOfFlow(topology: Topology, name: string): Topology {
  const flow = topology.flows.find((candidate) => candidate.name === name);
  if (!flow) throw new RangeError(`${topology.name} has no flow ${name}`);
  const graph = new Map(topology.components.map(({ name, dependsOn }) => [name, dependsOn.map(({ on }) => on)]));
  const reached = closure(graph, [...flow.requires, ...flow.atomic]);
  const components = topology.components.filter((component) => reached.has(component.name));
  const assumptions = usedBy(
    topology.causes,
    components.map(({ behaviour }) => behaviour),
    [topology.controlPlaneWithZone, flow.inDoubt],
    new Map(topology.assumptions.map((assumption) => [assumption.name, assumption])),
  );
  return { ...topology, components, flows: [flow], assumptions };
}

/**
 * The part without which the flow is down; what it can do without only decides whether it is degraded. A transaction needs its participants whole, so
 * there it is all.
 */
export function neededPart(part: Topology): Topology {
  const [flow] = part.flows;
  if (!flow || flow.atomic.length > 0) return part;
  const hard = part.components.map((component) => ({
    ...component,
    dependsOn: component.dependsOn.filter(({ without }) => without === 'down'),
  }));
  return partOfFlow({ ...part, components: hard }, flow.name);
}

/** All that a flow's numbers hang on, as text: equal text, equal numbers. Without ranges and targets, which only the interval and the verdict need. */
export function keyOf({ assumptions, causes, components, controlPlaneWithZone, flows, regions }: Topology): string {
  return JSON.stringify([
    regions.map(({ name, zones }) => [name, zones]),
    components.map(({ name, region, dependsOn, behaviour, reach }) => [name, region, dependsOn, behaviour, reach]),
    flows.map(({ name, requires, atomic, inDoubt }) => [name, requires, atomic, inDoubt]),
    causes,
    controlPlaneWithZone,
    assumptions.map(({ name, value }) => [name, value]),
  ]);
}

/** The same with all that the interval and the verdict hang on. */
export function fullKeyOf(topology: Topology): string {
  const { assumptions, flows } = topology;
  return JSON.stringify([keyOf(topology), assumptions, flows.map(({ target }) => target)]);
}
