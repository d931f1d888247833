import type { CauseLayout, Layout } from './layout';

type Bare = Omit<CauseLayout, 'companions'>;

/** Each cause with those that touch a component that it touches: a second failure there is what brings a redundant component down. */
export function companionsOf(causes: readonly Bare[], layout: Omit<Layout, 'causes'>): CauseLayout[] {
  const touched = causes.map((cause) => touchedBy(cause, layout));
  return causes.map((cause, i) => ({
    ...cause,
    companions: Int32Array.from(causes.flatMap((_, j) => (j !== i && [...touched[i]!].some((c) => touched[j]!.has(c)) ? [j] : []))),
  }));
}

function touchedBy(cause: Bare, { components, units }: Omit<Layout, 'causes'>): Set<number> {
  const touched = new Set<number>();
  if (cause.component >= 0) touched.add(cause.component);
  for (const { unit } of [...cause.hits, ...cause.caughtHits]) touched.add(units[unit]!.component);
  if (cause.part >= 0) components.forEach(({ outside }, c) => outside !== 'none' && touched.add(c));
  for (const unit of units) {
    if (cause.zone >= 0 && unit.zones.includes(cause.zone)) touched.add(unit.component);
    if (cause.controlPlane === unit.region && unit.moveNeedsControlPlane) touched.add(unit.component);
  }
  return touched;
}
