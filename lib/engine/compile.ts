import { Bdd, type Node } from './bdd';
import { build, layOut, type Variables } from './build';
import { startMeter, type Budget } from './budget';
import { conditionals, type Conditionals } from './conditionals';
import { fillStates, type Diagram } from './diagram';
import { flatten } from './flatten';
import type { Formula, Ref } from './formula';
import { isMonotone, isPlainlyMonotone } from './monotone';
import { depthFirstOrder } from './order';
import { evaluate } from './probability';

export interface CompileOptions {
  /** Events in the order in which the diagram asks for them. @default - chosen from the formula's structure */
  readonly order?: readonly number[];
  /** What compiling may use. @default - no limit */
  readonly budget?: Budget;
}

/** A formula's roots as one shared decision diagram, ready to be evaluated any number of times. */
export class Compiled {
  readonly #states: Float64Array;
  readonly #nodes: Float64Array;
  readonly #coherent: (boolean | undefined)[] = [];

  constructor(
    readonly formula: Formula,
    readonly diagram: Diagram,
    /** The binary node that each node of the diagram came from. */
    readonly origins: Int32Array,
    readonly bdd: Bdd,
    readonly variables: Variables,
    readonly rootNodes: readonly Node[],
    readonly rootRefs: readonly Ref[],
  ) {
    this.#states = new Float64Array(diagram.stateOffsets[diagram.stateOffsets.length - 1]!);
    this.#nodes = new Float64Array(diagram.nodeCount);
  }

  /** Number of decision nodes, without the constants. */
  get nodeCount(): number {
    return this.diagram.nodeCount - 2;
  }

  /** Where the exact states of an event start in `given` and `gain`. */
  stateOffset(event: number): number {
    return this.diagram.stateOffsets[event]!;
  }

  /**
   * Probability of each root. `values` has one entry per literal: of a basic event its probability; of a ladder P(level k), decreasing; of a choice
   * the probability of each outcome. With `into` nothing is allocated.
   */
  probability(values: ArrayLike<number>, into: Float64Array = new Float64Array(this.diagram.roots.length)): Float64Array {
    this.evaluate(values);
    for (let root = 0; root < into.length; root++) into[root] = this.#nodes[this.diagram.roots[root]!]!;
    return into;
  }

  /** P(root | event exactly in state) of every event and state, in one pass backwards. */
  conditionals(values: ArrayLike<number>, root = 0): Conditionals {
    this.evaluate(values);
    return conditionals(this.diagram, this.#states, this.#nodes, root);
  }

  /** Whether a root is monotone in all basic events and ladders. */
  isCoherent(root = 0): boolean {
    this.#coherent[root] ??=
      isPlainlyMonotone(this.formula, [this.rootRefs[root]!]) ||
      isMonotone(this.bdd, this.formula, this.variables, [this.rootNodes[root]!]);
    return this.#coherent[root];
  }

  /** Probabilities of all exact states and of all nodes of the diagram; both tables are reused by the next call. */
  evaluate(values: ArrayLike<number>): { readonly states: Float64Array; readonly nodes: Float64Array } {
    fillStates(this.formula, this.diagram.stateOffsets, values, this.#states);
    evaluate(this.diagram, this.#states, this.#nodes);
    return { states: this.#states, nodes: this.#nodes };
  }
}

/** Compiles the roots of a formula; throws BudgetExceeded when the budget is used up. */
export const compile = (formula: Formula, roots: readonly Ref[], options: CompileOptions = {}): Compiled => {
  const bdd = new Bdd(startMeter(options.budget ?? {}));
  const variables = layOut(formula, options.order ?? depthFirstOrder(formula, roots));
  const nodes = build(bdd, formula, roots, variables);
  const { diagram, origins } = flatten(bdd, formula, variables, nodes);
  return new Compiled(formula, diagram, origins, bdd, variables, nodes, roots);
};
