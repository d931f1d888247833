import { circuitOf } from './circuit';
import { AND, BASIC, CHOICE, CONSTANT, LITERAL, XOR, type Formula, type Ref } from './formula';
import { countUses, isPlainlyMonotone } from './polarity';
import { countParents, gateLike, rewriteWith, sameEvents, type Rewritten } from './rewriting';
import { simplify } from './simplify';

/** A formula cut into independent parts. Events beyond those of the original formula stand for modules. */
export interface Modular {
  readonly formula: Formula;
  readonly roots: readonly Ref[];
  /** The definition of each module, over original events and earlier modules only. */
  readonly definitions: readonly Ref[];
  /** The event that stands for each module. */
  readonly events: readonly number[];
}

/**
 * Cuts a formula into modules: parts that share no event with the rest. Found in time linear in the formula's size from the first and last visits of a
 * depth-first walk (Dutuit and Rauzy 1996): a gate is a module iff all visits of all that is below it happen between the start and the end of its own
 * first visit. Besides, inputs that are modules or events, and are read by exactly the same conjunctions, become one module together.
 * In a plainly monotone formula a module that is only used negated stands for the negation, so the formula stays monotone in its modules; in others
 * every module is false when all events are absent. What one round has merged lets the next one simplify, until nothing changes.
 */
export const modularize = (formula: Formula, roots: readonly Ref[]): Modular => {
  let all: Rewritten = simplify(formula, roots);
  const plain = isPlainlyMonotone(all.formula, all.roots);
  // Whether a module is true at rest would depend on the choices in it.
  if (!plain && formula.eventKinds.includes(CHOICE)) return { ...all, definitions: [], events: [] };
  let count = roots.length;
  for (;;) {
    const next = cut(all.formula, all.roots, plain);
    if (next.roots.length === count) break;
    count = next.roots.length;
    all = simplify(next.formula, next.roots);
  }
  return inOrder(all.formula, all.roots.slice(0, roots.length), all.roots.slice(roots.length), formula.eventCount);
};

/** Replaces modules by new events, whose definitions are appended to the roots. */
const cut = (formula: Formula, roots: readonly Ref[], plain: boolean): Rewritten => {
  const target = sameEvents(formula);
  const parents = countParents(formula, roots);
  const uses = countUses(formula, roots);
  const { isModule, eventUses } = findModules(formula, roots);
  const twins = findTwins(formula, parents, (node) =>
    formula.kind(node) === LITERAL ? eventUses[formula.parameter(node)] === parents[node] : isModule[node] === 1,
  );
  const definitions: Ref[] = [];
  const rest: number[] = [0];
  /** The value of a reference when every event is absent. */
  const atRest = (ref: Ref): number => {
    for (let node = rest.length; node <= ref >> 1; node++) rest.push(nodeAtRest(target, node, rest));
    return rest[ref >> 1]! ^ (ref & 1);
  };
  // Two events at least: a module of one would only rename it.
  const define = (definition: Ref, sign: number): Ref => {
    if (target.kind(definition >> 1) <= LITERAL) return definition;
    const flip = plain ? sign : atRest(definition);
    definitions.push(definition ^ flip);
    return target.basic(`module ${target.eventCount}`) ^ flip;
  };
  const merged: (Ref | undefined)[] = [];
  const isRoot = new Uint8Array(formula.nodeCount);
  for (const root of roots) isRoot[root >> 1] = 1;
  const rewritten = rewriteWith(target, { formula, roots }, parents, (node, mapped) => {
    // Negated alone: then the gate is a disjunction seen from the root, and so is what its inputs form.
    const sign = uses[2 * node] === 0 ? 1 : 0;
    const inputs: Ref[] = [];
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const group = twins[child >> 1];
      if (group === undefined || (group.length === formula.arity(node) && parents[child >> 1] === 1))
        inputs.push(mapped[child >> 1]! ^ (child & 1));
      else if (group[0] === child) {
        merged[child >> 1] ??= define(target.and(group.map((ref) => mapped[ref >> 1]! ^ (ref & 1))), sign);
        inputs.push(merged[child >> 1]!);
      }
    }
    const gate = gateLike(target, formula, node, inputs);
    return isModule[node] === 1 && isRoot[node] === 0 ? define(gate, sign) : gate;
  });
  return { formula: target, roots: [...rewritten, ...definitions] };
};

const nodeAtRest = (formula: Formula, node: number, rest: readonly number[]): number => {
  const kind = formula.kind(node);
  if (kind === LITERAL) return 0;
  let count = 0;
  for (let i = 0; i < formula.arity(node); i++) count += rest[formula.child(node, i) >> 1]! ^ (formula.child(node, i) & 1);
  const holds = kind === AND ? count === formula.arity(node) : kind === XOR ? count === 1 : count >= formula.parameter(node);
  return holds ? 1 : 0;
};

