import { aligned, contains, formatCidr, overlap, tryParseCidr } from './cidr';

const range = (text: string) => tryParseCidr(text)!;

test.each(['0.0.0.0/0', '10.20.0.0/16', '192.168.255.255/32', '255.255.255.255/8'])('%s is read and written again', (text) => {
  expect(formatCidr(range(text))).toBe(text);
});

test.each([
  '',
  '10.0.0.0',
  '10.0.0/16',
  '10.0.0.0/33',
  '256.0.0.0/8',
  '10.0.0.0/016',
  '010.0.0.0/8',
  '10.0.0.0 /8',
  '::/0',
  '10.0.0.0/8\n',
])('%j is no range', (text) => {
  expect(tryParseCidr(text)).toBeUndefined();
});

test('a range is aligned by leaving out the bits behind its length', () => {
  expect(formatCidr(aligned(range('10.1.2.3/16')))).toBe('10.1.0.0/16');
  expect(formatCidr(aligned(range('255.255.255.255/9')))).toBe('255.128.0.0/9');
});

test('ranges overlap where one contains the other, and only there', () => {
  const ranges = ['10.0.0.0/8', '10.0.0.0/16', '10.1.0.0/16', '10.0.128.0/17', '11.0.0.0/8'].map(range);
  for (const a of ranges) for (const b of ranges) expect(overlap(a, b)).toBe(contains(a, b) || contains(b, a));
  expect(overlap(range('10.0.0.0/16'), range('10.1.0.0/16'))).toBe(false);
});
