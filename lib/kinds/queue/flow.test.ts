import { estimate } from '../../estimate/estimate';
import { resolve } from '../../resolve/resolve';
import { secondsPerYear } from '../../units/duration';
import { any, perYear, present } from '../../../test/by-hand';

const hour = 3600;
const region = present(0.1, 4 * hour);
const zone = present(0.2, 3 * hour);
const gateway = present(0.1, hour);
const change = present(50 * 0.02, 900 + 1800);
const service = 5e-5;

function topologyOf() {
  const machine = { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7i.large', count: 1 };
  const never = { value: 0, reason: 'left out of the calculation by hand' };
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'pictures',
    regions: { 'eu-central-1': { zones: ['eu-central-1a'], cidr: '10.0.0.0/16' } },
    components: { jobs: { kind: 'queue' }, resizer: { ...machine, dependsOn: ['jobs'] } },
    flows: { upload: { requires: ['jobs'] }, resize: { requires: ['resizer'] } },
    assumptions: { 'controlPlane.outagesPerYear': never, 'controlPlane.outWithZone': never, 'instances.failuresPerYear': never },
  });
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

test('what needs the queue is down with its service and with its region', () => {
  const [upload] = estimate(topologyOf(), { samples: 2 }).results;
  const outages = perYear(0.1, 4 * hour) * (1 - service) + ((service * secondsPerYear) / (1.5 * hour)) * (1 - region);
  expect(upload!.unavailability / any(region, service)).toBeCloseTo(1, 9);
  expect(upload!.outagesPerYear.value! / outages).toBeCloseTo(1, 9);
});

test('who calls the queue is cut off from it by the NAT gateway of its zone', () => {
  const [, resize] = estimate(topologyOf(), { samples: 2 }).results;
  expect(resize!.unavailability / any(region, service, zone, gateway, change)).toBeCloseTo(1, 9);
});
