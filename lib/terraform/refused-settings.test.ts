import { kinds } from '../kinds/kinds.generated';
import type { JsonSchema } from '../topology/kind';
import type { Plain } from '../topology/plain';
import { refusedSettings, understood } from './refused-settings';

const kind = (name: string) => kinds.find((one) => one.name === name)!;
const told = (name: string, written: object) => refusedSettings('it', kind(name), written as Plain).map(({ detail }) => detail);
const right = { image: 'resolve:ssm:/my/image', type: 't4g.small' };

test('what a spec may say may be said in TypeScript', () => {
  expect(told('instances', { ...right, count: 3, port: 8080, warmUp: '2m', volume: '20GiB', scaleOn: 'cpu' })).toEqual([]);
  expect(told('load-balancer', { healthCheck: { path: '/ready', interval: '10s' }, crossZone: false })).toEqual([]);
});

test.each<[string, object]>([
  ['count', { count: 2.5 }],
  ['count', { count: NaN }],
  ['count', { count: -3 }],
  ['count', { count: '3' }],
  ['port', { port: 70_000 }],
  ['volume', { volume: 'lots' }],
  ['distribution', { distribution: 'somehow' }],
  ['image', { image: 'nonsense' }],
  ['warmUp', { warmUp: '5 bananas' }],
  ['detailedMonitoring', { detailedMonitoring: 'yes' }],
])('%s is refused in %j', (setting, wrong) => {
  expect(told('instances', { ...right, ...wrong })).toEqual([expect.stringContaining(`for "${setting}", which does not take that.`)]);
});

test('what is inside of a setting is held against the schema too, and what must be there is missed', () => {
  expect(told('load-balancer', { healthCheck: { interval: 10 } })).toEqual([expect.stringContaining('for "healthCheck.interval"')]);
  expect(told('load-balancer', { healthCheck: { intervall: '10s' } })).toEqual([
    expect.stringContaining('"healthCheck.intervall", which is no setting'),
  ]);
  expect(told('load-balancer', { healthCheck: 'often' })).toEqual([expect.stringContaining('for "healthCheck"')]);
  expect(told('database', { engine: 'postgres' })).toEqual([
    expect.stringContaining('"it" needs "form".'),
    expect.stringContaining('"it" needs "class".'),
  ]);
});

test('the schemas of kinds use no words that would be passed over', () => {
  const words = ({ properties = {}, ...schema }: JsonSchema): string[] => [
    ...Object.keys(schema),
    ...Object.values(properties as Record<string, JsonSchema>).flatMap(words),
  ];
  const used = kinds.flatMap(({ schema }) => Object.values(schema.properties).flatMap(words));
  expect([...new Set(used)].filter((word) => !understood.includes(word))).toEqual([]);
});
