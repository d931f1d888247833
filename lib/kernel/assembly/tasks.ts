import { Ints, zeros } from './lists';
import { add, ANY, COUNT, DECISION, rotationOf, SERVE } from './nodes';

/**
 * What a walk over a tuple of nodes is for: it says in which form equal tuples are found to be equal, and what a tuple is of which nothing is left to
 * ask for.
 */
const CONDITION: i32 = 0;
const SERVING: i32 = 1;
const MIXTURE: i32 = 2;
const ANY_OF: i32 = 3;
const ALL_OF: i32 = 4;

let task: i32 = 0;
/**
 * Of a condition, for each pool in turn: how many dead units fail it, how many groups it has, and how many units each; of a share, for each group:
 * whether there is a node for being lost, and how many units; of a mixture: its event.
 */
let about: StaticArray<i32> = zeros(0);
/** Of a share. */
let loadInUnits: f64 = 0;
let least: i32 = 0;

export function setTask(kind: i32, words: StaticArray<i32>, load: f64, leastDead: i32): void {
  task = kind;
  about = words;
  loadInUnits = load;
  least = leastDead;
}

export function settle(tuple: StaticArray<i32>, width: i32): void {
  if (task == CONDITION) settleCondition(tuple, width);
  else if (task == SERVING) {
    if (tuple[0] == 1) clear(tuple, 1, width);
  } else if (task == ANY_OF) {
    for (let i = 0; i < width; i++) {
      if (tuple[i] != 1) continue;
      clear(tuple, 0, width);
      tuple[0] = 1;
      return;
    }
  } else if (task == ALL_OF) {
    for (let i = 0; i < width; i++) if (tuple[i] == 0) return clear(tuple, 0, width);
  }
}

export function leaf(tuple: StaticArray<i32>, width: i32): i32 {
  if (task == CONDITION) return conditionOf(tuple);
  if (task == SERVING) return servingOf(tuple);
  if (task == MIXTURE) {
    for (let i = 1; i < width; i++) if (tuple[i] != tuple[0]) return add(DECISION, about[0], tuple, 0, width);
    return tuple[0];
  }
  if (task == ANY_OF) return anyOf(tuple, width);
  units.length = 0;
  for (let i = 0; i < width; i++) {
    if (tuple[i] == 0) return 0;
    if (tuple[i] != 1) addGroup(tuple[i], 1);
  }
  return counted(units.length >> 1);
}

function clear(tuple: StaticArray<i32>, from: i32, to: i32): void {
  for (let i = from; i < to; i++) tuple[i] = 0;
}

/** A pool that does not matter any more, or cannot fail, asks for nothing; one that has failed decides all. */
function settleCondition(tuple: StaticArray<i32>, width: i32): void {
  if (tuple[0] == 1) clear(tuple, 1, width);
  for (let word = 0, at = 1; word < about.length;) {
    const fails = about[word];
    const groups = about[word + 1];
    let certain = 0;
    let possible = 0;
    if (tuple[at] != 0) {
      for (let i = 1; i <= groups; i++) {
        const count = about[word + 1 + i];
        if (tuple[at + i] == 1) certain += count;
        if (tuple[at + i] != 0) possible += count;
      }
    }
    if (possible < fails) clear(tuple, at, at + 1 + groups);
    else if (certain >= fails && tuple[at] == 1) {
      clear(tuple, 0, width);
      tuple[0] = 1;
    }
    word += 2 + groups;
    at += 1 + groups;
  }
}

const parts: Ints = new Ints(64);
/** Groups of a leaf: node and count of each. */
const units: Ints = new Ints(64);
const rotation: Ints = new Ints(64);
/** Children of a disjunction that are still open. */
const open: Ints = new Ints(64);

