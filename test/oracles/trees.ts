import { type CommonCauseModel, compile, cutSets, expandCommonCause, Formula, type Ref } from 'nines';

/** A tree over named events with their probabilities, for problems that are one. */
export class Tree {
  readonly formula = new Formula();
  readonly values: number[] = [];

  event(name: string, q: number): Ref {
    this.values.push(q);
    return this.formula.basic(name);
  }

  /** Members of a common cause group, each as what takes it down. */
  group(name: string, members: number, q: number, model: CommonCauseModel): Ref[] {
    const events = expandCommonCause(model, members, q).map((event) => ({
      members: event.members,
      ref: this.event(`${name} ${event.members.join()}`, event.probability),
    }));
    return Array.from({ length: members }, (_, i) =>
      this.formula.or(events.filter((event) => event.members.includes(i)).map((event) => event.ref)),
    );
  }

  probability(root: Ref): number {
    return compile(this.formula, [root]).probability(this.values)[0]!;
  }

  /** The sum over minimal cut sets, not above one: the approximation for rare events. */
  rareEvents(root: Ref): number {
    const sets = cutSets(compile(this.formula, [root])).likeliest(this.values, 100_000);
    return Math.min(
      1,
      sets.reduce((sum, set) => sum + set.probability, 0),
    );
  }
}

/** Unavailability of parts that are all needed. */
export function inSeries(...q: number[]): number {
  const tree = new Tree();
  return tree.probability(tree.formula.or(q.map((each, i) => tree.event(`part ${i}`, each))));
}

/** Unavailability of n equal parts of which one is enough. */
export function inParallel(n: number, q: number): number {
  const tree = new Tree();
  return tree.probability(tree.formula.and(Array.from({ length: n }, (_, i) => tree.event(`part ${i}`, q))));
}
