import { twoPieceOf } from '../engine/distribution';
import { Random } from '../engine/random';
import type { Uncertain } from '../engine/sampling';
import type { Address, Kernel } from '../kernel/kernel';
import type { Numbers } from './numbers';
import type { Program } from './program';

/** A Latin hypercube sample of assumptions, which the kernel draws as `latinHypercube` does: the same numbers by the same names. */
export class Sample {
  readonly #address: Address;

  constructor(
    private readonly kernel: Kernel,
    inputs: readonly Uncertain[],
    private readonly count: number,
    seed: number,
  ) {
    const { call } = kernel;
    const random = new Random(seed);
    this.#address = call.sample(count, inputs.length, kernel.ints(0, random.words));
    inputs.forEach(({ distribution, name }, i) => {
      const halves = twoPieceOf(distribution);
      if (halves) {
        const { above, below, centre, odds } = halves;
        call.sampleTwoPiece(this.#address, i, kernel.ints(0, random.split(name).words), centre, below, above, odds);
      } else if (distribution.shape === 'constant') call.sampleConstant(this.#address, i, distribution.value);
      else throw new Error(`The kernel does not draw ${distribution.shape} numbers. This is a bug in nines.`);
    });
  }

  /** For each root of a program, its value in each sample; `never`: where the states of causes that are left out begin and end. */
  through(program: Program, numbers: Numbers, never: readonly number[] = []): Float64Array[] {
    const { kernel } = this;
    const address = kernel.call.runSample(this.#address, program.address, numbers.address, kernel.ints(0, never), never.length);
    const all = kernel.at(address, program.roots.length * this.count);
    return program.roots.map((_, root) => all.slice(root * this.count, (root + 1) * this.count));
  }
}
