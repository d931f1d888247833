import { AND, type Formula, type Ref } from './formula';
import { countParents, gateLike, rewriteWith, sameEvents, type Rewritten } from './rewriting';

/**
 * Rewrites a formula into an equivalent one with fewer gates and occurrences, until nothing changes:
 * - a gate inside a gate of the same kind that nobody else uses becomes part of it (coalescing);
 * - below an input of a conjunction its other inputs hold, since elsewhere the conjunction does not depend on what is below (Niemelä 1993): what is
 *   known in all uses of a gate is replaced by a constant in it. Containment is acyclic, so two inputs never remove each other.
 */
export const simplify = (formula: Formula, roots: readonly Ref[], rounds = 8): Rewritten => {
  let current: Rewritten = { formula, roots };
  for (let round = 0; round < rounds; round++) {
    const next = rewrite(current);
    if (next === undefined) break;
    current = next;
  }
  return current;
};

/** The formula after one round, undefined if there is nothing to do: then it need not be copied. */
const rewrite = ({ formula, roots }: Rewritten): Rewritten | undefined => {
  const parents = countParents(formula, roots);
  const known = findKnown(formula, roots, parents);
  const nested = findNested(formula, parents);
  if (!known.values.includes(0) && !known.values.includes(1) && !nested.includes(1)) return undefined;
  const target = sameEvents(formula);
  const deferred = new Map<number, Ref[]>();
  const rewritten = rewriteWith(target, { formula, roots }, parents, (node, mapped) => {
    let inputs: Ref[] = [];
    const isAnd = formula.kind(node) === AND;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const value = known.values[known.starts[node]! + i]!;
      const below = value === UNKNOWN ? deferred.get(child >> 1) : undefined;
      if (below !== undefined) {
        deferred.delete(child >> 1);
        inputs = joined(below, inputs);
        continue;
      }
      const input = value === UNKNOWN ? mapped[child >> 1]! ^ (child & 1) : value;
      const alone = parents[child >> 1] === 1 && (input & 1) === 0 && target.kind(input >> 1) === AND;
      if (isAnd && alone) for (let j = 0; j < target.arity(input >> 1); j++) inputs.push(target.child(input >> 1, j));
      else inputs.push(input);
    }
    if (nested[node] === 1 && inputs.length >= WIDE) {
      deferred.set(node, inputs);
      return 0;
    }
    return gateLike(target, formula, node, inputs);
  });
  return { formula: target, roots: rewritten };
};

/** From so many inputs on a gate that becomes part of another one is not made first: a chain of n of them would take n² / 2 inputs. */
const WIDE = 64;

/** Both lists in one of them, the longer: what is moved is at most half, so that all joins of n inputs take n log n. */
const joined = (a: Ref[], b: Ref[]): Ref[] => {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  for (const ref of shorter) longer.push(ref);
  return longer;
};

/** By gate, 1 where it is inside a gate of the same kind and could become part of it. */
const findNested = (formula: Formula, parents: Int32Array): Uint8Array => {
  const nested = new Uint8Array(formula.nodeCount);
  for (let node = 1; node < formula.nodeCount; node++) {
    if (parents[node] === 0 || formula.kind(node) !== AND) continue;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      if ((child & 1) === 0 && parents[child >> 1] === 1 && formula.kind(child >> 1) === AND) nested[child >> 1] = 1;
    }
  }
  return nested;
};

/** More than this is not carried into a gate that several use: it bounds the time, and what is lost is only a simplification. */
const LARGEST_CONTEXT = 256;

const UNKNOWN = 2;

/** Inputs of gates that are known wherever the gate's value matters: 0, 1 or UNKNOWN, by place of the input; where a gate's inputs start. */
interface Known {
  readonly values: Uint8Array;
  readonly starts: Int32Array;
}

/**
 * A walk down from the roots that counts how often each reference is given above; conjunctions give their inputs to each other. Where several gates use
 * one, only what all of them give holds: the walk ends there, and goes on from there when all of them have been met, those with larger numbers first.
 */
const findKnown = (formula: Formula, roots: readonly Ref[], parents: Int32Array): Known => {
  const nodeCount = formula.nodeCount;
  const starts = new Int32Array(nodeCount + 1);
  for (let node = 1; node < nodeCount; node++) starts[node + 1] = starts[node]! + (parents[node] === 0 ? 0 : formula.arity(node));
  const values = new Uint8Array(starts[nodeCount]!).fill(UNKNOWN);
  const given = new Int32Array(2 * nodeCount);
  /** What is given, latest last. */
  const active: Ref[] = [];
  /** By gate that several use, what all met so far give. */
  const common: (Ref[] | undefined)[] = [];
  const arrive = (child: Ref): void => {
    const list = common[child >> 1];
    const kept: Ref[] = [];
    for (const ref of list ?? active) if (given[ref]! > (ref === child ? 1 : 0) && kept.length < LARGEST_CONTEXT) kept.push(ref);
    common[child >> 1] = kept;
  };
  const give = (node: number, times: 1 | -1): void => {
    if (formula.kind(node) !== AND) return;
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      if (parents[child >> 1] === 1) continue;
      given[child]! += times;
      if (times === 1) active.push(child);
      else active.pop();
    }
  };
  const stack: number[] = [];
  const isRoot = new Uint8Array(nodeCount);
  for (const root of roots) isRoot[root >> 1] = 1;
  for (let head = nodeCount - 1; head >= 1; head--) {
    if (parents[head] === 0 || formula.kind(head) < AND || (isRoot[head] === 0 && parents[head] === 1)) continue;
    // A root matters whatever the others are.
    const base = isRoot[head] === 1 ? [] : (common[head] ?? []);
    for (const ref of base) given[ref]! += 1;
    active.push(...base);
    stack.push(head);
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (node < 0) {
        give(~node, -1);
        continue;
      }
      for (let i = 0; i < formula.arity(node); i++) {
        const child = formula.child(node, i);
        if (given[child]! > 0) values[starts[node]! + i] = 1;
        else if (given[child ^ 1]! > 0) values[starts[node]! + i] = 0;
      }
      give(node, 1);
      stack.push(~node);
      for (let i = 0; i < formula.arity(node); i++) {
        const child = formula.child(node, i);
        if (formula.kind(child >> 1) < AND) continue;
        if (parents[child >> 1] === 1) stack.push(child >> 1);
        else arrive(child);
      }
    }
    for (const ref of base) given[ref]! -= 1;
    active.length = 0;
  }
  return { values, starts };
};
