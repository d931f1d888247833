import type { Assumption } from '../assumptions/assumption';
import { warning, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { Behaviour, Cause } from '../topology/behaviour';
import type { Kind } from '../topology/kind';
import { mapBehaviour, mapCause } from '../topology/quantities';
import { assumptionsOf, renameAssumptions, type Quantity } from '../topology/quantity';
import type { UsedAssumption } from '../topology/topology';
import { regionAssumptions } from './assumptions';
import { override, unknownAssumption } from './overrides';
import type { OverrideSpec } from './spec';

/** Assumptions by the name that quantities use. */
export type Assumptions = ReadonlyMap<string, UsedAssumption>;

interface Overrides {
  readonly assumptions: Assumptions;
  readonly diagnostics: readonly Diagnostic[];
}

/** The name of an assumption that is one component's own. */
export function ownName(component: string, name: string): string {
  return `component/${component}/${name}`;
}

function asDefault(assumption: Assumption): UsedAssumption {
  return { ...assumption, from: 'default' };
}

/** Every assumption there is, with the values that the spec gives for all components. */
export function sharedAssumptions(
  written: Readonly<Record<string, OverrideSpec>>,
  kinds: readonly Kind[],
  organization: readonly UsedAssumption[] = [],
): Overrides {
  const defaults = [...regionAssumptions, ...kinds.flatMap((kind) => kind.assumptions)];
  const { assumptions, diagnostics } = overrideAll(defaults, [], written, ['assumptions'], (name) => name, true);
  const own = organization.filter(({ name }) => assumptions.get(name)?.from === 'default');
  return { assumptions: new Map([...assumptions, ...own.map((assumption) => [assumption.name, assumption] as const)]), diagnostics };
}

/** The assumptions that a component has for itself: those that its settings state, and those that it overrides. */
export function ownAssumptions(
  component: string,
  written: Readonly<Record<string, OverrideSpec>>,
  kind: Kind,
  settings: object | undefined,
  shared: Assumptions,
): Overrides {
  const rename = (name: string) => ownName(component, name);
  const stated = settings ? (kind.stated?.(settings) ?? []) : [];
  const path = ['components', component];
  const overridden = overrideAll(kind.assumptions, [...shared.keys()], written, [...path, 'assumptions'], rename, false);
  const own = stated.map((assumption): [string, UsedAssumption] => [
    rename(assumption.name),
    { ...assumption, name: rename(assumption.name), from: path },
  ]);
  return { ...overridden, assumptions: new Map([...own, ...overridden.assumptions]) };
}

function overrideAll(
  defaults: readonly Assumption[],
  others: readonly string[],
  written: Readonly<Record<string, OverrideSpec>>,
  path: SettingPath,
  rename: (name: string) => string,
  keepDefaults: boolean,
): Overrides {
  const byName = new Map(defaults.map((assumption) => [assumption.name, assumption]));
  const assumptions = new Map<string, UsedAssumption>(
    keepDefaults ? defaults.map((assumption) => [assumption.name, asDefault(assumption)]) : [],
  );
  const diagnostics = Object.entries(written).flatMap(([name, given]) => {
    const original = byName.get(name);
    if (!original) return [unknownAssumption(name, [...byName.keys()], others, [...path, name])];
    const result = override(original, given, [...path, name]);
    if (result.assumption) assumptions.set(rename(name), { ...result.assumption, name: rename(name) });
    return result.diagnostics;
  });
  return { assumptions, diagnostics };
}

/** A component's behaviour, counting on its own assumptions where it has some. */
export function withOwn(component: string, behaviour: Behaviour, own: Assumptions): Behaviour {
  const rename = (name: string) => (own.has(ownName(component, name)) ? ownName(component, name) : name);
  return own.size === 0 ? behaviour : mapBehaviour(behaviour, (quantity) => renameAssumptions(quantity, rename));
}

/** The assumptions that some quantities name, sorted. */
export function usedBy(
  causes: readonly Cause[],
  behaviours: readonly Behaviour[],
  others: readonly Quantity[],
  all: Assumptions,
): UsedAssumption[] {
  const names = new Set<string>();
  const note = (quantity: Quantity) => {
    for (const name of assumptionsOf(quantity)) names.add(name);
    return quantity;
  };
  for (const cause of causes) mapCause(cause, note);
  for (const behaviour of behaviours) mapBehaviour(behaviour, note);
  others.forEach(note);
  return [...names].sort().map((name) => {
    const assumption = all.get(name);
    if (!assumption) throw new Error(`Nothing defines the assumption ${name}. This is a bug in nines.`);
    return assumption;
  });
}

/** Overrides that change no number here. */
export function unusedOverrides(all: Assumptions, used: readonly UsedAssumption[]): Diagnostic[] {
  const names = new Set(used.map(({ name }) => name));
  return [...all.values()].flatMap(({ name, from }) =>
    from === 'default' || from[0] === 'nines.yaml' || names.has(name) || from[from.length - 2] !== 'assumptions'
      ? []
      : [
          warning(
            'spec/unused-assumption',
            'Assumption without effect',
            `Nothing in this topology hangs on ${quote(String(from.at(-1)))}. Remove it.`,
            {
              path: from,
              atKey: true,
            },
          ),
        ],
  );
}
