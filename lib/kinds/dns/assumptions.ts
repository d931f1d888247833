import type { Assumption } from '../../assumptions/assumption';

/** The numbers from outside on which the behaviour of names hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'dns.serviceUnavailability',
    unit: 'probability',
    value: 1e-6,
    range: [1e-7, 2e-5],
    basis: 'judgement',
    source:
      'Route 53 promises 100 % for the answers of its data plane (quoted in cloudonaut, 2019-01-31), a credit threshold from which no rate follows. No outage of the data plane is among the post-event summaries of 2011-2025; the control plane was out for 7 h on 2021-12-07. 1e-6 is half a minute a year.',
    date: '2026-11',
    covers: 'share of time in which names are not answered; the data plane only, changes of records are not counted',
  },
  {
    name: 'dns.serviceOutage',
    unit: 'seconds',
    value: 1800,
    range: [300, 14_400],
    basis: 'judgement',
    source: 'No outage to take a length from; most incidents of networks last 10-100 minutes (Govindan et al., SIGCOMM 2016).',
    date: '2026-11',
    covers: 'mean length of an outage in which names are not answered',
  },
];
