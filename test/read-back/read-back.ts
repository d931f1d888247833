import { componentsIn } from '../../lib/drift/components';
import { fromSynthesized, type Resources } from '../../lib/resources/resources';
import type { Behaviour } from '../../lib/topology/behaviour';
import type { Plain } from '../../lib/topology/plain';
import type { Topology } from '../../lib/topology/topology';
import { topologyOf } from '../specs';
import type { StackJson } from '../terraform/stack-json';

/** A unit as text: its address and where it lies. */
type Units = readonly string[];

/** Settings that stand in no resource: how many are needed is a promise of the spec, not something that AWS is told. */
const onlySaid: Readonly<Record<string, readonly string[]>> = { database: ['replicasNeeded'] };

/** What the model says of each component. */
export interface Side {
  readonly units: Readonly<Record<string, Units>>;
  /** How each behaves, as the estimate takes it. */
  readonly behaviour: Readonly<Record<string, unknown>>;
}

export function modelOf({ components, regions }: Topology): Side {
  const zonesOf = (region: string) => regions.find(({ name }) => name === region)!.zones;
  return {
    units: Object.fromEntries(
      components.map(({ name, region, behaviour }) => [
        name,
        behaviour.units.map(({ address, zone }) => textOf(address, zone === null ? zonesOf(region) : [zone])).sort(),
      ]),
    ),
    behaviour: Object.fromEntries(components.map(({ name, behaviour }) => [name, deployed(behaviour)])),
  };
}

/** A load stands in no resource. How many units it needs does. */
function deployed(behaviour: Behaviour): Behaviour {
  const { balanced } = behaviour;
  return balanced === null ? behaviour : { ...behaviour, balanced: { ...balanced, loadInUnits: Math.ceil(balanced.loadInUnits) } };
}

/** What the resources alone say: what was read back is resolved again in place of what was written. */
export function foundIn(json: StackJson, topology: Topology): Side {
  return foundAmong(fromSynthesized(json as Parameters<typeof fromSynthesized>[0]), topology);
}

/** The same of resources from anywhere. */
export function foundAmong(resources: Resources, topology: Topology): Side {
  const found = [...componentsIn(resources, topology).values()];
  const written = topology.settings.components as Readonly<Record<string, Plain>>;
  const components = Object.fromEntries(
    Object.entries(written).map(([name, { kind, dependsOn, assumptions, ...own }]) => {
      const read = found.find((component) => component.name === name && component.kind === kind);
      // What leaves no resource, an external service, can only be taken as it is written.
      const settings = read
        ? (read.settings as Plain)
        : topology.components.find((it) => it.name === name)!.behaviour.units.length > 0
          ? {}
          : own;
      const said = Object.fromEntries(Object.entries(own).filter(([key]) => onlySaid[String(kind)]?.includes(key)));
      return [name, { kind: kind!, ...said, ...settings, ...(dependsOn ? { dependsOn } : {}), ...(assumptions ? { assumptions } : {}) }];
    }),
  );
  const again = topologyOf({ ...topology.settings, components } as Plain);
  return {
    units: Object.fromEntries(
      topology.components.map(({ name }) => [
        name,
        (found.find((component) => component.name === name)?.units ?? []).map(({ address, zones }) => textOf(address, zones)).sort(),
      ]),
    ),
    behaviour: modelOf(again).behaviour,
  };
}

function textOf(address: string, zones: readonly string[]): string {
  return zones.length === 1 ? `${address} in ${zones[0]}` : `${address} in one of ${zones.join(', ')}`;
}
