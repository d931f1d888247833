import type { DiffDocument } from '../document/diff';
import { diffView, type DiffView } from '../view/diff';
import type { Tone } from '../view/estimate';
import { columns, wrapped } from './estimate-text';
import { visible } from './visible';

type Paint = (text: string, style: 'bold' | 'dim' | Tone) => string;

const codes = { bold: 1, dim: 2, good: 32, doubtful: 33, bad: 31, none: 0 } as const;
const width = 110;
/** Lines of Terraform; the document has all. */
const mostResources = 12;

/** What a change does, for a person at a terminal: the verdict, the flows, what is behind it. One line where nothing changed. */
export function renderDiffText(document: DiffDocument, { colour = false }: { readonly colour?: boolean } = {}): string {
  const paint: Paint = (text, style) => (colour && text !== '' && codes[style] !== 0 ? `\u001B[${codes[style]}m${text}\u001B[0m` : text);
  const view = diffView(document);
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', paint(title, 'bold'), ...lines]);
  const sentences = (list: readonly string[]) => list.flatMap((text) => wrapped(visible(text), width));
  if (view.nothing) return `${view.verdict}\n`;
  return `${[
    ...wrapped(visible(view.verdict), width, '').map((line) => paint(line, view.tone)),
    ...(view.rows.length > 0 ? ['', ...table(view, paint)] : []),
    ...(view.unchanged.length > 0 ? ['', ...wrapped(`As available as before: ${visible(view.unchanged.join(', '))}.`, width, '  ')] : []),
    ...view.causes.flatMap(({ causes, flow, others }) =>
      section(`What changes ${visible(flow)}`, [
        ...columns(
          causes.map(({ change, place, words }) => [change, `${words}${place ? `  ${place.path}:${place.line}` : ''}`]),
          (text, row, column) => (column === 0 ? paint(text, causes[row]!.worse ? 'bad' : 'good') : text),
        ),
        ...(others === null ? [] : [`  ${others}`]),
      ]),
    ),
    ...section(
      'Findings',
      view.findings.map(({ good, sentence }) => `  ${paint(good ? '−' : '+', good ? 'good' : 'bad')} ${visible(sentence)}`),
    ),
    ...section('Assumptions', sentences(view.assumptions)),
    ...section('Also', sentences(view.notes)),
    ...section(`Terraform: ${visible(view.resources.summary)}`, resourceLines(view)),
  ].join('\n')}\n`;
}

function table({ rows }: DiffView, paint: Paint): string[] {
  const header = ['', 'before', 'after', 'downtime a year', 'target', ''];
  const lines = rows.map(({ after, before, change, flow, target, verdict }) => [flow, before, after, change, target, verdict]);
  return columns([header, ...lines], (text, row, column) => {
    if (row === 0) return paint(text, 'dim');
    return column === 0 ? paint(text, 'bold') : column === 3 || column === 5 ? paint(text, rows[row - 1]!.tone) : text;
  });
}

function resourceLines({ resources: { added, changed, removed } }: DiffView): string[] {
  const all = [...added.map((text) => `  + ${text}`), ...removed.map((text) => `  − ${text}`), ...changed.map((text) => `  ~ ${text}`)];
  const lines = all.slice(0, mostResources).map(visible);
  return all.length > mostResources ? [...lines, `  and ${all.length - mostResources} more: --format json lists them`] : lines;
}
