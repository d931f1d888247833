import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { assumptions } from './assumptions';
import { kind } from './kind';

const context: KindContext = {
  name: 'jobs',
  prefix: 'shop-',
  region: { name: 'eu-central-1', zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16', nat: 'per-zone' },
  dependsOn: [],
  dependents: [],
};

function codesOf(given: Plain): string[] {
  return kind.check(kind.settings(given, context), context).map(({ code }) => code);
}

test('the defaults keep messages for a week and give up after five tries', () => {
  expect(kind.settings({}, context)).toEqual({
    fifo: false,
    contentBasedDeduplication: false,
    maxReceives: 5,
    retention: 7 * 86_400,
    visibility: 120,
    alarmAge: 900,
    kmsKey: null,
  });
  expect(codesOf({})).toEqual([]);
});

test('it stands and falls with the service of the region, by one promise and no parts', () => {
  const behaviour = kind.describe(kind.settings({}, context), context);
  expect(behaviour.units).toEqual([]);
  expect(behaviour.groups).toEqual([]);
  expect(behaviour.causes).toEqual([
    {
      address: 'service/jobs',
      scope: 'service',
      occurrence: {
        unavailability: { assumption: 'queue.unavailability' },
        length: { distribution: 'exponential', mean: { assumption: 'queue.meanOutage' }, sigma: null },
      },
      hits: { component: 'jobs' },
      caught: null,
    },
  ]);
  expect(behaviour.notModelled).not.toEqual([]);
});

test('the service level agreement is the pessimistic end of the range and not the value', () => {
  const q = assumptions.find(({ name }) => name === 'queue.unavailability')!;
  expect(q.basis).toBe('sla');
  expect(q.range![1]).toBe(1e-3);
  expect(q.value).toBeLessThan(1e-3);
});

test.each<[string, Plain]>([
  ['queue/retention', { retention: '15d' }],
  ['queue/retention', { retention: '30s' }],
  ['queue/retention-leaves-no-time', { retention: '14d' }],
  ['queue/visibility', { visibility: '13h' }],
  ['queue/expires-before-dead-letter', { retention: '1h', visibility: '10m', maxReceives: 6 }],
  ['queue/alarm-age', { alarmAge: '8d' }],
  ['queue/alarm-age', { alarmAge: '0s' }],
  ['queue/whole-seconds', { visibility: '1.5s' }],
  ['queue/deduplication-without-fifo', { contentBasedDeduplication: true }],
])('%s: %j', (code, given) => {
  expect(codesOf(given)).toContain(code);
});

test('a name that would become too long for the cloud is refused', () => {
  const named = (prefix: string) => kind.check(kind.settings({}, context), { ...context, prefix }).map(({ code }) => code);
  expect(named(`${'x'.repeat(70)}-`)).toEqual([]);
  expect(named(`${'x'.repeat(71)}-`)).toEqual(['queue/name']);
});

test('a FIFO queue may take equal messages for one', () => {
  expect(codesOf({ fifo: true, contentBasedDeduplication: true })).toEqual([]);
});
