import { listIn } from '../../resources/arguments';
import type { FoundComponent, FoundUnit, ReadBack } from '../../resources/read-back';
import type { Resource, Resources } from '../../resources/resources';
import { spread } from '../../topology/place';

/** Finds caches: replication groups, in cluster mode or not. */
export const readBack: ReadBack = (resources, prefix) =>
  resources
    .ofType('aws_elasticache_replication_group')
    .filter(({ arguments: { replication_group_id: id } }) => String(id).startsWith(prefix))
    .map((group) => component(resources, group, String(group.arguments.replication_group_id).slice(prefix.length)));

function component(resources: Resources, group: Resource, name: string): FoundComponent {
  const args = group.arguments;
  // Once it is made, AWS says of every group how many shards it has.
  const sharded = typeof args.cluster_enabled === 'boolean' ? args.cluster_enabled : typeof args.num_node_groups === 'number';
  const shards = sharded ? Number(args.num_node_groups) : 1;
  const copies = sharded ? Number(args.replicas_per_node_group ?? 0) : Number(args.num_cache_clusters ?? 1) - 1;
  // Replicas that are not promoted, or that may all lie in the primary's zone, are no standbys.
  const standby = args.automatic_failover_enabled === true && args.multi_az_enabled === true;
  return {
    name,
    settings: {
      engine: args.engine,
      form: sharded ? 'cluster' : 'replication-group',
      class: args.node_type,
      version: args.engine_version,
      replicas: standby ? copies : 0,
      ...(sharded ? { shards } : {}),
    },
    units: units(name, shards, 1 + copies, args.preferred_cache_cluster_azs, zonesOf(resources, group)),
  };
}

function units(name: string, shards: number, nodes: number, preferred: unknown, zones: readonly string[]): FoundUnit[] {
  if (Array.isArray(preferred) && preferred.length > 0) {
    const counts = new Map<string, number>();
    return preferred.map((zone) => {
      const place = String(zone);
      const index = counts.get(place) ?? 0;
      counts.set(place, index + 1);
      return { address: `unit/${name}/${place}/${index}`, zones: [place] };
    });
  }
  return Array.from({ length: shards }, (_, i) => spread(name, nodes, zones, shards > 1 ? `shard-${i}` : undefined))
    .flat()
    .map(({ address, zone }) => ({ address, zones: zone === null ? zones : [zone] }));
}

/** Zones of the subnets of the group, sorted. */
function zonesOf(resources: Resources, { arguments: { subnet_group_name: name } }: Resource): string[] {
  const group =
    resources.tryFollow(name, 'aws_elasticache_subnet_group') ??
    resources.ofType('aws_elasticache_subnet_group').find((candidate) => candidate.arguments.name === name);
  const zones = listIn(group?.arguments, 'subnet_ids').map((id) => resources.tryFollow(id)?.arguments.availability_zone);
  return zones.filter((zone) => typeof zone === 'string').sort();
}
