import type { Address, Kernel } from '../kernel/kernel';
import type { Joint, JointNode } from './joint';

/** States of all events, and how much of a root a node must carry at them to be computed anew. */
export interface Weighed {
  readonly states: ArrayLike<number>;
  readonly part: number;
}

/** The part of a joint diagram that certain roots need, to be evaluated many times. */
export class Program {
  readonly address: Address;
  readonly #kernel: Kernel;
  readonly #states: number;

  constructor(
    { kernel }: Pick<Joint, 'kernel'>,
    states: ArrayLike<number>,
    /** Nodes in the order in which their values are asked for. */
    readonly roots: readonly JointNode[],
    address = kernel.call.program(kernel.ints(0, roots), roots.length, kernel.floats(1, states), states.length),
  ) {
    this.#kernel = kernel;
    this.#states = states.length;
    this.address = address;
  }

  /**
   * A program for some of its roots, in which what matters little keeps its value at the first states. A node matters where it carries more of a root,
   * at some of the states, than their `part` of what the root is at the first ones. Leaves this program at the last states.
   */
  light(indices: readonly number[], first: Weighed, ...others: readonly Weighed[]): Program {
    const kernel = this.#kernel;
    const all = [first, ...others];
    const tables = kernel.floats(
      1,
      ...all.map(({ states }) => states),
      all.map(({ part }) => part),
    );
    const parts = tables + 8 * this.#states * all.length;
    const address = kernel.call.light(this.address, kernel.ints(0, indices), indices.length, tables, parts, all.length);
    return new Program(
      { kernel },
      first.states,
      indices.map((index) => this.roots[index]!),
      address,
    );
  }

  get nodeCount(): number {
    return this.#kernel.call.programNodes(this.address);
  }

  /** How many nodes suffice for some roots. */
  through(indices: readonly number[]): number {
    const { call } = this.#kernel;
    return indices.reduce((most, index) => Math.max(most, call.rootOf(this.address, index) + 1), call.firstOf(this.address));
  }

  /** Computes the values of all roots from the probabilities of exact states, or of those that some nodes suffice for. */
  evaluate(states: Float64Array, through = this.nodeCount): void {
    const { call } = this.#kernel;
    this.#kernel.write(call.programStates(this.address), states);
    call.evaluate(this.address, through);
  }

  /** The value of the `index`-th root. */
  value(index: number): number {
    return this.#kernel.call.rootValue(this.address, index);
  }

  /**
   * P(root | state) − P(root | absent) for every exact state of every event, after `evaluate`. Of units that are counted, the gain is that of all of
   * them together.
   */
  gains(index: number): Float64Array {
    const address = this.#kernel.call.gains(this.address, index);
    if (address === 0) throw new Error('A share of requests is no event and has no gains. This is a bug in nines.');
    return this.#kernel.at(address, this.#states).slice();
  }
}
