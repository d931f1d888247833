import { LITERAL, type Formula, type Ref } from '../engine/formula';

/** What lies below a reference of a formula. */
export class Root {
  /** References below it and itself, as they are needed for it to hold, children first. */
  readonly refs: Int32Array;
  /** The nodes of these. */
  readonly nodes: Int32Array;
  readonly #above = new Map<number, Int32Array>();

  constructor(
    private readonly formula: Formula,
    readonly ref: Ref,
  ) {
    this.refs = below(formula, [ref]);
    this.nodes = this.refs.filter((each, i) => i === 0 || each >> 1 !== this.refs[i - 1]! >> 1).map((each) => each >> 1);
  }

  /** Nodes of it that hang on an event. */
  above(event: number): Int32Array {
    let nodes = this.#above.get(event);
    if (!nodes) this.#above.set(event, (nodes = this.#hangingOn(event)));
    return nodes;
  }

  #hangingOn(event: number): Int32Array {
    const { formula } = this;
    const hanging = new Set<number>();
    for (const node of this.nodes) {
      if (formula.kind(node) === LITERAL) {
        if (formula.parameter(node) === event) hanging.add(node);
        continue;
      }
      const arity = formula.arity(node);
      for (let i = 0; i < arity; i++) {
        if (!hanging.has(formula.child(node, i) >> 1)) continue;
        hanging.add(node);
        break;
      }
    }
    return Int32Array.from(hanging);
  }
}

/** References below some others and these themselves, children first, without the constants. */
export function below(formula: Formula, roots: readonly Ref[]): Int32Array {
  const seen = new Set<Ref>();
  const stack = [...roots];
  while (stack.length > 0) {
    const ref = stack.pop()!;
    if (ref < 2 || seen.has(ref)) continue;
    seen.add(ref);
    const arity = formula.arity(ref >> 1);
    for (let i = 0; i < arity; i++) stack.push(formula.child(ref >> 1, i) ^ (ref & 1));
  }
  return Int32Array.from(seen).sort();
}
