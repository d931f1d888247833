import type { EstimateDocument } from '../document/estimate';
import { watchedFlows, type WatchedFlow } from '../view/alerts';
import { failedRequests, measuredComment, selector } from './measured';
import { visible } from './visible';

/** Recording and alerting rules for each flow's target: multi-window burn rates. Every text is JSON, which is YAML that nothing can break out of. */
export function renderPrometheus(document: EstimateDocument): string {
  const flows = watchedFlows(document);
  const lines = [...measuredComment, ...(flows.length === 0 ? ['groups: []'] : ['groups:', ...flows.flatMap(group)])];
  return `${lines.join('\n')}\n`;
}

const json = (text: string): string => JSON.stringify(visible(text));

function group(flow: WatchedFlow): string[] {
  const windows = [...new Set(flow.alerts.flatMap(({ long, short }) => [short, long]))];
  return [
    `  - name: ${json(`nines ${flow.topology} ${flow.flow}`)}`,
    `    rules:${windows.length === 0 ? ' []' : ''}`,
    ...windows.flatMap((window) => recording(flow, window)),
    ...flow.alerts.flatMap((alert) => alerting(flow, alert)),
  ];
}

function recording(flow: WatchedFlow, window: string): string[] {
  const rate = (more: string) => `sum(rate(flow_requests_total${selector(flow, more)}[${window}]))`;
  const ratio =
    flow.measure === 'time' ? `1 - avg(avg_over_time(probe_success${selector(flow)}[${window}]))` : `${rate(failedRequests)} / ${rate('')}`;
  return [
    `      - record: flow:error_ratio:${window}`,
    `        expr: ${json(ratio)}`,
    `        labels: { topology: ${json(flow.topology)}, flow: ${json(flow.flow)} }`,
  ];
}

function alerting(flow: WatchedFlow, { factor, long, severity, short }: WatchedFlow['alerts'][number]): string[] {
  const burns = (window: string) => `flow:error_ratio:${window}${selector(flow)} > ${factor} * ${flow.unavailability}`;
  const summary = `${flow.flow} of ${flow.topology} burns its error budget ${factor} times as fast as ${flow.target} a month allows.`;
  return [
    '      - alert: FlowBurnsErrorBudget',
    `        expr: ${json(`${burns(long)} and ${burns(short)}`)}`,
    `        labels: { severity: ${severity}, window: ${long}, topology: ${json(flow.topology)}, flow: ${json(flow.flow)} }`,
    '        annotations:',
    `          summary: ${json(summary)}`,
    `          expected: ${json(`The estimate expects ${flow.expected}.`)}`,
  ];
}
