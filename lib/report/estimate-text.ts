import type { EstimateDocument, TopologyDocument } from '../document/estimate';
import { topologyView, type FlowView, type Tone, type TopologyView } from '../view/estimate';
import { visible } from './visible';

export interface TextOptions {
  /** Terminal colours. @default false */
  readonly colour?: boolean;
  /** List every assumption with its source. @default false */
  readonly assumptions?: boolean;
  /** Columns of the terminal. @default 110 */
  readonly width?: number;
}

type Paint = (text: string, style: Style) => string;
type Style = 'bold' | 'dim' | Tone;

const codes: Record<Style, string> = { bold: '1', dim: '2', good: '32', doubtful: '33', bad: '31', none: '0' };

/** The estimate for a person at a terminal: the verdict first, then why, then what to do, then what it stands on. */
export function renderText(document: EstimateDocument, options: TextOptions = {}): string {
  const paint: Paint = (text, style) =>
    options.colour && text !== '' && style !== 'none' ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
  return document.topologies.map((topology) => topologyText(topology, options, paint)).join('\n\n');
}

function topologyText(document: TopologyDocument, { assumptions = false, width = 110 }: TextOptions, paint: Paint): string {
  const view = topologyView(document);
  const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', paint(title, 'bold'), ...lines]);
  const sentences = (list: readonly string[]): string[] => list.flatMap((text) => wrapped(visible(text), width));
  const lines = [
    paint(visible(view.verdict), view.tone),
    ...(view.flows.length > 0 ? ['', ...flowTable(view.flows, paint)] : []),
    ...section('Who is hit', sentences(view.users.map((users) => `${users}.`))),
    ...section('Where the downtime comes from', causeTable(view, paint)),
    ...section(
      'Single points of failure',
      view.singlePoints.length > 0
        ? sentences(view.singlePoints.map((point) => `${point}.`))
        : ['  None: no unit, zone or shared network part alone keeps a flow down.'],
    ),
    ...section('What else takes a flow down alone', sentences(view.singleCauses.map((cause) => `${cause}.`))),
    ...section(
      'What to change first',
      view.advice.flatMap((text, i) => wrapped(visible(text), width, `  ${i + 1}. `)),
    ),
    ...section('What was assumed', sentences([`${view.assumed}${assumptions ? '' : ' All of them, with their sources: --assumptions.'}`])),
    ...(assumptions ? assumptionTable(view, width, paint) : []),
    ...section('Where the verdict turns', sentences(view.turns)),
    ...section('Not judged', sentences(view.objectives)),
    ...section('What was not modelled', sentences(view.notModelled)),
  ];
  return `${lines.join('\n')}\n`;
}

function flowTable(flows: readonly FlowView[], paint: Paint): string[] {
  const chance = flows.some((flow) => flow.chance !== null);
  const header = [
    '',
    'available',
    'target',
    '',
    'down a year',
    'outages',
    'each',
    'between (90 % sure)',
    'without changes',
    ...(chance ? ['chance to meet'] : []),
  ];
  const rows = flows.map((flow) => [
    flow.flow,
    flow.available,
    flow.target,
    flow.verdict,
    flow.down,
    flow.outages,
    flow.lasting,
    flow.between,
    flow.withoutChange,
    ...(chance ? [flow.chance ?? ''] : []),
  ]);
  return columns([header, ...rows], (text, row, column) => {
    if (row === 0) return paint(text, 'dim');
    return column === 0 ? paint(text, 'bold') : column === 3 ? paint(text, flows[row - 1]!.tone) : text;
  });
}

function causeTable({ causes, flows }: TopologyView, paint: Paint): string[] {
  if (causes.length === 0) return ['  Nothing: no flow is ever down.'];
  const several = flows.length > 1;
  const rows = causes.map(({ name, shares }) => [name, ...shares]);
  return columns(
    several ? [['', ...flows.map(({ flow }) => flow)], ...rows] : rows,
    (text, row) => (several && row === 0 ? paint(text, 'dim') : text),
    true,
  );
}

function assumptionTable({ assumptions }: TopologyView, width: number, paint: Paint): string[] {
  const rows = assumptions.map(({ basis, name, range, value }) => [name, value, range, basis]);
  const table = columns([['', 'value', '90 % sure between', 'basis'], ...rows], (text, row) => (row === 0 ? paint(text, 'dim') : text));
  return [
    '',
    table[0]!,
    ...assumptions.flatMap(({ source }, i) => [
      table[i + 1]!,
      ...wrapped(visible(source), width, '      ').map((line) => paint(line, 'dim')),
    ]),
  ];
}

/** Columns side by side, two spaces before each; painted after they are laid out, since colour has no width. */
export function columns(
  rows: readonly (readonly string[])[],
  style: (text: string, row: number, column: number) => string,
  numbersRight = false,
): string[] {
  const clean = rows.map((row) => row.map(visible));
  const widths = (clean[0] ?? []).map((_, column) => clean.reduce((most, row) => Math.max(most, row[column]!.length), 0));
  return clean.map((row, r) =>
    row
      .map((cell, c) => {
        const space = ' '.repeat(widths[c]! - cell.length);
        const text = style(cell, r, c);
        return `  ${numbersRight && c > 0 ? `${space}${text}` : `${text}${space}`}`;
      })
      .join('')
      .trimEnd(),
  );
}

/** A text in lines of a width, two spaces in front. */
export function wrapped(text: string, width: number, first = '  - '): string[] {
  const indent = ' '.repeat(first.length);
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    if (line.length + word.length > width && line.trim() !== '' && line !== first) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
