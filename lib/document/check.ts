import type { CheckFinding } from '../check/finding';
import type { Judgement } from '../check/gate';
import type { EstimateDocument, TopologyDocument } from './estimate';

/** The result of `nines check`: the estimate, and what the gate says to it. */
export interface CheckDocument extends Omit<EstimateDocument, 'topologies'> {
  readonly passed: boolean;
  readonly topologies: readonly CheckedTopology[];
}

export interface CheckedTopology extends Omit<TopologyDocument, 'findings'> {
  readonly passed: boolean;
  readonly findings: readonly CheckFinding[];
}

/** Puts the judgements beside the estimates, in the same order. A spec that could not be read has not passed. */
export function checkDocument(document: EstimateDocument, judgements: readonly Judgement[], unread: boolean): CheckDocument {
  const topologies = document.topologies.map((topology, i) => ({ ...topology, ...judgements[i]! }));
  return { ...document, passed: !unread && topologies.every(({ passed }) => passed), topologies };
}
