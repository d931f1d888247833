import { Bdd, type Node } from './bdd';
import { startMeter } from './budget';
import { Random } from './random';

/** The value of a function where the variables in `present` are true. */
const valueOf = (bdd: Bdd, f: Node, present: number): Node => {
  let node = f;
  while (node > 1) node = (present >> bdd.variables[node]!) & 1 ? bdd.highs[node]! : bdd.lows[node]!;
  return node;
};

test('operations agree with truth tables while tables grow from their smallest size', () => {
  const random = new Random(11);
  const bdd = new Bdd();
  const count = 10;
  const functions: Node[] = Array.from({ length: count }, (_, variable) => bdd.node(variable, 0, 1));
  const tables = functions.map((f) => Array.from({ length: 1 << count }, (_, present) => valueOf(bdd, f, present)));
  for (let round = 0; round < 400; round++) {
    const [f, g, h] = [random.integer(functions.length), random.integer(functions.length), random.integer(functions.length)];
    const [a, b, c] = [tables[f]!, tables[g]!, tables[h]!];
    const made = [
      { node: bdd.and(functions[f]!, functions[g]!), table: a.map((x, i) => x & b[i]!) },
      { node: bdd.or(functions[f]!, functions[g]!), table: a.map((x, i) => x | b[i]!) },
      { node: bdd.xor(functions[f]!, functions[g]!), table: a.map((x, i) => x ^ b[i]!) },
      { node: bdd.ite(functions[f]!, functions[g]!, functions[h]!), table: a.map((x, i) => (x === 1 ? b[i]! : c[i]!)) },
    ][round % 4]!;
    for (let present = 0; present < 1 << count; present++)
      if (valueOf(bdd, made.node, present) !== made.table[present]) throw new Error(`round ${round} differs at ${present}`);
    functions.push(made.node);
    tables.push(made.table);
  }
  // Equal functions are one node.
  const nodes = new Map(tables.map((table, i) => [table.join(''), functions[i]!]));
  tables.forEach((table, i) => expect(functions[i]).toBe(nodes.get(table.join(''))));
  expect(bdd.used).toBeGreaterThan(4096);
});

test('nodes that are swept are taken again, and what is kept stays what it is', () => {
  const bdd = new Bdd();
  const chain = (step: number): Node => {
    let node: Node = 1;
    for (let variable = 400; variable >= 0; variable--)
      node = variable % step === 0 ? bdd.node(variable, 0, node) : bdd.node(variable, node, 1);
    return node;
  };
  const kept = chain(2);
  for (let round = 3; round < 30; round++) {
    bdd.and(bdd.not(chain(round)), bdd.not(kept));
    bdd.sweep([kept]);
    expect(bdd.used).toBe(2 + 401);
  }
  expect(bdd.lows.length).toBeLessThan(8192);
  expect(chain(2)).toBe(kept);
});

test('an operation is as deep as there are variables, also when they were all made at the top and moved down', () => {
  const bdd = new Bdd();
  let chain: Node = 1;
  for (let i = 0; i < 300; i++) {
    for (let node = 2; node < bdd.end; node++) bdd.variables[node]! += 1;
    bdd.rehash();
    chain = bdd.node(0, 0, chain);
  }
  const not = bdd.not(chain);
  expect(bdd.not(not)).toBe(chain);
  expect(bdd.or(chain, not)).toBe(1);
});

test('a limit stops an operation, and without it the same operation is done', () => {
  const bdd = new Bdd(startMeter({}));
  const parity = (from: number): Node => {
    let node: Node = 0;
    for (let variable = from + 40; variable >= from; variable -= 2) node = bdd.xor(bdd.node(variable, 0, 1), node);
    return node;
  };
  const [even, odd] = [parity(0), parity(1)];
  const { limit } = bdd;
  bdd.limit = bdd.used + 20;
  expect(() => bdd.and(even, odd)).toThrow('the budget of nodes is used up');
  bdd.limit = limit;
  const both = bdd.and(even, odd);
  expect(bdd.and(both, bdd.not(odd))).toBe(0);
  expect(bdd.or(both, even)).toBe(even);
});
