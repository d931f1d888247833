import { closestBounds } from '../engine/bounds';
import { quickBounds } from '../engine/quick-bounds';
import { BudgetExceeded, type Budget, type Limit } from '../engine/budget';
import { compile, type Compiled } from '../engine/compile';
import { cutSets, type CutSet, type CutSets } from '../engine/cut-sets';
import { importance } from '../engine/importance';
import { influences, latinHypercube, spread, type Influence, type Spread } from '../engine/sampling';
import type { OpenPsaModel } from '../fault-tree/open-psa';
import type { SolvedSimulation } from './solve-simulation';

/** Which cut sets are wanted beside their number: none at all, only the number, the most probable ones, or all up to an order. */
export type WantedSets =
  | { readonly form: 'none' }
  | { readonly form: 'count' }
  | { readonly form: 'top'; readonly count: number }
  | { readonly form: 'order'; readonly order: number };

export interface SolveOptions {
  /** @default - the ten most probable */
  readonly cutSets?: WantedSets;
  /** Neither cut sets nor importance. @default false */
  readonly probabilityOnly?: boolean;
  /** Samples of the random deviates; 0: uncertainty is not asked for. @default 0 */
  readonly samples?: number;
  /** Of the samples. @default 1 */
  readonly seed?: number;
  /** @default - no limit */
  readonly budget?: Budget;
}

/** The result of `nines solve`, exact and unrounded. Unknown is null, with the limit that was met in `stoppedBy`. */
export interface SolveDocument {
  readonly version: 1;
  readonly model: string;
  readonly top: string;
  readonly gates: number;
  readonly events: number;
  readonly probability: number | null;
  /** What the probability is guaranteed to lie between, where it could not be computed exactly. */
  readonly bounds: readonly [number, number] | null;
  /** By what factor the upper bound exceeds the lower one; null without bounds, or where the lower one is 0. */
  readonly factor: number | null;
  readonly exact: boolean;
  /** Whether an event can only do harm; if not, the cut sets are the smallest sets of events that bring the top about alone. */
  readonly coherent: boolean | null;
  readonly cutSets: SolvedCutSets | null;
  readonly importance: readonly SolvedImportance[] | null;
  readonly bddNodes: number | null;
  readonly stoppedBy: Limit | null;
  /** null: not asked for, or nothing is uncertain. */
  readonly uncertainty: SolvedUncertainty | null;
  /** null: not asked for. */
  readonly simulation: SolvedSimulation | null;
}

export interface SolvedCutSets {
  /** Decimal, since there may be more than 2^53. */
  readonly total: string;
  /** How many sets have 0, 1, 2 … events. */
  readonly byOrder: readonly string[];
  /** Most probable first; a negated event is written with "not " in front. */
  readonly top: readonly { readonly events: readonly string[]; readonly probability: number }[];
}

export interface SolvedImportance {
  readonly event: string;
  readonly probability: number;
  readonly birnbaum: number;
  readonly criticality: number;
  readonly fussellVesely: number;
  readonly riskAchievement: number | null;
  /** null: without the event the top can not be. */
  readonly riskReduction: number | null;
}

/** How the probability spreads when the random deviates do. */
export interface SolvedUncertainty extends Spread {
  readonly samples: number;
  readonly seed: number;
  /** What the spread comes from, most of all first. */
  readonly influences: readonly Influence[];
}

/** Solves a fault tree within a budget. The budget's time is for all together. */
export function solve(model: OpenPsaModel, options: SolveOptions = {}): SolveDocument {
  const { probabilityOnly = false, budget = {} } = options;
  const wanted: WantedSets = probabilityOnly ? { form: 'none' } : (options.cutSets ?? { form: 'top', count: 10 });
  const remaining = countdown(budget);
  const unsolved: SolveDocument = {
    version: 1,
    model: model.name,
    top: model.top,
    gates: model.gates,
    events: model.events,
    probability: null,
    bounds: null,
    factor: null,
    exact: false,
    coherent: null,
    cutSets: null,
    importance: null,
    bddNodes: null,
    stoppedBy: null,
    uncertainty: null,
    simulation: null,
  };
  const compiled = within(() => compile(model.formula, [model.root], { budget: part(remaining(), EXACT_SHARE) }));
  if ('stoppedBy' in compiled) {
    const time = remaining().milliseconds ?? BOUNDS_TIME;
    const found = closestBounds(model.formula, model.root, model.values, { ...budget, milliseconds: PUNCTUAL * time });
    const { stoppedBy } = compiled;
    // What one pass over the gates tells is always there.
    const quick = quickBounds(model.formula, model.root, model.values);
    const [lower, upper] = [Math.max(quick.lower, found?.lower ?? 0), Math.min(quick.upper, found?.upper ?? 1)];
    return { ...unsolved, bounds: [lower, upper], factor: lower > 0 ? upper / lower : null, stoppedBy };
  }
  const tree = compiled.value;
  const solved: SolveDocument = {
    ...unsolved,
    probability: tree.probability(model.values)[0]!,
    exact: true,
    bddNodes: tree.nodeCount,
    uncertainty: uncertaintyOf(tree, model, options),
    ...(probabilityOnly ? {} : { coherent: tree.isCoherent(), importance: importanceOf(tree, model) }),
  };
  if (wanted.form === 'none') return solved;
  const sets = within(() => describe(cutSets(tree, 0, { budget: remaining() }), model, wanted));
  return 'stoppedBy' in sets ? { ...solved, stoppedBy: sets.stoppedBy } : { ...solved, cutSets: sets.value };
}

