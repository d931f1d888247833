import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadSpec } from '../spec/load';
import { estimate } from './estimate';
import { addressesOf, explain } from './explain';
import { formulaText } from './formula-text';

const file = resolve(__dirname, '../../topologies/orders.yaml');
const { topology } = loadSpec(readFileSync(file), file);
const estimated = estimate(topology!, { samples: 100, cutSets: 5 });

test('every address is explained, each formula with the assumptions that it hangs on', () => {
  const known = new Set(topology!.assumptions.map(({ name }) => name));
  for (const address of addressesOf(topology!)) {
    const explanation = explain(estimated, address);
    expect(explanation?.sections.length).toBeGreaterThan(0);
    const formulas = explanation!.sections.flatMap(({ lines }) => lines.flatMap(({ formula }) => formula ?? []));
    const named = [...known].filter((name) => formulas.some((formula) => formula.split(/[^A-Za-z0-9./_-]+/).includes(name)));
    expect(explanation!.assumptions.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
  }
});

test('a zone starts as often as its rate says, less the time in which it is out already', () => {
  const lines = explain(estimated, 'zone/us-east-1/us-east-1a')!.sections[0]!.lines;
  const value = (name: string) => lines.find((line) => line.name.startsWith(name))!.value as number;
  const years = value('mean length') / (365 * 86_400);
  expect(value('starts')).toBeCloseTo(value('a year in which it is absent') / (1 + value('a year in which it is absent') * years), 12);
  expect(value('share of time')).toBeCloseTo(value('starts') * years, 15);
});

test('what a topology does not have is not explained', () => {
  for (const address of ['flow/nothing', 'component/', 'zone/us-east-1/us-east-1z', 'toString', ''])
    expect(explain(estimated, address)).toBeUndefined();
});

test('a flow over shards is explained for a given user, for someone and for everyone', () => {
  const text = readFileSync(resolve(__dirname, '../kinds/cache/example.yaml'));
  const example = estimate(loadSpec(text, 'example.yaml').topology!, { samples: 10, cutSets: 1 });
  const values = (address: string) =>
    new Map(explain(example, address)!.sections.flatMap(({ lines }) => lines.map(({ name, value }) => [name, value])));
  const { unavailability, users } = example.results.find(({ flow }) => flow.name === 'browse')!;
  expect(values('flow/browse').get('unavailability')).toBe(unavailability);
  expect(values('flow/browse').get('down for someone')).toBe(users!.anyUser.unavailability);
  expect(values('flow/browse').get('down for everyone')).toBe(users!.allUsers.unavailability);
  expect([...values('flow/log-in').keys()]).not.toContain('down for someone');
});

test('a formula keeps its sums together inside of products', () => {
  expect(formulaText({ product: [2, { sum: [1, { assumption: 'x' }] }] })).toBe('2 × (1 + x)');
  expect(formulaText({ least: [{ assumption: 'x' }, 5] })).toBe('least of (x, 5)');
});

test('by how much the number may be too large is told; in the order system by less than a ten-thousandth, as the README says', () => {
  for (const { bound, flow, unavailability } of estimated.results) {
    const { sections } = explain(estimated, `flow/${flow.name}`)!;
    const line = sections.flatMap(({ lines }) => lines).find(({ name }) => name.startsWith('at most too large'));
    expect(line?.value).toBe(bound);
    expect(bound).toBeLessThan(1e-4 * unavailability);
  }
});
