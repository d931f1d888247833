import { Random } from './random';
import { changeOf, shapley, type Worth } from './shapley';

/** A game with a random value for each coalition, in which the last player changes nothing. */
function game(players: number, seed: number): Worth {
  const random = new Random(seed);
  const values = Array.from({ length: 2 ** (players - 1) }, () => random.uniform() * 1e-4);
  return (coalition) => [values[coalition.slice(0, -1).reduce((set, is, i) => set + (is ? 2 ** i : 0), 0)]!];
}

/** By the definition: the mean over all orders of what a player adds. */
function byAllOrders(players: number, worth: Worth): number[] {
  const parts = Array.from({ length: players }, () => 0);
  let orders = 0;
  const go = (order: number[]) => {
    if (order.length < players) {
      for (let i = 0; i < players; i++) if (!order.includes(i)) go([...order, i]);
      return;
    }
    orders++;
    const coalition = Array.from({ length: players }, () => false as boolean);
    for (const player of order) {
      const before = worth(coalition)[0]!;
      coalition[player] = true;
      parts[player] = parts[player]! + worth(coalition)[0]! - before;
    }
  };
  go([]);
  return parts.map((part) => part / orders);
}

test.each([1, 2, 3, 5])('the parts of %d players are the mean of what each adds over all orders', (players) => {
  const worth = game(players, players);
  const parts = shapley(players, 1, worth)[0]!;
  byAllOrders(players, worth).forEach((expected, i) => expect(parts[i]).toBeCloseTo(expected, 15));
});

test.each([3, 8, 12])('the parts of %d players sum to the whole, and who changes nothing gets exactly nothing', (players) => {
  const worth = game(players, 7);
  const parts = shapley(players, 1, worth)[0]!;
  const whole = worth(Array.from({ length: players }, () => true))[0]! - worth(Array.from({ length: players }, () => false as boolean))[0]!;
  expect(Math.abs(parts.reduce((a, b) => a + b, 0) / whole - 1)).toBeLessThan(1e-9);
  expect(parts[players - 1]).toBe(0);
});

test('drawn orders come near the exact parts, and pairwise effects are exact in antithetic pairs', () => {
  const worth = game(7, 3);
  const exact = shapley(7, 1, worth)[0]!;
  const drawn = shapley(7, 1, worth, { exactUpTo: 0, budget: 20_000 })[0]!;
  drawn.forEach((part, i) => expect(Math.abs(part - exact[i]!)).toBeLessThan(1e-5));
  const pairwise: Worth = (coalition) => [coalition.filter(Boolean).length ** 2];
  shapley(6, 1, pairwise, { exactUpTo: 0, budget: 12 })[0]!.forEach((part) => expect(part).toBeCloseTo(6, 12));
});

test('several measures are shared out at once', () => {
  expect(shapley(2, 2, ([a, b]) => [a && b ? 1 : 0, a ? 3 : 0])).toEqual([
    [0.5, 0.5],
    [3, 0],
  ]);
});

test('what rounding alone can make is no part and no change', () => {
  const noisy: Worth = ([a, b]) => [1e-4 + (a ? 1e-5 : 0) + (b ? 1e-19 : 0)];
  const [parts] = shapley(2, 1, noisy);
  expect(parts![1]).toBe(0);
  expect(parts![0]).toBeCloseTo(1e-5, 15);
  expect(changeOf(1e-4, 1e-4 + 1e-19)).toBe(0);
  expect(changeOf(1e-4, 1e-4 + 1e-15)).not.toBe(0);
});
