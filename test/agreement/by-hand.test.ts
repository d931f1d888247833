import type { Topology } from '../../lib/topology/topology';
import { component, flow, lasting, pool, topology, unit, unitCauses, zoneCauses } from '../random-topologies/build';
import { exactFlows } from './exact';

const year = 365 * 86_400;
const hour = 3600;

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
