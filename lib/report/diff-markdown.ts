import type { DiffDocument, EditDocument } from '../document/diff';
import { diffView, type CausesView, type DetailsView, type DiffView } from '../view/diff';
import type { Tone } from '../view/estimate';
import { markdownDetails, markdownTable, markdownText as text } from './markdown';

/** Where a line of a spec can be looked at; null: nowhere. */
export type LinkTo = (place: NonNullable<EditDocument['place']>) => string | null;

const marks: Record<Tone, string> = { good: '✅', doubtful: '⚠️', bad: '❌', none: 'ℹ️' };

/** What a reader sees without opening anything fits one screen. */
const mostRows = 8;
const mostFlowsWithCauses = 2;
const mostFindings = 5;
const mostListed = 100;

/** The comment of a pull request: verdict, flows, causes; the rest to be opened. One line where nothing changed. */
export function renderComment(document: DiffDocument, linkTo: LinkTo = () => null): string {
  const view = diffView(document);
  if (view.nothing) return `${text(view.verdict)}\n`;
  const parts = [
    `### ${marks[view.tone]} ${text(view.verdict)}`,
    ...(view.rows.length > 0 ? [table(view, 0, mostRows)] : []),
    ...view.causes.slice(0, mostFlowsWithCauses).map((causes) => causesPart(causes, linkTo)),
    ...findingsPart(view, 0, mostFindings),
    ...(view.notes.length > 0 ? [bullets(view.notes.slice(0, mostFindings))] : []),
    ...(view.rows.length > mostRows ? [markdownDetails(`${view.rows.length - mostRows} more flows`, table(view, mostRows))] : []),
    ...(view.causes.length > mostFlowsWithCauses
      ? [
          markdownDetails(
            'What changes the other flows',
            view.causes
              .slice(mostFlowsWithCauses)
              .map((causes) => causesPart(causes, linkTo))
              .join('\n\n'),
          ),
        ]
      : []),
    ...(view.findings.length > mostFindings
      ? [markdownDetails('More single points of failure', findingsPart(view, mostFindings).join('\n'))]
      : []),
    ...(view.notes.length > mostFindings ? [markdownDetails('More notes', bullets(view.notes.slice(mostFindings)))] : []),
    ...(view.assumptions.length > 0 ? [markdownDetails('Assumptions that changed', bullets(view.assumptions))] : []),
    ...(view.unchanged.length > 0
      ? [markdownDetails(`${flowCount(view.unchanged.length)} as available as before`, bullets(view.unchanged))]
      : []),
    ...(document.diagnostics.length > 0 && view.rows.length === 0 ? [] : [resourcesPart(view)]),
    ...detailsPart(view.details),
    ...diagnosticsPart(document),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Whether a comment would say that nothing changed. */
export function isQuiet(document: DiffDocument): boolean {
  return diffView(document).nothing;
}

const flowCount = (count: number): string => `${count} ${count === 1 ? 'flow' : 'flows'}`;

function table({ rows }: DiffView, from: number, to?: number): string {
  return markdownTable(
    ['flow', 'before', 'after', 'downtime a year', 'target', ''],
    rows
      .slice(from, to)
      .map(({ after, before, change, flow, target, tone, verdict }) => [
        ...[flow, before, after, change, target].map(text),
        verdict === '' ? '' : `${marks[tone]} ${text(verdict)}`,
      ]),
  );
}

function causesPart({ causes, flow, others }: CausesView, linkTo: LinkTo): string {
  const lines = causes.map(({ change, place, words }) => {
    const link = place && linkTo(place);
    const where = place ? `${place.path}:${place.line}` : '';
    return `- **${text(change)}** ${text(words)}${place ? ` (${link === null ? text(where) : `[${text(where)}](${link})`})` : ''}`;
  });
  return [`**What changes ${text(flow)}** (downtime a year)`, '', ...lines, ...(others === null ? [] : [`- ${text(others)}`])].join('\n');
}

function findingsPart({ findings }: DiffView, from: number, to?: number): string[] {
  const shown = findings.slice(from, to);
  return shown.length === 0 ? [] : [shown.map(({ good, sentence }) => `- ${good ? '✅' : '⚠️'} ${text(sentence)}`).join('\n')];
}

function resourcesPart({ resources: { added, changed, removed, summary } }: DiffView): string {
  const lines = [
    ...added.map((address) => `- added ${text(address)}`),
    ...removed.map((address) => `- removed ${text(address)}`),
    ...changed.map((address) => `- changed ${text(address)}`),
  ];
  if (lines.length === 0) return `Terraform: ${text(summary)}.`;
  const more = lines.length > mostListed ? [`- and ${lines.length - mostListed} more`] : [];
  return markdownDetails(`Terraform: ${text(summary)}`, [...lines.slice(0, mostListed), ...more].join('\n'));
}

function detailsPart(details: readonly DetailsView[]): string[] {
  return details.map(({ contributors, cutSets, flow }) => {
    const tables = [
      ...(contributors.length > 0
        ? [
            markdownTable(
              ['where the downtime comes from', 'share'],
              contributors.map(({ name, share }) => [text(name), text(share)]),
            ),
          ]
        : []),
      ...(cutSets.length > 0
        ? [
            markdownTable(
              ['what takes it down together', 'share'],
              cutSets.map(({ share, words }) => [text(words), text(share)]),
            ),
          ]
        : []),
    ];
    return markdownDetails(`What ${text(flow)} is down for now`, tables.join('\n\n'));
  });
}

function diagnosticsPart({ diagnostics }: DiffDocument): string[] {
  if (diagnostics.length === 0) return [];
  return [
    diagnostics
      .slice(0, 10)
      .map(
        ({ detail, range, summary }) =>
          `- ❌ ${range ? `${text(`${range.file}:${range.start.line}`)}: ` : ''}**${text(summary)}**: ${text(detail)}`,
      )
      .join('\n'),
  ];
}

const bullets = (items: readonly string[]): string => items.map((item) => `- ${text(item)}`).join('\n');
