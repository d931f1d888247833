import { AND, CHOICE, CONSTANT, LITERAL, XOR, type Formula, type Ref } from './formula';
import { countUses, isPlainlyMonotone } from './polarity';
import { countParents, gateLike, rewriteWith, sameEvents, type Rewritten } from './rewriting';
import { simplify } from './simplify';
import { findTwins } from './twins';

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
  for (let next = cut(all, plain); next !== undefined; next = cut(all, plain)) all = simplify(next.formula, next.roots);
  return inOrder(all.formula, all.roots.slice(0, roots.length), all.roots.slice(roots.length), formula.eventCount);
};

/** Replaces modules by new events, whose definitions are appended to the roots; undefined if there are none. */
const cut = ({ formula, roots }: Rewritten, plain: boolean): Rewritten | undefined => {
  const parents = countParents(formula, roots);
  const uses = countUses(formula, roots);
  const { isModule, eventUses } = findModules(formula, roots);
  const twins = findTwins(formula, parents, (node) =>
    formula.kind(node) === LITERAL ? eventUses[formula.parameter(node)] === parents[node] : isModule[node] === 1,
  );
  const isRoot = new Uint8Array(formula.nodeCount);
  for (const root of roots) isRoot[root >> 1] = 1;
  /** What all inputs of one gate have in common, that gate has. */
  const isWhole = (node: number, child: Ref, group: readonly Ref[]) => group.length === formula.arity(node) && parents[child >> 1] === 1;
  if (!isDivisible(formula, parents, (node) => isModule[node] === 1 && isRoot[node] === 0, twins, isWhole)) return undefined;
  const target = sameEvents(formula);
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
  const rewritten = rewriteWith(target, { formula, roots }, parents, (node, mapped) => {
    // Negated alone: then the gate is a disjunction seen from the root, and so is what its inputs form.
    const sign = uses[2 * node] === 0 ? 1 : 0;
    const inputs: Ref[] = [];
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const group = twins[child >> 1];
      if (group === undefined || isWhole(node, child, group)) inputs.push(mapped[child >> 1]! ^ (child & 1));
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

/** Whether there is a module, or a group of inputs that becomes one. */
const isDivisible = (
  formula: Formula,
  parents: Int32Array,
  isInner: (node: number) => boolean,
  twins: readonly (readonly Ref[] | undefined)[],
  isWhole: (node: number, child: Ref, group: readonly Ref[]) => boolean,
): boolean => {
  for (let node = 1; node < formula.nodeCount; node++) {
    if (parents[node] === 0) continue;
    if (isInner(node)) return true;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const group = twins[child >> 1];
      if (group !== undefined && !isWhole(node, child, group)) return true;
    }
  }
  return false;
};

/** Sorts definitions so that each comes after those it uses, and numbers the modules' events accordingly. */
const inOrder = (formula: Formula, roots: readonly Ref[], definitions: readonly Ref[], ownEvents: number): Modular => {
  const order: number[] = [];
  const isOpened = new Uint8Array(definitions.length);
  /** By node, the module within which it was met last, counted from 1. */
  const metIn = new Int32Array(formula.nodeCount);
  const within: number[] = [];
  const stack: number[] = [];
  const open = (module: number): void => {
    if (isOpened[module] === 1) return;
    isOpened[module] = 1;
    within.push(module);
    stack.push(~module, definitions[module]! >> 1);
  };
  for (let module = 0; module < definitions.length; module++) {
    open(module);
    while (stack.length > 0) {
      const top = stack.pop()!;
      if (top < 0) {
        order.push(~top);
        within.pop();
      } else if (metIn[top] !== within[within.length - 1]! + 1) {
        metIn[top] = within[within.length - 1]! + 1;
        if (formula.kind(top) === LITERAL && formula.parameter(top) >= ownEvents) open(formula.parameter(top) - ownEvents);
        for (let i = formula.arity(top) - 1; i >= 0; i--) stack.push(formula.child(top, i) >> 1);
      }
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
