import { loadSpec } from './load';

const told = (text: string) => {
  const [one] = loadSpec(text, 's.yaml').diagnostics;
  return `${one?.range?.start.line}:${one?.range?.start.column} ${one?.summary}`;
};

test.each([
  ['a: 1\nc: {x: 1, y: [1, 2\nd: 2\n', '2:14 Bracket that is not closed'],
  ['a: 1\nc: {x: 1, y: {z: 1}\nd: {e: [1]}\n', '2:4 Bracket that is not closed'],
  ["a: it's [fine]\nb: [1, # ]\n  'x]'\nc: 1\n", '2:4 Bracket that is not closed'],
  ['a: |\n  [ "\nb: >-\n\n  {\nc: [1\nd: 1\n', '6:4 Bracket that is not closed'],
  ['a:\n  - [1, 2\n  - b\n', '2:5 Bracket that is not closed'],
  ['a: 1\nc: "foo\nd: 2\ne: 3\n', '2:4 Quote that is not closed'],
  ['a: 1\nc: "foo\nd: "x"\n', '2:4 Quote that is not closed'],
  ["a: 1\r\nc: {x: 'foo\r\nd: 2\r\n", '2:8 Quote that is not closed'],
  ['{"a": [1, 2\n,"b": 3', '1:7 Bracket that is not closed'],
  ['{"a":"]}{",\n"d":1', '1:1 Bracket that is not closed'],
  ['{"a":[1],"b', '1:10 Quote that is not closed'],
  ['a: [\n1, 2]\nb: 3\n', '2:1 Indentation that fits nothing'],
  ['a: "one\ntwo"\nb: 3\n', '2:1 Indentation that fits nothing'],
])('%j: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['version:1\nname: a\n', '1:8 Space after a colon is missing'],
  ['version: 1\nname:a\nregions:\n  x: 1\n', '2:5 Space after a colon is missing'],
  ['a: 1\nb:\n  c:1\n  d: 2\ne: 3\n', '3:4 Space after a colon is missing'],
  ['a:1\nb:2\nc: 3\n', '1:2 Space after a colon is missing'],
  ['a:\n  - b:1\n    c: 2\n', '2:6 Space after a colon is missing'],
  ['a: 1\nb:2\n', '2:2 Space after a colon is missing'],
  ['a: 1\nhttp://b\nc: 3\n', '3:2 Colon is missing'],
  ['a: 1\n  b: 2\n', '2:4 Indentation that fits nothing'],
])('%j: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test('a long text of openings is read in bounded time', () => {
  for (const text of ['a: [\n', 'a: "\n', "- '\n", '- |\n', '# [\n', 'a:b\n']) {
    const long = text.repeat(100_000);
    expect(told(`${long}b: c`)).not.toBe('');
    expect(told(`- [a\n${long}`)).toBe('1:3 Bracket that is not closed');
  }
  expect(told(`a: "${'x\n'.repeat(400_000)}`)).toBe('1:4 Quote that is not closed');
}, 20_000);
