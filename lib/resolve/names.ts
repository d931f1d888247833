import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';

/** Names become parts of resource names, of ids and of file names: AWS's narrowest rule holds for all of them. */
export const namePattern = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

export const longestName = 31;

const valid = new RegExp(namePattern);

/** A near name that is allowed, if there is an obvious one. */
function repaired(name: string): string | undefined {
  const near = name
    .slice(0, longestName)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '');
  return near !== '' && valid.test(near) ? near : undefined;
}

/** Whether a name can be the name of a topology, component or flow. */
export function checkName(what: string, name: string, path: SettingPath, atKey: boolean): Diagnostic[] {
  if (name.length <= longestName && valid.test(name)) return [];
  const near = repaired(name);
  return [
    error(
      'spec/name',
      'Name not allowed',
      `${what} ${quote(name)} cannot be named like this: names become parts of resource names and ids. Use lower-case letters, digits and single ` +
        `dashes, a letter first, at most ${longestName} characters${near === undefined ? '.' : `, such as ${quote(near)}.`}`,
      { path, atKey },
    ),
  ];
}
