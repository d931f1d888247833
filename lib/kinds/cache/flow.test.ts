import { estimate } from '../../estimate/estimate';
import { byHand, either, expectClose, exponential, lognormal, type Hand } from '../../../test/by-hand';
import { settingsIn, topologyOf } from '../../../test/specs';

// Of three nodes, what is behind is worked out elsewhere: here replicas are current as soon as their zone is back.
const topology = topologyOf({
  ...settingsIn('lib/kinds/cache/example.yaml'),
  assumptions: { 'cache.replicaSync': { value: '0s', reason: 'worked out by hand' } },
});
const { results } = estimate(topology, { samples: 10 });
const flow = (name: string) => results.find((result) => result.flow.name === name)!;

const { hand, value } = byHand(topology);
const region = hand('region.outagesPerYear', 'region.meanOutage', lognormal);
const zone = hand('zone.outagesPerYear', 'zone.meanOutage', lognormal);
const node = hand('cache.nodeFailuresPerYear', 'cache.nodeRecreate', exponential);
const present = (cause: Hand) => cause.younger(Infinity);
const hit = either(present(zone), present(node));

const switchOver = value('cache.failureDetection') + value('cache.promotion') + value('cache.clientsReconnect');
const fails = 1 - value('cache.switchOverWorks');
/** Down by a cause of the primary's node or zone while a standby is there. */
const downBy = (cause: Hand) =>
  cause.younger(switchOver) + fails * (cause.younger(value('cache.operatorSwitchOver')) - cause.younger(switchOver));
const withStandby = either(downBy(zone), downBy(node));

test('a lone node is down with its region, its zone, wherever that is, or itself', () => {
  const { unavailability, outagesPerYear } = flow('draft');
  const causes = [region, zone, node];
  expectClose(unavailability, causes.map(present).reduce(either));
  const others = (cause: Hand) => causes.filter((other) => other !== cause).reduce((up, other) => up * (1 - present(other)), 1);
  expectClose(
    outagesPerYear.value,
    causes.reduce((sum, cause) => sum + cause.starts * others(cause), 0),
  );
});

test('a primary with two replicas is down while it switches over, until a person does it where that fails, and while all three are out', () => {
  const { unavailability, requestFailure, outagesPerYear, states } = flow('log-in');
  const alone = hit * hit;
  const group = hit * alone + withStandby * (1 - alone);
  expectClose(unavailability, either(present(region), group));
  expectClose(requestFailure, unavailability);
  expect(states.degraded).toBe(0);

  // Of the primary's node or zone, what starts is an outage at once; of a replica's, it is one where the other is out and the primary was switched over.
  const primary = (cause: Hand, other: Hand) => cause.starts * (alone * (1 - present(other)) + (1 - alone) * (1 - downBy(other)));
  const replica = (cause: Hand, other: Hand) => cause.starts * (1 - present(other)) * hit * (hit - withStandby);
  const starts = primary(zone, node) + primary(node, zone) + 2 * (replica(zone, node) + replica(node, zone));
  expectClose(outagesPerYear.value, region.starts * (1 - group) + (1 - present(region)) * starts);
});

test('users of a cluster see their own shard, which is a pair', () => {
  // Sessions and the shard share the region and the zones; beside that they are independent, so what both lose to one zone counts once.
  const pair = either(present(region), hit * hit + withStandby * (1 - hit));
  const { unavailability, users } = flow('browse');
  const sessions = flow('log-in').unavailability;
  expect(unavailability).toBeGreaterThan(Math.max(pair, sessions));
  expect(unavailability).toBeLessThan(pair + sessions - present(region));
  // Beside sessions, which everyone needs, someone is hit in each of three shards, less what zones take at once, and everyone hardly ever.
  expect(users!.anyUser.unavailability).toBeGreaterThan(sessions + 2 * (unavailability - sessions));
  expect(users!.anyUser.unavailability).toBeLessThan(sessions + 3 * (unavailability - sessions));
  expect(users!.allUsers.unavailability).toBeGreaterThan(sessions);
  expect(users!.allUsers.unavailability).toBeLessThan(sessions + 0.1 * (unavailability - sessions));
});
