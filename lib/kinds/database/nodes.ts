import type { Unit } from '../../topology/behaviour';
import { spread } from '../../topology/place';
import type { DatabaseSettings } from './settings';

/** One database of a component: all of it, or one shard. */
export interface Shard {
  /** null: there is only one. */
  readonly index: number | null;
  /** What its names have in common: empty, or `shard-0`. */
  readonly role: string;
  /** Writer and standbys; which is which changes. */
  readonly nodes: readonly Unit[];
  readonly replicas: readonly Unit[];
}

/** Units whose zones we name, taking the zones in turn, so that one more unit moves none. */
function inTurn(component: string, role: string, count: number, zones: readonly string[]): Unit[] {
  const prefix = role ? `unit/${component}/${role}` : `unit/${component}`;
  return Array.from({ length: count }, (_, i) => {
    const zone = zones[i % zones.length]!;
    return { address: `${prefix}/${zone}/${Math.floor(i / zones.length)}`, zone };
  });
}

/** Endings of the identifiers that RDS gives to the nodes of a Multi-AZ cluster. */
export const clusterNodes = ['instance-1', 'instance-2', 'instance-3'] as const;

const nodesPerForm = { single: 1, 'multi-az-instance': 2, 'multi-az-cluster': 3 } as const;

/** The units of a database. Aurora nodes and read replicas are put into zones by name, everything else where AWS likes. */
export function shardsOf(component: string, settings: DatabaseSettings, zones: readonly string[]): Shard[] {
  return Array.from({ length: settings.shards }, (_, i) => {
    const role = settings.shards === 1 ? '' : `shard-${i}`;
    const nodes =
      settings.form === 'aurora'
        ? inTurn(component, role, 1 + settings.readers, zones)
        : spread(component, nodesPerForm[settings.form], zones, role || undefined);
    const replicas = inTurn(component, role ? `${role}-replica` : 'replica', settings.readReplicas, zones);
    return { index: settings.shards === 1 ? null : i, role, nodes, replicas };
  });
}

/** Part of the names of a shard's resources. The first one bears the component's own name, so that a second shard renames nothing. */
export const partOf = ({ index }: Pick<Shard, 'index'>): string | undefined => (index ? `shard-${index}` : undefined);
