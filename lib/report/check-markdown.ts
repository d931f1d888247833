import type { CheckDocument, CheckedTopology } from '../document/check';
import { checkView, type FindingView } from '../view/check';
import type { Tone } from '../view/estimate';
import { markdownDetails, markdownTable, markdownText as text } from './markdown';

const marks: Readonly<Record<Tone | FindingView['severity'], string>> = {
  good: '✅',
  doubtful: '⚠️',
  bad: '❌',
  none: 'ℹ️',
  error: '❌',
  warning: '⚠️',
  note: 'ℹ️',
};

/** The gate's answer as Markdown for the summary of a job. */
export function renderCheckMarkdown(document: CheckDocument): string {
  const unread = document.diagnostics.filter(({ severity }) => severity === 'error');
  const parts = [
    ...(unread.length === 0
      ? []
      : [
          `### ❌ To correct\n\n${unread
            .map(
              ({ detail, range, summary }) =>
                `- ${range ? `${text(`${range.file}, line ${range.start.line}`)}: ` : ''}${text(`${summary}: ${detail}`)}`,
            )
            .join('\n')}`,
        ]),
    ...document.topologies.map(topologyMarkdown),
  ];
  return `${parts.join('\n\n')}\n`;
}

function topologyMarkdown(topology: CheckedTopology): string {
  const { findings, flows, tone, verdict } = checkView(topology);
  const tones: Tone = topology.passed ? tone : 'bad';
  const counted = findings.filter(({ suppressed }) => suppressed === null);
  const accepted = findings.filter(({ suppressed }) => suppressed !== null);
  const line = ({ range, sentence, severity, suppressed }: FindingView) =>
    `- ${marks[severity]} ${text(sentence)}${range ? ` <sub>${text(`${range.file}, line ${range.start.line}`)}</sub>` : ''}${suppressed === null ? '' : ` — ${text(suppressed)}`}`;
  const parts = [
    `### ${marks[tones]} ${text(verdict)}`,
    ...(flows.length === 0
      ? []
      : [
          markdownTable(
            ['flow', 'available', 'target', '', 'down a year'],
            flows.map((flow) => [flow.flow, flow.available, flow.target, `${marks[flow.tone]} ${flow.verdict}`, flow.down].map(text)),
          ),
        ]),
    ...(counted.length === 0 ? [] : [counted.map(line).join('\n')]),
    ...(accepted.length === 0 ? [] : [markdownDetails(`${accepted.length} accepted`, accepted.map(line).join('\n'))]),
  ];
  return parts.join('\n\n');
}
