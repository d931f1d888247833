import type { Cause, Length } from '../topology/behaviour';
import type { Quantity } from '../topology/quantity';
import type { Region } from '../topology/topology';

/** Few long outages carry most of the downtime: the longest of the events that we know of lasts some ten times as long as the shortest. */
const sigma = 1;

function long(assumption: string): Length {
  return { distribution: 'lognormal', mean: { assumption }, sigma };
}

/** Chance that the outage of a zone or region takes its control plane along. */
export const controlPlaneWithZone: Quantity = { assumption: 'controlPlane.outWithZone' };

/** What can happen to a region, its zones, its network and its control plane. */
export function causesOf(region: Region): Cause[] {
  return [regionOutage(region), ...zoneOutages(region), ...natOutages(region), controlPlaneOutage(region)];
}

function regionOutage({ name }: Region): Cause {
  return {
    address: `region/${name}`,
    scope: 'region',
    occurrence: { perYear: { assumption: 'region.outagesPerYear' }, length: long('region.meanOutage') },
    hits: { region: name },
    caught: null,
  };
}

function zoneOutages({ name, zones }: Region): Cause[] {
  return zones.map((zone) => ({
    address: `zone/${name}/${zone}`,
    scope: 'zone',
    occurrence: { perYear: { assumption: 'zone.outagesPerYear' }, length: long('zone.meanOutage') },
    hits: { zone },
    caught: null,
  }));
}

function natOutages({ name, zones, nat }: Region): Cause[] {
  // A shared gateway stands in the first zone of the spec; the network's construct puts it there.
  const gateways =
    nat === 'per-zone' ? zones.map((zone) => ({ zone, serves: [zone] })) : zones.slice(0, 1).map((zone) => ({ zone, serves: zones }));
  return gateways.map(({ zone, serves }) => ({
    address: `network/${name}/nat/${zone}`,
    scope: 'network',
    occurrence: {
      perYear: { assumption: 'nat.outagesPerYear' },
      length: { distribution: 'exponential', mean: { assumption: 'nat.meanOutage' }, sigma: null },
    },
    hits: { outboundOf: serves, livesIn: zone },
    caught: null,
  }));
}

function controlPlaneOutage({ name }: Region): Cause {
  return {
    address: `control-plane/${name}`,
    scope: 'control-plane',
    occurrence: { perYear: { assumption: 'controlPlane.outagesPerYear' }, length: long('controlPlane.meanOutage') },
    hits: { controlPlaneOf: name },
    caught: null,
  };
}
