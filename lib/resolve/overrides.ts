import type { Assumption, AssumptionUnit } from '../assumptions/assumption';
import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import { isDate } from '../units/calendar';
import { tryParseDuration } from '../units/duration';
import type { UsedAssumption } from '../topology/topology';
import type { OverrideSpec } from './spec';

const written: Record<AssumptionUnit, string> = {
  'per year': 'a number of times a year, such as 0.2',
  seconds: 'a time with its unit, such as 90s or 5m',
  probability: 'a chance, such as 0.95 or 95%',
};

/** A written number in the unit of its assumption; undefined if it is none. */
function tryParse(value: number | string, unit: AssumptionUnit): number | undefined {
  if (unit === 'seconds') return typeof value === 'string' ? tryParseDuration(value) : undefined;
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 && (unit === 'per year' || value <= 1) ? value : undefined;
  if (unit === 'per year') return undefined;
  const percent = /^([0-9]{1,3}(?:\.[0-9]{1,15})?)%$/.exec(value)?.[1];
  // By the decimal text, so that no digit is lost.
  const chance = percent === undefined ? undefined : Number(`${percent}e-2`);
  return chance !== undefined && chance <= 1 ? chance : undefined;
}

export interface Overridden {
  readonly assumption: UsedAssumption | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** An assumption with the number that a spec gives it. */
export function override(original: Assumption, given: OverrideSpec, path: SettingPath): Overridden {
  const { name, unit, covers } = original;
  const diagnostics: Diagnostic[] = [];
  const address = `assumption/${name}`;
  const number = (text: number | string, at: SettingPath) => {
    const parsed = tryParse(text, unit);
    if (parsed === undefined) {
      diagnostics.push(
        error('spec/assumption-value', 'Not a value of this assumption', `${name} is ${written[unit]}; ${quote(text)} is not.`, {
          path: at,
          address,
        }),
      );
    }
    return parsed;
  };
  const value = number(given.value, [...path, 'value']);
  const range = given.range?.map((end, i) => number(end, [...path, 'range', i]));
  const [low, high] = range ?? [];
  if (given.source === undefined && given.reason === undefined) {
    diagnostics.push(
      error(
        'spec/assumption-ground',
        'Assumption without a ground',
        `Say where the value of ${name} comes from: add \`source\` or \`reason\`.`,
        {
          path,
          atKey: true,
          address,
        },
      ),
    );
  }
  if (given.date !== undefined && !isDate(given.date)) {
    const part = given.date.length === '2026-03'.length ? 'month' : 'day';
    const detail = `There is no ${part} ${quote(given.date)} in the calendar.`;
    diagnostics.push(error('spec/day', `No such ${part}`, detail, { path: [...path, 'date'], address }));
  }
  if (value !== undefined && low !== undefined && high !== undefined)
    diagnostics.push(...checkRange(original, value, low, high, [...path, 'range']));
  if (diagnostics.length > 0 || value === undefined) return { assumption: undefined, diagnostics };
  const assumption: UsedAssumption = {
    name,
    unit,
    value,
    ...(low === undefined || high === undefined ? {} : { range: [low, high] as const }),
    basis: given.source === undefined ? 'judgement' : 'stated',
    source: given.source ?? given.reason ?? '',
    date: given.date ?? '',
    covers,
    from: path,
  };
  return { assumption, diagnostics };
}

function checkRange({ name, unit }: Assumption, value: number, low: number, high: number, path: SettingPath): Diagnostic[] {
  const where = { path, address: `assumption/${name}` };
  if (low > high) {
    return [
      error(
        'spec/assumption-range',
        'Range is reversed',
        `The range of ${name} goes from its 5 % point to its 95 % point. Swap the two.`,
        where,
      ),
    ];
  }
  if (value < low || value > high) {
    return [
      error(
        'spec/assumption-range',
        'Value outside its range',
        `The value of ${name} is its median and lies between the 5 % and the 95 % point of its range. Widen the range, or leave it out.`,
        where,
      ),
    ];
  }
  // Ranges are spread on a logarithmic or logistic scale, on which 0 and 1 lie infinitely far away.
  if (low === 0 || (unit === 'probability' && high === 1)) {
    const end = low === 0 ? 'start above 0' : 'end below 1';
    return [
      error(
        'spec/assumption-range',
        'Range reaches its limit',
        `A range of ${name} must ${end}, which is infinitely unlikely. Take the smallest or largest value that you find possible.`,
        where,
      ),
    ];
  }
  return [];
}

/** What to say about an assumption that cannot be overridden here: there is none of the name, or it is not of this component alone. */
export function unknownAssumption(name: string, known: readonly string[], others: readonly string[], path: SettingPath): Diagnostic {
  const where = { path, atKey: true };
  if (others.includes(name)) {
    const detail = `${quote(name)} is no assumption of this component alone. Override it in the \`assumptions\` of the topology.`;
    return error('spec/shared-assumption', 'Assumption of the whole topology', detail, where);
  }
  const sameSubject = known.filter((other) => other.split('.')[0] === name.split('.')[0]);
  const detail = `There is no assumption ${quote(name)}. ${instead(name, sameSubject.length > 0 ? sameSubject : known, 'Assumptions')}`;
  return error('spec/unknown-assumption', 'Unknown assumption', detail, where);
}
