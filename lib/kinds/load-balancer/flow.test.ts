import { incompleteGamma } from '../../engine/special-functions';
import { estimate } from '../../estimate/estimate';
import { resolve } from '../../resolve/resolve';
import { secondsPerYear } from '../../units/duration';
import { perYear, present } from '../../../test/by-hand';

/*
 * A balancer over two zones before two instances that fail with their zones alone, worked out by hand from the numbers of assumptions.ts and of the
 * region. What fails otherwise is left out, so that it fits on a page.
 */

const hour = 3600;
const never = { value: 0, reason: 'left out of the calculation by hand' };

function topology() {
  const spec = {
    version: 1,
    name: 'shop',
    regions: { 'eu-central-1': { zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16' } },
    components: {
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
    flows: { visit: { requires: ['front'] } },
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

/** E[min(D, t)] / E[D] of a lognormal length. */
function young(mean: number, sigma: number, t: number): number {
  const below = (z: number): number => 0.5 * (1 + Math.sign(z) * incompleteGamma(0.5, (z * z) / 2));
  const z = (Math.log(t / mean) + (sigma * sigma) / 2) / sigma;
  return below(z - sigma) + (t / mean) * below(-z);
}

const region = present(0.1, 4 * hour);
const zone = present(0.2, 3 * hour);
const service = 2e-5;
const serviceLength = 2400;

// The interval is not what is looked at.
const [visit] = estimate(topology(), { samples: 2 }).results;

test('it is down with its region, with the service, or with both zones', () => {
  const both = zone * zone;
  const down = region + (1 - region) * (service + (1 - service) * both);
  const outages =
    perYear(0.1, 4 * hour) * (1 - service) * (1 - both) +
    ((service * secondsPerYear) / serviceLength) * (1 - region) * (1 - both) +
    2 * perYear(0.2, 3 * hour) * zone * (1 - region) * (1 - service);
  expect(visit!.unavailability / down).toBeCloseTo(1, 9);
  expect(visit!.outagesPerYear.value! / outages).toBeCloseTo(1, 9);
});

test('with one of two zones out, half of the requests fail at each step until it is noticed', () => {
  const down = region + (1 - region) * (service + (1 - service) * zone * zone);
  // The default check takes 15 + 30 + 5 s to notice a dead target, clients take 90 s to leave a dead node.
  const checked = young(3 * hour, 1, 50);
  const left = young(3 * hour, 1, 90);
  const failing = checked * (1 - 0.5 * 0.5) + (left - checked) * (1 - 0.5);
  const requests = down + (1 - region) * (1 - service) * 2 * zone * (1 - zone) * failing;
  expect(visit!.requestFailure / requests).toBeCloseTo(1, 9);
});
