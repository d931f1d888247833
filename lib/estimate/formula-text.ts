import type { Quantity } from '../topology/quantity';

/**
 * A quantity as a formula over the names of assumptions, numbers as they are.
 * @example formulaText({ sum: [21, { assumption: 'instances.launch' }] }) // => '21 + instances.launch'
 */
export function formulaText(quantity: Quantity, within = false): string {
  if (typeof quantity === 'number') return String(quantity);
  if ('assumption' in quantity) return quantity.assumption;
  if ('least' in quantity) return `least of (${quantity.least.map((part) => formulaText(part)).join(', ')})`;
  if ('product' in quantity) return quantity.product.map((part) => formulaText(part, true)).join(' × ');
  const text = quantity.sum.map((part) => formulaText(part)).join(' + ');
  return within && quantity.sum.length > 1 ? `(${text})` : text;
}
