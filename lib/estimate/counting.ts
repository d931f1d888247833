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

/** P(at least `least` dead). */
export function countDead(leaf: { readonly least: number; readonly groups: readonly Group[] }, values: ArrayLike<number>): number {
  const chances = fresh(leaf.least + 1);
  for (const { node, count } of leaf.groups) addUnits(chances, leaf.least, values[node]!, count);
  return chances[leaf.least]!;
}

/** P(exactly least − 1 of the others are dead), for a unit of each group: what the death of that unit then adds to P(at least `least` dead). */
export function pivotal(leaf: { readonly least: number; readonly groups: readonly Group[] }, values: ArrayLike<number>): Float64Array {
  const result = new Float64Array(leaf.groups.length);
  leaf.groups.forEach((_, i) => {
    const chances = fresh(leaf.least + 1);
    leaf.groups.forEach(({ node, count }, j) => addUnits(chances, leaf.least, values[node]!, i === j ? count - 1 : count));
    result[i] = chances[leaf.least - 1]!;
  });
  return result;
}
