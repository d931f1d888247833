import binary from './kernel.generated';

/** A place in the memory of a kernel, and with it what stands there. */
export type Address = number;

/** What lib/kernel/assembly/index.ts exports. */
export interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  room(index: number, bytes: number): Address;
  begin(order: Address, events: number, offsets: Address, states: Address): void;
  formula(nodes: number, children: number, events: number, words: Address): void;
  diagram(ref: number): number;
  nodes(): number;
  valueOf(node: number): number;
  follow(task: number, roots: Address, width: number, until: number, about: Address, length: number, load: number, least: number): number;
  unfollowed(): number;
  twin(events: Address, length: number): Address;
  copyOf(twin: Address, root: number): number;
  program(roots: Address, length: number, states: Address, stateCount: number): Address;
  light(program: Address, indices: Address, length: number, tables: Address, parts: Address, tableCount: number): Address;
  programStates(program: Address): Address;
  programNodes(program: Address): number;
  firstOf(program: Address): number;
  rootOf(program: Address, index: number): number;
  evaluate(program: Address, through: number): void;
  rootValue(program: Address, index: number): number;
  gains(program: Address, index: number): Address;
  numbers(
    code: Address,
    length: number,
    constants: Address,
    constantCount: number,
    assumptions: number,
    states: number,
    events: number,
    secondsPerYear: number,
  ): Address;
  numbersValues(numbers: Address): Address;
  numbersStates(numbers: Address): Address;
  numbersRates(numbers: Address): Address;
  fill(numbers: Address): void;
  sample(count: number, assumptions: number, stream: Address): Address;
  sampleConstant(sample: Address, assumption: number, value: number): void;
  sampleTwoPiece(sample: Address, assumption: number, stream: Address, centre: number, below: number, above: number, odds: boolean): void;
  runSample(sample: Address, program: Address, numbers: Address, never: Address, length: number): Address;
  families(nodes: number, children: number, events: number, words: Address, levels: Address, length: number): Address;
  cutSearch(families: Address, ref: number): Address;
  familyBy(search: Address, causes: Address, length: number): Address;
  renaming(pairs: Address, length: number): Address;
  findLikeliest(families: Address, parts: Address, length: number, count: number, first: number, leastPart: number): number;
  groupSums(): Address;
  groupStartsAt(): Address;
  groupedSets(): Address;
  alone(search: Address): Address;
  lengthOf(list: Address): number;
  itemsOf(list: Address): Address;
}

/** Known to TypeScript with the types of browsers only. */
declare const WebAssembly: {
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (compiled: object, imports: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/**
 * What a model computes over and over, in WebAssembly: a process that has just started would run the same in JavaScript ten times slower, and most of
 * our processes have just started. Each model has a kernel of its own, which goes when the model goes.
 */
export class Kernel {
  readonly call: Exports;

  constructor() {
    compiled ??= new WebAssembly.Module(Buffer.from(binary, 'base64'));
    const abort = (): never => {
      throw new Error('The kernel has stopped. This is a bug in nines.');
    };
    this.call = new WebAssembly.Instance(compiled, { env: { abort } }).exports as unknown as Exports;
  }

  /** Hands whole numbers over, one part after the other. What is in a room stays there until something else is put into it. */
  ints(room: number, ...parts: readonly ArrayLike<number>[]): Address {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const address = this.call.room(room, 4 * length);
    const words = new Int32Array(this.call.memory.buffer, address, length);
    let at = 0;
    for (const part of parts) {
      words.set(part, at);
      at += part.length;
    }
    return address;
  }

  /** Hands numbers over, one part after the other. */
  floats(room: number, ...parts: readonly ArrayLike<number>[]): Address {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const address = this.call.room(room, 8 * length);
    let at = address;
    for (const part of parts) {
      this.write(at, part);
      at += 8 * part.length;
    }
    return address;
  }

  write(address: Address, values: ArrayLike<number>): void {
    this.at(address, values.length).set(values);
  }

  /** The numbers that stand somewhere, until the kernel runs again. */
  at(address: Address, length: number): Float64Array {
    return new Float64Array(this.call.memory.buffer, address, length);
  }
}
