import { aloneIn } from './alone';
import { CutSearch } from './cut-search';
import { CutTree } from './cut-tree';
import { Families } from './families';
import { diagramOf, setFormula } from './formula';
import { found, groupStarts, likeliest, sums } from './likeliest';
import { floatsAt, Ints, intsAt } from './lists';
import { nodeCount, setEvents, values } from './nodes';
import { Numbers } from './numbers';
import { Program, programOf } from './program';
import { Sample } from './sampling';
import { setTask } from './tasks';
import { Twin } from './twins';
import { rest, setWeights, walk } from './walk';

/** What TypeScript writes arguments into: rooms that are used again and again. */
const rooms: StaticArray<StaticArray<u8>> = [
  new StaticArray<u8>(4096),
  new StaticArray<u8>(4096),
  new StaticArray<u8>(4096),
  new StaticArray<u8>(4096),
];

/** Where so many bytes can be written. */
export function room(index: i32, bytes: i32): usize {
  if (rooms[index].length < bytes) rooms[index] = new StaticArray<u8>(2 * bytes);
  return changetype<usize>(rooms[index]);
}

/** Says which events there are, in which order they are asked for, and how likely their states are; to be called before all others. */
export function begin(orderAt: usize, events: i32, offsetsAt: usize, statesAt: usize): void {
  const offsets = intsAt(offsetsAt, events + 1);
  const states = floatsAt(statesAt, offsets[events]);
  setEvents(intsAt(orderAt, events), offsets, states);
  setWeights(states);
}

/** Kinds, parameters and starts of a formula's nodes in one array, then its children, then the kinds of events. */
export function formula(nodes: i32, children: i32, events: i32, wordsAt: usize): void {
  const parametersAt = wordsAt + ((<usize>nodes) << 2);
  const startsAt = parametersAt + ((<usize>nodes) << 2);
  const childrenAt = startsAt + ((<usize>(nodes + 1)) << 2);
  setFormula(
    intsAt(wordsAt, nodes),
    intsAt(parametersAt, nodes),
    intsAt(startsAt, nodes + 1),
    intsAt(childrenAt, children),
    intsAt(childrenAt + ((<usize>children) << 2), events),
  );
}

/** The diagram of a reference of the formula. */
export function diagram(ref: i32): i32 {
  return diagramOf(ref);
}

/** Nodes of the diagram, with the constants. */
export function nodes(): i32 {
  return nodeCount;
}

/** Nominal value of a node. */
export function valueOf(node: i32): f64 {
  return values[node];
}

/** Follows a tuple of nodes for one of the tasks. */
export function follow(task: i32, rootsAt: usize, width: i32, until: i32, aboutAt: usize, length: i32, load: f64, least: i32): i32 {
  setTask(task, intsAt(aboutAt, length), load, least);
  return walk(intsAt(rootsAt, width), until);
}

/** By how much the node that was followed last may be too large. */
export function unfollowed(): f64 {
  return rest;
}

export function twin(eventsAt: usize, events: i32): Twin {
  return new Twin(intsAt(eventsAt, events));
}

export function copyOf(self: Twin, root: i32): i32 {
  return self.about(root);
}

export function program(rootsAt: usize, roots: i32, statesAt: usize, states: i32): Program {
  return programOf(intsAt(rootsAt, roots), floatsAt(statesAt, states));
}

/** So many tables of states stand one after the other. */
export function light(self: Program, indicesAt: usize, indices: i32, tablesAt: usize, partsAt: usize, tables: i32): Program {
  return self.light(intsAt(indicesAt, indices), floatsAt(tablesAt, tables * self.states.length), floatsAt(partsAt, tables));
}

export function programStates(self: Program): usize {
  return changetype<usize>(self.states);
}

export function programNodes(self: Program): i32 {
  return self.values.length;
}

/** Nodes before this one keep their values. */
export function firstOf(self: Program): i32 {
  return self.first;
}

export function rootOf(self: Program, index: i32): i32 {
  return self.roots[index];
}

export function evaluate(self: Program, through: i32): void {
  self.evaluate(through);
}

export function rootValue(self: Program, index: i32): f64 {
  return self.values[self.roots[index]];
}

/** Where the gains of all exact states stand; 0: of a share of requests there are none. */
export function gains(self: Program, index: i32): usize {
  return self.gains(index) ? changetype<usize>(self.gain) : 0;
}

