import type { WatchedFlow } from '../view/alerts';

/** Says what the rules read; each tool that makes alerts is given the same measurements. */
export const measuredComment: readonly string[] = [
  '# Alerts when the error budget of a flow burns too fast. What is measured, with the labels topology and flow:',
  '#   targets by time: probe_success (1 or 0), such as that of the blackbox exporter',
  '#   targets by requests: flow_requests_total, with outcome="failed" for those that failed',
];

/** The label that tells failed requests from all. */
export const failedRequests = ',outcome="failed"';

/** The labels of a flow. Names in specs need no quoting, but a rule must not depend on that. */
export function selector({ flow, topology }: WatchedFlow, more = ''): string {
  return `{topology=${JSON.stringify(topology)},flow=${JSON.stringify(flow)}${more}}`;
}
