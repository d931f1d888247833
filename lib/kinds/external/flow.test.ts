import { estimate } from '../../estimate/estimate';
import { resolve } from '../../resolve/resolve';
import type { Plain } from '../../topology/plain';
import { secondsPerYear } from '../../units/duration';
import { any, perYear, present } from '../../../test/by-hand';

const hour = 3600;
const region = present(0.1, 4 * hour);
const zone = present(0.2, 3 * hour);
const gateway = present(0.1, hour);
const change = present(50 * 0.02, 900 + 1800);
const bank = 5e-4;
const addresses = present(6, 2 * hour);

function topologyOf(stated: Plain = { availability: '99.95%', meanOutage: '20m' }) {
  const machine = { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7i.large', count: 1 };
  const never = { value: 0, reason: 'left out of the calculation by hand' };
  const source = 'Contract, 2026-03-01';
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'till',
    regions: { 'eu-central-1': { zones: ['eu-central-1a'], cidr: '10.0.0.0/16' } },
    components: {
      sales: { ...machine, dependsOn: ['bank', { on: 'addresses', without: 'degraded' }] },
      bank: { kind: 'external', ...stated, source },
      addresses: { kind: 'external', failuresPerYear: 6, meanOutage: '2h', source },
    },
    flows: { authorize: { requires: ['bank'] }, sell: { requires: ['sales'] } },
    assumptions: { 'controlPlane.outagesPerYear': never, 'controlPlane.outWithZone': never, 'instances.failuresPerYear': never },
  });
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

test('what needs it is down as often and as long as it states', () => {
  const [authorize] = estimate(topologyOf(), { samples: 2 }).results;
  const outages = perYear(0.1, 4 * hour) * (1 - bank) + ((bank * secondsPerYear) / 1200) * (1 - region);
  expect(authorize!.unavailability / any(region, bank)).toBeCloseTo(1, 9);
  expect(authorize!.outagesPerYear.value! / outages).toBeCloseTo(1, 9);
});

test('who calls it is down without it, and degraded without what it can do without', () => {
  const [, sell] = estimate(topologyOf(), { samples: 2 }).results;
  const down = any(region, bank, zone, gateway, change);
  expect(sell!.unavailability / down).toBeCloseTo(1, 9);
  expect(sell!.states.degraded / ((1 - down) * addresses)).toBeCloseTo(1, 9);
});

test('without a stated length nobody knows how often, and the reason is given', () => {
  const [authorize] = estimate(topologyOf({ availability: '99.95%' }), { samples: 2 }).results;
  expect(authorize!.unavailability / any(region, bank)).toBeCloseTo(1, 9);
  expect(authorize!.outagesPerYear).toEqual({ value: null, because: expect.stringContaining('external/bank') });
});
