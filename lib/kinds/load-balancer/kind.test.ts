import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { expectedDetection } from '../../topology/detection';
import { assumptions } from './assumptions';
import { kind } from './kind';
import { algorithms, stickinesses, types } from './settings';

const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1';
const target: KindContext['dependsOn'][number] = {
  name: 'web',
  on: 'web',
  kind: 'instances',
  reach: 'inside',
  without: 'down',
  offers: { port: 8080, protocol: 'http' },
};
const context: KindContext = {
  name: 'front',
  prefix: 'shop-',
  region: { name: 'r', zones: ['z-a', 'z-b', 'z-c'], cidr: '10.0.0.0/16', nat: 'per-zone' },
  dependsOn: [target],
  dependents: [],
};

const problems = (given: Plain, changed: Partial<KindContext> = {}) => {
  const place = { ...context, ...changed };
  return kind.check(kind.settings({ certificate, ...given }, place), place).map((problem) => problem.code);
};

test('what is left out is the careful choice, with the checks of the service itself', () => {
  const settings = kind.settings({ certificate }, context);
  expect(settings).toMatchObject({
    type: 'application',
    protocol: 'https',
    redirect: true,
    crossZone: true,
    deletable: null,
    withoutAccessLogs: null,
  });
  expect(expectedDetection(settings.healthCheck)).toBe(50);
  expect(problems({})).toEqual([]);
});

test('a network balancer and an internal one redirect nobody', () => {
  expect(kind.settings({ type: 'network' }, context).redirect).toBe(false);
  expect(kind.settings({ scheme: 'internal' }, context).redirect).toBe(false);
  expect(problems({ scheme: 'internal', redirect: true })).toEqual(['load-balancer/no-redirect']);
  expect(problems({ type: 'network', redirect: true })).toEqual(['load-balancer/no-redirect']);
});

test('what the chosen type cannot do is an error for each algorithm and each stickiness', () => {
  const can: Record<string, readonly string[]> = {
    application: ['round-robin', 'least-outstanding', 'weighted-random', 'cookie'],
    network: ['flow-hash', 'source-ip'],
  };
  for (const type of types) {
    const given: Plain = type === 'network' ? { type, protocol: 'tcp', certificate: '' } : { type };
    const codes = (more: Plain) => problems({ ...given, ...more }).filter((code) => code === 'load-balancer/unable');
    for (const algorithm of algorithms)
      expect([type, algorithm, codes({ algorithm }).length]).toEqual([type, algorithm, can[type]!.includes(algorithm) ? 0 : 1]);
    for (const stickiness of stickinesses) {
      expect([type, stickiness, codes({ stickiness }).length]).toEqual([type, stickiness, can[type]!.includes(stickiness) ? 0 : 1]);
    }
  }
});

test('a balancer that ends TLS on the network level, or has no cross-zone balancing, binds nobody to a target', () => {
  expect(problems({ type: 'network', stickiness: 'source-ip' })).toEqual(['load-balancer/unable']);
  expect(problems({ stickiness: 'cookie', crossZone: false })).toEqual(['load-balancer/unable']);
});

test('what Terraform does not notice is noticed', () => {
  expect(problems({ healthCheck: { interval: '10s', timeout: '10s' } })).toEqual(['load-balancer/timeout-not-below-interval']);
  expect(problems({ healthCheck: { interval: '4s', timeout: '2s' } })).toEqual(['load-balancer/time-out-of-range']);
  expect(problems({ deregistrationDelay: '2h' })).toEqual(['load-balancer/time-out-of-range']);
  expect(problems({}, { region: { ...context.region, zones: ['z-a'] } })).toEqual(['load-balancer/one-zone']);
  expect(problems({}, { prefix: 'a-prefix-of-27-characters--' })).toEqual([]);
  expect(problems({}, { prefix: 'a-prefix-of-28-characters---' })).toEqual(['load-balancer/name-too-long']);
  expect(problems({}, { prefix: 'internal-' })).toEqual(['load-balancer/name-internal']);
  expect(problems({ port: 80 })).toEqual(['load-balancer/redirect-port']);
});

test('encryption is neither forgotten nor claimed twice', () => {
  const place = context;
  const codes = (given: Plain) => kind.check(kind.settings(given, place), place).map((problem) => problem.code);
  expect(codes({})).toEqual(['load-balancer/no-certificate']);
  expect(codes({ type: 'network' })).toEqual(['load-balancer/no-certificate']);
  expect(codes({ type: 'network', protocol: 'tcp' })).toEqual([]);
  expect(codes({ type: 'network', protocol: 'tcp', certificate })).toEqual(['load-balancer/unused-certificate']);
});

test('it has exactly one target, which it needs and which takes connections', () => {
  expect(problems({}, { dependsOn: [] })).toEqual(['load-balancer/one-target']);
  expect(problems({}, { dependsOn: [target, { ...target, name: 'api', on: 'api' }] })).toEqual(['load-balancer/one-target']);
  expect(problems({}, { dependsOn: [{ ...target, without: 'degraded' }] })).toEqual(['load-balancer/soft-target']);
  expect(problems({}, { dependsOn: [{ ...target, offers: {} }] })).toEqual(['load-balancer/target-without-port']);
});

test('it tells its neighbours whether it can be reached from the internet', () => {
  const internal = (given: Plain) => kind.offers(kind.settings({ certificate, ...given }, context)).internal;
  expect([internal({}), internal({ scheme: 'internet-facing' }), internal({ scheme: 'internal' })]).toEqual([false, false, true]);
});

test('it has a node in each zone, one of which is enough, and one cause that takes them all', () => {
  const behaviour = kind.describe(kind.settings({ certificate }, context), context);
  expect(behaviour.units.map((unit) => [unit.address, unit.zone])).toEqual([
    ['unit/front/z-a/0', 'z-a'],
    ['unit/front/z-b/0', 'z-b'],
    ['unit/front/z-c/0', 'z-c'],
  ]);
  expect(behaviour.groups).toMatchObject([{ form: 'pool', needs: 1, without: 'down', replacement: null }]);
  expect(behaviour.causes).toMatchObject([{ address: 'service/front', scope: 'service', hits: { component: 'front' } }]);
});

test('each assumption has a source, a date and a range around its value', () => {
  for (const { name, source, date, range, value } of assumptions) {
    expect([name, source.length > 20, /^\d{4}/.test(date)]).toEqual([name, true, true]);
    expect(range![0]).toBeLessThan(value);
    expect(range![1]).toBeGreaterThan(value);
  }
});
