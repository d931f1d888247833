import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { Kind } from '../topology/kind';

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

/** Names that every topology needs for itself, and for what: neither two parts of a stack nor two roles or security groups can be called alike. */
const ownNames: readonly (readonly [RegExp, string])[] = [
  [/^(aws|backend|flows|network)$/, 'a part of the stack itself'],
  [/^flow-logs$/, 'the role that writes the flow logs of the network'],
  [/^endpoint-/, "the security groups of the network's endpoints"],
];

/** Whether a component would be called like what every topology has. */
export function checkOwnNames(name: string): Diagnostic[] {
  return ownNames.flatMap(([own, what]) => {
    if (!own.test(name)) return [];
    const detail = `A component named ${quote(name)} could collide with ${what}. Choose another name.`;
    return [error('spec/name-reserved', 'Name that the topology needs itself', detail, { path: ['components', name], atKey: true })];
  });
}

/** Whether names of security groups would begin as their ids do: AWS refuses them. */
export function checkPrefix(namePrefix: string, topology: string): Diagnostic[] {
  const prefix = `${namePrefix}${topology}-`;
  if (!prefix.startsWith('sg-')) return [];
  const detail = `Security groups would be named ${prefix}…, and AWS keeps what begins with sg- for their ids. Rename the topology, or choose another \`namePrefix\`.`;
  return [
    error('spec/name-begins-with-sg', 'Names of security groups are reserved', detail, { path: [namePrefix ? 'namePrefix' : 'name'] }),
  ];
}

interface Named {
  readonly name: string;
  readonly kind: Kind | undefined;
}

/** Components whose name another one of their kind needs for a part of itself. */
export function checkTakenNames(components: readonly Named[]): Diagnostic[] {
  const byName = new Map(components.map((component) => [component.name, component]));
  return components.flatMap(({ name, kind }) =>
    (kind?.endings ?? []).flatMap((ending) => {
      const other = byName.get(name + ending);
      if (other?.kind !== kind) return [];
      const detail = `A part of ${quote(name)} is named ${quote(other!.name)}, so that no other ${kind!.name} can be. Choose another name.`;
      return [error('spec/name-taken', 'Name of a part of another component', detail, { path: ['components', other!.name], atKey: true })];
    }),
  );
}
