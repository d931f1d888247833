import type { Group, Place } from '../topology/behaviour';
import type { Component } from '../topology/topology';

/** The zones in which a component's units are or may be put, in the order of their names. */
export function zonesOf(component: Component): string[] {
  const { units, groups } = component.behaviour;
  const named = units.flatMap(({ zone }) => (zone === null ? [] : [zone]));
  const chosen = groups.flatMap(({ place }) => place?.outcomes.flatMap(({ zones }) => Object.values(zones)) ?? []);
  return [...new Set([...named, ...chosen])].sort();
}

/** The place that decides where units of a group lie; null: every one has its zone. */
export function placeOf(component: Component, group: Group): Place | null {
  if (group.place) return group.place;
  const anywhere = component.behaviour.units.filter(({ address, zone }) => zone === null && group.units.includes(address));
  if (anywhere.length === 0) return null;
  const others = component.behaviour.groups.flatMap(({ place }) => (place ? [place] : []));
  return others.find(({ outcomes }) => outcomes.every(({ zones }) => anywhere.every(({ address }) => address in zones))) ?? null;
}