/** The exact answer gets this share of the time; what is left is for bounds. */
const EXACT_SHARE = 0.6;

/** Time is asked for now and then, so some is left to end in time. */
const PUNCTUAL = 0.95;

/** Milliseconds for bounds where the time is not limited but something else is. */
const BOUNDS_TIME = 10_000;

function part(budget: Budget, share: number): Budget {
  return budget.milliseconds === undefined ? budget : { ...budget, milliseconds: budget.milliseconds * share };
}

function within<T>(work: () => T): { readonly value: T } | { readonly stoppedBy: Limit } {
  try {
    return { value: work() };
  } catch (cause) {
    if (cause instanceof BudgetExceeded) return { stoppedBy: cause.limit };
    throw cause;
  }
}

/** What is left of a budget: of its time, that since now. */
function countdown(budget: Budget): () => Budget {
  if (budget.milliseconds === undefined) return () => budget;
  const end = performance.now() + budget.milliseconds;
  return () => ({ ...budget, milliseconds: Math.max(0, end - performance.now()) });
}

function describe(sets: CutSets, model: OpenPsaModel, wanted: WantedSets): SolvedCutSets {
  const byOrder = sets.byOrder();
  let top: readonly CutSet[] = [];
  if (wanted.form === 'top') top = sets.likeliest(model.values, wanted.count);
  if (wanted.form === 'order') top = sets.within(model.values, { order: wanted.order });
  return { total: sets.total().toString(), byOrder: byOrder.map((count) => count.toString()), top: named(top, model) };
}

/**
 * Sets by name in an order that does not depend on how they were found: events as the model has them, sets by probability and then by their events. The
 * product is taken anew from the smallest factor, so that sets of equal factors are equal to the last bit.
 */
function named(list: readonly CutSet[], { formula, values }: OpenPsaModel): SolvedCutSets['top'] {
  const sets = list.map(({ literals }) => {
    const ordered = [...literals].sort((a, b) => a.event - b.event);
    const factors = ordered.map(({ event, level, negated }) => {
      const q = values[formula.eventOffsets[event]! + level]!;
      return negated ? 1 - q : q;
    });
    return {
      order: ordered.map(({ event }) => event),
      events: ordered.map(({ event, negated }) => `${negated ? 'not ' : ''}${formula.eventNames[event]!}`),
      probability: factors.sort((a, b) => a - b).reduce((product, q) => product * q, 1),
    };
  });
  sets.sort((a, b) => b.probability - a.probability || compared(a.order, b.order));
  return sets.map(({ events, probability }) => ({ events, probability }));
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((event, i) => event !== b[i]);
  return at < 0 ? a.length - b.length : at >= b.length ? 1 : a[at]! - b[at]!;
}

function uncertaintyOf(tree: Compiled, model: OpenPsaModel, { samples = 0, seed = 1 }: SolveOptions): SolvedUncertainty | null {
  if (samples === 0 || model.uncertain.length === 0) return null;
  const columns = latinHypercube(model.uncertain, samples, seed);
  const result = new Float64Array(samples);
  for (let i = 0; i < samples; i++) result[i] = tree.probability(model.valuesAt(columns.map((column) => column[i]!)))[0]!;
  return { samples, seed, ...spread(result), influences: influences(model.uncertain, columns, result) };
}

/** Most important first, by criticality. */
function importanceOf(tree: Compiled, model: OpenPsaModel): SolvedImportance[] {
  // To ten digits, so that events of equal importance stay in the model's order.
  const rank = (x: number) => Number(Math.abs(x).toPrecision(10));
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  return importance(tree, model.values)
    .map((each) => ({ each, rank: rank(each.criticality) }))
    .sort((a, b) => b.rank - a.rank || a.each.event - b.each.event)
    .map(({ each }) => ({
      event: model.formula.eventNames[each.event]!,
      probability: model.values[model.formula.eventOffsets[each.event]!]!,
      birnbaum: each.birnbaum,
      criticality: each.criticality,
      fussellVesely: each.fussellVesely,
      riskAchievement: finite(each.riskAchievement),
      riskReduction: finite(each.riskReduction),
    }));
}