function conditionOf(tuple: StaticArray<i32>): i32 {
  if (tuple[0] == 1) return 1;
  parts.length = 0;
  for (let word = 0, at = 1; word < about.length;) {
    const groups = about[word + 1];
    if (tuple[at] == 1) {
      let left = about[word];
      units.length = 0;
      for (let i = 1; i <= groups; i++) {
        const node = tuple[at + i];
        if (node == 1) left -= about[word + 1 + i];
        else if (node != 0) addGroup(node, about[word + 1 + i]);
      }
      parts.push(counted(left));
    }
    word += 2 + groups;
    at += 1 + groups;
  }
  return anyOf(parts.items, parts.length);
}

/** One group of a node that has several; in the order of their nodes. */
export function addGroup(node: i32, count: i32): void {
  let at = units.length;
  while (at > 0 && units.items[at - 2] > node) at -= 2;
  if (at > 0 && units.items[at - 2] == node) {
    units.items[at - 1] += count;
    return;
  }
  units.push(0);
  units.push(0);
  for (let i = units.length - 1; i > at + 1; i--) units.items[i] = units.items[i - 2];
  units.items[at] = node;
  units.items[at + 1] = count;
}

/** So many dead of the units that have been put together. */
export function counted(dead: i32): i32 {
  if (dead <= 0) return 1;
  let all = 0;
  for (let i = 1; i < units.length; i += 2) all += units.items[i];
  return all < dead ? 0 : add(COUNT, dead, units.items, 0, units.length);
}

/** Leaves of other nodes are put together in the same way. */
export function startGroups(): void {
  units.length = 0;
  rotation.length = 0;
}

export function anyOf(nodes: StaticArray<i32>, length: i32): i32 {
  open.reserve(length);
  const own = open.items;
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (nodes[i] == 1) return 1;
    if (nodes[i] == 0) continue;
    let at = count++;
    for (; at > 0 && own[at - 1] > nodes[i]; at--) own[at] = own[at - 1];
    own[at] = nodes[i];
  }
  if (count == 0) return 0;
  return count == 1 ? own[0] : add(ANY, -1, own, 0, count);
}

function servingOf(tuple: StaticArray<i32>): i32 {
  if (tuple[0] == 1) return 1;
  rotation.length = 0;
  // What takes a unit for all together and not for its share alone is shared, so it is settled here.
  for (let i = 0, at = 1; i < about.length; i++, at += 3) addRotation(tuple[at], tuple[at + 1], tuple[at + 2] == 1, about[i]);
  const alone = served(loadInUnits, least);
  // Pools of the condition are left: what they do not take, the units do.
  if (tuple[0] == 0) return alone;
  parts.length = 0;
  parts.push(tuple[0]);
  parts.push(alone);
  return anyOf(parts.items, 2);
}

/** Units of one fate together, in the order of their nodes. */
export function addRotation(dead: i32, noticed: i32, lost: bool, count: i32): void {
  let at = rotation.length;
  while (at > 0 && compared(at - 4, dead, noticed, lost) > 0) at -= 4;
  if (at > 0 && compared(at - 4, dead, noticed, lost) == 0) {
    rotation.items[at - 1] += count;
    return;
  }
  for (let i = 0; i < 4; i++) rotation.push(0);
  for (let i = rotation.length - 1; i > at + 3; i--) rotation.items[i] = rotation.items[i - 4];
  rotation.items[at] = dead;
  rotation.items[at + 1] = noticed;
  rotation.items[at + 2] = <i32>lost;
  rotation.items[at + 3] = count;
}

function compared(at: i32, dead: i32, noticed: i32, lost: bool): i32 {
  const group = rotation.items;
  if (group[at] != dead) return group[at] - dead;
  if (group[at + 1] != noticed) return group[at + 1] - noticed;
  return group[at + 2] - <i32>lost;
}

/** The share that fails of the units that have been put together. */
export function served(load: f64, leastDead: i32): i32 {
  let all = 0;
  let idle = true;
  for (let at = 0; at < rotation.length; at += 4) {
    all += rotation.items[at + 3];
    if (rotation.items[at] != 0 || rotation.items[at + 2] != 0) idle = false;
  }
  if (idle && <f64>all >= load) return 0;
  return add(SERVE, rotationOf(load, leastDead), rotation.items, 0, rotation.length);
}
