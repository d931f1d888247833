import { fillNone, hashed, Ints, slotOf, wider, widerFloats, zeroFloats, zeros } from './lists';
import { add, DECISION, nowhere, offsets, order, places as nodePlaces, starts as nodeStarts, statesOf, values, words } from './nodes';
import { leaf, settle } from './tasks';

/** What is not followed may have this part of the result; where that takes many steps, the second. */
const fine: f64 = 1e-11;
const coarse: f64 = 1e-5;
const manySteps: i32 = 250;
/** No walk becomes larger than this; what is left counts as failing. */
const mostSteps: i32 = 200_000;

/** States of all events by how much they weigh when it is decided what to follow. */
let weights: StaticArray<f64> = zeroFloats(0);

/** By how much the node of the last walk may be too large. */
export let rest: f64 = 0;

// The steps of one walk, in arrays that the next one uses again.
/** Steps of most walks. */
const room: i32 = 1 << 13;
let width: i32 = 0;
let limit: i32 = 0;
let count: i32 = 0;
let opened: i32 = 0;
let pass: i32 = 0;
let tuples: StaticArray<i32> = zeros(16 * room);
/** Node of each step; −1 while it is not known. */
let known: StaticArray<i32> = zeros(room);
let places: StaticArray<i32> = zeros(room);
/** Where a step's children start; −1 while it is not opened. */
let starts: StaticArray<i32> = zeros(room);
let passes: StaticArray<i32> = zeros(room);
let next: StaticArray<i32> = zeros(room);
let mass: StaticArray<f64> = zeroFloats(room);
const children: Ints = new Ints(8 * room);
const seen: Ints = new Ints(room);
let heads: StaticArray<i32> = zeros(0);
let table: StaticArray<i32> = zeros(2 * room);
/** How much of the table this walk uses, less one. */
let mask: i32 = 0;
/** A tuple on its way to its step. */
let scratch: StaticArray<i32> = zeros(64);
/** Which of a tuple ask for the event of its step, and what they have become. */
const asking: Ints = new Ints(64);
let before: StaticArray<i32> = zeros(64);
let made: StaticArray<i32> = zeros(64);

/**
 * How often something is down asks what holds in a cause's youngest phase, however short that is: so no phase weighs much less than the cause.
 */
export function setWeights(states: StaticArray<f64>): void {
  weights = zeroFloats(states.length);
  heads = zeros(order.length);
  let most = 0;
  for (let event = 0; event < order.length; event++) {
    most = max(most, statesOf(event));
    let present: f64 = 0;
    for (let state = offsets[event] + 1; state < offsets[event + 1]; state++) present += states[state];
    weights[offsets[event]] = states[offsets[event]];
    for (let state = offsets[event] + 1; state < offsets[event + 1]; state++) weights[state] = max(states[state], present / 16);
  }
  made = zeros(max(64, most));
}

/**
 * Follows all nodes of a tuple at once, event by event, up to a place in the order of questions. The likely is followed first: what together has less
 * weight than can be seen in the result is not followed, and counts as failing. Steps are visited in the order of their events, so that each knows its
 * whole weight before it is opened.
 */
export function walk(roots: StaticArray<i32>, until: i32): i32 {
  begin(roots, until);
  const root = stepOf();
  rest = 0;
  if (known[root] >= 0) return known[root];
  for (let threshold: f64 = 1e-8; ; threshold /= 10) {
    const reached = follow(root, threshold);
    const enough = rest <= fine * reached || (opened > manySteps && rest <= coarse * reached);
    if (enough || opened >= mostSteps || threshold < 1e-40) break;
  }
  return build(root);
}

function begin(roots: StaticArray<i32>, until: i32): void {
  const length = roots.length;
  width = length;
  limit = until;
  count = 0;
  opened = 0;
  pass = 0;
  children.length = 0;
  mask = 1023;
  fillNone(table, 0, 1024);
  if (length > scratch.length) {
    scratch = zeros(2 * length);
    before = zeros(2 * length);
  }
  for (let i = 0; i < length; i++) scratch[i] = roots[i];
}

