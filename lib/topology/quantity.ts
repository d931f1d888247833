/** A number that hangs on assumptions, so that it can be computed again for other values of them. Times in seconds, rates per year, chances as such. */
export type Quantity =
  | number
  | { readonly assumption: string }
  | { readonly sum: readonly Quantity[] }
  | { readonly product: readonly Quantity[] }
  | { readonly least: readonly Quantity[] };

/** The value of a quantity under given values of the assumptions. */
export function evaluate(quantity: Quantity, valueOf: (assumption: string) => number): number {
  if (typeof quantity === 'number') return quantity;
  if ('assumption' in quantity) return valueOf(quantity.assumption);
  if ('sum' in quantity) return quantity.sum.reduce<number>((total, part) => total + evaluate(part, valueOf), 0);
  if ('product' in quantity) return quantity.product.reduce<number>((total, part) => total * evaluate(part, valueOf), 1);
  return quantity.least.reduce<number>((least, part) => Math.min(least, evaluate(part, valueOf)), Infinity);
}

function partsOf(quantity: Exclude<Quantity, number | { readonly assumption: string }>): readonly Quantity[] {
  return 'sum' in quantity ? quantity.sum : 'product' in quantity ? quantity.product : quantity.least;
}

/** Names of the assumptions that a quantity hangs on, in order of appearance. */
export function assumptionsOf(quantity: Quantity): string[] {
  if (typeof quantity === 'number') return [];
  return 'assumption' in quantity ? [quantity.assumption] : partsOf(quantity).flatMap(assumptionsOf);
}

/** The same quantity with its assumptions under other names. */
export function renameAssumptions(quantity: Quantity, rename: (name: string) => string): Quantity {
  if (typeof quantity === 'number') return quantity;
  if ('assumption' in quantity) return { assumption: rename(quantity.assumption) };
  const parts = partsOf(quantity).map((part) => renameAssumptions(part, rename));
  return 'sum' in quantity ? { sum: parts } : 'product' in quantity ? { product: parts } : { least: parts };
}
