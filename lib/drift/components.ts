import { readBacks } from '../kinds/read-backs.generated';
import type { FoundComponent, FoundUnit } from '../resources/read-back';
import type { Resources } from '../resources/resources';
import type { Topology } from '../topology/topology';
import { plainOf, textOf, type Difference } from './difference';

/** A component as resources show it, with its kind. */
export interface ReadComponent extends FoundComponent {
  readonly kind: string;
}

/** The components of a topology among resources, by name. */
export function componentsIn(resources: Resources, { components, deployment, name }: Topology): ReadonlyMap<string, ReadComponent> {
  const prefix = `${deployment.namePrefix}${name}-`;
  // AWS knows a component that was renamed by its old name.
  const names = new Map(components.flatMap(({ name: now, was }) => (was === null ? [] : [[was, now] as const])));
  const all = Object.entries(readBacks).flatMap(([kind, readBack]) =>
    readBack(resources, prefix).map((component): ReadComponent => ({ kind, ...underName(component, names.get(component.name)) })),
  );
  return new Map(all.map((component) => [component.name, component]));
}

function underName(component: FoundComponent, name: string | undefined): FoundComponent {
  if (name === undefined) return component;
  const units = component.units.map((unit) => ({ ...unit, address: unit.address.replace(`unit/${component.name}/`, `unit/${name}/`) }));
  return { ...component, name, units };
}

/** What differs in the components: gone, there without being in the model, other settings, other places of units. */
export function componentDifferences(
  expected: ReadonlyMap<string, ReadComponent>,
  found: ReadonlyMap<string, ReadComponent>,
): Difference[] {
  const missing = [...expected.values()].filter(({ name }) => !found.has(name)).map(({ kind, name }) => whole(name, kind, null));
  const more = [...found.values()].filter(({ name }) => !expected.has(name)).map(({ kind, name }) => whole(name, null, kind));
  const changed = [...expected.values()].flatMap((component) => {
    const there = found.get(component.name);
    if (!there) return [];
    if (there.kind !== component.kind) return [whole(component.name, component.kind, there.kind)];
    const settings = settingDifferences(component, there);
    // Other settings explain more or fewer units, not that as many lie elsewhere.
    const explained = settings.length > 0 && component.units.length !== there.units.length;
    return explained ? settings : [...settings, ...unitDifferences(component, there)];
  });
  return [...missing, ...more, ...changed];
}

function whole(name: string, counts: string | null, found: string | null): Difference {
  return { address: `component/${name}`, setting: null, resource: null, counts, found, path: null };
}

function settingDifferences({ name, settings }: ReadComponent, there: ReadComponent): Difference[] {
  return differing(settings, there.settings).map(({ keys, counts, found }) => ({
    address: `component/${name}`,
    setting: keys.join('.'),
    resource: null,
    counts: plainOf(counts),
    found: plainOf(found),
    path: ['components', name, ...keys],
  }));
}

interface Differing {
  readonly keys: readonly string[];
  readonly counts: unknown;
  readonly found: unknown;
}

function differing(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): Differing[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key): Differing[] => {
    const [counts, found] = [one[key], other[key]];
    if (isObject(counts) && isObject(found)) return differing(counts, found).map((inner) => ({ ...inner, keys: [key, ...inner.keys] }));
    return textOf(counts) === textOf(found) ? [] : [{ keys: [key], counts, found }];
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unitDifferences({ name, units }: ReadComponent, there: ReadComponent): Difference[] {
  if (arePlaced(units, there.units)) return [];
  return [
    {
      address: `component/${name}`,
      setting: 'units by zone',
      resource: null,
      counts: byZone(units),
      found: byZone(there.units),
      path: null,
    },
  ];
}

/** Whether units lie where they are expected; one that may lie in several zones may be found in any of these. */
function arePlaced(expected: readonly FoundUnit[], found: readonly FoundUnit[]): boolean {
  if (expected.length !== found.length) return false;
  const left = [...found];
  // Those with the fewest places first: none of them can take a place that another needs more.
  const ordered = [...expected].sort((a, b) => a.zones.length - b.zones.length);
  return ordered.every(({ zones }) => {
    const exact = left.findIndex((unit) => textOf(unit.zones) === textOf(zones));
    const index = exact >= 0 ? exact : left.findIndex((unit) => unit.zones.length === 1 && zones.includes(unit.zones[0]!));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

function byZone(units: readonly FoundUnit[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { zones } of units) counts.set(zones.join(' or '), (counts.get(zones.join(' or ')) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
