/** What lies in a tier: public has a way in and out, private a way out, data neither. */
export const tiers = ['public', 'private', 'data'] as const;
export type Tier = (typeof tiers)[number];

/** Zones for which each tier keeps room, by the letter at the end of the zone's name. */
export const zoneSlots = 8;

// Three tiers of eight slots need 24 ranges; the power of two above leaves eight for later.
const slotBits = 5;

/** The fixed place of a zone: its letter, so that adding or removing a zone moves no other. undefined: not the name of a zone, or beyond the room. */
export function tryFindSlot(zone: string): number | undefined {
  const letter = /^[a-z]{2}(?:-[a-z]+)+-[0-9]([a-h])$/.exec(zone)?.[1];
  return letter === undefined ? undefined : letter.charCodeAt(0) - 'a'.charCodeAt(0);
}

function toNumber(address: string): number {
  return address.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/**
 * The address range of a tier in a zone: the network's range in 32 equal parts, eight for each tier.
 * @example subnetRange('10.20.0.0/16', 'private', 'us-east-1b') // => '10.20.72.0/21'
 */
export function subnetRange(cidr: string, tier: Tier, zone: string): string {
  const [address, bits] = cidr.split('/') as [string, string];
  const slot = tryFindSlot(zone);
  if (slot === undefined) throw new RangeError(`a zone is named like us-east-1a, with a letter from a to h, got ${JSON.stringify(zone)}`);
  const prefix = Number(bits) + slotBits;
  if (!(prefix <= 28)) throw new RangeError(`a network's range needs at least 512 addresses (/23), got ${JSON.stringify(cidr)}`);
  const index = tiers.indexOf(tier) * zoneSlots + slot;
  return `${toAddress(toNumber(address) + index * 2 ** (32 - prefix))}/${prefix}`;
}
