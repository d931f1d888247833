import type { CheckDocument } from '../document/check';
import { problemsOf } from '../view/problems';
import { visible } from './visible';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** The gate's answer as workflow commands, which GitHub Actions shows at the lines of the spec. https://docs.github.com/actions/reference/workflow-commands */
export function renderGithub(document: CheckDocument): string {
  return problemsOf(document)
    .filter(({ suppressed }) => suppressed === null)
    .map(({ file, message, range, severity, title }) => {
      const place = range
        ? {
            line: range.start.line,
            endLine: range.end.line,
            ...(range.start.line === range.end.line && { col: range.start.column, endColumn: range.end.column }),
          }
        : {};
      const properties = Object.entries({ ...(file === '' ? {} : { file }), ...place, title }).map(
        ([name, value]) => `${name}=${property(String(value))}`,
      );
      return `::${commands[severity]} ${properties.join(',')}::${data(message)}\n`;
    })
    .join('');
}

/** A line break would begin another command, and a per cent sign be decoded. */
const data = (text: string): string => visible(text).replaceAll('%', '%25');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
