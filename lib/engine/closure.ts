import type { Bdd, Node } from './bdd';
import type { Variables } from './build';
import { CHOICE } from './formula';

/**
 * The smallest function above a function that is monotone in basic events and ladders: it holds wherever fewer events suffice. Its minimal cut sets are
 * the minimal solutions of the function (Rauzy 2001), the smallest sets of events that bring it about with all others absent.
 * Bottom up: what holds without an event also holds with it.
 */
export class Closure {
  readonly #known = new Map<Node, Node>([
    [0, 0],
    [1, 1],
  ]);

  constructor(
    private readonly bdd: Bdd,
    private readonly variables: Variables,
  ) {}

  of(node: Node): Node {
    const found = this.#known.get(node);
    if (found !== undefined) return found;
    const variable = this.bdd.variables[node]!;
    const low = this.of(this.bdd.lows[node]!);
    const high = this.of(this.bdd.highs[node]!);
    const isChoice = this.variables.formula.eventKinds[this.variables.events[variable]!] === CHOICE;
    const closed = this.bdd.node(variable, low, isChoice ? high : this.bdd.or(low, high));
    this.#known.set(node, closed);
    return closed;
  }
}