/** By node, the references that are read by the same conjunctions as it, if there are others. */
const findTwins = (formula: Formula, parents: Int32Array, allowed: (node: number) => boolean): (Ref[] | undefined)[] => {
  const readers = new Map<number, number[]>();
  const signs = new Int8Array(formula.nodeCount).fill(-1);
  for (let node = 1; node < formula.nodeCount; node++) {
    if (parents[node] === 0) continue;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      if (signs[child >> 1] === -1) signs[child >> 1] = child & 1;
      const list = readers.get(child >> 1);
      if (list === undefined) readers.set(child >> 1, [node]);
      else list.push(node);
      if (formula.kind(node) !== AND || signs[child >> 1] !== (child & 1)) signs[child >> 1] = 2;
    }
  }
  const groups = new Map<string, Ref[]>();
  for (const [node, list] of readers) {
    const isBasic = formula.kind(node) !== LITERAL || formula.eventKinds[formula.parameter(node)] === BASIC;
    if (signs[node] === 2 || list.length !== parents[node] || !isBasic || !allowed(node)) continue;
    const key = list.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [2 * node + signs[node]!]);
    else group.push(2 * node + signs[node]!);
  }
  const twins: (Ref[] | undefined)[] = [];
  for (const group of groups.values()) if (group.length > 1) for (const ref of group) twins[ref >> 1] = group;
  return twins;
};

/** Sorts definitions so that each comes after those it uses, and numbers the modules' events accordingly. */
const inOrder = (formula: Formula, roots: readonly Ref[], definitions: readonly Ref[], ownEvents: number): Modular => {
  const order: number[] = [];
  const state = new Uint8Array(definitions.length);
  const stack = definitions.map((_, module) => module).reverse();
  while (stack.length > 0) {
    const top = stack.pop()!;
    if (top < 0) order.push(~top);
    else if (state[top] === 0) {
      state[top] = 1;
      stack.push(~top);
      for (const event of circuitOf(formula, [definitions[top]!]).events) if (event >= ownEvents) stack.push(event - ownEvents);
    }
  }
  return { formula, roots, definitions: order.map((module) => definitions[module]!), events: order.map((module) => module + ownEvents) };
};

const findModules = (formula: Formula, roots: readonly Ref[]): { isModule: Uint8Array; eventUses: Int32Array } => {
  const nodes = formula.nodeCount;
  // Events take part as leaves, so that two literals of one event are never in different modules.
  const count = nodes + formula.eventCount;
  const first = new Int32Array(count);
  const last = new Int32Array(count);
  const left = new Int32Array(nodes);
  const eventUses = new Int32Array(formula.eventCount);
  const stack: number[] = roots.map((root) => root >> 1).reverse();
  let time = 0;
  while (stack.length > 0) {
    const top = stack.pop()!;
    time += 1;
    if (top < 0) {
      left[~top] = time;
      last[~top] = Math.max(last[~top]!, time);
      continue;
    }
    last[top] = time;
    const fresh = first[top] === 0;
    if (fresh) first[top] = time;
    if (top >= nodes || formula.kind(top) === CONSTANT) continue;
    if (formula.kind(top) === LITERAL) {
      eventUses[formula.parameter(top)]! += 1;
      stack.push(nodes + formula.parameter(top));
      continue;
    }
    if (!fresh) continue;
    stack.push(~top);
    for (let i = formula.arity(top) - 1; i >= 0; i--) stack.push(formula.child(top, i) >> 1);
  }
  const isModule = new Uint8Array(nodes);
  const lowest = first.slice();
  const highest = last.slice();
  for (let node = 1; node < nodes; node++) {
    if (first[node] === 0) continue;
    if (formula.kind(node) === LITERAL) {
      const leaf = nodes + formula.parameter(node);
      lowest[node] = Math.min(lowest[node]!, first[leaf]!);
      highest[node] = Math.max(highest[node]!, last[leaf]!);
    } else if (formula.kind(node) >= AND) {
      let low = 0x7fffffff;
      let high = 0;
      for (let i = 0; i < formula.arity(node); i++) {
        low = Math.min(low, lowest[formula.child(node, i) >> 1]!);
        high = Math.max(high, highest[formula.child(node, i) >> 1]!);
      }
      if (low > first[node]! && high < left[node]!) isModule[node] = 1;
      lowest[node] = Math.min(low, first[node]!);
      highest[node] = Math.max(high, last[node]!);
    }
  }
  return { isModule, eventUses };
};
