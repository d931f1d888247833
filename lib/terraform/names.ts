import { createHash } from 'node:crypto';
import type { TerraformElement } from 'cdktf';

/** The limit that AWS puts on the names of load balancers and target groups. */
export const balancerNameLimit = 32;

/**
 * A name that fits a limit. What is cut off is replaced by a digest of the whole, so that two long names stay two.
 * @example shortened('orders-order-us-east-1', 64) // => 'orders-order-us-east-1'
 */
export function shortened(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, limit - 9).replace(/-+$/, '')}-${digest}`;
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
