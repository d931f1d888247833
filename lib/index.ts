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
