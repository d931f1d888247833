import { BASIC, CHOICE, type Formula } from './formula';

/**
 * A multi-valued decision diagram in flat arrays (Srinivasan, Kam, Malik and Brayton 1990): a node asks for the exact state of one event and has one
 * child per state. Nodes 0 and 1 are the constants. Invariant: a child has a smaller number than its parent, so one loop forwards gives every
 * probability and one loop backwards every derivative. Events beyond those of the formula are modules: two states, the diagram of one given by its
 * segment, all of whose nodes precede the first node that asks for it.
 */
export interface Diagram {
  readonly nodeCount: number;
  readonly nodeEvents: Int32Array;
  /** Where a node's children start; one more entry than nodes. */
  readonly nodeStarts: Int32Array;
  readonly children: Int32Array;
  /** The nodes of the roots. */
  readonly roots: Int32Array;
  /** Events of the original formula; the others are modules. */
  readonly ownEvents: number;
  readonly eventCount: number;
  /** Where the states of an event start in a table of states; one more entry than events. */
  readonly stateOffsets: Int32Array;
  /** Place of an event among the questions of its segment. */
  readonly positions: Int32Array;
  /** Modules in order, each before all that use it; the last segment, with event -1, holds the roots. */
  readonly segments: readonly Segment[];
}

/** A stretch of nodes that belongs to one module. */
export interface Segment {
  /** The module's own event, or -1. */
  readonly event: number;
  readonly root: number;
  readonly start: number;
  readonly end: number;
  /** How many questions there are. */
  readonly positions: number;
}

/** Number of exact states of an event: basic 2 (absent, present), ladder one more than levels, choice as many as outcomes. */
export const stateCount = (formula: Formula, event: number): number => {
  const literals = formula.eventLiterals[event]!;
  return formula.eventKinds[event] === CHOICE ? literals : literals + 1;
};

/** Where the states of each event start in a table of states; the last entry is the table's length. */
export const stateOffsets = (formula: Formula): Int32Array => {
  const offsets = new Int32Array(formula.eventCount + 1);
  for (let event = 0; event < formula.eventCount; event++) offsets[event + 1] = offsets[event]! + stateCount(formula, event);
  return offsets;
};

/**
 * Turns a table of values (one per literal) into the probabilities of exact states. Outcomes of choices are taken as given. State s of a ladder is
 * P(level s-1) - P(level s): in a monotone function every term is positive and at most the sum, so nothing is lost by it.
 */
export const fillStates = (formula: Formula, offsets: Int32Array, values: ArrayLike<number>, states: Float64Array): void => {
  for (let event = 0; event < formula.eventCount; event++) {
    const to = offsets[event]!;
    const from = formula.eventOffsets[event]!;
    const literals = formula.eventLiterals[event]!;
    const kind = formula.eventKinds[event]!;
    if (kind === BASIC) {
      const q = values[from]!;
      states[to] = 1 - q;
      states[to + 1] = q;
    } else if (kind === CHOICE) {
      for (let outcome = 0; outcome < literals; outcome++) states[to + outcome] = values[from + outcome]!;
    } else {
      states[to] = 1 - values[from]!;
      for (let level = 1; level < literals; level++) states[to + level] = values[from + level - 1]! - values[from + level]!;
      states[to + literals] = values[from + literals - 1]!;
    }
  }
};
