import type { Behaviour } from '../../topology/behaviour';
import { worstDetection } from '../../topology/detection';
import type { Kind, KindContext } from '../../topology/kind';
import { assumptions } from './assumptions';
import { check } from './check';
import { owns } from './owns';
import { schema, settings, type DnsSettings } from './settings';

/** A service of many places: nothing of ours to count, one cause for all of it. */
function describe({ healthCheck, routing, record, ttl }: DnsSettings, { name }: KindContext): Behaviour {
  return {
    units: [],
    causes: [
      {
        address: `service/${name}`,
        scope: 'service',
        occurrence: {
          unavailability: { assumption: 'dns.serviceUnavailability' },
          length: { distribution: 'exponential', mean: { assumption: 'dns.serviceOutage' }, sigma: null },
        },
        hits: { component: name },
        caught: null,
      },
    ],
    groups: [],
    balanced: null,
    notModelled: [
      `${name}: changes of records while the control plane of Route 53 is out; answers that callers keep longer than their TTL; the registrar of the domain`,
      ...(routing === 'simple' ? [] : [`${name}: ${routing} routing, which in one region has nothing to choose from`]),
      ...(record === 'cname' ? [`${name}: a cname at the top of a hosted zone, which Route 53 refuses`] : []),
    ],
    redirect: { detectionSeconds: healthCheck ? worstDetection(healthCheck) : 0, ttlSeconds: ttl },
  };
}

/** The name by which users find the balancer. */
export const kind: Kind<DnsSettings> = {
  name: 'dns',
  summary: 'The name that users call: a Route 53 record that leads to a balancer, with health check and routing between regions',
  schema,
  mayDependOn: ['load-balancer'],
  reach: 'global',
  assumptions,
  owns,
  settings,
  check,
  offers: () => ({}),
  describe,
};
