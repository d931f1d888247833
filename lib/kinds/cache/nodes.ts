import type { Unit } from '../../topology/behaviour';
import { spread } from '../../topology/place';
import type { CacheSettings } from './settings';

/** The nodes of a cache that share their data. */
export interface Shard {
  /** null: there is only one. */
  readonly index: number | null;
  /** What its names have in common: `nodes`, or `shard-0`. */
  readonly name: string;
  readonly nodes: readonly Unit[];
}

/** Zones of the nodes of a replication group, taken in turn; none where AWS chooses: for a lone node, and in cluster mode. */
export function zonesOfNodes({ form, replicas }: CacheSettings, zones: readonly string[]): string[] {
  if (form === 'cluster' || replicas === 0) return [];
  return Array.from({ length: 1 + replicas }, (_, i) => zones[i % zones.length]!);
}

/** The units of a cache. */
export function shardsOf(component: string, settings: CacheSettings, zones: readonly string[]): Shard[] {
  const named = zonesOfNodes(settings, zones);
  if (named.length > 0) {
    const nodes = named.map((zone, i) => ({ address: `unit/${component}/${zone}/${Math.floor(i / zones.length)}`, zone }));
    return [{ index: null, name: 'nodes', nodes }];
  }
  return Array.from({ length: settings.shards }, (_, i) => {
    const lone = settings.shards === 1;
    const nodes = spread(component, 1 + settings.replicas, zones, lone ? undefined : `shard-${i}`);
    return { index: lone ? null : i, name: lone ? 'nodes' : `shard-${i}`, nodes };
  });
}
