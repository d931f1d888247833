import type { FlatFamily } from './flat-family';

/**
 * How many sets of a family there are of each order. Order by order: the sets of order d at a node are those of order d without its element and those
 * of order d - 1 with it, so two rows suffice. Rows are floating-point numbers, which are exact up to 2^53; no count inside is larger than the whole
 * family, so if the whole is below that, all are exact; otherwise big integers are used.
 */
export const countSets = (family: FlatFamily, orders: Uint8Array): bigint[] => {
  const { elements, withouts, withs } = family;
  const totals = new Float64Array(elements.length);
  totals[1] = 1;
  for (let node = 2; node < elements.length; node++) totals[node] = totals[withouts[node]!]! + totals[withs[node]!]!;
  if (totals[family.root]! > 2 ** 52) return countLarge(family, orders);
  const counts: bigint[] = [];
  let before = new Float64Array(elements.length);
  let row = new Float64Array(elements.length);
  for (let order = 0, found = 0; found < totals[family.root]!; order++) {
    row[1] = order === 0 ? 1 : 0;
    for (let node = 2; node < elements.length; node++) {
      const having = withs[node]!;
      row[node] = row[withouts[node]!]! + (orders[elements[node]!] === 0 ? row[having]! : before[having]!);
    }
    found += row[family.root]!;
    counts.push(BigInt(row[family.root]!));
    [before, row] = [row, before];
  }
  return counts;
};

const countLarge = (family: FlatFamily, orders: Uint8Array): bigint[] => {
  const { elements, withouts, withs } = family;
  const polynomials: bigint[][] = [[], [1n]];
  for (let node = 2; node < elements.length; node++) {
    const sum = [...polynomials[withouts[node]!]!];
    const shift = orders[elements[node]!]!;
    polynomials[withs[node]!]!.forEach((count, order) => {
      while (sum.length <= order + shift) sum.push(0n);
      sum[order + shift]! += count;
    });
    polynomials.push(sum);
  }
  return polynomials[family.root]!;
};
