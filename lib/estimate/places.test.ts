import { compile } from '../engine/compile';
import { stateOffsets } from '../engine/diagram';
import { evaluate } from '../engine/probability';
import { resolve } from '../resolve/resolve';
import { statesOf } from './evaluation';
import { modelOf } from './model';
import { questionsOf } from './numbers';

const zones = (count: number) => Array.from('abcdefgh', (letter) => `us-east-1${letter}`).slice(0, count);

function topologyOf(count: number, database: object, shared: object = { kind: 'database', engine: 'postgres' }) {
  const { topology, diagnostics } = resolve({
    version: 1,
    name: 'places',
    regions: { 'us-east-1': { zones: zones(count), cidr: '10.20.0.0/16' } },
    components: { db: { ...shared, ...database } },
    flows: { one: { requires: ['db'] } },
  });
  if (!topology) throw new Error(JSON.stringify(diagnostics));
  return topology;
}

test.each([
  { form: 'multi-az-instance', class: 'db.r7g.large' },
  { form: 'multi-az-cluster', class: 'db.r6gd.large' },
])('places looked at one by one give what one diagram for all of them gives: $form', (database) => {
  const model = modelOf(topologyOf(4, database));
  const { events } = model.tree;
  // Formulas are shared, so this is the failure before it was looked at place by place.
  const failure = model.tree.fails({ component: 'db', fully: false, doubt: null });
  expect(failure.pools).toEqual([]);
  const { diagram } = compile(events.formula, [failure.event], { order: questionsOf(events) });
  const values = new Float64Array(diagram.nodeCount);
  expect(stateOffsets(events.formula)).toEqual(model.offsets);
  evaluate(diagram, statesOf(model), values);
  const whole = values[diagram.roots[0]!]!;
  const placed = model.joint.valueOf(model.flows[0]!.down);
  expect(whole).toBeGreaterThan(1e-6);
  expect(Math.abs(placed / whole - 1)).toBeLessThan(1e-9);
});

test('a database for which AWS chooses among eight zones takes no more than a small diagram', () => {
  const model = modelOf(topologyOf(8, { form: 'multi-az-instance', class: 'db.r7g.large' }));
  expect(model.joint.nodeCount).toBeLessThan(50_000);
  expect(model.joint.bound).toBeLessThan(1e-9);
});

test('fifteen shards with a copy in each of six zones take no more than a small diagram', () => {
  const model = modelOf(topologyOf(6, { form: 'cluster', class: 'cache.r7g.large', shards: 15, replicas: 5 }, { kind: 'cache' }));
  expect(model.joint.nodeCount).toBeLessThan(100_000);
});

test('units that move over eight zones take no more than a small diagram', () => {
  const settings = { type: 'm7g.large', image: 'resolve:ssm:/image', count: 16, needs: 12 };
  const model = modelOf(topologyOf(8, settings, { kind: 'instances' }));
  expect(model.joint.nodeCount).toBeLessThan(50_000);
  // Three of eight zones out at once, which is not followed.
  expect(model.joint.bound).toBeLessThan(1e-4 * model.joint.valueOf(model.flows[0]!.down));
});
