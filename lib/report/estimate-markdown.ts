import type { EstimateDocument, TopologyDocument } from '../document/estimate';
import { topologyView, type Tone, type TopologyView } from '../view/estimate';
import { markdownDetails, markdownTable, markdownText as text } from './markdown';

const marks: Record<Tone, string> = { good: '✅', doubtful: '⚠️', bad: '❌', none: 'ℹ️' };

/** The estimate as Markdown for a comment or a summary: the verdict and the flows at once, the rest to be opened. */
export function renderMarkdown(document: EstimateDocument): string {
  return `${document.topologies.map(topologyMarkdown).join('\n\n')}\n`;
}

function topologyMarkdown(document: TopologyDocument): string {
  const view = topologyView(document);
  const parts = [
    `### ${marks[view.tone]} ${text(view.verdict)}`,
    ...(view.flows.length > 0 ? [flowsTable(view)] : []),
    ...section('Who is hit', view.users),
    ...(view.causes.length > 0 ? [causesTable(view)] : []),
    ...section('Single points of failure', view.singlePoints),
    ...section('What to change first', view.advice),
    ...section('Where the verdict turns', view.turns),
    ...section('Not judged', view.objectives),
    ...folded('What else takes a flow down alone', view.singleCauses),
    ...view.cutSets.flatMap(({ flow, sets }) =>
      sets.length === 0
        ? []
        : [
            markdownDetails(
              `What takes ${text(flow)} down, most probable first`,
              markdownTable(
                ['part', 'together'],
                sets.map(({ share, words }) => [text(share), text(words)]),
              ),
            ),
          ],
    ),
    assumptionsPart(view),
    ...folded('What was not modelled', view.notModelled),
  ];
  return parts.join('\n\n');
}

function flowsTable({ flows }: TopologyView): string {
  const chance = flows.some((flow) => flow.chance !== null);
  return markdownTable(
    ['flow', 'available', 'target', '', 'down a year', 'outages', 'each', 'between (90 % sure)', ...(chance ? ['chance to meet'] : [])],
    flows.map((flow) =>
      [
        flow.flow,
        flow.available,
        flow.target,
        `${marks[flow.tone]} ${flow.verdict}`,
        flow.down,
        flow.outages,
        flow.lasting,
        flow.between,
        ...(chance ? [flow.chance ?? ''] : []),
      ].map(text),
    ),
  );
}

function causesTable({ causes, flows }: TopologyView): string {
  return markdownTable(
    ['where the downtime comes from', ...flows.map(({ flow }) => text(flow))],
    causes.map(({ name, shares }) => [name, ...shares].map(text)),
  );
}

function assumptionsPart({ assumed, assumptions }: TopologyView): string {
  const table = markdownTable(
    ['assumption', 'value', '90 % sure between', 'basis', 'source'],
    assumptions.map(({ basis, name, range, source, value }) => [name, value, range, basis, source].map(text)),
  );
  return markdownDetails(`What was assumed: ${text(assumed)}`, table);
}

const bullets = (items: readonly string[]): string => items.map((item) => `- ${text(item)}`).join('\n');

const section = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`**${title}**\n\n${bullets(items)}`]);

const folded = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [markdownDetails(title, bullets(items))]);
