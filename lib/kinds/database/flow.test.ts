import { estimate } from '../../estimate/estimate';
import { byHand, either, expectClose, exponential, lognormal, type Hand } from '../../../test/by-hand';
import { chanceEarlier } from '../../estimate/earlier';
import { secondsPerYear } from '../../units/duration';
import type { Length } from '../../engine/length';
import { settingsIn, topologyOf } from '../../../test/specs';

const topology = topologyOf(settingsIn('lib/kinds/database/example.yaml'));
const { results } = estimate(topology, { samples: 10 });
const flow = (name: string) => results.find((result) => result.flow.name === name)!;

const { hand, value } = byHand(topology);
const region = hand('region.outagesPerYear', 'region.meanOutage', lognormal);
const zone = hand('zone.outagesPerYear', 'zone.meanOutage', lognormal);
const present = (cause: Hand) => cause.younger(Infinity);

test('a single instance is down with its region, its zone, wherever that is, or itself', () => {
  const node = hand('database.nodeFailuresPerYear', 'database.singleRecovery', exponential);
  const causes = [region, zone, node];
  const { unavailability, outagesPerYear, requestFailure, states } = flow('look-up');
  const down = causes.map(present).reduce(either);
  expectClose(unavailability, down);
  expectClose(requestFailure, down);
  expect(states.degraded).toBe(0);
  // Each starts an outage while neither of the others is present.
  const others = (cause: Hand) => causes.filter((other) => other !== cause).reduce((up, other) => up * (1 - present(other)), 1);
  expectClose(
    outagesPerYear.value,
    causes.reduce((sum, cause) => sum + cause.starts * others(cause), 0),
  );
});

test('a pair is down while it switches over, until a person does it where that fails, and while both are out or behind', () => {
  const node = hand('database.nodeFailuresPerYear', 'database.nodeRepair', exponential);
  const switchOver = value('database.multiAzInstanceSwitchOver') + value('database.clientsReconnect');
  const fails = 1 - value('database.switchOverWorks');
  // Down by a cause of the primary's node or zone while the standby is there.
  const downBy = (cause: Hand) =>
    cause.younger(switchOver) + fails * (cause.younger(value('database.operatorSwitchOver')) - cause.younger(switchOver));
  const withStandby = either(downBy(zone), downBy(node));
  const hit = either(present(zone), present(node));

  // A zone that is back leaves its node behind, which matters to what went out after it and is out still.
  const tail = value('database.standbyResync');
  const after = (zone.starts * tail) / secondsPerYear;
  const behind = after * (1 - present(node));
  const zoneLength: Length = { distribution: 'lognormal', mean: value('zone.meanOutage'), sigma: 1 };
  const lost = (cause: Hand) =>
    chanceEarlier(zoneLength, tail, cause === zone ? zoneLength : { distribution: 'exponential', mean: value('database.nodeRepair') });
  const overtaken = either(present(zone) * lost(zone), present(node) * lost(node));
  const lostOrYoung = (cause: Hand) => lost(cause) * present(cause) + (1 - lost(cause)) * downBy(cause);
  const pair = hit * hit + behind * overtaken + behind * either(lostOrYoung(zone), lostOrYoung(node)) + (1 - hit - behind) * withStandby;

  const { unavailability, outagesPerYear, states } = flow('balance');
  expectClose(unavailability, either(present(region), pair));

  // Of the primary's node or zone, what starts is an outage at once; of the standby's, it is one where the primary is out and was switched over, or is
  // behind. What starts now is last.
  const whole = 1 - hit - behind;
  const primaryZone = zone.starts * (1 - (hit + behind) * present(node) - whole * downBy(node));
  const primaryNode = node.starts * (1 - hit * (present(zone) + after) - behind * present(zone) - whole * downBy(zone));
  const standbyZone = zone.starts * (1 - present(node)) * (hit + behind - withStandby);
  const standbyNode = node.starts * ((1 - present(zone) - after) * (hit + behind - withStandby) + after * behind);
  const starts = primaryZone + primaryNode + standbyZone + standbyNode;
  expectClose(outagesPerYear.value, region.starts * (1 - pair) + (1 - present(region)) * starts);

  // The read replica lies in the first zone. It takes up to degraded, never down.
  expect(states.degraded).toBeGreaterThan(0);
  expectClose(states.down, unavailability);
});
