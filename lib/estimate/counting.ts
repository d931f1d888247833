/** Units that are dead independently of each other, each with the probability that a node has. */
export interface Group {
  readonly node: number;
  readonly count: number;
}

let row = new Float64Array(64);

const fresh = (length: number): Float64Array => {
  if (row.length < length) row = new Float64Array(2 * length);
  row.fill(0, 0, length);
  row[0] = 1;
  return row;
};

/** Adds one unit: entry k is P(k dead), the last one P(that many or more). Only positive terms, so a small tail keeps its digits. */
function addUnits(chances: Float64Array, most: number, p: number, count: number): void {
  const alive = 1 - p;
  for (let unit = 0; unit < count; unit++) {
    chances[most] = chances[most]! + p * chances[most - 1]!;
    for (let k = most - 1; k > 0; k--) chances[k] = chances[k]! * alive + chances[k - 1]! * p;
    chances[0] = chances[0]! * alive;
  }
}

/** P(k or more of n dead), each with probability p: only positive terms, begun at the end where they do not underflow. */
export function deadOf(n: number, k: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const alive = 1 - p;
  let sum = 0;
  if (p <= 0.5) {
    const odds = p / alive;
    let term = alive ** n;
    for (let i = 1; i <= n; i++) {
      term *= ((n - i + 1) / i) * odds;
      if (i < k) continue;
      sum += term;
      if (term < sum * 1e-18) break;
    }
    return sum;
  }
  // By those that are alive, of which there are n − k at most.
  const odds = alive / p;
  let term = p ** n;
  for (let i = 0; i <= n - k; i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * odds;
  }
  return sum;
}

/** Most leaves are about units that are all as likely to be dead. */
const areAlike = (groups: readonly Group[], values: ArrayLike<number>): boolean => {
  const p = values[groups[0]!.node];
  return groups.every(({ node }) => values[node] === p);
};

const unitsIn = (groups: readonly Group[]): number => groups.reduce((sum, { count }) => sum + count, 0);

/** P(at least `least` dead). */
export function countDead(leaf: { readonly least: number; readonly groups: readonly Group[] }, values: ArrayLike<number>): number {
  const { groups, least } = leaf;
  if (areAlike(groups, values)) return deadOf(unitsIn(groups), least, values[groups[0]!.node]!);
  const chances = fresh(least + 1);
  for (const { node, count } of groups) addUnits(chances, least, values[node]!, count);
  return chances[least]!;
}

/** P(exactly least − 1 of the others are dead), for a unit of each group: what the death of that unit then adds to P(at least `least` dead). */
export function pivotal(leaf: { readonly least: number; readonly groups: readonly Group[] }, values: ArrayLike<number>): Float64Array {
  const { groups, least } = leaf;
  const result = new Float64Array(groups.length);
  if (areAlike(groups, values)) return result.fill(exactlyDeadOf(unitsIn(groups) - 1, least - 1, values[groups[0]!.node]!));
  groups.forEach((_, i) => {
    const chances = fresh(least + 1);
    groups.forEach(({ node, count }, j) => addUnits(chances, least, values[node]!, i === j ? count - 1 : count));
    result[i] = chances[least - 1]!;
  });
  return result;
}

/** P(k of n dead), each with probability p. */
function exactlyDeadOf(n: number, k: number, p: number): number {
  if (k > n) return 0;
  let term = 1;
  // Factors in turn, so that neither the binomial coefficient overflows nor the powers underflow before the product does.
  for (let i = 1; i <= k; i++) term *= ((n - i + 1) / i) * p;
  return term * (1 - p) ** (n - k);
}
