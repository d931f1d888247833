import type { Resources } from '../resources/resources';
import type { Topology } from '../topology/topology';

/** Something that AWS or a person has moved within what the model counts on. */
export interface Moved {
  readonly address: string;
  /** What is where it was not put: `desired units`, `writer`. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** A group that scaling has made larger, and a writer that a failover has put on another node. */
export function movesOf(topology: Topology, expected: Resources, found: Resources): Moved[] {
  const components = new Set(topology.components.map(({ name }) => name));
  const componentOf = (name: string) => name.split('_')[0]!;
  const scaled = expected.ofType('aws_autoscaling_group').flatMap(({ address, arguments: before, name }): Moved[] => {
    const now = found.tryFind(address)?.arguments.desired_capacity;
    const grown = typeof now === 'number' && typeof before.desired_capacity === 'number' && now > before.desired_capacity;
    if (!grown || !components.has(componentOf(name))) return [];
    return [{ address: `component/${componentOf(name)}`, what: 'desired units', from: String(before.desired_capacity), to: String(now) }];
  });
  const clusters = new Map<string, { readonly first: string; readonly writer: string }>();
  for (const { address, arguments: args, name } of found.ofType('aws_rds_cluster_instance')) {
    if (!expected.tryFind(address) || !components.has(componentOf(name))) continue;
    const cluster = String(args.cluster_identifier);
    const first = clusters.get(cluster)?.first ?? address;
    const writer = args.writer === true ? address : (clusters.get(cluster)?.writer ?? first);
    clusters.set(cluster, { first, writer });
  }
  const writers = [...clusters.values()]
    .filter(({ first, writer }) => first !== writer)
    .map(({ first, writer }) => ({ address: `component/${componentOf(first.split('.')[1]!)}`, what: 'writer', from: first, to: writer }));
  return [...scaled, ...writers];
}
