import type { Diagnostic } from '../diagnostics/diagnostic';
import { visible } from './visible';

interface TextOptions {
  /** Texts of the files, so that the line in question can be shown. @default - no lines are shown */
  readonly texts?: ReadonlyMap<string, string>;
  /** @default false */
  readonly colour?: boolean;
}

const width = 100;
/** A long line is cut around the place in question. */
const longestLine = 160;

const colours = { error: 31, warning: 33, bold: 1, dim: 2 } as const;

/** Diagnostics for a person: where, the line, what, the way out. Text of users is made visible, so that it cannot steer a terminal. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  return diagnostics.map((diagnostic) => box(diagnostic, options)).join('');
}

function box(diagnostic: Diagnostic, { texts, colour = false }: TextOptions): string {
  const paint = (text: string, name: keyof typeof colours) => (colour ? `\u001B[${colours[name]}m${text}\u001B[0m` : text);
  const { severity, summary, code } = diagnostic;
  const title = `${severity === 'error' ? 'Error' : 'Warning'}: ${visible(summary)}`;
  const heading = `${paint(title, severity)}${' '.repeat(Math.max(1, width - 4 - title.length - code.length))}${paint(`[${code}]`, 'dim')}`;
  const lines = ['', ...place(diagnostic, texts, (text) => paint(text, severity)), ...wrapped(visible(diagnostic.detail), width - 2)];
  const bar = paint('│', severity);
  return `${paint('╷', severity)}\n${bar} ${heading}\n${lines.map((line) => (line === '' ? bar : `${bar} ${line}`)).join('\n')}\n${paint('╵', severity)}\n`;
}

function place({ range, address }: Diagnostic, texts: TextOptions['texts'], mark: (text: string) => string): string[] {
  if (!range) return [];
  const { file, start, end } = range;
  const subject = address === undefined ? '' : `, in ${subjectOf(address)}`;
  const where = `  on ${visible(file)}:${start.line}:${start.column}${subject}:`;
  const text = texts?.get(file);
  const line = text === undefined ? undefined : lineAt(text, start.offset - start.column + 1);
  if (line === undefined) return [where, ''];
  const from = line.length <= longestLine ? 0 : Math.max(0, start.column - 1 - 40);
  const shown = line.slice(from, from + longestLine);
  const number = String(start.line).padStart(5);
  const length = Math.max(
    1,
    Math.min((end.line === start.line ? end.column : line.length + 1) - start.column, shown.length - (start.column - 1 - from)),
  );
  // What is made visible may be wider than what was written.
  const before = visible(shown.slice(0, start.column - 1 - from)).length;
  const marked = visible(shown.slice(start.column - 1 - from, start.column - 1 - from + length)).length;
  const cut = (happens: boolean) => (happens ? '…' : '');
  return [
    where,
    `${number}: ${cut(from > 0)}${visible(shown)}${cut(from + longestLine < line.length)}`,
    `${' '.repeat(number.length + 2 + cut(from > 0).length + before)}${mark('~'.repeat(Math.max(1, marked)))}`,
  ];
}

/** `component/jobs` → `component "jobs"`. */
function subjectOf(address: string): string {
  const [kind, ...name] = address.split('/');
  return `${kind} "${visible(name.join('/'))}"`;
}

function lineAt(text: string, start: number): string {
  const rest = text.slice(start);
  const end = rest.search(/[\r\n]/);
  return end < 0 ? rest : rest.slice(0, end);
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
