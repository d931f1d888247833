import { fillNone, Ints, wider, zeros } from './lists';
import { add, ANY, COUNT, DECISION, kinds, rotations, SERVE, starts, subjects, words } from './nodes';
import { addGroup, addRotation, anyOf, counted, served, startGroups } from './tasks';

/** Nodes of the same form about other events. */
export class Twin {
  /** The copy of each node; −1 while there is none. */
  private copies: StaticArray<i32> = zeros(0);
  private pending: Ints = new Ints(64);

  /** The events by those that they stand for. */
  constructor(private events: StaticArray<i32>) {}

  about(root: i32): i32 {
    if (root < 2) return root;
    if (root >= this.copies.length) {
      const before = this.copies.length;
      this.copies = wider(this.copies, 2 * root);
      fillNone(this.copies, before, this.copies.length);
    }
    const pending = this.pending;
    pending.length = 0;
    pending.push(root);
    while (pending.length > 0) {
      const node = pending.items[pending.length - 1];
      if (this.isReady(node)) {
        pending.length--;
        if (this.copies[node] < 0) this.copies[node] = this.made(node);
      }
    }
    return this.copies[root];
  }

  private copyOf(node: i32): i32 {
    return node < 2 ? node : this.copies[node];
  }

  /** Whether all nodes that it names have their copies; puts those that have none in front of it. */
  private isReady(node: i32): bool {
    const kind = kinds[node];
    const from = starts[node];
    let ready = true;
    for (let at = from; at < starts[node + 1]; at++) {
      const word = at - from;
      if (kind == COUNT ? (word & 1) != 0 : kind == SERVE && (word & 3) > 1) continue;
      const child = words.items[at];
      if (this.copyOf(child) >= 0) continue;
      this.pending.push(child);
      ready = false;
    }
    return ready;
  }

  private made(node: i32): i32 {
    const kind = kinds[node];
    const subject = subjects[node];
    const from = starts[node];
    const to = starts[node + 1];
    startGroups();
    if (kind == COUNT) {
      for (let at = from; at < to; at += 2) addGroup(this.copyOf(words.items[at]), words.items[at + 1]);
      return counted(subject);
    }
    if (kind == SERVE) {
      for (let at = from; at < to; at += 4) {
        const own = words.items;
        addRotation(this.copyOf(own[at]), this.copyOf(own[at + 1]), own[at + 2] != 0, own[at + 3]);
      }
      return served(rotations.items[subject], <i32>rotations.items[subject + 1]);
    }
    const own = zeros(to - from);
    for (let i = 0; i < own.length; i++) own[i] = this.copyOf(words.items[from + i]);
    return kind == ANY ? anyOf(own, own.length) : add(DECISION, this.events[subject], own, 0, own.length);
  }
}
