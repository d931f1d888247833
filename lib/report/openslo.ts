import type { EstimateDocument } from '../document/estimate';
import { watchedTopologies, type WatchedFlow } from '../view/alerts';
import { failedRequests, measuredComment, selector } from './measured';
import { yamlLines, type Yaml } from './yaml';

/** A service for each topology with targets and an SLO for each of its flows, as OpenSLO v1: https://github.com/OpenSLO/OpenSLO */
export function renderOpenSlo(document: EstimateDocument): string {
  const objects = watchedTopologies(document).flatMap(({ flows, topology }) => [service(topology), ...flows.map(objective)]);
  return `${[...measuredComment, objects.map((object) => yamlLines(object).join('\n')).join('\n---\n')].join('\n')}\n`;
}

const service = (topology: string) => ({
  apiVersion: 'openslo/v1',
  kind: 'Service',
  metadata: { name: topology },
  spec: { description: `The topology ${topology}.` },
});

function objective(flow: WatchedFlow) {
  const { expected, share, target, topology } = flow;
  // Names have no two dashes in a row, so that no two flows of two topologies become one.
  const name = `${topology}--${flow.flow}`;
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name, displayName: `${flow.flow} of ${topology}` },
    spec: {
      description: `The estimate expects ${expected}.`,
      service: topology,
      indicator: { metadata: { name }, spec: { ratioMetric: ratio(flow) } },
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ displayName: target, target: { decimal: share } }],
    },
  };
}

function ratio(flow: WatchedFlow): Yaml {
  const from = (query: string) => ({ metricSource: { type: 'Prometheus', spec: { query } } });
  if (flow.measure === 'time') {
    const probes = `probe_success${selector(flow)}`;
    return { counter: false, good: from(`sum(${probes})`), total: from(`count(${probes})`) };
  }
  const requests = (more: string) => `sum(flow_requests_total${selector(flow, more)})`;
  return { counter: true, bad: from(requests(failedRequests)), total: from(requests('')) };
}
