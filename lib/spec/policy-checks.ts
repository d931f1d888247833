import { error, warning, type Diagnostic } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import { kinds } from '../kinds/kinds.generated';
import { checkLowTarget } from '../resolve/low-target';
import { isObject, type Readable } from '../resolve/readable';
import type { Plain, PlainValue } from '../topology/plain';
import { tryParseAvailability } from '../units/availability';
import { isDay } from '../units/calendar';

/** What the schema of `nines.yaml` cannot say, about the settings that it has not refused. */
export function checkPolicy({ accept, policy }: Plain, readable: Readable): Diagnostic[] {
  const wanted = isObject(policy) ? policy : {};
  return [...unknownKinds(wanted, readable), ...targets(wanted, readable), ...impossibleDays(accept, readable)];
}

function unknownKinds({ requiredKinds }: Plain, readable: Readable): Diagnostic[] {
  const names = kinds.map(({ name }) => name);
  const path = ['policy', 'requiredKinds'];
  return (readable.items(requiredKinds, path) as (string | undefined)[]).flatMap((name, i) =>
    name === undefined || names.includes(name)
      ? []
      : [
          error('spec/unknown-kind', 'Unknown component kind', `There is no kind ${quote(name)}. ${instead(name, names, 'Kinds')}`, {
            path: [...path, i],
          }),
        ],
  );
}

function targets({ targets: written }: Plain, readable: Readable): Diagnostic[] {
  const all = ['policy', 'targets'];
  return readable.items(written, all).flatMap((target, i) => {
    if (target === undefined) return [];
    const path = [...all, i];
    const { fail, warn } = target as { readonly fail?: string; readonly warn?: string };
    return [
      ...(fail === undefined ? [] : checkLowTarget(fail, [...path, 'fail'])),
      ...(warn === undefined ? [] : checkLowTarget(warn, [...path, 'warn'])),
      ...(fail !== undefined && warn !== undefined && tryParseAvailability(warn)! >= tryParseAvailability(fail)!
        ? [
            warning(
              'spec/never-warns',
              'Target that never warns',
              `What is below ${warn} is below ${fail} as well, and fails. Swap the two, or remove \`warn\`.`,
              { path: [...path, 'warn'] },
            ),
          ]
        : []),
    ];
  });
}

function impossibleDays(accept: PlainValue | undefined, readable: Readable): Diagnostic[] {
  return (Array.isArray(accept) ? accept : []).flatMap((acceptance: PlainValue, i) => {
    const path = ['accept', i, 'expires'];
    const expires = isObject(acceptance) && !readable.refused(path) ? acceptance.expires : undefined;
    return typeof expires !== 'string' || isDay(expires)
      ? []
      : [error('spec/day', 'No such day', `There is no day ${quote(expires)} in the calendar.`, { path })];
  });
}
