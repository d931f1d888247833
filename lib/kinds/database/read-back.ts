import { listIn } from '../../resources/arguments';
import type { FoundComponent, FoundUnit, ReadBack } from '../../resources/read-back';
import type { Resource, Resources } from '../../resources/resources';
import { spread } from '../../topology/place';

/** One shard as its resources show it. */
interface Found {
  readonly component: string;
  readonly index: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Zones that its subnets lie in. */
  readonly zones: readonly string[];
  readonly nodes: Nodes;
  readonly replicas: readonly Resource[];
}

/** Nodes that AWS places, or resources of their own. */
type Nodes = number | readonly Resource[];

/** Finds databases: instances and clusters with what belongs to them. */
export const readBack: ReadBack = (resources, prefix) => {
  const instances = resources
    .ofType('aws_db_instance')
    .filter((instance) => !instance.arguments.replicate_source_db)
    .map((instance) => fromInstance(resources, instance));
  const clusters = resources.ofType('aws_rds_cluster').map((cluster) => fromCluster(resources, cluster));
  const ours = [...instances, ...clusters].flatMap((found) => {
    if (!found.component.startsWith(prefix)) return [];
    const [, component, index] = /^(.+?)(?:-shard-([0-9]+))?$/.exec(found.component.slice(prefix.length)) ?? [];
    return component ? [{ ...found, component, index: Number(index ?? 0) }] : [];
  });
  const names = [...new Set(ours.map(({ component }) => component))].sort();
  return names.map((name) =>
    component(
      name,
      ours.filter((found) => found.component === name).sort((a, b) => a.index - b.index),
    ),
  );
};

function fromInstance(resources: Resources, instance: Resource): Found {
  const { identifier, engine, engine_version: version, instance_class: given, multi_az: standby } = instance.arguments;
  const replicas = resources.ofType('aws_db_instance').filter(({ arguments: { replicate_source_db: source } }) => {
    return source !== undefined && (resources.tryFollow(source) === instance || source === identifier);
  });
  return {
    component: String(identifier),
    index: 0,
    settings: {
      engine,
      form: standby === true ? 'multi-az-instance' : 'single',
      class: given,
      version,
      ...(replicas.length > 0 ? { readReplicas: replicas.length } : {}),
    },
    zones: zonesOf(resources, instance),
    nodes: standby === true ? 2 : 1,
    replicas,
  };
}

function fromCluster(resources: Resources, cluster: Resource): Found {
  const { cluster_identifier: identifier, engine, engine_version: version, db_cluster_instance_class: own } = cluster.arguments;
  const common = { component: String(identifier), index: 0, zones: zonesOf(resources, cluster), replicas: [] };
  if (own) return { ...common, settings: { engine, form: 'multi-az-cluster', class: own, version }, nodes: 3 };
  const nodes = resources.ofType('aws_rds_cluster_instance').filter(({ arguments: { cluster_identifier: of } }) => {
    return resources.tryFollow(of) === cluster || of === identifier;
  });
  return {
    ...common,
    settings: {
      engine: engine === 'aurora-mysql' ? 'mysql' : 'postgres',
      form: 'aurora',
      class: nodes[0]?.arguments.instance_class,
      version,
      readers: nodes.length - 1,
    },
    nodes,
  };
}

/** Zones of the subnets of an instance's or cluster's group, sorted. */
function zonesOf(resources: Resources, of: Resource): string[] {
  const name = of.arguments.db_subnet_group_name;
  const group =
    resources.tryFollow(name, 'aws_db_subnet_group') ??
    resources.ofType('aws_db_subnet_group').find((candidate) => candidate.arguments.name === name);
  const zones = listIn(group?.arguments, 'subnet_ids').map((id) => resources.tryFollow(id)?.arguments.availability_zone);
  return zones.filter((zone) => typeof zone === 'string').sort();
}

function component(name: string, shards: readonly Found[]): FoundComponent {
  const [first] = shards;
  return {
    name,
    settings: { ...first?.settings, ...(shards.length > 1 ? { shards: shards.length } : {}) },
    units: shards.flatMap((shard) => {
      const role = shards.length > 1 ? `shard-${shard.index}` : '';
      const nodes =
        typeof shard.nodes === 'number' ? placed(name, role, shard.nodes, shard.zones) : named(name, role, shard.nodes, shard.zones);
      return [...nodes, ...named(name, role ? `${role}-replica` : 'replica', shard.replicas, shard.zones)];
    }),
  };
}

const placed = (name: string, role: string, count: number, zones: readonly string[]): FoundUnit[] =>
  spread(name, count, zones, role || undefined).map(({ address, zone }) => ({ address, zones: zone === null ? zones : [zone] }));

/** Units that are resources of their own: each says its zone, or AWS has chosen. */
function named(name: string, role: string, nodes: readonly Resource[], zones: readonly string[]): FoundUnit[] {
  const counts = new Map<string, number>();
  return nodes.map(({ arguments: { availability_zone: zone } }) => {
    const place = typeof zone === 'string' ? zone : 'any';
    const index = counts.get(place) ?? 0;
    counts.set(place, index + 1);
    return {
      address: ['unit', name, ...(role ? [role] : []), place, index].join('/'),
      zones: typeof zone === 'string' ? [zone] : zones,
    };
  });
}
