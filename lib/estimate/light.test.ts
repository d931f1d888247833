import { settingsIn, topologyFiles, topologyOf } from '../../test/specs';
import type { Plain } from '../topology/plain';
import { estimate } from './estimate';
import { statesOf } from './evaluation';
import { modelOf } from './model';
import { Program } from './program';
import { likeliestStates, sampled } from './uncertainty';

const spec = (components: Plain, assumptions: Plain = {}, region: Plain = {}) =>
  topologyOf({
    version: 1,
    name: 'small',
    regions: { 'eu-central-1': { zones: ['eu-central-1a', 'eu-central-1b'], cidr: '10.0.0.0/16', ...region } },
    components: { jobs: { kind: 'queue' }, ...components },
    flows: { f: { requires: [Object.keys(components)[0] ?? 'jobs'], target: { availability: '99.9%' } } },
    assumptions,
  });
const web = { kind: 'instances', image: 'ami-0123456789abcdef0', type: 'm7i.large', count: 2, needs: 1, dependsOn: ['jobs'] };

test('an assumption counts in the interval, the turning points and the shares by its whole range, however little it is at its value', () => {
  const range = [4e-10, 0.01];
  const [result] = estimate(spec({}, { 'queue.unavailability': { value: 4e-9, range, reason: 'measured once' } })).results;
  expect(result!.interval.p95).toBeGreaterThan(0.0099);
  expect(result!.target!.metAt95).toBe(false);
  expect(result!.turns.map(({ assumption }) => assumption.name)).toEqual(['queue.unavailability']);
  expect(result!.contributions.shares.get('service/jobs')! / (4e-9 / result!.unavailability)).toBeCloseTo(1, 3);
});

test('shares are those of the whole, also of what acts only together with something else', () => {
  const estimated = (assumptions: Plain) => estimate(spec({ web }, assumptions, { nat: 'shared' })).results[0]!;
  const all = estimated({});
  const rare = 'control-plane/eu-central-1';
  const without = estimated({ 'controlPlane.outagesPerYear': { value: 0, reason: 'never' } });
  const cause = all.contributions.causes.find(({ address }) => address === rare)!;
  expect((all.unavailability * cause.share) / (all.unavailability - without.unavailability)).toBeCloseTo(1, 6);
  // In sets of two or more, each gets a part of what both bring.
  expect(cause.splitShare).toBeLessThan(cause.share);
  expect(all.contributions.causes.map(({ address }) => address)).toContain('unit/web/eu-central-1a/0');
});

test.each(topologyFiles)('what samples leave out of %s is not to be seen in any of them', (file) => {
  const model = modelOf(topologyOf(settingsIn(file)));
  const states = statesOf(model);
  const roots = model.flows.flatMap(({ down, requests }) => [down, requests]);
  const all = new Program(model.joint, states, roots);
  const whole = sampled(model, all, 400, 3).flows;
  const light = all.light([...roots.keys()], { states, part: 1e-4 }, { states: likeliestStates(model), part: 1e-3 });
  expect(light.nodeCount).toBeLessThan(all.nodeCount);
  const part = sampled(model, light, 400, 3).flows;
  const apart = whole.flatMap(({ draws }, flow) => [...draws].map((draw, i) => Math.abs(part[flow]!.draws[i]! / draw - 1)));
  expect(Math.max(...apart)).toBeLessThan(5e-3);
});

test('a program that leaves nothing out is the whole one', () => {
  const model = modelOf(topologyOf(settingsIn('topologies/minimal.yaml')));
  const states = statesOf(model);
  const all = new Program(
    model.joint,
    states,
    model.flows.flatMap(({ degraded, down, requests }) => [degraded, down, requests]),
  );
  const light = all.light([1, 2], { states, part: 0 });
  const other = statesOf(
    model,
    model.assumptions.nominal.map((value) => value * 0.9),
  );
  all.evaluate(other);
  light.evaluate(other);
  expect([light.value(0), light.value(1)]).toEqual([all.value(1), all.value(2)]);
});
