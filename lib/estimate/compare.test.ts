import fc from 'fast-check';
import { settingsIn, topologyOf } from '../../test/specs';
import { resolve } from '../resolve/resolve';
import type { Plain } from '../topology/plain';
import { compare, type Comparison } from './compare';
import { settingsIn as specOf, treeOf } from './edits';
import { estimate } from './estimate';

const minimal = settingsIn('topologies/minimal.yaml');
const options = { samples: 40, cutSets: 1 };

/** The same settings with some set otherwise; undefined takes one away. */
function changed(settings: Plain, changes: readonly (readonly [path: string, value: Plain[string] | undefined])[]): Plain {
  const copy = JSON.parse(JSON.stringify(settings)) as Record<string, unknown>;
  for (const [path, value] of changes) {
    const steps = path.split('/');
    const last = steps.pop()!;
    const inside = steps.reduce((at, step) => at[step] as Record<string, unknown>, copy);
    if (value === undefined) delete inside[last];
    else inside[last] = value;
  }
  return copy as Plain;
}

const between = (before: Plain, after: Plain) => compare(topologyOf(before), topologyOf(after), options);
const partsOf = ({ flows }: Comparison, flow = flows[0]!) =>
  Object.fromEntries(
    flow.changes.map(({ edits, unavailability }) => [edits.map(({ path }) => path.join('.')).join(' & '), unavailability]),
  );
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

test('the parts of a change add up to its difference', () => {
  const after = changed(minimal, [
    ['components/web/count', 2],
    ['components/web/needs', 1],
    ['components/front/healthCheck', { interval: '30s' }],
    ['assumptions', { 'zone.outagesPerYear': { value: 1, reason: 'our own records' } }],
  ]);
  const comparison = between(minimal, after);
  const { delta } = comparison.flows[0]!;
  const parts = partsOf(comparison);
  expect(Object.keys(parts).sort()).toEqual([
    'assumptions.zone.outagesPerYear',
    'components.front.healthCheck',
    'components.web.count',
    'components.web.needs',
  ]);
  expect(Math.abs(sum(Object.values(parts)) / delta!.unavailability - 1)).toBeLessThan(1e-9);
  expect(parts['components.web.count']).toBeGreaterThan(0);
  expect(parts['components.web.needs']).toBeLessThan(0);
});

test('before and after are what an estimate of each alone says', () => {
  const after = changed(minimal, [['components/web/count', 4]]);
  const [flow] = between(minimal, after).flows;
  for (const [side, settings] of [
    [flow!.before!, minimal],
    [flow!.after!, after],
  ] as const) {
    const alone = estimate(topologyOf(settings), { samples: 40 }).results[0]!;
    expect(Math.abs(side.unavailability / alone.unavailability - 1)).toBeLessThan(1e-12);
    expect(side.interval.p95 / alone.interval.p95).toBeCloseTo(1, 9);
  }
});

test('what has no effect gets exactly nothing, and so does what a flow does not hang on', () => {
  const two = changed(minimal, [
    ['components/other', { kind: 'queue' }],
    ['flows/send', { requires: ['other'] }],
  ]);
  const after = changed(two, [
    ['components/web/type', 't4g.large'],
    ['tags', { team: 'shop' }],
    ['components/web/count', 4],
  ]);
  const comparison = between(two, after);
  const visit = comparison.flows.find(({ flow }) => flow === 'visit')!;
  const send = comparison.flows.find(({ flow }) => flow === 'send')!;
  expect(partsOf(comparison, visit)).toMatchObject({ 'components.web.type': 0, tags: 0 });
  expect(partsOf(comparison, visit)['components.web.count']).toBe(visit.delta!.unavailability);
  expect(send.delta).toMatchObject({ unavailability: 0, requestFailure: 0, significant: false });
  expect(Object.values(partsOf(comparison, send))).toEqual([0, 0, 0]);
});

test('what a flow can do without changes it by exactly nothing', () => {
  const store = (replicas: number): Plain => ({ kind: 'cache', form: 'replication-group', class: 'cache.r7g.large', replicas });
  const soft = changed(minimal, [
    ['components/store', store(1)],
    ['components/web/dependsOn', [{ on: 'store', without: 'degraded' }]],
  ]);
  const comparison = between(soft, changed(soft, [['components/store', store(2)]]));
  expect(comparison.edits).toHaveLength(1);
  expect(comparison.flows[0]!.delta).toMatchObject({
    unavailability: 0,
    requestFailure: 0,
    significant: false,
    interval: { p5: 0, p95: 0 },
  });
  expect(partsOf(comparison)).toEqual({ 'components.store.replicas': 0 });
});

test('edits that need each other are one: a dependency and what is depended on', () => {
  const after = changed(minimal, [
    ['components/store', { kind: 'cache', form: 'replication-group', class: 'cache.r7g.large', replicas: 1 }],
    ['components/web/dependsOn', ['store']],
    ['components/web/count', 4],
  ]);
  const parts = partsOf(between(minimal, after));
  expect(Object.keys(parts).sort()).toEqual(['components.store & components.web.dependsOn.store', 'components.web.count']);
  expect(parts['components.store & components.web.dependsOn.store']).toBeGreaterThan(0);
});

