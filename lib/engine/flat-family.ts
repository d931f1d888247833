import type { Family, Zbdd } from './zbdd';

/**
 * A family in flat arrays, children before parents; 0 and 1 are the constants. An element may stand for a module: then it is replaced by any one set of
 * the module's own family, whose nodes all come before those that use it.
 */
export interface FlatFamily {
  readonly elements: Int32Array;
  readonly withouts: Int32Array;
  readonly withs: Int32Array;
  readonly root: number;
  /** By node, the root of the family that its element stands for, or -1 if the element is a literal. */
  readonly expansions: Int32Array;
}

/** Copies what a family reaches into flat arrays. */
export const compact = (zbdd: Zbdd, root: Family, expansions: ReadonlyMap<number, Family>): FlatFamily => {
  // Families of modules were made before those that use them, so they have smaller numbers, except for equal ones, which are shared.
  const order: Family[] = [];
  const numbers = new Int32Array(zbdd.used).fill(-1);
  numbers[0] = 0;
  numbers[1] = 1;
  const stack = [root];
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (top < 0) {
      numbers[~top] = order.length + 2;
      order.push(~top);
    } else if (numbers[top] === -1) {
      numbers[top] = -2;
      stack.push(~top, zbdd.withouts[top]!, zbdd.withs[top]!);
      const expansion = expansions.get(zbdd.elements[top]!);
      if (expansion !== undefined) stack.push(expansion);
    }
  }
  const count = order.length + 2;
  const family = {
    elements: new Int32Array(count).fill(-1),
    withouts: new Int32Array(count),
    withs: new Int32Array(count),
    expansions: new Int32Array(count).fill(-1),
    root: numbers[root]!,
  };
  order.forEach((node, i) => {
    family.elements[i + 2] = zbdd.elements[node]!;
    family.withouts[i + 2] = numbers[zbdd.withouts[node]!]!;
    family.withs[i + 2] = numbers[zbdd.withs[node]!]!;
    const expansion = expansions.get(zbdd.elements[node]!);
    if (expansion !== undefined) family.expansions[i + 2] = numbers[expansion]!;
  });
  return family;
};
