import { Floats } from './lists';

/** Chance below which more deaths at once are counted as total failure instead of being followed. */
const negligible: f64 = 1e-17;

/** Of each group: the node of its units being dead, that of their being noticed, whether they are lost anyway, and how many there are. */
const groupWords: i32 = 4;

const table: Floats = new Floats(256);

/** The share of requests that units in rotation serve. */
function shareOf(up: i32, unnoticed: i32, loadInUnits: f64): f64 {
  return up == 0 ? 0 : min(min(<f64>up / <f64>(up + unnoticed), <f64>up / loadInUnits), <f64>1);
}

/**
 * Expected share of requests that fails: units die independently, a dead one stays in rotation until it is noticed. The table holds P(d dead, of which
 * n unnoticed); deaths beyond what can matter fail all requests, so that the bound is on the safe side. `least`: so many dead units leave none served;
 * negative: each that is up serves its part.
 */
export function servedShare(least: i32, loadInUnits: f64, words: StaticArray<i32>, from: i32, to: i32, values: StaticArray<f64>): f64 {
  let units = 0;
  let expected: f64 = 0;
  let certain = 0;
  let lost = 0;
  for (let at = from; at < to; at += groupWords) {
    const count = words[at + 3];
    const dead = values[words[at]];
    units += count;
    if (words[at + 2] != 0) lost += count;
    if (dead >= 1) certain += count;
    else expected += <f64>count * dead;
  }
  const most = min(units, certain + tailOf(expected, units - certain));
  const width = most + 1;
  table.reserve(width * width);
  memory.fill(changetype<usize>(table.items), 0, (<usize>(width * width)) << 3);
  table.items[0] = 1;
  let reached = 0;
  let failed: f64 = 0;
  const limit = least < 0 ? i32.MAX_VALUE : least - lost;
  if (limit <= 0) return 1;
  // Units that are lost for the whole anyway come last: their deaths do not count towards its limit.
  for (let last = 0; last < 2; last++) {
    for (let at = from; at < to; at += groupWords) {
      if (words[at + 2] != last) continue;
      const p = values[words[at]];
      if (p == 0) continue;
      const known = min(p, values[words[at + 1]]);
      const cap = last != 0 ? most : min(most, limit - 1);
      for (let unit = 0; unit < words[at + 3]; unit++) {
        failed += addUnit(width, reached, cap, p, known);
        reached = min(cap, reached + 1);
      }
    }
  }
  for (let d = 0; d <= reached; d++) {
    for (let n = 0; n <= d; n++) {
      const chance = table.items[d * width + n];
      if (chance > 0) failed += chance * (1 - shareOf(units - d, n, loadInUnits));
    }
  }
  return failed;
}

/** One more unit; returns the chance of more deaths than are followed. */
function addUnit(width: i32, reached: i32, cap: i32, p: f64, known: f64): f64 {
  const chances = table.items;
  const alive = 1 - p;
  const unnoticed = p - known;
  let lost: f64 = 0;
  for (let d = reached; d >= 0; d--) {
    for (let n = d; n >= 0; n--) {
      const at = d * width + n;
      const chance = chances[at];
      if (chance == 0) continue;
      chances[at] = chance * alive;
      if (d == cap) {
        lost += chance * p;
        continue;
      }
      const above = at + width;
      chances[above] += chance * known;
      chances[above + 1] += chance * unnoticed;
    }
  }
  return lost;
}

/** So many deaths that more of them are negligible: P(more than k) ≤ m^(k+1) / (k+1)!, m being their expected number. */
function tailOf(expected: f64, units: i32): i32 {
  let term = expected;
  let k = 0;
  while (k < units && term > negligible) {
    k++;
    term *= expected / <f64>(k + 1);
  }
  return k;
}
