import type { Resource, Resources } from './resources';

/** What differs between two sets of resources. Whether a change replaces a resource only a plan against its state knows. */
export interface ResourceDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedResource[];
}

export interface ChangedResource {
  readonly address: string;
  /** Its address before; null: the same. */
  readonly was: string | null;
  /** Names of the arguments that differ. */
  readonly arguments: readonly string[];
}

/** A `moved` block of Terraform. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Compares resources by address; what is moved is the same resource, and a reference to its old address is one to its new address. */
export function differenceOf(before: Resources, after: Resources, moves: readonly Move[] = []): ResourceDifference {
  const old = new Map(before.all.map((resource) => [resource.address, resource]));
  const now = new Map(after.all.map((resource) => [resource.address, resource]));
  const moved = moves.filter(({ from, to }) => old.has(from) && !now.has(from) && now.has(to) && !old.has(to));
  const origin = new Map(moved.map(({ from, to }) => [to, from]));
  const gone = new Set(origin.values());
  const rename = (text: string) => moved.reduce((words, { from, to }) => words.replaceAll(`\${${from}.`, `\${${to}.`), text);
  const changed = [...now.values()].flatMap((resource): ChangedResource[] => {
    const was = origin.get(resource.address) ?? null;
    const former = old.get(was ?? resource.address);
    if (!former) return [];
    const names = changedArguments(former, resource, rename);
    return names.length > 0 || was !== null ? [{ address: resource.address, was, arguments: names }] : [];
  });
  return {
    added: sorted([...now.keys()].filter((address) => !old.has(address) && !origin.has(address))),
    removed: sorted([...old.keys()].filter((address) => !now.has(address) && !gone.has(address))),
    changed: changed.sort((a, b) => (a.address < b.address ? -1 : 1)),
  };
}

function changedArguments(before: Resource, after: Resource, rename: (text: string) => string): string[] {
  const names = new Set([...Object.keys(before.arguments), ...Object.keys(after.arguments)]);
  return sorted([...names].filter((name) => rename(textOf(before, name)) !== textOf(after, name)));
}

const textOf = (resource: Resource, name: string): string =>
  canonical(Object.hasOwn(resource.arguments, name) ? resource.arguments[name] : undefined);

/** JSON in one order of keys; lists keep theirs. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${sorted(Object.keys(value))
    .map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`)
    .join()}}`;
}

const sorted = (names: string[]): string[] => names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
