/** The public entry without cdktf: read a spec, estimate it, judge it, render it. Constructs are in `nines/constructs`. */
export type { Assumption } from './assumptions/assumption';
export { judge, type Judgement } from './check/gate';
export { DiagnosticsError, type Diagnostic } from './diagnostics/diagnostic';
export { estimateDocument, type EstimateDocument } from './document/estimate';
export { estimate, type Estimate, type EstimateOptions, type FlowEstimate } from './estimate/estimate';
export { kinds } from './kinds/kinds.generated';
export { diagnosticsText } from './report/diagnostics-text';
export { renderText } from './report/estimate-text';
export { resolve, type Resolution } from './resolve/resolve';
export { loadSpec, readTopologyFile, type Loaded } from './spec/load';
export { schemaOf } from './spec/schema';
export type { Plain } from './topology/plain';
export type { Topology } from './topology/topology';

// The engine by itself: formulas, groups with spares and crews, common causes, uncertainty, chance to meet, simulation of trees.
export { expandCommonCause, type CommonCauseModel } from './engine/common-cause';
export { compile, type Compiled } from './engine/compile';
export { allWithin, atLeastOf } from './engine/counting';
export { cutSets } from './engine/cut-sets';
export type { Distribution } from './engine/distribution';
export { chanceWithin, type Chance, type Occurrence } from './engine/downtime-distribution';
export { Formula, type Ref } from './engine/formula';
export { frequency, type Frequency } from './engine/frequency';
export { importance, timeDerivatives } from './engine/importance';
export { meanOf, meanWithin, type Length } from './engine/length';
export { availability, type Availability, meanTimeTo, steadyState, transient, unreliability, type MarkovChain } from './engine/markov';
export { plainTree } from './engine/plain-tree';
export { failureBy, meanTimeToFailure, redundancyAvailability, unavailabilityAt, type Redundancy } from './engine/redundancy';
export { influences, latinHypercube, spread } from './engine/sampling';
export { simulateChunk, summarize } from './engine/tree-simulation';
export { solve, type SolveDocument } from './document/solve';
export { readOpenPsa, type OpenPsaModel } from './fault-tree/open-psa';
export { writeOpenPsa } from './fault-tree/write-open-psa';
export { expectedDetection, worstDetection } from './topology/detection';
export { parseAvailability } from './units/availability';
