import type { Arguments, Resource, Resources } from '../../resources/resources';
import type { Topology } from '../../topology/topology';

/** What of the answers belongs to a topology, and the addresses that its Terraform gives it. */
export interface Ours {
  readonly topology: Topology;
  readonly expected: Resources;
  readonly region: string;
  /** What physical names begin with. */
  readonly prefix: string;
}

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export const valueOfTag = (tags: readonly Tag[] | undefined, key: string): string | undefined =>
  tags?.find((tag) => tag.Key === key)?.Value;

/**
 * Whether something that AWS tells of is part of the topology: it has the name of something that Terraform makes, or, made by hand beside it, our tag
 * and a name like ours. By its tag alone it could be of another environment.
 */
export function isOurs({ expected, prefix, topology }: Ours, type: string, name: string | undefined, tags?: readonly Tag[]): boolean {
  if (name === undefined) return false;
  if (tryExpected(expected, type, name)) return true;
  return name.startsWith(prefix) && valueOfTag(tags, 'topology') === topology.name;
}

/** The argument that is the name of a resource in AWS. */
const nameArguments: Readonly<Record<string, string>> = {
  aws_autoscaling_group: 'name',
  aws_launch_template: 'name',
  aws_lb: 'name',
  aws_security_group: 'name',
  aws_db_instance: 'identifier',
  aws_db_subnet_group: 'name',
  aws_rds_cluster: 'cluster_identifier',
  aws_rds_cluster_instance: 'identifier',
  aws_elasticache_replication_group: 'replication_group_id',
  aws_elasticache_subnet_group: 'name',
  aws_sqs_queue: 'name',
  aws_sns_topic: 'name',
  aws_cloudwatch_metric_alarm: 'alarm_name',
};

/** What Terraform makes under a name of AWS. */
export function tryExpected(expected: Resources, type: string, name: string): Resource | undefined {
  const argument = nameArguments[type];
  return argument === undefined ? undefined : expected.ofType(type).find(({ arguments: args }) => args[argument] === name);
}

/** A found resource under the address that Terraform has for its name, or under its own name where Terraform has none. */
export function named({ expected, prefix }: Ours, type: string, name: string, args: Record<string, unknown>): Resource {
  const logical = tryExpected(expected, type, name)?.name ?? (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  return resource(type, logical, args);
}

/** A resource at an address, without what AWS did not say. */
export function resource(type: string, name: string, args: Record<string, unknown>): Resource {
  const known = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && value !== null));
  return { address: `${type}.${name}`, type, name, arguments: known };
}

/** AWS tells the exact version; one that was asked for less exactly is still that version. */
export function asAsked(asked: Arguments | undefined, argument: string, actual: string | undefined): unknown {
  const wanted = asked?.[argument];
  return typeof wanted === 'string' && actual?.startsWith(`${wanted}.`) ? wanted : actual;
}
