import { closure, cycles } from './graph';

const graph = (edges: Readonly<Record<string, readonly string[]>>) => new Map(Object.entries(edges));

test('a closure contains what it starts from and all that can be reached', () => {
  expect([...closure(graph({ a: ['b'], b: ['c'], c: [], d: ['a'] }), ['a'])].sort()).toEqual(['a', 'b', 'c']);
});

test('what has no circle has no cycle, however its ways meet', () => {
  expect(cycles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
});

test('each knot gives one shortest cycle, beginning with the name that comes first', () => {
  expect(cycles(graph({ x: ['a'], a: ['b'], b: ['c', 'a'], c: ['a'], d: ['e'], e: ['d'] }))).toEqual([
    ['a', 'b'],
    ['d', 'e'],
  ]);
});

test('a circle of a hundred thousand names does not exhaust the stack', () => {
  const length = 100_000;
  const circle = new Map(Array.from({ length }, (_, i) => [`n${i}`, [`n${(i + 1) % length}`]]));
  expect(cycles(circle)[0]).toHaveLength(length);
});

test('every graph of four names: a cycle is found exactly where some name reaches itself', () => {
  const names = ['a', 'b', 'c', 'd'];
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
  for (let bits = 0; bits < 2 ** pairs.length; bits++) {
    const edges = pairs.filter((_, i) => (bits >> i) & 1);
    const chosen = new Map(names.map((name) => [name, edges.filter(([from]) => from === name).map(([, to]) => to)]));
    const circular = names.some((name) => closure(chosen, chosen.get(name)!).has(name));
    const found = cycles(chosen);
    if (found.length > 0 !== circular) throw new Error(`${JSON.stringify([...chosen])} gave ${JSON.stringify(found)}`);
    for (const cycle of found) {
      const steps = cycle.every((name, i) => chosen.get(name)!.includes(cycle[(i + 1) % cycle.length]!));
      if (!steps) throw new Error(`${JSON.stringify(cycle)} is no way through ${JSON.stringify([...chosen])}`);
    }
  }
  expect(pairs).toHaveLength(12);
});
