import type { Topology } from '../../lib/topology/topology';
import { component, flow, lasting, pool, topology, unit, unitCauses, zoneCauses } from '../random-topologies/build';
import { exactFlows } from './exact';

const year = 365 * 86_400;
const hour = 3600;
const region = { name: 'r', cidr: '10.0.0.0/16', nat: 'per-zone' } as const;

const only = (built: Topology) => exactFlows(built)[0]!;

/** Starts per second of a cause of λ a year. */
const starts = (perYear: number, mean: number): number => perYear / year / (1 + (perYear / year) * mean);

test('units of a zone that is out move, unless there is no capacity or no control plane', () => {
  const units = ['a', 'b'].map((zone) => unit('web', zone));
  const web = component('web', { units, groups: [pool(units, 2, { time: 300, spare: 0.9, needs: 'control-plane' })] });
  const outage = zoneCauses(['a'], 1, lasting(2 * hour, 'fixed'));
  const { unavailability } = only(topology([web], [flow('f', ['web'])], outage, { controlPlaneWithZone: 0.2 }));
  const moves = 0.9 * 0.8;
  expect(unavailability! / (starts(1, 2 * hour) * (moves * 300 + (1 - moves) * 2 * hour))).toBeCloseTo(1, 9);
});

test('a unit that fails gets its share of requests until it is noticed', () => {
  const units = ['a', 'b'].map((zone) => unit('web', zone));
  const causes = unitCauses(units.slice(0, 1), 2, lasting(hour, 'fixed'));
  const web = component('web', { units, causes, groups: [pool(units, 1)], balanced: { group: 'targets', detection: 30, loadInUnits: 1 } });
  const { requestFailure } = only(topology([web], [flow('f', ['web'])]));
  expect(requestFailure! / (starts(2, hour) * 30 * 0.5)).toBeCloseTo(1, 9);
});

test('a unit goes to the zone in which fewest live, so a later outage there takes one unit and not two', () => {
  const units = [unit('web', 'a'), unit('web', 'b'), unit('web', null)];
  const place = { outcomes: ['c', 'd'].map((zone) => ({ zones: { [units[2]!.address]: zone }, primary: null })) };
  const web = component('web', { units, groups: [pool(units, 2, { time: 300, spare: 1, needs: 'data-plane' }, { place })] });
  const outages = zoneCauses(['a', 'b', 'c', 'd'], 1e-3, lasting(2 * hour, 'fixed'));
  const { unavailability } = only(
    topology([web], [flow('f', ['web'])], outages, { regions: [{ ...region, zones: ['a', 'b', 'c', 'd'] }] }),
  );
  // Two of the three zones in which units live go out within five minutes.
  const young = starts(1e-3, 2 * hour) * 300;
  expect(unavailability! / (3 * young ** 2)).toBeCloseTo(1, 3);
});

test('units whose only zone is out have nowhere to go', () => {
  const units = [unit('web', 'a', 0), unit('web', 'a', 1)];
  const web = component('web', { units, groups: [pool(units, 1, { time: 300, spare: 1, needs: 'data-plane' })] });
  const { unavailability } = only(topology([web], [flow('f', ['web'])], zoneCauses(['a'], 1, lasting(2 * hour, 'fixed'))));
  expect(unavailability! / (starts(1, 2 * hour) * 2 * hour)).toBeCloseTo(1, 9);
});