/** Follows everything that has at least this weight; returns how much of the result is known. */
function follow(root: i32, threshold: f64): f64 {
  pass++;
  fillNone(heads, 0, heads.length);
  seen.length = 0;
  rest = 0;
  let reached: f64 = 0;
  const first = places[root];
  mass[root] = 1;
  passes[root] = pass;
  next[root] = -1;
  heads[first] = root;
  for (let place = first; place < limit; place++) {
    const from = offsets[order[place]];
    const states = statesOf(order[place]);
    for (let step = heads[place]; step >= 0; step = next[step]) {
      const whole = mass[step];
      if (starts[step] < 0) {
        if (whole < threshold || opened >= mostSteps) {
          rest += whole;
          continue;
        }
        open(step, states);
      }
      seen.push(step);
      const own = starts[step];
      for (let state = 0; state < states; state++) {
        const child = children.items[own + state];
        const part = whole * weights[from + state];
        const childPlace = places[child];
        if (childPlace == nowhere) reached += part * values[known[child]];
        else if (passes[child] == pass) mass[child] += part;
        else {
          passes[child] = pass;
          mass[child] = part;
          next[child] = heads[childPlace];
          heads[childPlace] = child;
        }
      }
    }
  }
  return reached;
}

/** Makes nodes of all steps that the last pass followed, deeper ones first, so that children have theirs. */
function build(root: i32): i32 {
  for (let i = seen.length - 1; i >= 0; i--) {
    const step = seen.items[i];
    const event = order[places[step]];
    const states = statesOf(event);
    const from = starts[step];
    let same = true;
    for (let state = 0; state < states; state++) {
      const node = known[children.items[from + state]];
      made[state] = node < 0 ? 1 : node;
      if (made[state] != made[0]) same = false;
    }
    known[step] = same ? made[0] : add(DECISION, event, made, 0, states);
  }
  return known[root];
}

function open(step: i32, states: i32): void {
  opened++;
  const place = places[step];
  const from = children.length;
  children.reserve(from + states);
  children.length = from + states;
  starts[step] = from;
  asking.length = 0;
  const base = step * width;
  for (let i = 0; i < width; i++) if (nodePlaces[tuples[base + i]] == place) asking.push(i);
  for (let state = 0; state < states; state++) {
    // Neighbouring phases mostly differ for few of those who ask.
    let same = state > 0;
    for (let k = 0; k < asking.length; k++) {
      const node = words.items[nodeStarts[tuples[base + asking.items[k]]] + state];
      if (before[k] != node) same = false;
      before[k] = node;
    }
    if (!same) {
      for (let i = 0; i < width; i++) scratch[i] = tuples[base + i];
      for (let k = 0; k < asking.length; k++) scratch[asking.items[k]] = before[k];
    }
    children.items[from + state] = same ? children.items[from + state - 1] : stepOf();
  }
}

/** The step for the tuple in the scratch array. */
function stepOf(): i32 {
  settle(scratch, width);
  let place = nowhere;
  let hash: u32 = 0;
  for (let i = 0; i < width; i++) {
    const node = scratch[i];
    hash = hashed(hash, node);
    place = min(place, nodePlaces[node]);
  }
  if (place >= limit) place = nowhere;
  let slot = slotOf(hash, mask);
  for (let step = table[slot]; step >= 0; step = table[slot]) {
    if (isOf(step)) return step;
    slot = (slot + 1) & mask;
  }
  const step = count++;
  if (step >= known.length) widen();
  if (count * width > tuples.length) tuples = wider(tuples, 2 * count * width);
  table[slot] = step;
  for (let i = 0, at = step * width; i < width; i++, at++) tuples[at] = scratch[i];
  places[step] = place;
  starts[step] = -1;
  passes[step] = 0;
  known[step] = place == nowhere ? leaf(scratch, width) : -1;
  if (count * 2 > mask) rehash();
  return step;
}

function isOf(step: i32): bool {
  for (let i = 0, at = step * width; i < width; i++, at++) if (tuples[at] != scratch[i]) return false;
  return true;
}

function widen(): void {
  const length = 2 * known.length;
  known = wider(known, length);
  places = wider(places, length);
  starts = wider(starts, length);
  passes = wider(passes, length);
  next = wider(next, length);
  mass = widerFloats(mass, length);
}

function rehash(): void {
  const size = 4 * (mask + 1);
  if (size > table.length) table = zeros(size);
  mask = size - 1;
  fillNone(table, 0, size);
  for (let step = 0; step < count; step++) {
    let hash: u32 = 0;
    for (let i = 0, at = step * width; i < width; i++, at++) hash = hashed(hash, tuples[at]);
    let slot = slotOf(hash, mask);
    while (table[slot] >= 0) slot = (slot + 1) & mask;
    table[slot] = step;
  }
}
