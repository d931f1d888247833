/** Whole numbers in an array that grows. */
export class Ints {
  length: i32 = 0;
  items: StaticArray<i32>;

  constructor(room: i32) {
    this.items = zeros(room);
  }

  push(value: i32): void {
    this.reserve(this.length + 1);
    this.items[this.length++] = value;
  }

  /** Makes room for so many. */
  reserve(length: i32): void {
    if (length > this.items.length) this.items = wider(this.items, 2 * length);
  }
}

/** Numbers in an array that grows. */
export class Floats {
  length: i32 = 0;
  items: StaticArray<f64>;

  constructor(room: i32) {
    this.items = zeroFloats(room);
  }

  push(value: f64): void {
    this.reserve(this.length + 1);
    this.items[this.length++] = value;
  }

  /** Makes room for so many. */
  reserve(length: i32): void {
    if (length > this.items.length) this.items = widerFloats(this.items, 2 * length);
  }
}

export function wider(items: StaticArray<i32>, length: i32): StaticArray<i32> {
  const made = zeros(length);
  memory.copy(changetype<usize>(made), changetype<usize>(items), (<usize>items.length) << 2);
  return made;
}

export function widerFloats(items: StaticArray<f64>, length: i32): StaticArray<f64> {
  const made = zeroFloats(length);
  memory.copy(changetype<usize>(made), changetype<usize>(items), (<usize>items.length) << 3);
  return made;
}

/** So many whole numbers from somewhere in memory. */
export function intsAt(from: usize, length: i32): StaticArray<i32> {
  const items = zeros(length);
  memory.copy(changetype<usize>(items), from, (<usize>length) << 2);
  return items;
}

/** So many numbers from somewhere in memory. */
export function floatsAt(from: usize, length: i32): StaticArray<f64> {
  const items = zeroFloats(length);
  memory.copy(changetype<usize>(items), from, (<usize>length) << 3);
  return items;
}

/** A kernel's memory is used once and begins with zeros, so nothing needs to be cleared. */
export function zeros(length: i32): StaticArray<i32> {
  return changetype<StaticArray<i32>>(__new((<usize>length) << 2, idof<StaticArray<i32>>()));
}

export function zeroFloats(length: i32): StaticArray<f64> {
  return changetype<StaticArray<f64>>(__new((<usize>length) << 3, idof<StaticArray<f64>>()));
}

/** Fills a stretch with −1. */
export function fillNone(items: StaticArray<i32>, from: i32, to: i32): void {
  memory.fill(changetype<usize>(items) + ((<usize>from) << 2), 0xff, (<usize>(to - from)) << 2);
}

/** FNV with what its multiplication loses (Fowler, Noll and Vo). */
export function hashed(hash: u32, word: i32): u32 {
  return (hash ^ word) * 0x01000193 + (hash >>> 15);
}

/** A place in a table from a hash. */
export function slotOf(hash: u32, mask: i32): i32 {
  return ((hash ^ (hash >>> 16)) * 0x7feb352d) & mask;
}
