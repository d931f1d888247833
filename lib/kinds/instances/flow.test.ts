import { incompleteGamma } from '../../engine/special-functions';
import { estimate } from '../../estimate/estimate';
import { resolve } from '../../resolve/resolve';
import type { Plain } from '../../topology/plain';
import { secondsPerYear } from '../../units/duration';

/*
 * Two flows worked out by hand, from the numbers of assumptions.ts and of the region. The control plane is left out, so that they fit on a page.
 */

const noControlPlane = {
  'controlPlane.outagesPerYear': { value: 0, reason: 'left out of the calculation by hand' },
  'controlPlane.outWithZone': { value: 0, reason: 'left out of the calculation by hand' },
};

function topologyOf(zones: readonly string[], ledger: Plain, front: Plain = {}, requires = 'ledger') {
  const spec = {
    version: 1,
    name: 'books',
    regions: { 'eu-central-1': { zones, cidr: '10.0.0.0/16' } },
    components: { ledger: { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7i.large', ...ledger }, ...front },
    flows: { post: { requires: [requires] } },
    assumptions: noControlPlane,
  };
  const { topology, diagnostics } = resolve(spec);
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

/** Share of time in which a cause is present that comes λ times a year in which it is absent. */
const present = (perYear: number, mean: number): number => (perYear * mean) / (secondsPerYear + perYear * mean);

/** How often such a cause comes in a year of the calendar. */
const perYear = (rate: number, mean: number): number => rate / (1 + (rate * mean) / secondsPerYear);

/** E[min(D, t)] / E[D] of an exponential and of a lognormal length. */
const youngExponential = (mean: number, t: number): number => -Math.expm1(-t / mean);
function youngLognormal(mean: number, sigma: number, t: number): number {
  const below = (z: number): number => 0.5 * (1 + Math.sign(z) * incompleteGamma(0.5, (z * z) / 2));
  const z = (Math.log(t / mean) + (sigma * sigma) / 2) / sigma;
  return below(z - sigma) + (t / mean) * below(-z);
}

// The interval is not what is looked at.
const few = { samples: 2 };

const hour = 3600;
const region = present(0.1, 4 * hour);
const zone = present(0.2, 3 * hour);
const change = present(50 * 0.02, 900 + 1800);
const caught = 0.2;
// Status checks, reaction, launch, warm-up.
const replaced = 300 + 60 + 90 + 120;
const unit = present(0.5, 24 * hour) * youngExponential(24 * hour, replaced);

test('three units that stay in their zones, of which two are needed', () => {
  const topology = topologyOf(['eu-central-1a', 'eu-central-1b', 'eu-central-1c'], { count: 3, needs: 2, distribution: 'balanced-only' });
  // A unit is out with its zone, or until it is replaced.
  const out = zone + unit - zone * unit;
  const twoOfThree = 3 * out * out * (1 - out) + out ** 3;
  // A bad change that is caught leaves two units, and both are needed.
  const oneOfTwo = 2 * out - out * out;
  const withChange = change * (1 - caught + caught * oneOfTwo);
  const downtime = region + (1 - region) * (withChange + (1 - change) * twoOfThree);

  // A unit's outage is the one that brings it down when it was in, and one more than may be missing was in.
  const unitOutages = perYear(0.2, 3 * hour) * (1 - unit) + perYear(0.5, 24 * hour) * (1 - zone);
  const outages =
    perYear(0.1, 4 * hour) * (1 - withChange - (1 - change) * twoOfThree) +
    perYear(50 * 0.02, 2700) * (1 - region) * ((1 - caught) * (1 - twoOfThree) + caught * (oneOfTwo - twoOfThree)) +
    unitOutages * (1 - region) * ((1 - change) * 3 * 2 * out * (1 - out) + change * caught * 2 * (1 - out));

  const [post] = estimate(topology, few).results;
  expect(post!.unavailability / downtime).toBeCloseTo(1, 9);
  expect(post!.outagesPerYear.value! / outages).toBeCloseTo(1, 9);
  // Nobody spreads requests: they fail when it is down.
  expect(post!.requestFailure / downtime).toBeCloseTo(1, 9);
  const infrastructure = region + (1 - region) * twoOfThree;
  expect(post!.infrastructureOnly.unavailability / infrastructure).toBeCloseTo(1, 9);
});

test('two units that move to the other zone when theirs is lost, both of them needed', () => {
  const topology = topologyOf(['eu-central-1a', 'eu-central-1b'], { count: 2, needs: 2 });
  const spare = 0.9;
  const moved = zone * (1 - youngLognormal(3 * hour, 1, replaced)) * spare;
  const up = (1 - unit) ** 2 * ((1 - zone) ** 2 + 2 * (1 - zone) * moved);
  const downtime = 1 - (1 - region) * (1 - change) * up;
  expect(estimate(topology, few).results[0]!.unavailability / downtime).toBeCloseTo(1, 9);
});

test('two units behind a load balancer that sends requests to a dead one until it has noticed', () => {
  const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
  const healthCheck = { path: '/ready', interval: '10s', timeout: '4s', unhealthy: 2 };
  const front = { front: { kind: 'load-balancer', certificate, healthCheck, dependsOn: ['ledger'] } };
  const ledger = { count: 2, needs: 1, port: 8080, distribution: 'balanced-only' };
  const topology = topologyOf(['eu-central-1a', 'eu-central-1b'], ledger, front, 'front');
  const balancer = 2e-5;

  const detection = 5 + 10 + 4;
  // A balancer's node leaves the answers of DNS after this time.
  const leaves = 90;
  // Detection, reaction, launch, warm-up, first check.
  const replacement = detection + 60 + 90 + 120 + 10;
  const failing = present(0.5, 24 * hour);
  const young = (age: number): number => youngLognormal(3 * hour, 1, age);
  const fresh = youngLognormal(2700, 0.9, detection);

  // How each zone, each unit, and the deployment can be, with its chance: who is dead, and who still gets requests.
  const zoneStates = [
    { chance: 1 - zone, node: 'serves', unit: 'serves' },
    { chance: zone * young(detection), node: 'dead', unit: 'dead' },
    { chance: zone * (young(leaves) - young(detection)), node: 'dead', unit: 'gone' },
    { chance: zone * (1 - young(leaves)), node: 'gone', unit: 'gone' },
  ] as const;
  const unitStates = [
    { chance: 1 - failing * youngExponential(24 * hour, replacement), unit: 'serves' },
    { chance: failing * youngExponential(24 * hour, detection), unit: 'dead' },
    { chance: failing * (youngExponential(24 * hour, replacement) - youngExponential(24 * hour, detection)), unit: 'gone' },
  ] as const;
  const firstBatch = [
    { chance: 1 - change, unit: 'serves' },
    { chance: change * 0.7 * fresh, unit: 'dead' },
    { chance: change * 0.7 * (1 - fresh), unit: 'gone' },
  ] as const;
  const order = ['serves', 'dead', 'gone'] as const;
  const worst = (...states: (typeof order)[number][]) => order[Math.max(...states.map((state) => order.indexOf(state)))];
  const share = (states: readonly (string | undefined)[]): number => {
    const serving = states.filter((state) => state === 'serves').length;
    return serving === 0 ? 0 : serving / states.filter((state) => state !== 'gone').length;
  };
  let working = 0;
  for (const a of zoneStates) {
    for (const b of zoneStates) {
      for (const first of unitStates) {
        for (const second of unitStates) {
          for (const batch of firstBatch) {
            const units = [worst(a.unit, first.unit, batch.unit), worst(b.unit, second.unit)];
            working += a.chance * b.chance * first.chance * second.chance * batch.chance * share([a.node, b.node]) * share(units);
          }
        }
      }
    }
  }
  const served = (1 - region) * (1 - balancer) * working;

  const [post] = estimate(topology, few).results;
  expect(post!.requestFailure / (1 - served)).toBeCloseTo(1, 9);
});
