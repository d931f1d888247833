import { LITERAL, type Formula, type Ref } from './formula';
import { gateLike } from './rewriting';

/** A choice whose outcomes are looked at one by one: what a formula is, given each of them (its cofactors, Shannon 1949). */
export class Outcomes {
  /** Whether a node asks for the choice; what does not stays what it is. */
  readonly #asks = new Map<number, boolean>();
  readonly #given: Map<number, Ref>[];

  constructor(
    private readonly formula: Formula,
    readonly event: number,
  ) {
    this.#given = Array.from({ length: formula.eventLiterals[event]! }, () => new Map<number, Ref>());
  }

  get count(): number {
    return this.#given.length;
  }

  /** Whether a reference asks for the choice. */
  askedBy(ref: Ref): boolean {
    return this.#asksFor(ref >> 1);
  }

  /** What a reference is, given an outcome. */
  given(outcome: number, ref: Ref): Ref {
    const node = ref >> 1;
    if (!this.#asksFor(node)) return ref;
    return (this.#given[outcome]!.get(node) ?? this.#node(outcome, node)) ^ (ref & 1);
  }

  /** By a stack of its own, as below: formulas may be deeper than the call stack allows. */
  #asksFor(root: number): boolean {
    const known = this.#asks.get(root);
    if (known !== undefined) return known;
    const { formula } = this;
    const stack = [root];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      let asks = formula.kind(node) === LITERAL && formula.parameter(node) === this.event;
      let unknown = -1;
      for (let i = 0; i < formula.arity(node) && !asks; i++) {
        const child = formula.child(node, i) >> 1;
        const asked = this.#asks.get(child);
        if (asked === undefined) unknown = child;
        else asks = asked;
      }
      if (!asks && unknown >= 0) stack.push(unknown);
      else {
        this.#asks.set(node, asks);
        stack.length -= 1;
      }
    }
    return this.#asks.get(root)!;
  }

  #node(outcome: number, root: number): Ref {
    const memo = this.#given[outcome]!;
    const stack = [root];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      const before = stack.length;
      for (let i = 0; i < this.formula.arity(node); i++) {
        const child = this.formula.child(node, i) >> 1;
        if (this.#asksFor(child) && !memo.has(child)) stack.push(child);
      }
      if (stack.length > before) continue;
      if (!memo.has(node)) memo.set(node, this.#made(outcome, node));
      stack.length -= 1;
    }
    return memo.get(root)!;
  }

  /** What a node becomes whose children are known. */
  #made(outcome: number, node: number): Ref {
    const { formula } = this;
    if (formula.kind(node) === LITERAL) return formula.level(node) === outcome ? formula.true : formula.false;
    const children = Array.from({ length: formula.arity(node) }, (_, i) => {
      const child = formula.child(node, i);
      return this.#asksFor(child >> 1) ? this.#given[outcome]!.get(child >> 1)! ^ (child & 1) : child;
    });
    return gateLike(formula, formula, node, children);
  }
}
