/** Units of a rotation that are dead, or dead and noticed, with the probabilities that nodes have. `lost`: useless where all must be fully up. */
export interface Rotation {
  readonly dead: number;
  readonly noticed: number;
  readonly lost: boolean;
  readonly count: number;
}

export interface Served {
  readonly groups: readonly Rotation[];
  readonly loadInUnits: number;
  /** With so many dead units nothing is served; null: each that is up serves its part. */
  readonly least: number | null;
}

/** Chance below which more deaths at once are counted as total failure instead of being followed. */
const negligible = 1e-17;

let table = new Float64Array(256);

/** The share of requests that units in rotation serve. */
function shareOf(up: number, unnoticed: number, loadInUnits: number): number {
  return up === 0 ? 0 : Math.min(up / (up + unnoticed), up / loadInUnits, 1);
}

/**
 * Expected share of requests that fails: units die independently, a dead one stays in rotation until it is noticed. The table holds P(d dead, of which
 * n unnoticed); deaths beyond what can matter fail all requests, so that the bound is on the safe side.
 */
export function servedShare({ groups, loadInUnits, least }: Served, values: ArrayLike<number>): number {
  let units = 0;
  let expected = 0;
  let certain = 0;
  for (const { dead, count } of groups) {
    units += count;
    if (values[dead]! >= 1) certain += count;
    else expected += count * values[dead]!;
  }
  const most = Math.min(units, certain + tailOf(expected, units - certain));
  const width = most + 1;
  if (table.length < width * width) table = new Float64Array(2 * width * width);
  table.fill(0, 0, width * width);
  table[0] = 1;
  let reached = 0;
  let failed = 0;
  const limit = least === null ? Infinity : least - groups.reduce((sum, { lost, count }) => sum + (lost ? count : 0), 0);
  if (limit <= 0) return 1;
  // Units that are lost for the whole anyway come last: their deaths do not count towards its limit.
  for (const last of [false, true]) {
    for (const { dead, noticed, lost, count } of groups) {
      if (lost !== last) continue;
      const p = values[dead]!;
      if (p === 0) continue;
      const known = Math.min(p, values[noticed]!);
      const cap = Math.min(most, last ? Infinity : limit - 1);
      for (let unit = 0; unit < count; unit++) {
        failed += addUnit(width, reached, cap, p, known);
        reached = Math.min(cap, reached + 1);
      }
    }
  }
  for (let d = 0; d <= reached; d++) {
    for (let n = 0; n <= d; n++) {
      const chance = table[d * width + n]!;
      if (chance > 0) failed += chance * (1 - shareOf(units - d, n, loadInUnits));
    }
  }
  return failed;
}

/** One more unit; returns the chance of more deaths than are followed. */
function addUnit(width: number, reached: number, cap: number, p: number, known: number): number {
  const alive = 1 - p;
  const unnoticed = p - known;
  let lost = 0;
  for (let d = reached; d >= 0; d--) {
    for (let n = d; n >= 0; n--) {
      const at = d * width + n;
      const chance = table[at]!;
      if (chance === 0) continue;
      table[at] = chance * alive;
      if (d === cap) {
        lost += chance * p;
        continue;
      }
      const above = at + width;
      table[above] = table[above]! + chance * known;
      table[above + 1] = table[above + 1]! + chance * unnoticed;
    }
  }
  return lost;
}

/** So many deaths that more of them are negligible: P(more than k) ≤ m^(k+1) / (k+1)!, m being their expected number. */
function tailOf(expected: number, units: number): number {
  let term = expected;
  let k = 0;
  while (k < units && term > negligible) {
    k++;
    term *= expected / (k + 1);
  }
  return k;
}
