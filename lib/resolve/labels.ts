import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { PlainValue } from '../topology/plain';
import { entriesOf, type Readable } from './readable';

/** A label is read by people and by patterns of policies, and written to files of other tools: the narrowest rule of these holds for all of them. */
const allowed = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/;

/** Labels as they are written, and what is wrong with them. */
export function readLabels(
  value: PlainValue | undefined,
  path: SettingPath,
  readable: Readable,
): { readonly labels: Readonly<Record<string, string>>; readonly diagnostics: readonly Diagnostic[] } {
  const written = readable.refused(path) ? [] : entriesOf(value).filter(([key]) => readable([...path, key]));
  const refused = (text: string, at: SettingPath, atKey: boolean) =>
    allowed.test(text)
      ? []
      : [
          error(
            'spec/label',
            'Not a label',
            `${quote(text)} cannot be a label: 1 to 63 letters, digits and ._/-, beginning and ending with a letter or digit. Leave out the others.`,
            { path: at, atKey },
          ),
        ];
  return {
    labels: Object.fromEntries(written) as Readonly<Record<string, string>>,
    diagnostics: written.flatMap(([key, text]) => [
      ...refused(key, [...path, key], true),
      ...(typeof text === 'string' ? refused(text, [...path, key], false) : []),
    ]),
  };
}
