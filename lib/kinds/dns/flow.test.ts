import { estimate } from '../../estimate/estimate';
import { resolve } from '../../resolve/resolve';
import { secondsPerYear } from '../../units/duration';
import { any, perYear, present } from '../../../test/by-hand';

const hour = 3600;
const never = { value: 0, reason: 'left out of the calculation by hand' };

/** A name before a balancer and instances that fail with their zones alone; all other causes are left out, so that it fits on a page. */
function topology() {
  const spec = {
    version: 1,
    name: 'shop',
    regions: { 'eu-central-1': { zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16' } },
    components: {
      edge: { kind: 'dns', domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ', dependsOn: ['front'] },
      front: { kind: 'load-balancer', certificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/1', dependsOn: ['web'] },
      web: {
        kind: 'instances',
        image: 'ami-0123456789abcdef0',
        type: 'm7i.large',
        port: 8080,
        count: 2,
        needs: 1,
        distribution: 'balanced-only',
      },
    },
    flows: { visit: { requires: ['edge'] } },
    assumptions: {
      'controlPlane.outagesPerYear': never,
      'controlPlane.outWithZone': never,
      'instances.failuresPerYear': never,
      'instances.changeFailureShare': never,
    },
  };
  const { topology: found, diagnostics } = resolve(spec);
  if (!found) throw new Error(JSON.stringify(diagnostics));
  return found;
}

test('a name adds its own service to what it leads to', () => {
  const region = present(0.1, 4 * hour);
  const zone = present(0.2, 3 * hour);
  const [answers, balancer] = [1e-6, 2e-5];
  const [answersLength, balancerLength] = [1800, 2400];
  const both = zone * zone;
  const outages =
    perYear(0.1, 4 * hour) * (1 - any(answers, balancer, both)) +
    ((answers * secondsPerYear) / answersLength) * (1 - any(region, balancer, both)) +
    ((balancer * secondsPerYear) / balancerLength) * (1 - any(region, answers, both)) +
    2 * perYear(0.2, 3 * hour) * zone * (1 - any(region, answers, balancer));
  const [visit] = estimate(topology(), { samples: 2 }).results;
  expect(visit!.unavailability / any(region, answers, balancer, both)).toBeCloseTo(1, 9);
  expect(visit!.outagesPerYear.value! / outages).toBeCloseTo(1, 9);
});
