import type { Cause, Group } from '../topology/behaviour';
import type { Component } from '../topology/topology';
import { textOf, type Phases } from './phases';

/** What tells a component apart from others but its name and those of its units and causes; `outside`: how it needs what is outside the network. */
export function shapeOf({ behaviour, name, region }: Component, outside: string | null, phases: Phases): string {
  const index = new Map(behaviour.units.map(({ address }, i) => [address, i]));
  const unit = (address: string): string | number => index.get(address) ?? address;
  const hits = ({ hits: what }: Cause): unknown =>
    'units' in what ? what.units.map(unit) : 'component' in what && what.component === name ? null : what;
  const place = ({ place: where }: Group): unknown =>
    where?.outcomes.map(({ primary, zones }) => [
      primary && unit(primary),
      Object.entries(zones).map(([address, zone]) => [unit(address), zone]),
    ]);
  return JSON.stringify([
    region,
    outside,
    behaviour.units.map(({ zone }) => zone),
    behaviour.causes.map((cause) => {
      const boundaries = phases.get(cause.address);
      const caught = cause.caught && [cause.caught.coverage, cause.caught.units.map(unit)];
      return [cause.scope, textOf(cause.occurrence), hits(cause), caught, boundaries ? textOf(boundaries) : null];
    }),
    behaviour.groups.map((group) => ({ ...group, units: group.units.map(unit), place: place(group) })),
    behaviour.balanced,
  ]);
}

/** How what is said of one component reads for another one of the same shape. */
export interface Renaming {
  cause(cause: Cause): Cause;
  /** The address of a cause. */
  address(address: string): string;
  component(name: string): string;
  /** Words that name units. */
  words(words: string): string;
}

/** Cause for cause and unit for unit, in the order of both. */
export function renamingOf(from: Component, to: Component): Renaming {
  const causes = new Map(from.behaviour.causes.map(({ address }, i) => [address, to.behaviour.causes[i]!]));
  const [before, after] = [`unit/${from.name}/`, `unit/${to.name}/`];
  return {
    cause: (cause) => causes.get(cause.address) ?? cause,
    address: (address) => causes.get(address)?.address ?? address,
    component: (name) => (name === from.name ? to.name : name),
    words: (words) => words.replaceAll(before, after),
  };
}
