import type { KindContext } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { kind } from './kind';

const context: KindContext = {
  name: 'payment-provider',
  prefix: 'shop-',
  region: { name: 'eu-central-1', zones: ['eu-central-1a'], cidr: '10.0.0.0/16', nat: 'per-zone' },
  dependsOn: [],
  dependents: [],
};
const source = 'Contract, annex B, 2026-03-01';

function settingsOf(given: Plain) {
  return kind.settings({ source, ...given }, context);
}

function codesOf(given: Plain): string[] {
  return kind.check(settingsOf(given), context).map(({ code }) => code);
}

function occurrenceOf(given: Plain) {
  return kind.describe(settingsOf(given), context).causes[0]!.occurrence;
}

test('an availability with a mean length says how often', () => {
  expect(occurrenceOf({ availability: '99.95%', meanOutage: '20m' })).toEqual({
    unavailability: { assumption: 'external.unavailability' },
    length: { distribution: 'exponential', mean: { assumption: 'external.meanOutage' }, sigma: null },
  });
});

test('an availability alone leaves the frequency unknown, and says so', () => {
  const { causes, notModelled } = kind.describe(settingsOf({ availability: '99.95%' }), context);
  expect(causes[0]!.occurrence).toEqual({ unavailability: { assumption: 'external.unavailability' }, length: null });
  expect(notModelled.join()).toContain('How often');
});

test('failures with their length are a rate', () => {
  expect(occurrenceOf({ failuresPerYear: 4, meanOutage: '1h' })).toMatchObject({ perYear: { assumption: 'external.failuresPerYear' } });
});

test('what it states are assumptions with its source, without a digit lost', () => {
  expect(kind.stated!(settingsOf({ availability: '99.95%', meanOutage: '20m' }))).toEqual([
    {
      name: 'external.unavailability',
      unit: 'probability',
      value: 5e-4,
      covers: 'all of its outages',
      basis: 'stated',
      source,
      date: '2026-03-01',
    },
    {
      name: 'external.meanOutage',
      unit: 'seconds',
      value: 1200,
      covers: 'mean length of its outages',
      basis: 'stated',
      source,
      date: '2026-03-01',
    },
  ]);
  expect(kind.stated!(settingsOf({ failuresPerYear: 0.5, meanOutage: '1h', source: 'our records' }))).toMatchObject([
    { name: 'external.failuresPerYear', value: 0.5, date: 'undated' },
    { name: 'external.meanOutage', value: 3600 },
  ]);
});

test('every assumption that its behaviour names is stated', () => {
  for (const given of [{ availability: '99.9%' }, { availability: '99.9%', meanOutage: '1h' }, { failuresPerYear: 2, meanOutage: '1h' }]) {
    const named = [...JSON.stringify(kind.describe(settingsOf(given), context)).matchAll(/"assumption":"([^"]+)"/g)].map(
      (match) => match[1]!,
    );
    expect(named.sort()).toEqual(
      kind.stated!(settingsOf(given))
        .map(({ name }) => name)
        .sort(),
    );
  }
});

test('it shows what it promises, so that a stricter target above it is noticed', () => {
  expect(kind.offers(settingsOf({ availability: '99.9%' }))).toEqual({ port: 443, protocol: 'tcp', promise: 1e-3 });
});

test.each<[string, Plain]>([
  ['external/stated-twice', { availability: '99.9%', failuresPerYear: 2, meanOutage: '1h' }],
  ['external/not-stated', { meanOutage: '1h' }],
  ['external/failures-without-length', { failuresPerYear: 2 }],
  ['external/availability', { availability: '100%' }],
  ['external/availability', { availability: '0%', meanOutage: '1h' }],
  ['external/failures', { failuresPerYear: 0, meanOutage: '1h' }],
  ['external/length', { availability: '99.9%', meanOutage: '0s' }],
  ['external/source', { availability: '99.9%', source: '  ' }],
])('%s: %j', (code, given) => {
  expect(codesOf(given)).toContain(code);
});

test('a well stated one has nothing to complain about', () => {
  expect(codesOf({ availability: '99.95%', meanOutage: '20m' })).toEqual([]);
  expect(codesOf({ failuresPerYear: 2, meanOutage: '20m' })).toEqual([]);
});
