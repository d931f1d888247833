import { estimate } from '../../estimate/estimate';
import { byHand, either, expectClose, exponential, lognormal, type Hand } from '../../../test/by-hand';
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

test('a pair is down while it switches over, until a person does it where that fails, and while both are out', () => {
  const node = hand('database.nodeFailuresPerYear', 'database.nodeRepair', exponential);
  const switchOver = value('database.multiAzInstanceSwitchOver') + value('database.clientsReconnect');
  const fails = 1 - value('database.switchOverWorks');
  // Down by a cause of the primary's node or zone while the standby is there.
  const downBy = (cause: Hand) =>
    cause.younger(switchOver) + fails * (cause.younger(value('database.operatorSwitchOver')) - cause.younger(switchOver));
  const withStandby = either(downBy(zone), downBy(node));
  const hit = either(present(zone), present(node));
  const pair = hit * hit + (1 - hit) * withStandby;

  const { unavailability, outagesPerYear, states } = flow('balance');
  expectClose(unavailability, either(present(region), pair));

  // Of the primary's node or zone, what starts is an outage at once; of the standby's, it is one where the primary is out and was switched over.
  const primary = (cause: Hand, other: Hand) => cause.starts * (hit * (1 - present(other)) + (1 - hit) * (1 - downBy(other)));
  const standby = (cause: Hand, other: Hand) => cause.starts * (1 - present(other)) * (hit - withStandby);
  const starts = primary(zone, node) + primary(node, zone) + standby(zone, node) + standby(node, zone);
  expectClose(outagesPerYear.value, region.starts * (1 - pair) + (1 - present(region)) * starts);

  // The read replica lies in the first zone. It takes up to degraded, never down.
  expect(states.degraded).toBeGreaterThan(0);
  expectClose(states.down, unavailability);
});
