import type { Assumption } from '../../assumptions/assumption';

/** The numbers from outside on which the behaviour of balancers hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'load-balancer.serviceUnavailability',
    unit: 'probability',
    value: 2e-5,
    range: [2e-6, 1e-4],
    basis: 'sla',
    source:
      'https://aws.amazon.com/elasticloadbalancing/sla/: 99.99 % for a balancer in several zones. A credit threshold and no measurement, hence the pessimistic end of the range; the median and the other end are judgement.',
    date: '2022-07-25',
    covers: 'share of time in which the balancer as a service fails in all zones at once; not the outage of a zone, whose node is counted',
  },
  {
    name: 'load-balancer.serviceOutage',
    unit: 'seconds',
    value: 2400,
    range: [300, 14_400],
    basis: 'judgement',
    source:
      'No distribution is published. The longest known took 8 h 39 min (https://aws.amazon.com/message/101925, network balancers, 2025-10-20); most incidents of networks last 10-100 minutes (Govindan et al., SIGCOMM 2016).',
    date: '2026-11',
    covers: 'mean length of an outage of the balancer as a service',
  },
  {
    name: 'load-balancer.zoneLeavesDns',
    unit: 'seconds',
    value: 90,
    range: [45, 300],
    basis: 'judgement',
    source:
      "The balancer's own name has a TTL of 60 s (Route 53 developer guide, resource-record-sets-values-weighted.md line 49, commit b5a28eb, 2023-06-15), and the checks of its nodes come before it; clients that keep addresses longer are the upper end.",
    date: '2026-11',
    covers: 'from the outage of a zone until clients no longer call the node there',
  },
];
