import { expectedDetection, worstDetection } from './detection';

test('on a fixed grid only the last time-out counts', () => {
  const check = { intervalSeconds: 30, timeoutSeconds: 5, unhealthy: 2 };
  expect(expectedDetection(check)).toBe(15 + 30 + 5);
  expect(worstDetection(check)).toBe(30 + 30 + 5);
});

test('a check of Route 53 that times out begins the next interval: at worst 108 s, and 48 s at the short interval', () => {
  const check = { timeoutSeconds: 6, unhealthy: 3, fromAnswer: true };
  expect(worstDetection({ ...check, intervalSeconds: 30 })).toBe(108);
  expect(worstDetection({ ...check, intervalSeconds: 10 })).toBe(48);
  expect(expectedDetection({ ...check, intervalSeconds: 30 })).toBe(15 + 36 + 36 + 6);
});
