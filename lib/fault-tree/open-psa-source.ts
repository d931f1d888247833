import { error, warning, type Diagnostic, type Position } from '../diagnostics/diagnostic';
import { XmlTree } from './xml';

/** More than this many mistakes are not told one by one. */
const most = 50;

/** An Open-PSA text with its elements, and the mistakes found in it so far. */
export class OpenPsaSource {
  readonly diagnostics: Diagnostic[] = [];
  #lines: number[] | undefined;

  constructor(
    readonly tree: XmlTree,
    readonly file: string,
  ) {}

  /** The value of an attribute that must be there. */
  required(element: number, name: string): string | undefined {
    const value = this.tree.attribute(element, name);
    if (value === undefined || value.trim() === '') {
      this.error('missing-attribute', 'An attribute is missing', `<${this.tree.name(element)}> needs the attribute "${name}".`, element);
      return undefined;
    }
    return value;
  }

  error(code: string, summary: string, detail: string, element: number): void {
    if (this.diagnostics.length < most) this.diagnostics.push(error(`open-psa/${code}`, summary, detail, { range: this.range(element) }));
  }

  warning(code: string, summary: string, detail: string, element: number): void {
    if (this.diagnostics.length < most) this.diagnostics.push(warning(`open-psa/${code}`, summary, detail, { range: this.range(element) }));
  }

  range(element: number): { file: string; start: Position; end: Position } {
    return rangeOf(
      this.tree.text,
      this.file,
      this.tree.start(element),
      this.tree.end(element),
      (this.#lines ??= lineStarts(this.tree.text)),
    );
  }
}

/** The lines and columns of a piece of a text. */
export function rangeOf(
  text: string,
  file: string,
  start: number,
  end: number,
  lines: readonly number[] = lineStarts(text),
): { file: string; start: Position; end: Position } {
  return { file, start: positionOf(lines, start), end: positionOf(lines, end) };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function positionOf(lines: readonly number[], offset: number): Position {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - lines[low]! + 1, offset };
}
