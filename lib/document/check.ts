import type { CheckFinding } from '../check/finding';
import type { Judgement } from '../check/gate';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { EstimateDocument, TopologyDocument } from './estimate';

/** The result of `nines check`: the estimate, and what the gate says to it. */
export interface CheckDocument extends Omit<EstimateDocument, 'topologies'> {
  readonly passed: boolean;
  /** The day on which ages and expiries were judged. */
  readonly today: string | null;
  readonly topologies: readonly CheckedTopology[];
}

export interface CheckedTopology extends Omit<TopologyDocument, 'findings'> {
  readonly passed: boolean;
  readonly findings: readonly CheckFinding[];
}

/** Puts the judgements beside the estimates, in the same order; `diagnostics` are those of policies. A spec that could not be read has not passed. */
export function checkDocument(
  document: EstimateDocument,
  judgements: readonly Judgement[],
  {
    diagnostics = [],
    today = null,
    unread,
  }: { readonly unread: boolean; readonly today?: string | null; readonly diagnostics?: readonly Diagnostic[] },
): CheckDocument {
  const topologies = document.topologies.map((topology, i) => ({ ...topology, ...judgements[i]! }));
  const passed = !unread && !hasErrors(diagnostics) && topologies.every((topology) => topology.passed);
  return { ...document, passed, today, topologies, diagnostics: [...document.diagnostics, ...diagnostics] };
}
