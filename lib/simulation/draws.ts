import type { Component } from '../topology/topology';
import type { DrawLayout, GroupLayout, UnitLayout } from './layout';

/**
 * What is drawn afresh whenever all is normal. Groups that share units are placed by one draw; where both have outcomes, the longer list holds the
 * shorter one's zones.
 */
export function drawsOf(placed: {
  readonly order: readonly Component[];
  readonly units: readonly UnitLayout[];
  readonly groups: readonly GroupLayout[];
  readonly zones: readonly string[];
  readonly unitIndex: ReadonlyMap<string, number>;
}): DrawLayout[] {
  const draws: DrawLayout[] = [];
  let first = 0;
  for (const component of placed.order) {
    const { groups } = component.behaviour;
    const taken = new Set<string>();
    const longestFirst = groups.map((group, i) => ({ group, index: first + i })).filter(({ group }) => group.place !== null);
    longestFirst.sort((a, b) => b.group.place!.outcomes.length - a.group.place!.outcomes.length || a.index - b.index);
    for (const { group, index } of longestFirst) {
      if (group.units.every((unit) => taken.has(unit)) && group.place!.outcomes.every(({ primary }) => primary === null)) continue;
      for (const unit of group.units) taken.add(unit);
      draws.push({
        outcomes: group.place!.outcomes.map((outcome) => ({
          units: Int32Array.from(Object.keys(outcome.zones), (unit) => placed.unitIndex.get(unit)!),
          zones: Int32Array.from(Object.values(outcome.zones), (zone) => placed.zones.indexOf(zone)),
          groups: Int32Array.from(outcome.primary === null ? [] : [index]),
          primaries: Int32Array.from(outcome.primary === null ? [] : [placed.unitIndex.get(outcome.primary)!]),
        })),
      });
    }
    groups.forEach((group, i) => {
      const named = group.place?.outcomes.some(({ primary }) => primary !== null) ?? false;
      if (group.form === 'promoted' && !named) draws.push(anyServes(first + i, placed.groups[first + i]!));
    });
    first += groups.length;
  }
  return draws;
}

/** Where nothing says which unit serves, each is as likely. */
function anyServes(group: number, { units }: GroupLayout): DrawLayout {
  const none = new Int32Array(0);
  return {
    outcomes: Array.from(units, (unit) => ({ units: none, zones: none, groups: Int32Array.of(group), primaries: Int32Array.of(unit) })),
  };
}
