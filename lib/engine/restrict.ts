import { AND, AT_LEAST, LITERAL, type Formula, type Ref } from './formula';

/** A choice whose outcomes are looked at one by one: what a formula is, given each of them. */
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
    return this.#asksFor(node) ? this.#node(outcome, node) ^ (ref & 1) : ref;
  }

  #asksFor(node: number): boolean {
    const known = this.#asks.get(node);
    if (known !== undefined) return known;
    const { formula } = this;
    let asks = formula.kind(node) === LITERAL && formula.parameter(node) === this.event;
    for (let i = 0; i < formula.arity(node) && !asks; i++) asks = this.#asksFor(formula.child(node, i) >> 1);
    this.#asks.set(node, asks);
    return asks;
  }

  #node(outcome: number, node: number): Ref {
    const memo = this.#given[outcome]!;
    const known = memo.get(node);
    if (known !== undefined) return known;
    const { formula } = this;
    const kind = formula.kind(node);
    let made: Ref;
    if (kind === LITERAL) made = formula.level(node) === outcome ? formula.true : formula.false;
    else {
      const children = Array.from({ length: formula.arity(node) }, (_, i) => this.given(outcome, formula.child(node, i)));
      if (kind === AND) made = formula.and(children);
      else if (kind === AT_LEAST) made = formula.atLeast(formula.parameter(node), children);
      else made = formula.xor(children[0]!, children[1]!);
    }
    memo.set(node, made);
    return made;
  }
}
