import { Ints } from './lists';

/** At least so many bytes are asked for at once. */
const chunk: i32 = 1 << 14;

/** Memory that is given back all at once and then used again. What stands in it has an address that stays. */
export class Arena {
  private chunks: Ints = new Ints(8);
  private sizes: Ints = new Ints(8);
  /** The chunk that is being filled. */
  private current: i32 = -1;
  private at: usize = 0;
  private end: usize = 0;

  /** `rank`: how long what stands in it lasts, as in chosen.ts. */
  constructor(public rank: i32) {}

  /** Where so many bytes are free; they stay so until `take`. */
  room(bytes: i32): usize {
    if (this.at + <usize>bytes > this.end) this.next(bytes);
    return this.at;
  }

  /** Takes the bytes up to an address in the room that was asked for last. */
  take(end: usize): void {
    this.at = (end + 7) & ~(<usize>7);
  }

  reset(): void {
    this.current = -1;
    this.at = 0;
    this.end = 0;
  }

  private next(bytes: i32): void {
    do {
      this.current++;
      if (this.current == this.chunks.length) {
        // Larger each time, so that few are needed.
        const size = max(2 * bytes, chunk << min(this.current, 6));
        this.chunks.push(<i32>heap.alloc(size));
        this.sizes.push(size);
      }
    } while (this.sizes.items[this.current] < bytes);
    this.at = <usize>this.chunks.items[this.current];
    this.end = this.at + <usize>this.sizes.items[this.current];
  }
}
