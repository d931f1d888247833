/** A range of IPv4 addresses. */
export interface Cidr {
  /** First address as a number below 2^32. */
  readonly base: number;
  readonly length: number;
}

/** A range as it is written, `10.0.0.0/16`; undefined if it is not one. Bits behind the length are kept in `base`. */
export function tryParseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, length] = match.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || length > 32) return undefined;
  // Leading zeros are octal to some readers and decimal to others.
  if (match.slice(1).some((part) => part.length > 1 && part.startsWith('0'))) return undefined;
  return { base: a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d, length };
}

export function sizeOf(cidr: Cidr): number {
  return 2 ** (32 - cidr.length);
}

/** The range that contains this address: without bits behind the length. */
export function aligned(cidr: Cidr): Cidr {
  return { ...cidr, base: cidr.base - (cidr.base % sizeOf(cidr)) };
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return a.base < b.base + sizeOf(b) && b.base < a.base + sizeOf(a);
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.base <= inner.base && inner.base + sizeOf(inner) <= outer.base + sizeOf(outer);
}

/** @example formatCidr({ base: 167772160, length: 16 }) // => '10.0.0.0/16' */
export function formatCidr({ base, length }: Cidr): string {
  return `${[24, 16, 8, 0].map((bits) => Math.floor(base / 2 ** bits) % 256).join('.')}/${length}`;
}
