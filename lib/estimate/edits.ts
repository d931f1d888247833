import { resolve } from '../resolve/resolve';
import type { Plain, PlainValue } from '../topology/plain';
import type { Topology, UsedAssumption } from '../topology/topology';

/** One setting that differs between two versions of a spec. Lists that are sets (what a component depends on) differ by member. */
export interface Edit {
  /** From the top: `['components', 'db', 'form']`. */
  readonly path: readonly string[];
  /** undefined: it was not there. */
  readonly before: PlainValue | undefined;
  /** undefined: it is not there any more. */
  readonly after: PlainValue | undefined;
}

/** Settings in a form in which they can be compared and put together part by part; made by `treeOf`. */
export type Tree = Plain;

/** What changes no system, only what it is called or why it is so. */
const ignored: readonly string[] = ['was', 'allowReplacement'];

/** Where the figures of the organization (`nines.yaml`) stand in a tree; no setting of a spec has this name. */
const figures = 'nines.yaml';

/** Settings with lists that are sets as objects, and all names in one order, so that nothing hangs on the order in which a spec is written. */
export function treeOf(
  settings: Plain,
  renamed: ReadonlyMap<string, string> = new Map(),
  organization: readonly UsedAssumption[] = [],
): Tree {
  const now = (name: string) => renamed.get(name) ?? name;
  return sorted({
    ...fromEntries(Object.entries(settings).filter(([key]) => !ignored.includes(key))),
    components: mapped(
      settings.components,
      (component) => {
        const own = Object.entries(component).filter(([key]) => !ignored.includes(key));
        return { ...fromEntries(own), dependsOn: dependenciesOf(component.dependsOn, now) };
      },
      now,
    ),
    flows: mapped(settings.flows, (flow) => ({ ...flow, requires: namesOf(flow.requires, now), atomic: namesOf(flow.atomic, now) })),
    regions: isObject(settings.regions) ? settings.regions : {},
    assumptions: isObject(settings.assumptions) ? settings.assumptions : {},
    [figures]: fromEntries(organization.map((figure) => [figure.name, figure as unknown as Plain])),
  });
}

/** Settings as a spec has them. */
export function settingsIn(tree: Tree): Plain {
  const lists = (object: Plain, name: string, item: (key: string, value: PlainValue) => PlainValue) => {
    const members = Object.entries(object[name] as Plain).map(([key, value]) => item(key, value));
    const rest = fromEntries(Object.entries(object).filter(([key]) => key !== name));
    return members.length === 0 ? rest : { ...rest, [name]: members };
  };
  const components = mapped(tree.components, (component) =>
    lists(component, 'dependsOn', (on, without) => (without === 'down' ? on : { on, without })),
  );
  const flows = mapped(tree.flows, (flow) =>
    lists(
      lists(flow, 'requires', (name) => name),
      'atomic',
      (name) => name,
    ),
  );
  const own = fromEntries(Object.entries(tree).filter(([key]) => key !== figures));
  return { ...own, components, flows };
}

/** The topology of a tree; null: it is not valid. */
export function tryResolve(tree: Tree): Topology | null {
  const organization = Object.values(isObject(tree[figures]) ? tree[figures] : {}) as unknown as UsedAssumption[];
  return resolve(settingsIn(tree), { organization }).topology;
}

/** All settings that differ; none is part of another. */
export function editsBetween(before: Tree, after: Tree): Edit[] {
  return differences([], before, after);
}

/** The tree with some edits made. */
export function edited(tree: Tree, edits: readonly Edit[]): Tree {
  return sorted(edits.reduce((made, { path, after }) => withSetting(made, path, after), tree));
}

/** The subject of an edit as an address, and the rest of its path; null: the whole of it has come or gone. */
export function placeOf({ path }: Pick<Edit, 'path'>, topology: string): { readonly address: string; readonly setting: string | null } {
  const subject = subjects.get(path[0] ?? '');
  if (subject === undefined || path.length < 2) return { address: `topology/${topology}`, setting: path.join('.') };
  return { address: `${subject}/${path[1]!}`, setting: path.length > 2 ? path.slice(2).join('.') : path[0] === figures ? figures : null };
}

const subjects: ReadonlyMap<string, string> = new Map([
  ['components', 'component'],
  ['flows', 'flow'],
  ['regions', 'region'],
  ['assumptions', 'assumption'],
  [figures, 'assumption'],
]);

function differences(path: readonly string[], before: PlainValue | undefined, after: PlainValue | undefined): Edit[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after) || isWhole(path, before, after)) return [{ path, before, after }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => differences([...path, key], tryGet(before, key), tryGet(after, key)));
}

/** What is one thing: a component that becomes one of another kind, and an override with its range and reason. */
function isWhole(path: readonly string[], before: Plain, after: Plain): boolean {
  if (path.length === 2 && path[0] === 'components') return before.kind !== after.kind;
  if (path.length === 2 && path[0] === figures) return true;
  return path.at(-2) === 'assumptions' && (path.length === 2 || path.length === 4);
}

function withSetting(tree: Plain, [key, ...rest]: readonly string[], value: PlainValue | undefined): Plain {
  const others = Object.entries(tree).filter(([name]) => name !== key);
  if (rest.length === 0) return fromEntries(value === undefined ? others : [...others, [key!, value]]);
  const inner = tryGet(tree, key!);
  return fromEntries([...others, [key!, withSetting(isObject(inner) ? inner : {}, rest, value)]]);
}

function dependenciesOf(list: PlainValue | undefined, now: (name: string) => string): Plain {
  return fromEntries(
    (Array.isArray(list) ? (list as readonly PlainValue[]) : []).map((item) =>
      isObject(item) ? [now(String(item.on)), item.without ?? 'down'] : [now(String(item)), 'down'],
    ),
  );
}

function namesOf(list: PlainValue | undefined, now: (name: string) => string): Plain {
  return fromEntries((Array.isArray(list) ? (list as readonly PlainValue[]) : []).map((name) => [now(String(name)), true]));
}

function mapped(value: PlainValue | undefined, form: (entry: Plain) => Plain, rename = (name: string) => name): Plain {
  if (!isObject(value)) return {};
  return fromEntries(Object.entries(value).map(([name, entry]) => [rename(name), isObject(entry) ? form(entry) : entry]));
}

function sorted(value: Plain): Plain {
  return fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, isObject(value[key]) ? sorted(value[key]) : value[key]!]),
  );
}

const isObject = (value: PlainValue | undefined): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
const tryGet = (object: Plain, key: string): PlainValue | undefined => (Object.hasOwn(object, key) ? object[key] : undefined);
// Makes properties of its own also of names such as __proto__.
const fromEntries = (entries: readonly (readonly [string, PlainValue])[]): Plain => Object.fromEntries(entries) as Plain;
