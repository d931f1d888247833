import type { CheckDocument } from '../document/check';
import { checkView, type CheckView } from '../view/check';
import { visible } from './visible';

const colours = { error: 31, warning: 33, note: 2, good: 32, doubtful: 33, bad: 31, none: 0 } as const;
const marks = { error: '✗', warning: '!', note: '·' } as const;

/** What the gate says, for a person at a terminal or in a log: a line for each target, then what was found. */
export function renderCheckText(document: CheckDocument, { colour = false }: { readonly colour?: boolean } = {}): string {
  const paint = (text: string, style: keyof typeof colours) =>
    colour && colours[style] !== 0 ? `\u001B[${colours[style]}m${text}\u001B[0m` : text;
  return document.topologies.map((topology) => topologyText(checkView(topology), paint)).join('\n');
}

function topologyText({ verdict, tone, flows, findings }: CheckView, paint: (text: string, style: keyof typeof colours) => string): string {
  const judged = flows.filter(({ tone: own }) => own !== 'none');
  const width = Math.max(0, ...judged.map(({ flow }) => flow.length));
  const lines = judged.map(({ flow, judged: compared, target, tone: own }) => {
    const mark = own === 'bad' ? paint('✗', 'bad') : paint('✓', 'good');
    return `  ${mark} ${visible(flow).padEnd(width)}  ${compared}, target ${target}`;
  });
  const found = findings.map(
    ({ severity, code, sentence, suppressed }) =>
      `  ${paint(marks[suppressed === null ? severity : 'note'], suppressed === null ? severity : 'note')} ${visible(sentence)} [${code}]${suppressed === null ? '' : ` (${visible(suppressed)})`}`,
  );
  return [paint(visible(verdict), tone), ...(lines.length > 0 ? ['', ...lines] : []), ...(found.length > 0 ? ['', ...found] : []), ''].join(
    '\n',
  );
}
