import type { FlatFamily } from './flat-family';

/** Up to here sums and products of floating-point numbers are exact integers. */
const EXACT = 2 ** 52;

/**
 * How many sets of a family there are of each order, in one pass over its diagram (Minato 1993). No count inside is larger than the whole family, so if the whole is below 2^53, floating-point
 * numbers are exact; otherwise big integers are used.
 */
export const countSets = (family: FlatFamily, orders: Uint8Array): bigint[] => {
  const { elements, withouts, withs, expansions } = family;
  const totals = new Float64Array(elements.length);
  totals[1] = 1;
  for (let node = 2; node < elements.length; node++) {
    const expansion = expansions[node]!;
    totals[node] = totals[withouts[node]!]! + totals[withs[node]!]! * (expansion < 0 ? 1 : totals[expansion]!);
  }
  return totals[family.root]! > EXACT ? countLarge(family, orders) : countSmall(family, orders, totals[family.root]!);
};

/**
 * Order by order: the sets of order d at a node are those of order d without its element and those of order d - 1 with it, so two rows suffice. Only
 * where the element is a module are all earlier orders of two nodes needed; these are kept. Orders that a node's sets cannot have are passed over:
 * without that, nested modules of n elements would take n³ steps.
 */
const countSmall = (family: FlatFamily, orders: Uint8Array, total: number): bigint[] => {
  const { elements, withouts, withs, expansions } = family;
  const { least, most } = ordersOf(family, orders);
  const histories: (number[] | undefined)[] = [];
  for (let node = 2; node < elements.length; node++) {
    if (expansions[node]! < 0) continue;
    histories[withs[node]!] ??= [];
    histories[expansions[node]!] ??= [];
  }
  const recorded = Object.keys(histories).map(Number);
  const counts: bigint[] = [];
  let before = new Float64Array(elements.length);
  let row = new Float64Array(elements.length);
  for (let order = 0, found = 0; found < total; order++) {
    row[1] = order === 0 ? 1 : 0;
    for (let node = 2; node < elements.length; node++) {
      if (order < least[node]! || order > most[node]!) {
        row[node] = 0;
        continue;
      }
      const having = withs[node]!;
      const expansion = expansions[node]!;
      let sum = row[withouts[node]!]!;
      if (expansion < 0) sum += orders[elements[node]!] === 0 ? row[having]! : before[having]!;
      else {
        const inside = histories[expansion]!;
        const outside = histories[having]!;
        sum += row[expansion]! * (order === 0 ? row[having]! : outside[0]!);
        const from = Math.max(0, order - most[having]!);
        const to = Math.min(order, most[expansion]! + 1);
        for (let part = from; part < to; part++) sum += inside[part]! * (part === 0 ? row[having]! : outside[order - part]!);
      }
      row[node] = sum;
    }
    for (const node of recorded) histories[node]!.push(row[node]!);
    found += row[family.root]!;
    counts.push(BigInt(row[family.root]!));
    [before, row] = [row, before];
  }
  return counts;
};

const NONE = 1 << 29;

/** The least and the largest order that the sets at each node may have. */
const ordersOf = (family: FlatFamily, orders: Uint8Array): { readonly least: Int32Array; readonly most: Int32Array } => {
  const { elements, withouts, withs, expansions } = family;
  const least = new Int32Array(elements.length).fill(NONE);
  const most = new Int32Array(elements.length).fill(-1);
  least[1] = most[1] = 0;
  for (let node = 2; node < elements.length; node++) {
    const [without, having, expansion] = [withouts[node]!, withs[node]!, expansions[node]!];
    const own = orders[elements[node]!] === 0 ? 0 : 1;
    least[node] = Math.min(NONE, least[without]!, least[having]! + (expansion < 0 ? own : least[expansion]!));
    most[node] = Math.max(most[without]!, most[having]! + (expansion < 0 ? own : most[expansion]!));
  }
  return { least, most };
};

const countLarge = (family: FlatFamily, orders: Uint8Array): bigint[] => {
  const { elements, withouts, withs, expansions } = family;
  const polynomials: bigint[][] = [[], [1n]];
  for (let node = 2; node < elements.length; node++) {
    const sum = [...polynomials[withouts[node]!]!];
    const expansion = expansions[node]!;
    const factor = expansion >= 0 ? polynomials[expansion]! : orders[elements[node]!] === 0 ? [1n] : [0n, 1n];
    polynomials[withs[node]!]!.forEach((count, order) =>
      factor.forEach((times, shift) => {
        while (sum.length <= order + shift) sum.push(0n);
        sum[order + shift]! += count * times;
      }),
    );
    polynomials.push(sum);
  }
  return polynomials[family.root]!;
};
