import { keyOf } from '../fault-tree/phases';
import type { Requirement } from '../fault-tree/requirements';
import type { FaultTree } from '../fault-tree/tree';
import type { Joint, JointNode } from './joint';

/** What one component has of the first one like it. */
interface Copies {
  readonly events: ReadonlyMap<number, number>;
  copyOf: ((node: JointNode) => JointNode) | null;
  bound: number;
}

/**
 * Components that are alike but for their names, as those of a fleet are: everything is derived and compiled for the first of them, and the others get
 * copies about events of their own. So the time hangs on how many different components there are.
 */
export class Twins {
  readonly #firsts = new Map<string, string>();
  readonly #asked = new Map<string, unknown>();
  readonly #copies = new Map<string, Copies>();
  /** By how much what the first ones come to may be too large, by their name. */
  readonly #bounds = new Map<string, number>();

  /** `looking`: whether any are looked for. */
  constructor(
    private readonly tree: FaultTree,
    private readonly looking = true,
  ) {}

  /** What is asked of the first component like the one that is meant, each question once. */
  asked<T>(what: string, requirement: Requirement, derive: (first: Requirement) => T): T {
    const component = this.#first(requirement.component);
    const { doubt, fully } = requirement;
    const key = `${what} ${component} ${fully} ${doubt === null ? '' : keyOf(doubt)}`;
    const known = this.#asked.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = derive({ ...requirement, component });
    this.#asked.set(key, made);
    return made;
  }

  /** Gives all others their events, once everything has been asked. */
  settle(): void {
    for (const [name, first] of this.#firsts) {
      if (name !== first) this.#copies.set(name, { events: this.tree.eventsLike(first, name), copyOf: null, bound: 0 });
    }
  }

  /** Events of a component by those of the first one like it; null: it is that. */
  events(component: string): ReadonlyMap<number, number> | null {
    return this.#copies.get(component)?.events ?? null;
  }

  /** The node of a component, made for the first one like it. */
  node(joint: Joint, component: string, make: () => JointNode): JointNode {
    const first = this.#firsts.get(component)!;
    const before = joint.bound;
    const node = make();
    this.#bounds.set(first, (this.#bounds.get(first) ?? 0) + joint.bound - before);
    const copies = this.#copies.get(component);
    if (!copies) return node;
    const bound = this.#bounds.get(first)!;
    joint.bound += bound - copies.bound;
    copies.bound = bound;
    copies.copyOf ??= joint.copier(copies.events);
    return copies.copyOf(node);
  }

  #first(name: string): string {
    let first = this.#firsts.get(name);
    if (first === undefined) this.#firsts.set(name, (first = this.looking ? this.tree.firstLike(name) : name));
    return first;
  }
}
