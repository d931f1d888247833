/** What a computation may use; what is left out is not limited. */
export interface Budget {
  /** Decision nodes alive at once. */
  readonly nodes?: number;
  /** Wall time. */
  readonly milliseconds?: number;
  /** Memory of node tables and caches. */
  readonly bytes?: number;
}

/** Which limit of a budget was met. */
export type Limit = keyof Budget;

/** Thrown inside the engine when a budget is used up; `compile` and its relatives turn it into an answer. */
export class BudgetExceeded extends Error {
  constructor(readonly limit: Limit) {
    super(`the budget of ${limit} is used up`);
  }
}

/** A budget being used: nodes and bytes are compared by the tables, time is asked for now and then. */
export interface Meter {
  readonly nodes: number;
  readonly bytes: number;
  readonly deadline: number;
}

/** Starts to use a budget: its time runs from now. */
export const startMeter = (budget: Budget): Meter => ({
  nodes: budget.nodes ?? 0x3fffffff,
  bytes: budget.bytes ?? Infinity,
  deadline: budget.milliseconds === undefined ? Infinity : performance.now() + budget.milliseconds,
});

/** Throws if the time is over. */
export const checkTime = (meter: Meter): void => {
  if (meter.deadline !== Infinity && performance.now() > meter.deadline) throw new BudgetExceeded('milliseconds');
};
