import type { SettingPath } from '../diagnostics/diagnostic';
import type { Plain, PlainValue } from '../topology/plain';
import type { OverrideSpec } from './spec';

/** Tells which settings can be read, when a schema has refused some: one wrong setting must not hide the mistakes in the others. */
export interface Readable {
  /** Whether a setting is right as a whole, as far as the schema says. */
  (path: SettingPath): boolean;
  /** The settings of an object that can be read. */
  of(object: Plain, path: SettingPath): Plain;
  /** The items of a list, each in its place; undefined: it cannot be read. */
  items(list: PlainValue | undefined, path: SettingPath): readonly (PlainValue | undefined)[];
  /** Whether the setting itself is no object or list as it should be. */
  refused(path: SettingPath): boolean;
}

export function readableBut(invalid: readonly SettingPath[]): Readable {
  const exact = new Set(invalid.map((path) => JSON.stringify(path)));
  const above = new Set(invalid.flatMap((path) => path.map((_, i) => JSON.stringify(path.slice(0, i)))));
  const refused = (path: SettingPath) => exact.size > 0 && [...path, ''].some((_, i) => exact.has(JSON.stringify(path.slice(0, i))));
  const readable = (path: SettingPath) => exact.size === 0 || (!above.has(JSON.stringify(path)) && !refused(path));
  const of = (object: Plain, path: SettingPath) =>
    exact.size === 0 ? object : Object.fromEntries(Object.entries(object).filter(([key]) => readable([...path, key])));
  const items = (list: PlainValue | undefined, path: SettingPath) =>
    Array.isArray(list) && !refused(path) ? list.map((item: PlainValue, i) => (readable([...path, i]) ? item : undefined)) : [];
  return Object.assign(readable, { of, items, refused });
}

export function isObject(value: PlainValue | undefined): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of an object; none where it is none. Settings that are `undefined`, as TypeScript may leave them, are not there. */
export function entriesOf(value: PlainValue | undefined): [string, PlainValue][] {
  return isObject(value) ? Object.entries(value).filter(([, entry]) => entry !== undefined) : [];
}

/** The overrides of assumptions that can be read. */
export function readableOverrides(settings: Plain, path: SettingPath, readable: Readable): Readonly<Record<string, OverrideSpec>> {
  const at = [...path, 'assumptions'];
  if (settings.assumptions === undefined || readable.refused(at)) return {};
  return Object.fromEntries(entriesOf(readable.of(settings.assumptions as Plain, at))) as unknown as Record<string, OverrideSpec>;
}
