import type { EstimateDocument } from '../document/estimate';
import { watchedTopologies, type WatchedFlow } from '../view/alerts';
import { failedRequests, measuredComment, selector } from './measured';
import { yamlLines, type Yaml } from './yaml';

/** A spec of Sloth for each topology with targets, from which it makes its rules: https://sloth.dev/specs/default/ */
export function renderSloth(document: EstimateDocument): string {
  const specs = watchedTopologies(document).map(({ flows, topology }) =>
    yamlLines({ version: 'prometheus/v1', service: named('topology', topology), labels: { topology }, slos: flows.map(objective) }).join(
      '\n',
    ),
  );
  return `${[...measuredComment, specs.join('\n---\n')].join('\n')}\n`;
}

/** Sloth wants two letters or more; no name of ours has an underscore. */
const named = (what: string, name: string): string => (name.length > 1 ? name : `${what}_${name}`);

const window = '{{.window}}';

function objective(flow: WatchedFlow): Yaml {
  return {
    name: named('flow', flow.flow),
    objective: { decimal: flow.target.slice(0, -1) },
    description: `${flow.flow} of ${flow.topology}. The estimate expects ${flow.expected}.`,
    labels: { flow: flow.flow },
    sli: indicator(flow),
    alerting: {
      name: 'FlowBurnsErrorBudget',
      annotations: { summary: `${flow.flow} of ${flow.topology} burns its error budget faster than ${flow.target} allows.` },
      page_alert: { labels: { severity: 'page' } },
      ticket_alert: { labels: { severity: 'ticket' } },
    },
  };
}

function indicator(flow: WatchedFlow): Yaml {
  if (flow.measure === 'time') return { raw: { error_ratio_query: `1 - avg(avg_over_time(probe_success${selector(flow)}[${window}]))` } };
  const rate = (more: string) => `sum(rate(flow_requests_total${selector(flow, more)}[${window}]))`;
  return { events: { error_query: rate(failedRequests), total_query: rate('') } };
}
