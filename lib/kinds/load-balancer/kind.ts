import type { Behaviour } from '../../topology/behaviour';
import type { Kind, KindContext } from '../../topology/kind';
import { spread } from '../../topology/place';
import { assumptions } from './assumptions';
import { check } from './check';
import { owns } from './owns';
import { schema, settings, type LoadBalancerSettings } from './settings';

/**
 * A node in each zone, any of which can serve everybody: the service scales them. What takes all of them at once is one cause, described by the
 * published promise; the nodes therefore fail with their zones alone.
 */
function describe({ crossZone }: LoadBalancerSettings, { name, region }: KindContext): Behaviour {
  const units = spread(name, region.zones.length, region.zones);
  return {
    units,
    causes: [
      {
        address: `service/${name}`,
        scope: 'service',
        occurrence: {
          unavailability: { assumption: 'load-balancer.serviceUnavailability' },
          length: { distribution: 'exponential', mean: { assumption: 'load-balancer.serviceOutage' }, sigma: null },
        },
        hits: { component: name },
        caught: null,
      },
    ],
    groups: [
      {
        name: 'nodes',
        form: 'pool',
        units: units.map((unit) => unit.address),
        shard: null,
        without: 'down',
        place: null,
        needs: 1,
        replacement: null,
      },
    ],
    balanced: { group: 'nodes', detection: { assumption: 'load-balancer.zoneLeavesDns' }, loadInUnits: 1 },
    notModelled: [
      `${name}: a balancer whose targets all fail their checks sends requests to all of them; counted as down`,
      ...(crossZone
        ? []
        : [`${name}: without crossZone a zone with fewer targets gives each of them more requests; counted as spread evenly`]),
    ],
  };
}

/** Spreads requests over the instances behind it, from every zone. */
export const kind: Kind<LoadBalancerSettings> = {
  name: 'load-balancer',
  summary: 'Spreads requests over healthy targets in all zones: application (HTTP) or network (TLS, TCP)',
  schema,
  mayDependOn: ['instances'],
  reach: 'inside',
  assumptions,
  owns,
  settings,
  check,
  offers: ({ port, type, scheme, healthCheck }) => ({
    port,
    protocol: type === 'application' ? 'http' : 'tcp',
    internal: scheme === 'internal',
    balances: { healthCheck },
  }),
  describe,
};
