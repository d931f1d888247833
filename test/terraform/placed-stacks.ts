import type { Topology } from '../../lib/topology/topology';
import { stacksOf } from '../synthesized';
import type { Stack } from './stack-json';

/** Stacks of topologies, named by place, since two may have one name. */
export function placedStacks(topologies: readonly Topology[]): Stack[] {
  return topologies.flatMap((topology, i) => stacksOf([topology]).map((stack) => ({ ...stack, name: `${stack.name}-${i}` })));
}

/** How many resources there are in all stacks. */
export function resourcesIn(stacks: readonly Stack[]): number {
  return stacks.flatMap(({ json }) => Object.values(json.resource ?? {}).flatMap((byName) => Object.keys(byName))).length;
}
