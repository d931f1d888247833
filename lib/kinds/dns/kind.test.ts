import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { assumptions } from './assumptions';
import { kind } from './kind';

const front: KindContext['dependsOn'][number] = {
  name: 'front',
  on: 'front',
  kind: 'load-balancer',
  reach: 'inside',
  without: 'down',
  offers: { port: 443, protocol: 'http' },
};
const context: KindContext = {
  name: 'edge',
  prefix: 'shop-',
  region: { name: 'r', zones: ['z-a', 'z-b'], cidr: '10.0.0.0/16', nat: 'per-zone' },
  dependsOn: [front],
  dependents: [],
};
const given = { domain: 'shop.example.com', hostedZone: 'Z0123456789ABCDEFGHIJ' };
const problems = (more: Plain, dependsOn = context.dependsOn) =>
  kind.check(kind.settings({ ...given, ...more }, context), { ...context, dependsOn }).map((problem) => problem.code);

test('a name leads to exactly one balancer, which it needs', () => {
  expect(problems({})).toEqual([]);
  expect(problems({}, [])).toEqual(['dns/one-destination']);
  expect(problems({}, [front, { ...front, name: 'other', on: 'other' }])).toEqual(['dns/one-destination']);
  expect(problems({}, [{ ...front, without: 'degraded' }])).toEqual(['dns/soft-destination']);
});

test('an alias has the TTL of what it leads to', () => {
  expect(problems({ ttl: '30s' })).toEqual(['dns/ttl-of-alias']);
  expect(problems({ ttl: '30s', record: 'cname' })).toEqual([]);
  expect(problems({ ttl: '3d', record: 'cname' })).toEqual(['dns/ttl-out-of-range']);
});

test('a role or weight that the routing does not look at is an error', () => {
  expect(problems({ role: 'secondary' })).toEqual(['dns/unused-setting']);
  expect(problems({ role: 'secondary', routing: 'failover' })).toEqual([]);
  expect(problems({ weight: 5, routing: 'latency' })).toEqual(['dns/unused-setting']);
  expect(problems({ weight: 5, routing: 'weighted' })).toEqual([]);
});

test('a failover that nothing sets off is an error', () => {
  const healthCheck = { path: '/ready' };
  expect(problems({ routing: 'failover', record: 'cname' })).toEqual(['dns/never-fails-over']);
  expect(problems({ routing: 'failover', record: 'cname', healthCheck })).toEqual([]);
  // What stands by need not be asked: it is the last that is left.
  expect(problems({ routing: 'failover', record: 'cname', role: 'secondary' })).toEqual([]);
  expect(problems({ routing: 'failover', record: 'alias' })).toEqual([]);
  expect(problems({ record: 'cname' })).toEqual([]);
});

test('an internal balancer cannot be asked from the internet', () => {
  const internal = [{ ...front, offers: { ...front.offers, internal: true } }];
  const healthCheck = { path: '/ready' };
  expect(problems({ healthCheck }, internal)).toEqual(['dns/check-of-internal']);
  expect(problems({}, internal)).toEqual([]);
  expect(problems({ healthCheck })).toEqual([]);
});

test('it is one cause and no units', () => {
  const behaviour = kind.describe(kind.settings(given, context), context);
  expect(behaviour.units).toEqual([]);
  expect(behaviour.causes.map((cause) => cause.address)).toEqual(['service/edge']);
});

test('each assumption has a source, a date and a range around its value', () => {
  for (const { name, source, date, range, value } of assumptions) {
    expect([name, source.length > 20, /^\d{4}/.test(date)]).toEqual([name, true, true]);
    expect(range![0]).toBeLessThan(value);
    expect(range![1]).toBeGreaterThan(value);
  }
});
