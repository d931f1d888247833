import type { Diagnostic, SettingPath, SourceRange } from '../diagnostics/diagnostic';
import type { Source } from './source';
import type { Located } from './yaml';

/** Where each setting is written. */
export interface Positions {
  /** The range of a setting or of its key; where it is not written, that of the nearest thing around it. */
  rangeOf(path: SettingPath, atKey?: boolean): SourceRange;
}

export function positionsIn(source: Source, root: Located): Positions {
  return {
    rangeOf(path, atKey = false) {
      let found = root;
      let whole = true;
      for (const step of path) {
        const next = typeof step === 'number' ? found.items?.[step] : found.entries?.get(step);
        if (!next) {
          whole = false;
          break;
        }
        found = next;
      }
      // A name says more than the brace behind it.
      const key = atKey || !whole || found.entries ? found.key : undefined;
      return key ? source.range(key.start, key.end) : source.range(found.start, firstLineEnd(source, found));
    },
  };
}

/** Of what goes over several lines, the first says which it is. */
function firstLineEnd({ text }: Source, { start, end }: Located): number {
  const line = text.slice(start, end).search(/[\r\n]/);
  return line < 0 ? end : start + line;
}

/** What was misread and what was judged, in the order of the text; a value that could not be read is not judged again. */
export function placedWith(misread: readonly Diagnostic[], judged: readonly Diagnostic[], positions: Positions): Diagnostic[] {
  const isMisread = ({ range }: Diagnostic) => misread.some((other) => other.range?.start.offset === range?.start.offset);
  return placed([...misread, ...placed(judged, positions).filter((diagnostic) => !isMisread(diagnostic))], positions);
}

/** The same diagnostics with their place in the text, in the order of the text. */
export function placed(diagnostics: readonly Diagnostic[], positions: Positions): Diagnostic[] {
  return diagnostics
    .map((diagnostic) =>
      diagnostic.range || !diagnostic.path ? diagnostic : { ...diagnostic, range: positions.rangeOf(diagnostic.path, diagnostic.atKey) },
    )
    .sort((a, b) => (a.range?.start.offset ?? -1) - (b.range?.start.offset ?? -1));
}
