import { Bdd, type Node } from './bdd';
import { Variables } from './build';
import { startMeter, type Budget } from './budget';
import { circuitOf } from './circuit';
import { conditionals, type Conditionals } from './conditionals';
import { fillStates, type Diagram } from './diagram';
import { flatten, type Part } from './flatten';
import type { Formula, Ref } from './formula';
import { modularize } from './modules';
import { isMonotone } from './monotone';
import { buildPart } from './part';
import { isPlainlyMonotone } from './polarity';
import { evaluate } from './probability';

export interface CompileOptions {
  /** Events in the order in which the diagram asks for them, which also keeps the formula in one piece. @default - chosen part by part */
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
    readonly roots: readonly Ref[],
    readonly diagram: Diagram,
    /** The binary node that each node of the diagram came from. */
    readonly origins: Int32Array,
    readonly bdd: Bdd,
    readonly variables: Variables,
    /** Independent parts, each before those that use it; the last one holds the roots. */
    readonly parts: readonly Part[],
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
    this.#coherent[root] ??= isPlainlyMonotone(this.formula, [this.roots[root]!]) || this.#isMonotone(root);
    return this.#coherent[root];
  }

  #isMonotone(root: number): boolean {
    return isMonotone(this.bdd, this.variables, [this.rootNode(root), ...this.modulesBelow(root).map(({ nodes }) => nodes[0]!)]);
  }

  /** The node of a root in the binary diagram. */
  rootNode(root: number): Node {
    return this.parts[this.parts.length - 1]!.nodes[root]!;
  }

  /** The modules on which a root depends, each before those that use it. */
  modulesBelow(root: number): Part[] {
    const { diagram } = this;
    const needed = new Uint8Array(diagram.nodeCount);
    const isUsed = new Uint8Array(diagram.eventCount);
    needed[diagram.roots[root]!] = 1;
    for (let i = diagram.segments.length - 1; i >= 0; i--) {
      const segment = diagram.segments[i]!;
      if (segment.event >= 0 && isUsed[segment.event] === 1) needed[segment.root] = 1;
      for (let node = segment.end - 1; node >= segment.start; node--) {
        if (needed[node] === 0) continue;
        isUsed[diagram.nodeEvents[node]!] = 1;
        for (let at = diagram.nodeStarts[node]!; at < diagram.nodeStarts[node + 1]!; at++) needed[diagram.children[at]!] = 1;
      }
    }
    return this.parts.filter(({ event }) => event >= 0 && isUsed[event] === 1);
  }

  /** Probabilities of all exact states and of all nodes of the diagram; both tables are reused by the next call. */
  evaluate(values: ArrayLike<number>): { readonly states: Float64Array; readonly nodes: Float64Array } {
    fillStates(this.formula, this.diagram.stateOffsets, values, this.#states);
    evaluate(this.diagram, this.#states, this.#nodes);
    return { states: this.#states, nodes: this.#nodes };
  }
}

/** Room for nodes to begin with: several times the formula, so that the tables of a small one need not grow. */
const roomFor = ({ nodeCount }: Formula): number => Math.min(512 << Math.max(0, Math.ceil(Math.log2(nodeCount / 64))), 1 << 14);

/** Compiles the roots of a formula; throws BudgetExceeded when the budget is used up. */
export const compile = (formula: Formula, roots: readonly Ref[], options: CompileOptions = {}): Compiled => {
  const meter = startMeter(options.budget ?? {});
  const whole = { formula, roots, definitions: [], events: [] };
  const modular = options.order === undefined ? modularize(formula, roots) : whole;
  const variables = new Variables(modular.formula);
  const bdd = new Bdd(meter, roomFor(modular.formula));
  const parts: Part[] = [];
  const keep: Node[] = [];
  const add = (event: number, refs: readonly Ref[]): void => {
    const circuit = circuitOf(modular.formula, refs);
    const order = options.order === undefined ? {} : { order: options.order };
    const built = buildPart(bdd, circuit, variables, { start: variables.events.length, keep, deadline: meter.deadline, ...order });
    parts.push({ event, ...built });
    keep.push(...built.nodes);
  };
  modular.definitions.forEach((definition, module) => add(modular.events[module]!, [definition]));
  add(-1, modular.roots);
  const { diagram, origins } = flatten(bdd, variables, formula.eventCount, parts);
  return new Compiled(formula, roots, diagram, origins, bdd, variables, parts);
};
