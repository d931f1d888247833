import { normalCumulative } from '../../engine/normal';
import { estimate } from '../../estimate/estimate';
import { settingsIn, topologyOf } from '../../../test/specs';

const topology = topologyOf(settingsIn('lib/kinds/cache/example.yaml'));
const { results } = estimate(topology, { samples: 10 });
const flow = (name: string) => results.find((result) => result.flow.name === name)!;

const value = (name: string) => topology.assumptions.find((assumption) => assumption.name === name)!.value;
const year = 365 * 86_400;

/** A cause: how often it starts in a calendar year, and the share of time in which it is present and younger than some age. */
interface Hand {
  readonly starts: number;
  readonly younger: (age: number) => number;
}

const hand = (perYear: string, meanLength: string, youngerPart: (mean: number, age: number) => number): Hand => {
  const mean = value(meanLength);
  const starts = value(perYear) / (1 + (value(perYear) * mean) / year);
  return { starts, younger: (age) => (starts * (age === Infinity ? mean : youngerPart(mean, age))) / year };
};

/** E[min(D, t)] of an exponential and of a lognormal length with σ = 1. */
const exponential = (mean: number, age: number) => mean * -Math.expm1(-age / mean);
const lognormal = (mean: number, age: number) => {
  const mu = Math.log(mean) - 0.5;
  return mean * normalCumulative(Math.log(age) - mu - 1) + age * normalCumulative(mu - Math.log(age));
};

const region = hand('region.outagesPerYear', 'region.meanOutage', lognormal);
const zone = hand('zone.outagesPerYear', 'zone.meanOutage', lognormal);
const node = hand('cache.nodeFailuresPerYear', 'cache.nodeRecreate', exponential);
const present = (cause: Hand) => cause.younger(Infinity);
const either = (a: number, b: number) => a + b - a * b;
const hit = either(present(zone), present(node));

const switchOver = value('cache.failureDetection') + value('cache.promotion') + value('cache.clientsReconnect');
const fails = 1 - value('cache.switchOverWorks');
/** Down by a cause of the primary's node or zone while a standby is there. */
const downBy = (cause: Hand) =>
  cause.younger(switchOver) + fails * (cause.younger(value('cache.operatorSwitchOver')) - cause.younger(switchOver));
const withStandby = either(downBy(zone), downBy(node));

const expectClose = (found: number | null, byHand: number) => expect(Math.abs(found! / byHand - 1)).toBeLessThan(1e-9);

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
  const { unavailability } = flow('browse');
  const sessions = flow('log-in').unavailability;
  expect(unavailability).toBeGreaterThan(Math.max(pair, sessions));
  expect(unavailability).toBeLessThan(pair + sessions - present(region));
});
