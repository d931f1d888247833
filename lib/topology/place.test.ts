import { placesOf, primariesOf, spread } from './place';

const zones = ['a', 'b', 'c'];

test('a count that the zones divide gives every unit its zone', () => {
  expect(spread('api', 6, zones).map(({ address }) => address)).toEqual([
    'unit/api/a/0',
    'unit/api/a/1',
    'unit/api/b/0',
    'unit/api/b/1',
    'unit/api/c/0',
    'unit/api/c/1',
  ]);
});

test('what is left over lies in different zones that nobody can name', () => {
  const units = spread('api', 5, zones);
  expect(units.filter(({ zone }) => zone === null).map(({ address }) => address)).toEqual(['unit/api/any/0', 'unit/api/any/1']);
  expect(placesOf(units, zones).map(({ zones: chosen }) => Object.values(chosen).join(''))).toEqual(['ab', 'ac', 'bc']);
});

test('a pair in any two of three zones can lie and serve in six ways', () => {
  const places = primariesOf(spread('db', 2, zones), zones);
  expect(places).toHaveLength(6);
  for (const zone of zones) expect(places.filter(({ zones: chosen, primary }) => chosen[primary!] === zone)).toHaveLength(2);
});
