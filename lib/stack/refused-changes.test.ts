import { resolve } from '../resolve/resolve';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { refusedChanges } from './refused-changes';

const zones = { 'us-east-1': ['us-east-1a', 'us-east-1b'], 'us-east-2': ['us-east-2a', 'us-east-2b'] };

function version(name: string, given: Plain, region: keyof typeof zones = 'us-east-1'): Topology {
  const component = { kind: 'database', engine: 'postgres', form: 'single', class: 'db.r7g.large', ...given };
  const regions = { [region]: { zones: zones[region], cidr: '10.0.0.0/16' } };
  return resolve({ version: 1, name: 'shop', regions, components: { [name]: component }, flows: {} }).topology!;
}

const old = version('store', { version: '16' });

test('another major version is refused at its setting', () => {
  expect(refusedChanges(old, version('store', { version: '17' }))).toMatchObject([
    { code: 'database/unasked-upgrade', severity: 'error', path: ['components', 'store', 'version'], address: 'component/store' },
  ]);
});

test('a component that has another name now is judged against what it was', () => {
  expect(refusedChanges(old, version('ledger', { version: '17', was: 'store' }))).toHaveLength(1);
});

test('what is new, made anew for a reason, or agreed to is not refused', () => {
  expect(refusedChanges(old, version('ledger', { version: '17' }))).toEqual([]);
  expect(refusedChanges(old, version('store', { version: '17', allowReplacement: 'nothing is in it yet' }))).toEqual([]);
  expect(refusedChanges(old, version('store', { version: '17', upgrade: '16 ends in May' }))).toEqual([]);
  expect(refusedChanges(old, version('store', { version: '17' }, 'us-east-2'))).toEqual([]);
});