export function numbers(
  codeAt: usize,
  length: i32,
  constantsAt: usize,
  constants: i32,
  assumptions: i32,
  states: i32,
  events: i32,
  secondsPerYear: f64,
): Numbers {
  return new Numbers(intsAt(codeAt, length), floatsAt(constantsAt, constants), assumptions, states, events, secondsPerYear);
}

export function numbersValues(self: Numbers): usize {
  return changetype<usize>(self.values);
}

export function numbersStates(self: Numbers): usize {
  return changetype<usize>(self.states);
}

export function numbersRates(self: Numbers): usize {
  return changetype<usize>(self.rates);
}

/** Computes states and rates from the values. */
export function fill(self: Numbers): void {
  self.fill(self.states);
}

export function sample(count: i32, assumptions: i32, streamAt: usize): Sample {
  return new Sample(count, assumptions, intsAt(streamAt, 4));
}

export function sampleConstant(self: Sample, assumption: i32, value: f64): void {
  self.constant(assumption, value);
}

export function sampleTwoPiece(self: Sample, assumption: i32, streamAt: usize, centre: f64, below: f64, above: f64, odds: bool): void {
  self.twoPiece(assumption, intsAt(streamAt, 4), centre, below, above, odds);
}

/** Where the results stand, for each root in turn; `never`: stretches of states of causes that are left out. */
export function runSample(self: Sample, through: Program, by: Numbers, neverAt: usize, never: i32): usize {
  self.run(through, by, intsAt(neverAt, never));
  return changetype<usize>(self.results);
}

/**
 * The formula for cut sets, as for `formula`, but behind the kinds of events come how many literals each has, what it is for a set, and how it turns
 * out when a cause is alone.
 */
export function families(nodes: i32, children: i32, events: i32, wordsAt: usize, levelsAt: usize, levels: i32): Families {
  const nodeBytes = (<usize>nodes) << 2;
  const eventBytes = (<usize>events) << 2;
  const startsAt = wordsAt + 2 * nodeBytes;
  const childrenAt = startsAt + nodeBytes + 4;
  const eventsAt = childrenAt + ((<usize>children) << 2);
  const tree = new CutTree(
    intsAt(wordsAt, nodes),
    intsAt(wordsAt + nodeBytes, nodes),
    intsAt(startsAt, nodes + 1),
    intsAt(childrenAt, children),
    intsAt(eventsAt, events),
    intsAt(eventsAt + eventBytes, events),
    floatsAt(levelsAt, levels),
  );
  return new Families(tree, intsAt(eventsAt + 2 * eventBytes, events), intsAt(eventsAt + 3 * eventBytes, events));
}

/** A search for cut sets of a reference. */
export function cutSearch(by: Families, ref: i32): CutSearch {
  return new CutSearch(by, ref);
}

/** The family of what a search is about by some causes and no other; until it is asked again. */
export function familyBy(search: CutSearch, causesAt: usize, causes: i32): usize {
  const own = new Ints(causes);
  for (let i = 0; i < causes; i++) own.push(load<i32>(causesAt + ((<usize>i) << 2)));
  return search.by(own);
}

/** Pairs of an event and the one that it is exchanged for. */
export function renaming(pairsAt: usize, length: i32): StaticArray<i32> {
  return intsAt(pairsAt, length);
}

/** Finds the cut sets of a flow; returns how many groups there are. */
export function findLikeliest(by: Families, partsAt: usize, length: i32, count: i32, first: f64, leastPart: f64): i32 {
  likeliest(by, intsAt(partsAt, length), count, first, leastPart);
  return groupStarts.length - 1;
}

export function groupSums(): usize {
  return changetype<usize>(sums.items);
}

export function groupStartsAt(): usize {
  return changetype<usize>(groupStarts.items);
}

export function groupedSets(): usize {
  return changetype<usize>(found.items);
}

/** The causes that alone make what a search is about hold. */
export function alone(search: CutSearch): Ints {
  return aloneIn(search.families.tree, search.ref, search.refs, search.families.falls);
}

export function lengthOf(list: Ints): i32 {
  return list.length;
}

export function itemsOf(list: Ints): usize {
  return changetype<usize>(list.items);
}
