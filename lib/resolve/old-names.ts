import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { Plain } from '../topology/plain';

interface Renamed {
  readonly name: string;
  readonly written: Plain;
}

/** What is wrong with the name that a component says it had: each thing can be moved from one place to one place. */
export function checkOldName({ name, written: { was } }: Renamed, components: readonly Renamed[]): Diagnostic[] {
  if (typeof was !== 'string') return [];
  const where = { path: ['components', name, 'was'], address: `component/${name}` };
  if (components.some((other) => other.name === was)) {
    const detail =
      was === name
        ? `${quote(name)} still has this name. Remove \`was\`.`
        : `${quote(name)} says that it was called ${quote(was)}, and there is another component of that name. Remove \`was\`, or the other component.`;
    return [error('spec/was', 'Old name is still in use', detail, where)];
  }
  const first = components.find((other) => other.written.was === was)!;
  if (first.name === name) return [];
  return [
    error(
      'spec/was',
      'Old name is claimed twice',
      `${quote(first.name)} says already that it was called ${quote(was)}. Remove one of the two.`,
      where,
    ),
  ];
}
