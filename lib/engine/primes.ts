import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { unfold } from './flatten';
import { BASIC, CHOICE, type Formula } from './formula';
import type { Family, Zbdd } from './zbdd';

/** What an element of a set stands for: a literal of an event, or its negation. */
export interface Elements {
  /** First element of each event. */
  readonly first: Int32Array;
  readonly events: Int32Array;
  readonly levels: Int32Array;
  /** 1 where the literal is negated. */
  readonly negated: Uint8Array;
}

/** Numbers the literals of events in the order of the diagram: first the literals of an event, then their negations. */
export const numberElements = (formula: Formula, order: readonly number[]): Elements => {
  const first = new Int32Array(formula.eventCount).fill(-1);
  const events: number[] = [];
  const levels: number[] = [];
  const negated: number[] = [];
  for (const event of order) {
    first[event] = events.length;
    for (const sign of formula.eventKinds[event] === CHOICE ? [0] : [0, 1]) {
      for (let level = 0; level < formula.eventLiterals[event]!; level++) {
        events.push(event);
        levels.push(level);
        negated.push(sign);
      }
    }
  }
  return { first, events: Int32Array.from(events), levels: Int32Array.from(levels), negated: Uint8Array.from(negated) };
};

/**
 * What to find: of a monotone function its prime implicants; of another one its prime implicants with negations, or its minimal solutions, the smallest
 * sets of events that bring it about with all others absent (Rauzy 2001).
 */
export type Sought = 'monotone' | 'primes' | 'solutions';

/**
 * Prime implicants of a function (Coudert and Madre 1992; Rauzy 1993 for the monotone case), extended to events of several states. An implicant
 * holds an event to a range of its states: of a ladder an interval, of a choice one outcome or all. With G(I) the conjunction of the children for the
 * states in I, a product p with range I is prime iff p is a prime implicant of G(I) but of no G(J), J the next larger ranges: for p is then an
 * implicant of G(J) exactly if it is a prime one, since G(J) implies G(I). So set difference suffices, no subsumption test is needed.
 * For minimal solutions what holds in a lower state makes sets superfluous that contain its sets, not only equal ones.
 * In a monotone function only "at least this level" ranges matter, and G of those is the child of the lowest state.
 */
export class Primes {
  /** Family of each node, -1 while it is not known. */
  #families: Int32Array<ArrayBuffer>;

  constructor(
    private readonly bdd: Bdd,
    private readonly zbdd: Zbdd,
    private readonly variables: Variables,
    private readonly elements: Elements,
    private readonly sought: Sought,
  ) {
    this.#families = new Int32Array(bdd.lows.length).fill(-1);
    this.#families[0] = 0;
    this.#families[1] = 1;
  }

  /** What a node needs is found before it, by a stack of its own: diagrams may be deeper than the call stack allows. */
  of(root: Node): Family {
    const stack = [root];
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!;
      if (this.#known(node) >= 0) {
        stack.length -= 1;
        continue;
      }
      const event = this.variables.events[this.bdd.variables[node]!]!;
      const first = this.elements.first[event]!;
      const kind = this.variables.formula.eventKinds[event]!;
      if (kind === BASIC && this.sought !== 'primes') {
        const without = this.#known(this.bdd.lows[node]!);
        const having = this.#known(this.bdd.highs[node]!);
        if (having < 0) stack.push(this.bdd.highs[node]!);
        if (without < 0) stack.push(this.bdd.lows[node]!);
        if (without < 0 || having < 0) continue;
        const beyond = this.sought === 'solutions' ? this.zbdd.without(having, without) : this.zbdd.difference(having, without);
        this.#set(node, this.zbdd.node(first, without, beyond));
        continue;
      }
      const children = this.#children(node);
      const unknown = this.#needed(children, kind).filter((each) => this.#known(each) < 0);
      if (unknown.length > 0) stack.push(...unknown);
      else if (kind === CHOICE) this.#set(node, this.#choice(children, first));
      else this.#set(node, this.sought === 'primes' ? this.#intervals(children, first) : this.#ladder(children, first));
    }
    return this.#known(root);
  }

  #known(node: Node): Family {
    return node < this.#families.length ? this.#families[node]! : -1;
  }

  #set(node: Node, family: Family): void {
    if (node >= this.#families.length) {
      const wider = new Int32Array(this.bdd.lows.length).fill(-1);
      wider.set(this.#families);
      this.#families = wider;
    }
    this.#families[node] = family;
  }

  /** The nodes whose families make up that of a node with the given children. */
  #needed(children: readonly Node[], kind: number): Node[] {
    if (kind === CHOICE) return [...children, this.#whatever(children)];
    return this.sought === 'primes' ? this.#ranges(children).flat() : [...children];
  }

  #children(node: Node): Node[] {
    const children: Node[] = [];
    unfold(this.bdd, this.variables, node, children);
    return children;
  }

  #ladder(children: readonly Node[], first: number): Family {
    let family = this.#known(children[0]!);
    for (let state = children.length - 1; state >= 1; state--) {
      const lower = children.slice(0, state).map((child) => this.#known(child));
      family = this.zbdd.node(first + state - 1, family, this.#beyond(this.#known(children[state]!), lower));
    }
    return family;
  }

  #choice(children: readonly Node[], first: number): Family {
    const whatever = this.#known(this.#whatever(children));
    let family = whatever;
    for (let outcome = children.length - 1; outcome >= 0; outcome--) {
      family = this.zbdd.node(first + outcome, family, this.#beyond(this.#known(children[outcome]!), [whatever]));
    }
    return family;
  }

  /** What holds whatever the outcome. */
  #whatever(children: readonly Node[]): Node {
    return children.reduce((all, child) => this.bdd.and(all, child));
  }

  /** By first and number of further states, what holds in all states of a range. */
  #ranges(children: readonly Node[]): Node[][] {
    return children.map((_, from) => {
      let together: Node = 1;
      return children.slice(from).map((child) => (together = this.bdd.and(together, child)));
    });
  }

  /** The sets that the families of lower states, the last of them implied by the others if monotone, do not make superfluous. */
  #beyond(family: Family, lower: readonly Family[]): Family {
    if (this.sought === 'solutions') return lower.reduce((rest, other) => this.zbdd.without(rest, other), family);
    return this.zbdd.difference(family, lower[lower.length - 1]!);
  }

  #intervals(children: readonly Node[], first: number): Family {
    const top = children.length - 1;
    const primes = this.#ranges(children).map((row) => row.map((node) => this.#known(node)));
    const own = (from: number, to: number): Family => {
      let family = primes[from]![to - from]!;
      if (from > 0) family = this.zbdd.difference(family, primes[from - 1]![to - from + 1]!);
      return to < top ? this.zbdd.difference(family, primes[from]![to - from + 1]!) : family;
    };
    // From the last element to the first: "at least level" for state + 1 comes before all "not level".
    const below = (from: number): Family => {
      let family = own(from, top);
      for (let to = top - 1; to >= from; to--) family = this.zbdd.node(first + top + to, family, own(from, to));
      return family;
    };
    let family = below(0);
    for (let from = top; from >= 1; from--) family = this.zbdd.node(first + from - 1, family, below(from));
    return family;
  }
}
