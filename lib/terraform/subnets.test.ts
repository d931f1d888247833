import { subnetRange, tiers, tryFindSlot } from './subnets';

const first = (range: string) =>
  range
    .split('/')[0]!
    .split('.')
    .reduce((value, octet) => value * 256 + Number(octet), 0);
const size = (range: string) => 2 ** (32 - Number(range.split('/')[1]));

test('the ranges of all tiers and zones lie in the network and do not overlap', () => {
  for (const cidr of ['10.20.0.0/16', '172.16.96.0/20', '192.168.2.0/23']) {
    const ranges = tiers.flatMap((tier) => [...'abcdefgh'].map((letter) => subnetRange(cidr, tier, `eu-central-1${letter}`)));
    const sorted = [...ranges].sort((a, b) => first(a) - first(b));
    expect(ranges).toHaveLength(24);
    sorted.forEach((range, i) => {
      const next = sorted[i + 1];
      expect(first(range) % size(range)).toBe(0);
      expect(first(range) + size(range)).toBeLessThanOrEqual(next ? first(next) : first(cidr) + size(cidr));
    });
    expect(first(sorted[0]!)).toBe(first(cidr));
  }
});

test('a range follows from tier and zone alone', () => {
  expect(subnetRange('10.20.0.0/16', 'public', 'us-east-1a')).toBe('10.20.0.0/21');
  expect(subnetRange('10.20.0.0/16', 'private', 'us-east-1b')).toBe('10.20.72.0/21');
  expect(subnetRange('10.20.0.0/16', 'data', 'us-east-1f')).toBe('10.20.168.0/21');
});

test('what is no zone, or too small a network, is refused', () => {
  expect(tryFindSlot('us-gov-west-1b')).toBe(1);
  expect(tryFindSlot('us-west-2-lax-1a')).toBeUndefined();
  expect(() => subnetRange('10.0.0.0/16', 'public', 'us-east-1')).toThrow(RangeError);
  expect(() => subnetRange('10.0.0.0/24', 'public', 'us-east-1a')).toThrow(RangeError);
});
