import type { Assumption } from '../../assumptions/assumption';

const date = '2026-11';

/** Numbers from outside on which the availability of a queue hangs. */
export const assumptions: readonly Assumption[] = [
  {
    name: 'queue.unavailability',
    unit: 'probability',
    value: 5e-5,
    range: [5e-6, 1e-3],
    basis: 'sla',
    source:
      'Pessimistic end: 99.9 % of the Amazon Messaging (SQS, SNS) Service Level Agreement, as collected in mikaelvesavuori/cloud-sla, data/aws.json, commit ' +
      '7358b4e (2022-04-24). It is a credit threshold and no measurement; the value, 26 minutes a year, is judged, and so is the optimistic end.',
    date: '2022-04-24',
    covers: "the queue service's own outages in a region, which are no outage of the region as a whole",
  },
  {
    name: 'queue.meanOutage',
    unit: 'seconds',
    value: 5_400,
    range: [900, 28_800],
    basis: 'judgement',
    source:
      "Post-event summaries of the cloud's regional services tell of 3 h 48 min (2023-06-13) to 17 h (2020-11-25); only the long ones are published, so the " +
      'mean lies below them.',
    date,
    covers: "mean length of the queue service's outages",
  },
];