test('a rename changes nothing', () => {
  const { web, ...others } = minimal.components as Record<string, Plain>;
  const after = {
    ...minimal,
    components: { ...others, front: { ...others.front!, dependsOn: ['shop'] }, shop: { ...web!, was: 'web' } },
  } as unknown as Plain;
  const comparison = between(minimal, after);
  expect([...comparison.renamed]).toEqual([['web', 'shop']]);
  expect(comparison.edits).toEqual([]);
  expect(comparison.flows[0]!.delta).toMatchObject({ unavailability: 0, significant: false });
  expect(comparison.findings).toEqual({ added: [], removed: [] });
});

test('the order in which a spec is written decides nothing, to the last bit', () => {
  const backwards = (value: Plain): Plain =>
    Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, entry]) => [
          key,
          typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? backwards(entry as Plain) : entry,
        ]),
    );
  const after = changed(minimal, [
    ['components/web/count', 2],
    ['components/web/needs', 1],
  ]);
  const [one, other] = [between(minimal, after), between(backwards(minimal), backwards(after))];
  expect(partsOf(other)).toEqual(partsOf(one));
  expect(other.flows[0]!.delta).toEqual(one.flows[0]!.delta);
});

test('both sides share their draws: a small change is told from none although the intervals overlap', () => {
  const slower = changed(minimal, [['components/front/healthCheck', { interval: '30s', unhealthy: 5 }]]);
  const [flow] = between(minimal, changed(slower, [['components/web/count', 4]])).flows;
  expect(flow!.before!.interval.p95).toBeGreaterThan(flow!.after!.interval.p5);
  const tagged = between(minimal, changed(minimal, [['tags', { team: 'shop' }]])).flows[0]!.delta!;
  expect(tagged).toMatchObject({ unavailability: 0, significant: false, interval: { p5: 0, p95: 0 } });
});

test('nothing is estimated where nothing changed', () => {
  expect(between(minimal, minimal)).toMatchObject({ flows: [], edits: [], findings: { added: [], removed: [] } });
});

test('new and deleted topologies and flows have nothing to compare with', () => {
  const topology = topologyOf(minimal);
  expect(compare(null, topology, options).flows[0]).toMatchObject({ before: null, delta: null, changes: [] });
  expect(compare(topology, null, options).flows[0]).toMatchObject({ after: null, delta: null, changes: [] });
  const after = changed(minimal, [
    ['flows/second', { requires: ['web'] }],
    ['components/web/count', 4],
  ]);
  const comparison = between(minimal, after);
  expect(comparison.flows.map(({ flow, delta }) => [flow, delta === null])).toEqual([
    ['visit', false],
    ['second', true],
  ]);
  expect(Object.keys(partsOf(comparison))).toEqual(['components.web.count']);
});

test('a newly missed target and a single point of failure are findings that were added', () => {
  const after = changed(minimal, [
    ['components/web/count', 1],
    ['components/web/needs', 1],
    ['flows/visit/target/availability', '99.999%'],
  ]);
  const { added, removed } = between(minimal, after).findings;
  expect(added.map(({ code }) => code)).toContain('target-missed');
  expect(removed.map(({ code }) => code)).not.toContain('target-missed');
});

test('a changed assumption is told with both numbers', () => {
  const after = changed(minimal, [['assumptions', { 'zone.outagesPerYear': { value: 0.5, reason: 'our own records' } }]]);
  const [assumption] = between(minimal, after).assumptions;
  expect(assumption).toMatchObject({ name: 'zone.outagesPerYear', before: { value: 0.2 }, after: { value: 0.5 } });
});

test('random changes: the parts add up, and a setting without effect is exactly zero', () => {
  const change = fc.record({
    count: fc.integer({ min: 2, max: 5 }),
    interval: fc.constantFrom('5s', '10s', '30s'),
    nat: fc.constantFrom('per-zone', 'shared'),
    zone: fc.double({ min: 0.05, max: 0.8, noNaN: true }),
    tag: fc.constantFrom('a', 'b'),
  });
  const made = ({ count, interval, nat, tag, zone }: { count: number; interval: string; nat: string; tag: string; zone: number }) =>
    changed(minimal, [
      ['components/web/count', count],
      ['components/front/healthCheck', { interval }],
      ['regions/eu-central-1/nat', nat],
      ['tags', { tag }],
      ['assumptions', { 'zone.outagesPerYear': { value: zone, reason: 'random' } }],
    ]);
  const property = fc.property(change, change, (one, other) => {
    const [before, after] = [made(one), made(other)];
    fc.pre(resolve(before).topology !== null && resolve(after).topology !== null);
    const comparison = between(before, after);
    const { changes, delta } = comparison.flows[0]!;
    const apart = Math.abs(sum(changes.map(({ unavailability }) => unavailability)) - delta!.unavailability);
    expect(apart).toBeLessThanOrEqual(1e-9 * Math.abs(delta!.unavailability));
    for (const [name, part] of Object.entries(partsOf(comparison))) if (name.startsWith('tags')) expect(part).toBe(0);
  });
  fc.assert(property, { numRuns: 8, seed: 20261121 });
});

test('settings come back from the form in which they are compared', () => {
  for (const file of ['topologies/minimal.yaml', 'topologies/orders.yaml']) {
    const settings = settingsIn(file);
    expect(treeOf(specOf(treeOf(settings)))).toEqual(treeOf(settings));
    expect(
      topologyOf(specOf(treeOf(settings)))
        .flows.map(({ name }) => name)
        .sort(),
    ).toEqual(
      topologyOf(settings)
        .flows.map(({ name }) => name)
        .sort(),
    );
  }
});
