import type { Plain } from '../topology/plain';
import { resolve } from './resolve';

const settings: Plain = {
  version: 1,
  name: 'shop',
  regions: { 'eu-west-1': { zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'], cidr: '10.0.0.0/16' } },
  components: {
    web: {
      kind: 'instances',
      image: 'ami-12345678',
      type: 'm7g.large',
      count: 3,
      needs: 2,
      dependsOn: ['jobs', { on: 'bank', without: 'degraded' }],
    },
    jobs: { kind: 'queue' },
    bank: { kind: 'external', availability: '99.9%', meanOutage: '10m', source: 'contract of 2026' },
  },
  flows: { visit: { requires: ['web'] } },
};

const topologyOf = (given: Plain) => {
  const { topology, diagnostics } = resolve(given);
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
};

const web = settings.components as Readonly<Record<string, Plain>>;
const withWeb = (more: Plain): Plain => ({ ...settings, components: { ...web, web: { ...web.web, ...more } } });

test('each zone, the region, its control plane and its NAT gateways have their cause', () => {
  expect(topologyOf(settings).causes.map(({ address, hits }) => [address, hits])).toEqual([
    ['region/eu-west-1', { region: 'eu-west-1' }],
    ['zone/eu-west-1/eu-west-1a', { zone: 'eu-west-1a' }],
    ['zone/eu-west-1/eu-west-1b', { zone: 'eu-west-1b' }],
    ['zone/eu-west-1/eu-west-1c', { zone: 'eu-west-1c' }],
    ['network/eu-west-1/nat/eu-west-1a', { outboundOf: ['eu-west-1a'], livesIn: 'eu-west-1a' }],
    ['network/eu-west-1/nat/eu-west-1b', { outboundOf: ['eu-west-1b'], livesIn: 'eu-west-1b' }],
    ['network/eu-west-1/nat/eu-west-1c', { outboundOf: ['eu-west-1c'], livesIn: 'eu-west-1c' }],
    ['control-plane/eu-west-1', { controlPlaneOf: 'eu-west-1' }],
  ]);
});

test.each(['aws', 'backend', 'flows', 'network', 'flow-logs', 'endpoint-secretsmanager'])(
  'no component can be named %s, which every topology has itself',
  (name) => {
    const codes = resolve({ ...settings, components: { ...web, [name]: { kind: 'queue' } } }).diagnostics.map(({ code }) => code);
    expect(codes).toContain('spec/name-reserved');
  },
);

test('no topology begins like the id of a security group', () => {
  const codes = (more: Plain) => resolve({ ...settings, ...more }).diagnostics.map(({ code, path }) => `${code} at ${path?.join('.')}`);
  expect(codes({ name: 'sg' })).toEqual(['spec/name-begins-with-sg at name']);
  expect(codes({ name: 'sg-shop' })).toEqual(['spec/name-begins-with-sg at name']);
  expect(codes({ namePrefix: 'sg-' })).toEqual(['spec/name-begins-with-sg at namePrefix']);
  expect(codes({ name: 'sgs' })).toEqual([]);
  expect(codes({ name: 'sg', namePrefix: 'dev-' })).toEqual([]);
});

test('a shared NAT gateway takes the outbound traffic of all zones and lives in the first', () => {
  const region = { zones: ['eu-west-1b', 'eu-west-1a'], cidr: '10.0.0.0/16', nat: 'shared' };
  const { causes } = topologyOf({ ...settings, regions: { 'eu-west-1': region } });
  expect(causes.filter(({ scope }) => scope === 'network').map(({ address, hits }) => [address, hits])).toEqual([
    ['network/eu-west-1/nat/eu-west-1b', { outboundOf: ['eu-west-1b', 'eu-west-1a'], livesIn: 'eu-west-1b' }],
  ]);
});

test('every assumption that is listed is used, every one that is used is listed, and each has its source and date', () => {
  const { assumptions, components, causes, flows, controlPlaneWithZone } = topologyOf(settings);
  const used = JSON.stringify([components.map(({ behaviour }) => behaviour), causes, flows, controlPlaneWithZone]);
  const named = new Set([...used.matchAll(/"assumption":"([^"]+)"/g)].map((match) => match[1]!));
  expect(assumptions.map(({ name }) => name)).toEqual([...named].sort());
  for (const { source, date } of assumptions) {
    expect(source).not.toBe('');
    expect(date).not.toBe('');
  }
});

test('an override for all components changes the value, its range and where it is from', () => {
  const given = { 'zone.outagesPerYear': { value: 0.3, range: [0.2, 0.4], source: 'our records 2022-2026', date: '2026-05' } };
  const found = topologyOf({ ...settings, assumptions: given }).assumptions.find(({ name }) => name === 'zone.outagesPerYear');
  expect(found).toMatchObject({ value: 0.3, range: [0.2, 0.4], source: 'our records 2022-2026', date: '2026-05', basis: 'stated' });
  expect(found?.from).toEqual(['assumptions', 'zone.outagesPerYear']);
});

test('an override without a range is certain, and one with a reason is a judgement', () => {
  const found = topologyOf({ ...settings, assumptions: { 'zone.meanOutage': { value: '90m', reason: 'seen once' } } }).assumptions;
  const { range, basis, value } = found.find(({ name }) => name === 'zone.meanOutage')!;
  expect([value, range, basis]).toEqual([5400, undefined, 'judgement']);
});

test('an override of one component is an assumption of its own that no other shares', () => {
  const other = { kind: 'instances', image: 'ami-12345678', type: 'm7g.large', count: 3, needs: 2 };
  const own = { ...web.web, assumptions: { 'instances.failuresPerYear': { value: 9, reason: 'spot' } } };
  const topology = topologyOf({ ...settings, components: { ...web, web: own, other }, flows: { visit: { requires: ['web', 'other'] } } });
  const rateOf = (component: string) => {
    const cause = topology.components.find(({ name }) => name === component)!.behaviour.causes.find(({ scope }) => scope === 'unit')!;
    return 'perYear' in cause.occurrence ? cause.occurrence.perYear : undefined;
  };
  expect(rateOf('web')).toEqual({ assumption: 'component/web/instances.failuresPerYear' });
  expect(rateOf('other')).toEqual({ assumption: 'instances.failuresPerYear' });
  expect(topology.assumptions.find(({ name }) => name === 'component/web/instances.failuresPerYear')?.value).toBe(9);
});

test('what a component states itself is an assumption with the source that it states', () => {
  const found = topologyOf(settings).assumptions.find(({ name }) => name === 'component/bank/external.unavailability');
  expect(found).toMatchObject({ value: 1e-3, source: 'contract of 2026', basis: 'stated' });
});

test('an override that nothing hangs on is a warning', () => {
  const { diagnostics } = resolve({
    ...settings,
    assumptions: { 'cache.switchOver': { value: '5s', reason: 'x' }, 'database.nothing': { value: 1, reason: 'x' } },
  });
  expect(diagnostics.map(({ code }) => code)).toContain('spec/unknown-assumption');
  const flow = resolve({ ...settings, assumptions: { 'flow.inDoubt': { value: '5s', reason: 'x' } } });
  expect(flow.diagnostics.map(({ code, severity }) => [severity, code])).toEqual([['warning', 'spec/unused-assumption']]);
});

test('only a transaction waits for what is in doubt', () => {
  const atomic = topologyOf({ ...settings, flows: { visit: { requires: ['web'] }, buy: { atomic: ['web', 'bank'] } } }).flows;
  expect(atomic.map(({ inDoubt }) => inDoubt)).toEqual([0, { assumption: 'flow.inDoubt' }]);
});

test('the order of settings and what TypeScript leaves undefined make no difference', () => {
  const shuffled = Object.fromEntries(Object.entries(settings).reverse()) as Plain;
  const sparse = {
    ...shuffled,
    account: undefined,
    components: { ...web, web: { dependsOn: web.web!.dependsOn, was: undefined, ...web.web } },
  } as unknown as Plain;
  expect(JSON.stringify(topologyOf(sparse))).toBe(JSON.stringify(topologyOf(settings)));
});

test('a dependency written at length is the same as its short form', () => {
  const long = withWeb({
    dependsOn: [
      { on: 'jobs', without: 'down' },
      { without: 'degraded', on: 'bank' },
    ],
  });
  expect(JSON.stringify(topologyOf(long))).toBe(JSON.stringify(topologyOf(settings)));
});

test('what is written past the model is in what is not modelled, with its reason', () => {
  const { notModelled } = topologyOf(withWeb({ terraform: { reason: 'They settle slowly.', group: { default_cooldown: 120 } } }));
  expect(notModelled).toContain('web: arguments of group set past the model (default_cooldown): They settle slowly.');
});

test('a component that no flow requires is a warning, unless it works behind what a flow requires', () => {
  const worker = { kind: 'instances', image: 'ami-12345678', type: 'm7g.large', count: 3, needs: 2, dependsOn: ['jobs'] };
  const { diagnostics, topology } = resolve({ ...settings, components: { ...web, worker, spare: { kind: 'queue' } } });
  expect(diagnostics.map(({ code, path }) => [code, path?.[1]])).toEqual([['spec/unused-component', 'spare']]);
  expect(topology?.notModelled).toContain('worker: no flow requires it, so that its outages show in no number.');
});

test('settings that the schema refused are left out, and the others are still judged', () => {
  const given = { ...settings, flows: { visit: { requires: ['nothing'], target: 5 } } };
  const { topology, diagnostics } = resolve(given, { invalid: [['flows', 'visit', 'target']] });
  expect(topology).toBeNull();
  expect(diagnostics.map(({ code }) => code)).toEqual(['spec/unknown-component']);
});
