import type { Diagnostic } from '../diagnostics/diagnostic';
import { kinds } from '../kinds/kinds.generated';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';

/** Changes of what an earlier version has deployed which AWS refuses, and Terraform notices only while it applies them. */
export function refusedChanges(before: Topology, after: Topology): Diagnostic[] {
  // In another region everything is made anew.
  if (before.regions[0]!.name !== after.regions[0]!.name) return [];
  const old = new Map(before.components.map((component) => [component.name, component]));
  const written = after.settings.components as Readonly<Record<string, Plain>>;
  return after.components.flatMap(({ name, was, kind, settings }) => {
    const earlier = old.get(name) ?? (was === null ? undefined : old.get(was));
    // What may be made anew may be made as anything.
    if (earlier?.kind !== kind || written[name]?.allowReplacement !== undefined) return [];
    const refused = kinds.find((known) => known.name === kind)?.refusedChange?.(earlier.settings, settings) ?? [];
    return refused.map((diagnostic) => ({
      ...diagnostic,
      path: ['components', name, ...(diagnostic.path ?? [])],
      address: `component/${name}`,
    }));
  });
}
