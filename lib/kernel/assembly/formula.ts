import { fillNone, Ints, zeros } from './lists';
import { add, DECISION, order, places, starts, statesOf, words } from './nodes';

/** Kinds of nodes and of events, as in lib/engine/formula.ts. */
export const LITERAL: i32 = 1;
export const AND: i32 = 2;
export const AT_LEAST: i32 = 3;
export const CHOICE: i32 = 2;

/** A Boolean formula in flat arrays: a reference is twice a node's number, plus one if negated. */
let kinds: StaticArray<i32> = zeros(0);
let parameters: StaticArray<i32> = zeros(0);
let formulaStarts: StaticArray<i32> = zeros(0);
let children: StaticArray<i32> = zeros(0);
let eventKinds: StaticArray<i32> = zeros(0);

/** The diagram of each reference; −1 while it is not known. */
let known: StaticArray<i32> = zeros(0);

/** Children of the nodes that are being made. */
const stack: Ints = new Ints(1024);

function begin(states: i32): i32 {
  const base = stack.length;
  stack.reserve(base + states);
  stack.length = base + states;
  return base;
}

/** A decision between the children from this base on, which are taken from the stack. */
function end(event: i32, base: i32, states: i32): i32 {
  stack.length = base;
  const own = stack.items;
  for (let state = 1; state < states; state++) if (own[base + state] != own[base]) return add(DECISION, event, own, base, states);
  return own[base];
}

/** What has been combined lately: the one, the other with how, and the result; side by side, since they are looked at together. */
const memorySize: i32 = 1 << 14;
const combinations: StaticArray<i32> = zeros(4 * memorySize);

export function setFormula(
  nodeKinds: StaticArray<i32>,
  nodeParameters: StaticArray<i32>,
  nodeStarts: StaticArray<i32>,
  nodeChildren: StaticArray<i32>,
  kindsOfEvents: StaticArray<i32>,
): void {
  kinds = nodeKinds;
  parameters = nodeParameters;
  formulaStarts = nodeStarts;
  children = nodeChildren;
  eventKinds = kindsOfEvents;
  known = zeros(2 * nodeKinds.length);
  fillNone(known, 0, known.length);
  known[0] = 0;
  known[1] = 1;
}

/** The decision diagram of a reference. */
export function diagramOf(ref: i32): i32 {
  let node = known[ref];
  if (node < 0) {
    node = kinds[ref >> 1] == LITERAL ? literal(ref) : gate(ref);
    known[ref] = node;
  }
  return node;
}

function literal(ref: i32): i32 {
  const event = parameters[ref >> 1];
  const level = children[formulaStarts[ref >> 1]];
  const states = statesOf(event);
  const base = begin(states);
  for (let state = 0; state < states; state++) {
    const holds = eventKinds[event] == CHOICE ? state == level : state > level;
    stack.items[base + state] = (<i32>holds) ^ (ref & 1);
  }
  return end(event, base, states);
}

function gate(ref: i32): i32 {
  const node = ref >> 1;
  const negated = ref & 1;
  const from = formulaStarts[node];
  const arity = formulaStarts[node + 1] - from;
  const parts = zeros(arity);
  for (let i = 0; i < arity; i++) parts[i] = diagramOf(children[from + i] ^ negated);
  lastAskedFirst(parts);
  if (kinds[node] == AND) {
    let all = parts[0];
    for (let i = 1; i < arity; i++) all = combined(all, parts[i], negated);
    return all;
  }
  const needed = negated ? arity - parameters[node] + 1 : parameters[node];
  // atLeast[k]: k of the parts so far hold.
  const atLeast = zeros(needed + 1);
  atLeast[0] = 1;
  for (let i = 0; i < arity; i++) {
    const still = needed - (arity - 1 - i);
    for (let k = needed; k > 0 && k >= still; k--) atLeast[k] = combined(atLeast[k], combined(atLeast[k - 1], parts[i], 0), 1);
  }
  return atLeast[needed];
}

/** What is asked last is small when it is combined first. */
function lastAskedFirst(parts: StaticArray<i32>): void {
  for (let i = 1; i < parts.length; i++) {
    const part = parts[i];
    let at = i;
    for (; at > 0 && places[parts[at - 1]] < places[part]; at--) parts[at] = parts[at - 1];
    parts[at] = part;
  }
}

/** Both of two diagrams, or either of them (Bryant 1986, with one child for each exact state). */
function combined(one: i32, other: i32, either: i32): i32 {
  const a = min(one, other);
  const b = max(one, other);
  const decides = either;
  if (a == b) return a;
  if (a == decides || b == decides) return decides;
  // The other constant leaves what it is combined with.
  if (a < 2) return b;
  if (b < 2) return a;
  const at = ((<i32>((<u32>a * 0x9e3779b1) ^ ((<u32>b * 0x85ebca6b) >>> 3) ^ (<u32>either))) & (memorySize - 1)) << 2;
  const key = (b << 1) | either;
  if (combinations[at] == a && combinations[at + 1] == key) return combinations[at + 2];
  const place = min(places[a], places[b]);
  const event = order[place];
  const states = statesOf(event);
  const base = begin(states);
  let before = -1;
  let beside = -1;
  for (let state = 0; state < states; state++) {
    const left = places[a] == place ? words.items[starts[a] + state] : a;
    const right = places[b] == place ? words.items[starts[b] + state] : b;
    // Neighbouring phases mostly differ for few of those who ask.
    const same = left == before && right == beside;
    const child = same ? stack.items[base + state - 1] : combined(left, right, either);
    stack.items[base + state] = child;
    before = left;
    beside = right;
  }
  const node = end(event, base, states);
  combinations[at] = a;
  combinations[at + 1] = key;
  combinations[at + 2] = node;
  return node;
}
