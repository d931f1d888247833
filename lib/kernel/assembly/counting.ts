import { Floats } from './lists';

const row: Floats = new Floats(64);

/** A group is two words: the node that says how likely a unit is dead, and how many units there are. They are dead independently. */
function alike(words: StaticArray<i32>, from: i32, to: i32, values: StaticArray<f64>): bool {
  const p = values[words[from]];
  for (let at = from + 2; at < to; at += 2) if (values[words[at]] != p) return false;
  return true;
}

function unitsIn(words: StaticArray<i32>, from: i32, to: i32): i32 {
  let units = 0;
  for (let at = from; at < to; at += 2) units += words[at + 1];
  return units;
}

/** P(at least `least` dead) of the groups in a stretch of words. */
export function countDead(least: i32, words: StaticArray<i32>, from: i32, to: i32, values: StaticArray<f64>): f64 {
  if (alike(words, from, to, values)) return deadOf(unitsIn(words, from, to), least, values[words[from]]);
  start(least + 1);
  for (let at = from; at < to; at += 2) addUnits(least, values[words[at]], words[at + 1]);
  return row.items[least];
}

/** P(exactly least − 1 of the others are dead), for a unit of the group there: what the death of that unit adds to P(at least `least` dead). */
export function pivotal(least: i32, words: StaticArray<i32>, from: i32, to: i32, group: i32, values: StaticArray<f64>): f64 {
  if (alike(words, from, to, values)) return exactlyDeadOf(unitsIn(words, from, to) - 1, least - 1, values[words[from]]);
  start(least + 1);
  for (let at = from; at < to; at += 2) addUnits(least, values[words[at]], at == group ? words[at + 1] - 1 : words[at + 1]);
  return row.items[least - 1];
}

function start(length: i32): void {
  row.reserve(length);
  for (let k = 1; k < length; k++) row.items[k] = 0;
  row.items[0] = 1;
}

/** Adds units: entry k is P(k dead), the last one P(that many or more). Only positive terms, so a small tail keeps its digits. */
function addUnits(most: i32, p: f64, count: i32): void {
  const chances = row.items;
  const alive = 1 - p;
  for (let unit = 0; unit < count; unit++) {
    chances[most] += p * chances[most - 1];
    for (let k = most - 1; k > 0; k--) chances[k] = chances[k] * alive + chances[k - 1] * p;
    chances[0] *= alive;
  }
}

/** P(k or more of n dead), each with probability p: only positive terms, begun at the end where they do not underflow. */
function deadOf(n: i32, k: i32, p: f64): f64 {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const alive = 1 - p;
  let sum: f64 = 0;
  if (p <= 0.5) {
    const odds = p / alive;
    let term = power(alive, n);
    for (let i = 1; i <= n; i++) {
      term *= (<f64>(n - i + 1) / <f64>i) * odds;
      if (i < k) continue;
      sum += term;
      if (term < sum * 1e-18) break;
    }
    return sum;
  }
  // By those that are alive, of which there are n − k at most.
  const odds = alive / p;
  let term = power(p, n);
  for (let i = 0; i <= n - k; i++) {
    sum += term;
    term *= (<f64>(n - i) / <f64>(i + 1)) * odds;
  }
  return sum;
}

/** P(k of n dead), each with probability p. */
function exactlyDeadOf(n: i32, k: i32, p: f64): f64 {
  if (k > n) return 0;
  let term: f64 = 1;
  // Factors in turn, so that neither the binomial coefficient overflows nor the powers underflow before the product does.
  for (let i = 1; i <= k; i++) term *= (<f64>(n - i + 1) / <f64>i) * p;
  return term * power(1 - p, n - k);
}

function power(base: f64, exponent: i32): f64 {
  let result: f64 = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}
