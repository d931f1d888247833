import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import type { Kind, KindContext, KindPlace, Neighbour, Offers } from '../topology/kind';
import type { Plain, PlainValue } from '../topology/plain';
import { dependencyOf, type Known } from './dependencies';
import { isObject, type Readable } from './readable';
import { sharedKeys, type DependencySpec } from './spec';

/** What is the same for every component of a region. */
export type Surroundings = Omit<KindPlace, 'name'>;

/** A component as far as it could be read. */
export interface ReadComponent extends Known {
  /** All that is written of it. */
  readonly whole: Plain;
  /** What of it is readable. */
  readonly written: Plain;
  /** Whether the schema refuses nothing of it. */
  readonly sound: boolean;
  /** Whether every dependency could be read. */
  readonly connected: boolean;
  /** Own settings that the schema refuses. */
  readonly refused: readonly string[];
  /** With defaults; undefined where something that has none is missing. */
  readonly settled: Settled | undefined;
}

interface Settled {
  readonly settings: object;
  readonly offers: Offers;
}

/** Reads a component; the schema says what is wrong with the rest. */
export function readComponent(
  name: string,
  value: PlainValue,
  kinds: readonly Kind[],
  place: Surroundings | undefined,
  readable: Readable,
): ReadComponent {
  const path = ['components', name];
  const whole = !readable.refused(path) && isObject(value) ? value : {};
  const written = readable.of(whole, path);
  const kind = kinds.find((candidate) => candidate.name === written.kind);
  const listed = readable.items(whole.dependsOn, [...path, 'dependsOn']);
  const dependsOn = listed.flatMap((dependency, at) => (isDependency(dependency) ? [dependencyOf(dependency, at)] : []));
  const connected = readable([...path, 'dependsOn']);
  const given = Object.fromEntries(
    Object.entries(written).filter(([key, setting]) => setting !== undefined && !(sharedKeys as readonly string[]).includes(key)),
  );
  const refused = Object.keys(kind?.schema.properties ?? {}).filter((key) => Object.hasOwn(whole, key) && !Object.hasOwn(written, key));
  const complete = kind !== undefined && (kind.schema.required ?? []).every((key) => Object.hasOwn(given, key));
  return {
    name,
    kind,
    dependsOn,
    whole,
    written,
    sound: readable(path),
    connected,
    refused,
    settled: complete && place ? settle(kind, given, { ...place, name }) : undefined,
  };
}

/** The schema says nothing about what belongs to no kind. */
function isDependency(value: PlainValue | undefined): value is PlainValue & DependencySpec {
  return typeof value === 'string' || (isObject(value) && typeof value.on === 'string');
}

function settle(kind: Kind, given: Plain, place: KindPlace): Settled {
  const settings = kind.settings(given, place);
  return { settings, offers: kind.offers(settings) };
}

/** A component of an unknown kind. */
export function checkKind({ name, kind, written }: ReadComponent, kinds: readonly Kind[]): Diagnostic[] {
  if (kind || typeof written.kind !== 'string') return [];
  const known = kinds.map((candidate) => candidate.name);
  return [
    error(
      'spec/unknown-kind',
      'Unknown component kind',
      `There is no kind ${quote(written.kind)}. ${instead(written.kind, known, 'Kinds')}`,
      {
        path: ['components', name, 'kind'],
        address: `component/${name}`,
      },
    ),
  ];
}

/** What a component's kind is told of its place. */
interface Told {
  readonly context: KindContext;
  /** Whether it and everything around it could be read as far as it shows: what stands on it, and all that it depends on. */
  readonly complete: boolean;
}

/** What a component's kind is told of its place; undefined where who depends on it could not be read. */
export function contextOf(
  component: ReadComponent,
  all: ReadonlyMap<string, ReadComponent>,
  dependents: readonly ReadComponent[],
  place: Surroundings,
): Told | undefined {
  if (dependents.some(({ settled }) => !settled)) return undefined;
  const below = component.dependsOn.flatMap(({ on, without }) => {
    const neighbour = all.get(on);
    return neighbour?.settled ? [{ ...asNeighbour(neighbour), on, without }] : [];
  });
  return {
    context: { ...place, name: component.name, dependsOn: below, dependents: dependents.map(asNeighbour) },
    complete: component.connected && component.dependsOn.every(({ on }) => isWhole(all.get(on))) && dependents.every(isWhole),
  };
}

/** With no setting refused: what it offers is what the spec says. */
function isWhole(neighbour: ReadComponent | undefined): boolean {
  return neighbour?.settled !== undefined && neighbour.refused.length === 0;
}

function asNeighbour({ name, kind, settled }: ReadComponent): Neighbour {
  return { name, kind: kind!.name, reach: kind!.reach, offers: settled!.offers };
}

/** What a kind finds wrong, but for what it says about a setting or a neighbour that could not be read: that would be about something else. */
export function checkByKind(component: ReadComponent, { context, complete }: Told): Diagnostic[] {
  const { name, kind, settled, refused, sound, written } = component;
  const isOwn = ({ path }: Diagnostic) => complete || (path?.[0] !== 'dependsOn' && Object.hasOwn(written, String(path?.[0])));
  return (
    kind!
      .check(settled!.settings, context)
      .filter(isOwn)
      // A setting under a wrong name is one that is not left out.
      .filter(({ severity }) => sound || severity === 'error')
      .filter(({ detail, path }) => !refused.some((setting) => path?.[0] === setting || new RegExp(`\\b${setting}\\b`).test(detail)))
      .map((diagnostic) => ({ address: `component/${name}`, ...diagnostic, path: ['components', name, ...(diagnostic.path ?? [])] }))
  );
}
