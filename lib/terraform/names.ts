import type { TerraformElement } from 'cdktf';

/** The limit that AWS puts on the names of load balancers and target groups. */
export const balancerNameLimit = 32;

/**
 * A name that fits a limit. What is cut off is replaced by a digest of the whole, so that two long names stay two.
 * @example shortened('orders-order-us-east-1', 64) // => 'orders-order-us-east-1'
 */
export function shortened(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const digest = fnv1a(name).toString(16).padStart(8, '0');
  return `${name.slice(0, limit - 9).replace(/-+$/, '')}-${digest}`;
}

/** Fowler, Noll, Vo: 32 bits that tell names apart; nothing hangs on them being hard to guess. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Gives an element its logical id. To be called before anything refers to it. */
export function named<Element extends TerraformElement>(element: Element, logicalId: string): Element {
  element.overrideLogicalId(logicalId);
  return element;
}

/** The partition of AWS that a region lies in, the second part of every ARN. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
