import { error, type Diagnostic, type Position, type SourceRange } from '../diagnostics/diagnostic';

/** A text with its name, in which offsets can be turned into lines and columns. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** The place of an offset; lines and columns count from 1, columns in UTF-16 units as editors do. */
  position(offset: number): Position;
  range(start: number, end: number): SourceRange;
}

/** A spec is read and reviewed by people; what is larger is something else, and is not even decoded. */
export const longestText = 1024 * 1024;

export function sourceOf(file: string, text: string): Source {
  let starts: number[] | undefined;
  const position = (offset: number): Position => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1, offset };
  };
  return { file, text, position, range: (start, end) => ({ file, start: position(start), end: position(Math.max(start, end)) }) };
}

function lineStarts(text: string): number[] {
  // A byte order mark stands before the first column.
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

interface Decoded {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
}

/** The text of a file. What is no text is a diagnostic with the place where it stops to be one. */
export function decode(file: string, content: string | Uint8Array): Decoded {
  if (content.length > longestText) {
    const detail = `A spec has at most ${longestText} bytes, and this has more. Is it another file? Otherwise split it into several topologies.`;
    return refused(file, '', 'spec/too-large', 'File too large', detail, 0, 0);
  }
  if (typeof content === 'string') return checkCharacters(sourceOf(file, content));
  try {
    return checkCharacters(sourceOf(file, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)));
  } catch {
    const valid = validPrefix(content);
    const utf16 = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
    const detail = utf16
      ? 'The file is written in UTF-16. Save it as UTF-8.'
      : `From byte ${valid.length} on it is no UTF-8 text. Save the file as UTF-8, or look whether it is a text at all.`;
    return refused(file, valid, 'spec/encoding', 'Not a UTF-8 text', detail, valid.length, valid.length);
  }
}

function validPrefix(bytes: Uint8Array): string {
  const decodes = (length: number) => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return undefined;
    }
  };
  let [low, high] = [0, bytes.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(middle) !== undefined) low = middle;
    else high = middle - 1;
  }
  return decodes(low) ?? '';
}

/** What YAML does not allow in a text (YAML 1.2, production c-printable), and halves of surrogate pairs. */
const unprintable = new RegExp(
  String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]` +
    String.raw`|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]`,
);

function checkCharacters(source: Source): Decoded {
  const found = unprintable.exec(source.text);
  if (!found) return { source, diagnostics: [] };
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const detail = `There is the character U+${code} here, which a YAML text cannot contain and which nobody sees. Remove it.`;
  return {
    source,
    diagnostics: [at(source, 'spec/control-character', 'Character that is not allowed', detail, found.index, found.index + 1)],
  };
}

function refused(file: string, text: string, code: string, summary: string, detail: string, start: number, end: number): Decoded {
  const source = sourceOf(file, text);
  return { source, diagnostics: [at(source, code, summary, detail, start, end)] };
}

/** An error about a place in a text. */
export function at(source: Source, code: string, summary: string, detail: string, start: number, end: number): Diagnostic {
  return error(code, summary, detail, { range: source.range(start, end) });
}
