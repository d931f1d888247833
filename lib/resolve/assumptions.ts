import type { Assumption } from '../assumptions/assumption';

const hour = 3600;

/** Why rates of outages of zones and regions are judged and not counted. */
const unpublished =
  'Judgement. No operator publishes how often a zone or region fails, and the post-event summaries (https://aws.amazon.com/premiumsupport/technology/pes/) ' +
  'are no complete list, so that no frequency can be derived from them.';

/** Numbers that belong to regions, zones, networks and flows rather than to a kind of component. */
export const regionAssumptions: readonly Assumption[] = [
  {
    name: 'zone.outagesPerYear',
    unit: 'per year',
    value: 0.2,
    range: [0.05, 0.8],
    basis: 'judgement',
    source: `${unpublished} Eight summaries or reports of 2011–2021 concern a single zone of some region.`,
    date: '2026-11',
    covers: 'outages of a whole availability zone, from whatever reason: all its units, of every component, at once',
  },
  {
    name: 'zone.meanOutage',
    unit: 'seconds',
    value: 3 * hour,
    range: [1 * hour, 10 * hour],
    basis: 'judgement',
    source:
      'Judgement from single-zone events: us-east-1 on 2012-06-14 1 h 53 min until most was back; ap-northeast-1 on 2019-08-23 about 6 h ' +
      '(https://aws.amazon.com/message/56489/); us-east-1 in April 2011 days for the last volumes (https://aws.amazon.com/message/65648/).',
    date: '2026-11',
    covers: 'mean length of the outage of an availability zone',
  },
  {
    name: 'region.outagesPerYear',
    unit: 'per year',
    value: 0.1,
    range: [0.02, 0.5],
    basis: 'judgement',
    source: `${unpublished} Eight summaries of 2012–2025 concern the whole of us-east-1, almost none another region.`,
    date: '2026-11',
    covers: 'outages that take what runs in all zones of a region, not those of its control plane alone',
  },
  {
    name: 'region.meanOutage',
    unit: 'seconds',
    value: 4 * hour,
    range: [1.5 * hour, 12 * hour],
    basis: 'judgement',
    source:
      'Judgement from regional events of us-east-1: 2017-02-28 4 h 17 min (https://aws.amazon.com/message/41926/), 2021-12-07 6 h 52 min ' +
      '(https://aws.amazon.com/message/12721/), 2023-06-13 3 h 48 min (https://aws.amazon.com/message/061323/), 2025-10-20 14 h 32 min in all, of which ' +
      'DynamoDB 2 h 52 min (https://aws.amazon.com/message/101925/).',
    date: '2025-10',
    covers: 'mean length of the outage of a region',
  },
  {
    name: 'controlPlane.outagesPerYear',
    unit: 'per year',
    value: 0.5,
    range: [0.1, 2],
    basis: 'judgement',
    source:
      'Judgement. Regional events hit the ability to launch more often than what runs: on 2025-10-20 launching instances in us-east-1 failed for 8 h 11 min ' +
      'while running ones went on (https://aws.amazon.com/message/101925/).',
    date: '2025-10',
    covers: "outages of a region's ability to launch, promote by API and change, while what runs goes on",
  },
  {
    name: 'controlPlane.meanOutage',
    unit: 'seconds',
    value: 3 * hour,
    range: [1 * hour, 8 * hour],
    basis: 'judgement',
    source: 'Judgement between an hour and the 8 h 11 min of 2025-10-20 in us-east-1 (https://aws.amazon.com/message/101925/).',
    date: '2025-10',
    covers: "mean length of an outage of a region's control plane",
  },
  {
    name: 'controlPlane.outWithZone',
    unit: 'probability',
    value: 0.1,
    range: [0.02, 0.4],
    basis: 'judgement',
    source:
      'Judgement. In April 2011 the outage of one zone of us-east-1 took the control plane of EBS for all zones along ' +
      '(https://aws.amazon.com/message/65648/); the control planes have been made independent of single zones since.',
    date: '2026-11',
    covers: "chance that the outage of a zone or region takes the region's control plane along",
  },
  {
    name: 'nat.outagesPerYear',
    unit: 'per year',
    value: 0.1,
    range: [0.02, 0.5],
    basis: 'judgement',
    source:
      'Judgement: a NAT gateway is redundant inside its zone (https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html); its agreed 99.9 % is a ' +
      'credit threshold and would be far more.',
    date: '2026-11',
    covers: 'outages of a NAT gateway while its zone works',
  },
  {
    name: 'nat.meanOutage',
    unit: 'seconds',
    value: 1 * hour,
    range: [hour / 4, 4 * hour],
    basis: 'judgement',
    source: 'Judgement: from a replaced host in minutes to an event of the network in hours.',
    date: '2026-11',
    covers: 'mean length of the outage of a NAT gateway',
  },
  {
    name: 'flow.inDoubt',
    unit: 'seconds',
    value: 60,
    range: [10, 600],
    basis: 'judgement',
    source:
      'Judgement: a coordinator must find out what became of the transactions that a switch-over has cut off, before new ones can be trusted.',
    date: '2026-11',
    covers: 'time after a switch-over of a participant until an atomic flow works again',
  },
];
