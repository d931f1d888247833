import type { Resources } from '../resources/resources';
import type { Plain, PlainValue } from '../topology/plain';
import type { Region, Topology } from '../topology/topology';
import type { ReadComponent } from './components';
import { plainOf, type Difference } from './difference';

/** Zones whose private subnets have no way out at all: no setting of a spec says that. */
export function zonesWithoutWayOut({ regions }: Topology, resources: Resources): string[] {
  return regions.flatMap((region) => zonesThere(region, resources).filter((zone) => natZoneOf(zone, resources) === undefined));
}

/** What was written, with what is there in place of each setting that differs, and nothing else changed. */
export function settingsAsFound(
  topology: Topology,
  differences: readonly Difference[],
  found: ReadonlyMap<string, ReadComponent>,
  resources: Resources,
): Plain {
  const changed = differences.flatMap(({ path }) => (path?.[0] === 'components' ? [path] : []));
  const written = topology.settings.components as Readonly<Record<string, Plain>>;
  const components = Object.fromEntries(
    Object.entries(written).map(([name, own]) => {
      const keys = new Set(changed.filter((path) => path[1] === name).map((path) => path[2]!));
      if (keys.size === 0) return [name, own];
      const there = found.get(name)!.settings;
      const kept = Object.entries(own).filter(([key]) => !keys.has(key));
      const read = [...keys].flatMap((key): [string, PlainValue][] => (there[key] === undefined ? [] : [[key, plainOf(there[key])!]]));
      return [name, Object.fromEntries([...kept, ...read])];
    }),
  );
  return { ...topology.settings, components, regions: regionsAsFound(topology, resources) };
}

function regionsAsFound({ regions, settings }: Topology, resources: Resources): Plain {
  const written = settings.regions as Readonly<Record<string, Plain>>;
  return Object.fromEntries(
    regions.map((region) => {
      const own = written[region.name]!;
      const zones = zonesThere(region, resources);
      const nat = natThere({ ...region, zones }, resources);
      return [region.name, { ...own, zones, ...(nat === region.nat ? {} : { nat }) }];
    }),
  );
}

/** Zones with a subnet of every tier: in one that lacks any, not every component can be. */
function zonesThere({ zones }: Region, resources: Resources): string[] {
  return zones.filter((zone) =>
    ['public', 'private', 'data'].every((tier) => resources.tryFind(`aws_subnet.${tier}-${zone}`)?.arguments.availability_zone === zone),
  );
}

/** A zone whose way out goes through another one hangs on that one. A spec says this of all zones and the first: never less than what hangs there. */
function natThere({ nat, zones }: Region, resources: Resources): Region['nat'] {
  const own = zones.every((zone) => natZoneOf(zone, resources) === zone);
  return own ? 'per-zone' : nat === 'per-zone' ? 'shared' : nat;
}

/** The zone of the NAT gateway through which the private subnet of a zone gets out. */
function natZoneOf(zone: string, resources: Resources): unknown {
  const route = resources.tryFind(`aws_route.private-${zone}`);
  const gateway = resources.tryFollow(route?.arguments.nat_gateway_id, 'aws_nat_gateway');
  return resources.tryFollow(gateway?.arguments.subnet_id, 'aws_subnet')?.arguments.availability_zone;
}
