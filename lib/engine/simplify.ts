import { AND, BASIC, LADDER, LITERAL, XOR, Formula, type Ref } from './formula';

/** A formula with the same events, and roots in it that are equivalent to the given ones. */
export interface Rewritten {
  readonly formula: Formula;
  readonly roots: readonly Ref[];
}

/** A formula with the events of another and no gates. */
export const sameEvents = (formula: Formula): Formula => {
  const copy = new Formula();
  formula.eventNames.forEach((name, event) => {
    const kind = formula.eventKinds[event]!;
    if (kind === BASIC) copy.basic(name);
    else if (kind === LADDER) copy.ladder(name, formula.eventLiterals[event]!);
    else copy.choice(name, formula.eventLiterals[event]!);
  });
  return copy;
};

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
    const changed = next.formula.nodeCount !== current.formula.nodeCount || size(next) !== size(current);
    current = next;
    if (!changed) break;
  }
  return current;
};

const size = ({ formula }: Rewritten): number => {
  let sum = 0;
  for (let node = 1; node < formula.nodeCount; node++) sum += formula.arity(node);
  return sum;
};

/** How many gates and roots use each node. */
export const countParents = (formula: Formula, roots: readonly Ref[]): Int32Array => {
  const parents = new Int32Array(formula.nodeCount);
  for (const root of roots) parents[root >> 1]! += 1;
  for (let node = formula.nodeCount - 1; node >= 1; node--) {
    if (parents[node] === 0) continue;
    for (let i = 0; i < formula.arity(node); i++) parents[formula.child(node, i) >> 1]! += 1;
  }
  return parents;
};

const rewrite = ({ formula, roots }: Rewritten): Rewritten => {
  const parents = countParents(formula, roots);
  const contexts = findContexts(formula, roots, parents);
  const target = sameEvents(formula);
  const mapped = new Int32Array(formula.nodeCount);
  for (let node = 1; node < formula.nodeCount; node++) {
    if (parents[node] === 0) continue;
    const kind = formula.kind(node);
    if (kind === LITERAL) {
      mapped[node] = target.literal(formula.parameter(node), formula.level(node));
      continue;
    }
    const context = contexts[node];
    const inputs: Ref[] = [];
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      const input = context?.has(child) === true ? 1 : context?.has(child ^ 1) === true ? 0 : mapped[child >> 1]! ^ (child & 1);
      const alone = parents[child >> 1] === 1 && (input & 1) === 0 && target.kind(input >> 1) === AND;
      if (kind === AND && alone) for (let j = 0; j < target.arity(input >> 1); j++) inputs.push(target.child(input >> 1, j));
      else inputs.push(input);
    }
    mapped[node] =
      kind === AND
        ? target.and(inputs)
        : kind === XOR
          ? target.xor(inputs[0]!, inputs[1]!)
          : target.atLeast(formula.parameter(node), inputs);
  }
  return { formula: target, roots: roots.map((root) => mapped[root >> 1]! ^ (root & 1)) };
};

/** More than this is not carried down: it bounds the time, and what is lost is only a simplification. */
const LARGEST_CONTEXT = 256;

/** By gate, references that hold wherever the gate's value matters. */
const findContexts = (formula: Formula, roots: readonly Ref[], parents: Int32Array): (Set<Ref> | undefined)[] => {
  const contexts: (Set<Ref> | undefined)[] = [];
  const met = new Uint8Array(formula.nodeCount);
  const arrive = (node: number, base: Set<Ref> | undefined, siblings: readonly Ref[], own: Ref): void => {
    if (formula.kind(node) < AND) return;
    if (met[node] === 0) {
      met[node] = 1;
      const known = new Set(base);
      for (const ref of siblings) if (ref !== own && known.size < LARGEST_CONTEXT) known.add(ref);
      if (known.size > 0) contexts[node] = known;
    } else if (contexts[node] !== undefined) {
      for (const ref of contexts[node]) if (base?.has(ref) !== true && (ref === own || !siblings.includes(ref))) contexts[node].delete(ref);
    }
  };
  for (const root of roots) arrive(root >> 1, undefined, [], -1);
  for (let node = formula.nodeCount - 1; node >= 1; node--) {
    if (parents[node] === 0 || formula.kind(node) < AND) continue;
    const siblings: Ref[] = [];
    if (formula.kind(node) === AND) {
      for (let i = 0; i < formula.arity(node); i++) if (parents[formula.child(node, i) >> 1]! > 1) siblings.push(formula.child(node, i));
    }
    for (let i = 0; i < formula.arity(node); i++) {
      const child = formula.child(node, i);
      arrive(child >> 1, contexts[node], siblings, child);
    }
  }
  return contexts;
};
