import { countDead } from './counting';
import { Floats, hashed, Ints, slotOf, wider, widerFloats, zeroFloats, zeros } from './lists';
import { servedShare } from './serving';

/** Nodes of a joint diagram in flat arrays that grow; 0 and 1 are the constants. A child has a smaller number than its parent. Equal nodes are one. */
export const DECISION: i32 = 0;
/** At least so many units are dead. */
export const COUNT: i32 = 1;
/** One of its children holds. */
export const ANY: i32 = 2;
/** The share of requests that fails. */
export const SERVE: i32 = 3;

/** Place of what asks for nothing. */
export const nowhere: i32 = i32.MAX_VALUE;

/** Enough for most models. Memory that is not used costs nothing, and what has to move is used twice. */
const room: i32 = 1 << 15;

export let nodeCount: i32 = 0;
export let kinds: StaticArray<i32> = zeros(room);
/** Event of a decision; how many dead units a count asks for; where the numbers of a share stand. */
export let subjects: StaticArray<i32> = zeros(room);
/** Where in the order of questions a decision stands. */
export let places: StaticArray<i32> = zeros(room);
export let starts: StaticArray<i32> = zeros(room);
/** Children, or the groups of a leaf. */
export const words: Ints = new Ints(8 * room);
/** Nominal values. */
export let values: StaticArray<f64> = zeroFloats(room);
/** For each share in turn: the load in units, and how many dead units leave none served. */
export const rotations: Floats = new Floats(64);

/** Nodes by their hash; 0 where there is none. */
let table: StaticArray<i32> = zeros(2 * room);

/** Events by their place in the order of questions, and the other way round. */
export let order: StaticArray<i32> = zeros(0);
let positions: StaticArray<i32> = zeros(0);
/** Where the exact states of each event start in a table of states. */
export let offsets: StaticArray<i32> = zeros(0);
/** Nominal probabilities of exact states. */
let states: StaticArray<f64> = zeroFloats(0);

/** Says which events there are; to be called before all others. */
export function setEvents(inOrder: StaticArray<i32>, eventOffsets: StaticArray<i32>, nominal: StaticArray<f64>): void {
  order = inOrder;
  offsets = eventOffsets;
  states = nominal;
  positions = zeros(inOrder.length);
  for (let place = 0; place < inOrder.length; place++) positions[inOrder[place]] = place;
  // The constants are never looked up.
  for (let constant = 0; constant < 2; constant++) {
    kinds[constant] = DECISION;
    subjects[constant] = -1;
    places[constant] = nowhere;
    values[constant] = <f64>constant;
  }
  nodeCount = 2;
}

export function statesOf(event: i32): i32 {
  return offsets[event + 1] - offsets[event];
}

/** The node of this form, made when it is new; its children or groups are a stretch of an array. */
export function add(kind: i32, subject: i32, own: StaticArray<i32>, from: i32, length: i32): i32 {
  let slot = slotOf(hashOf(kind, subject, own, from, length), table.length - 1);
  for (let node = table[slot]; node > 0; node = table[slot]) {
    if (kinds[node] == kind && subjects[node] == subject && sameWords(node, own, from, length)) return node;
    slot = (slot + 1) & (table.length - 1);
  }
  const node = nodeCount++;
  if (node + 1 >= kinds.length) widen();
  const start = starts[node];
  words.reserve(start + length);
  for (let i = 0; i < length; i++) words.items[start + i] = own[from + i];
  starts[node + 1] = start + length;
  kinds[node] = kind;
  subjects[node] = subject;
  places[node] = kind == DECISION ? positions[subject] : nowhere;
  values[node] = valueOf(node);
  table[slot] = node;
  if (2 * nodeCount > table.length) rehash();
  return node;
}

/** Where a rotation stands of which `least` dead units leave none served. */
export function rotationOf(loadInUnits: f64, least: i32): i32 {
  for (let at = 0; at < rotations.length; at += 2) {
    if (rotations.items[at] == loadInUnits && rotations.items[at + 1] == <f64>least) return at;
  }
  rotations.push(loadInUnits);
  rotations.push(<f64>least);
  return rotations.length - 2;
}

function valueOf(node: i32): f64 {
  const from = starts[node];
  const to = starts[node + 1];
  const subject = subjects[node];
  const own = words.items;
  const kind = kinds[node];
  let value: f64 = 0;
  if (kind == DECISION) {
    for (let at = from, state = offsets[subject]; at < to; at++, state++) value += states[state] * values[own[at]];
    return value;
  }
  if (kind == COUNT) return countDead(subject, own, from, to, values);
  if (kind == SERVE) return servedShare(<i32>rotations.items[subject + 1], rotations.items[subject], own, from, to, values);
  let none: f64 = 1;
  for (let at = from; at < to; at++) {
    const part = values[own[at]];
    value += none * part;
    none *= 1 - part;
  }
  return value;
}

function hashOf(kind: i32, subject: i32, own: StaticArray<i32>, from: i32, length: i32): u32 {
  let hash: u32 = kind * 0x9e3779b1 + subject * 0x85ebca6b;
  for (let i = from; i < from + length; i++) hash = hashed(hash, own[i]);
  return hash;
}

function sameWords(node: i32, own: StaticArray<i32>, from: i32, length: i32): bool {
  const start = starts[node];
  if (starts[node + 1] - start != length) return false;
  for (let i = 0; i < length; i++) if (words.items[start + i] != own[from + i]) return false;
  return true;
}

function rehash(): void {
  table = zeros(4 * table.length);
  const mask = table.length - 1;
  for (let node = 2; node < nodeCount; node++) {
    let slot = slotOf(hashOf(kinds[node], subjects[node], words.items, starts[node], starts[node + 1] - starts[node]), mask);
    while (table[slot] > 0) slot = (slot + 1) & mask;
    table[slot] = node;
  }
}

function widen(): void {
  const length = 2 * kinds.length;
  kinds = wider(kinds, length);
  subjects = wider(subjects, length);
  places = wider(places, length);
  starts = wider(starts, length);
  values = widerFloats(values, length);
}
