import type { Family, Zbdd } from './zbdd';

/** A family in flat arrays, children before parents; 0 and 1 are the constants. */
export interface FlatFamily {
  readonly elements: Int32Array;
  readonly withouts: Int32Array;
  readonly withs: Int32Array;
  readonly root: number;
}

/** Copies what a family reaches into flat arrays. */
export const compact = (zbdd: Zbdd, root: Family): FlatFamily => {
  const numbers = new Int32Array(root + 2);
  numbers[root] = 1;
  for (let node = root; node >= 2; node--) {
    if (numbers[node] === 0) continue;
    numbers[zbdd.withouts[node]!] = 1;
    numbers[zbdd.withs[node]!] = 1;
  }
  numbers[0] = 0;
  numbers[1] = 1;
  let count = 2;
  for (let node = 2; node <= root; node++) if (numbers[node] !== 0) numbers[node] = count++;
  const elements = new Int32Array(count).fill(-1);
  const withouts = new Int32Array(count);
  const withs = new Int32Array(count);
  for (let node = 2; node <= root; node++) {
    const number = numbers[node]!;
    if (number === 0) continue;
    elements[number] = zbdd.elements[node]!;
    withouts[number] = numbers[zbdd.withouts[node]!]!;
    withs[number] = numbers[zbdd.withs[node]!]!;
  }
  return { elements, withouts, withs, root: numbers[root]! };
};
