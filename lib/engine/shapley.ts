import { Random } from './random';

/** The value of a coalition: several measures at once. */
export type Worth = (coalition: readonly boolean[]) => ArrayLike<number>;

export interface ShapleyOptions {
  /** Up to so many players all coalitions are valued; beyond, orders are drawn. @default 8 */
  readonly exactUpTo?: number;
  /** Coalitions that are valued, at least for two orders, where orders are drawn. @default 256 */
  readonly budget?: number;
  /** Names the drawn orders. @default 1 */
  readonly seed?: number;
}

/**
 * How much each player adds to what all of them change together (Shapley 1953): by measure, then player. The parts add up to the whole; a player that
 * never changes the value gets exactly 0; alike players get alike parts.
 * @example shapley(2, 1, ([a, b]) => [a && b ? 1 : 0]) // => [[0.5, 0.5]]
 */
export function shapley(players: number, measures: number, worth: Worth, options: ShapleyOptions = {}): number[][] {
  const nobody = worth(Array.from({ length: players }, () => false as boolean));
  const everybody = worth(Array.from({ length: players }, () => true));
  const parts = players <= (options.exactUpTo ?? 8) ? exact(players, measures, worth) : drawn(players, measures, worth, options);
  return parts.map((of, measure) => {
    const [before, after] = [nobody[measure]!, everybody[measure]!];
    return summingTo(
      changeOf(before, after),
      of.map((part) => (isRounding(part, before, after) ? 0 : part)),
    );
  });
}

/** The difference of two numbers that were computed in different ways; 0 where rounding alone can have made it. */
export function changeOf(before: number, after: number): number {
  const change = after - before;
  return isRounding(change, before, after) ? 0 : change;
}

/** Thousands of operations, each with a relative error of 1e-16, stay below this. */
const isRounding = (change: number, before: number, after: number): boolean =>
  Math.abs(change) <= 1e-12 * Math.max(Math.abs(before), Math.abs(after));

function exact(players: number, measures: number, worth: Worth): number[][] {
  const worths = Array.from({ length: 2 ** players }, (_, set) => worth(Array.from({ length: players }, (_, i) => ((set >> i) & 1) === 1)));
  const parts = Array.from({ length: measures }, () => Array.from({ length: players }, () => 0));
  for (let set = 0; set < worths.length; set++) {
    const size = members(set);
    for (let i = 0; i < players; i++) {
      if ((set >> i) & 1) continue;
      // |S|! (n − |S| − 1)! / n!: the share of orders in which exactly S comes before i.
      const weight = 1 / (players * binomial(players - 1, size));
      const more = worths[set | (1 << i)]!;
      for (let m = 0; m < measures; m++) parts[m]![i] = parts[m]![i]! + weight * (more[m]! - worths[set]![m]!);
    }
  }
  return parts;
}

/** Each drawn order is also gone through backwards (antithetic pairs: Mitchell, Cooper, Frank and Holmes 2022), which takes most of pairwise effects out of the noise. */
function drawn(players: number, measures: number, worth: Worth, { budget = 256, seed = 1 }: ShapleyOptions): number[][] {
  const pairs = Math.max(1, Math.floor(budget / (2 * players)));
  const random = new Random(seed);
  const parts = Array.from({ length: measures }, () => Array.from({ length: players }, () => 0));
  for (let pair = 0; pair < pairs; pair++) {
    const order = shuffled(players, random.split(pair));
    for (const one of [order, [...order].reverse()]) {
      const coalition = Array.from({ length: players }, () => false as boolean);
      let before = worth(coalition);
      for (const player of one) {
        coalition[player] = true;
        const after = worth(coalition);
        for (let m = 0; m < measures; m++) parts[m]![player] = parts[m]![player]! + (after[m]! - before[m]!) / (2 * pairs);
        before = after;
      }
    }
  }
  return parts;
}

/** The parts add up by their nature; what rounding leaves over goes to those that have a part. */
export function summingTo(whole: number, parts: readonly number[]): number[] {
  const sum = parts.reduce((a, b) => a + b, 0);
  const size = parts.reduce((a, b) => a + Math.abs(b), 0);
  return size === 0 ? [...parts] : parts.map((part) => part + (whole - sum) * (Math.abs(part) / size));
}

function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function members(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
