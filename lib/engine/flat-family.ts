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

/** Copies what a family reaches into flat arrays; `expansions` has by element the family it stands for, or -1. */
export const compact = (zbdd: Zbdd, root: Family, expansions: Int32Array): FlatFamily => {
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
      const expansion = expansions[zbdd.elements[top]!]!;
      if (expansion >= 0) stack.push(expansion);
    }
  }
  const count = order.length + 2;
  const elements = new Int32Array(count).fill(-1);
  const withouts = new Int32Array(count);
  const withs = new Int32Array(count);
  const numbered = new Int32Array(count).fill(-1);
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    elements[i + 2] = zbdd.elements[node]!;
    withouts[i + 2] = numbers[zbdd.withouts[node]!]!;
    withs[i + 2] = numbers[zbdd.withs[node]!]!;
    const expansion = expansions[zbdd.elements[node]!]!;
    if (expansion >= 0) numbered[i + 2] = numbers[expansion]!;
  }
  return { elements, withouts, withs, expansions: numbered, root: numbers[root]! };
};
