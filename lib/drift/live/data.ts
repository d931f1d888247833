import type { CacheCluster, ElastiCacheClient, ReplicationGroup } from '@aws-sdk/client-elasticache';
import type { DBCluster, DBInstance, RDSClient } from '@aws-sdk/client-rds';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Resource } from '../../resources/resources';
import { asAsked, isOurs, named, tryExpected, type Ours } from './ours';
import { asking, itemsIn, type Sdk } from './sdk';

/** Databases: instances, clusters with their nodes, and the subnets that they lie in. */
export async function databases(sdk: Sdk['rds'], client: RDSClient, ours: Ours): Promise<Resource[]> {
  const config = { client };
  const [instances, clusters, subnets] = await Promise.all([
    asking(
      'database instances',
      itemsIn(sdk.paginateDescribeDBInstances(config, {}), (page) => page.DBInstances),
    ),
    asking(
      'database clusters',
      itemsIn(sdk.paginateDescribeDBClusters(config, {}), (page) => page.DBClusters),
    ),
    asking(
      'database subnet groups',
      itemsIn(sdk.paginateDescribeDBSubnetGroups(config, {}), (page) => page.DBSubnetGroups),
    ),
  ]);
  const writers = new Set(
    clusters.flatMap(({ DBClusterMembers: members = [] }) =>
      members.filter(({ IsClusterWriter: writes }) => writes === true).map(({ DBInstanceIdentifier: id }) => id),
    ),
  );
  const there = ({ DBInstanceStatus: status }: DBInstance) => status !== 'deleting';
  return [
    ...instances
      .filter(there)
      .flatMap((instance) => (instance.DBClusterIdentifier === undefined ? instanceOf(ours, instance) : nodeOf(ours, instance, writers))),
    ...clusters.flatMap((cluster) => clusterOf(ours, cluster)),
    ...subnets.flatMap(({ DBSubnetGroupName: name, Subnets: all = [] }) =>
      name !== undefined && name.startsWith(ours.prefix)
        ? [named(ours, 'aws_db_subnet_group', name, { id: name, name, subnet_ids: all.flatMap(({ SubnetIdentifier: id }) => id ?? []) })]
        : [],
    ),
  ];
}

function instanceOf(ours: Ours, instance: DBInstance): Resource[] {
  const { DBInstanceIdentifier: identifier, TagList: tags } = instance;
  if (identifier === undefined || !isOurs(ours, 'aws_db_instance', identifier, tags)) return [];
  const asked = tryExpected(ours.expected, 'aws_db_instance', identifier)?.arguments;
  return [
    named(ours, 'aws_db_instance', identifier, {
      id: instance.DbiResourceId,
      arn: instance.DBInstanceArn,
      identifier,
      engine: instance.Engine,
      engine_version: asAsked(asked, 'engine_version', instance.EngineVersion),
      instance_class: instance.DBInstanceClass,
      multi_az: instance.MultiAZ,
      availability_zone: instance.AvailabilityZone,
      replicate_source_db: instance.ReadReplicaSourceDBInstanceIdentifier || undefined,
      db_subnet_group_name: instance.DBSubnetGroup?.DBSubnetGroupName,
      backup_retention_period: instance.BackupRetentionPeriod,
      deletion_protection: instance.DeletionProtection,
      storage_encrypted: instance.StorageEncrypted,
      publicly_accessible: instance.PubliclyAccessible,
    }),
  ];
}

function nodeOf(ours: Ours, node: DBInstance, writers: ReadonlySet<string | undefined>): Resource[] {
  const { DBInstanceIdentifier: identifier, TagList: tags } = node;
  if (identifier === undefined || !isOurs(ours, 'aws_rds_cluster_instance', identifier, tags)) return [];
  return [
    named(ours, 'aws_rds_cluster_instance', identifier, {
      id: identifier,
      arn: node.DBInstanceArn,
      identifier,
      cluster_identifier: node.DBClusterIdentifier,
      instance_class: node.DBInstanceClass,
      availability_zone: node.AvailabilityZone,
      writer: writers.has(identifier),
    }),
  ];
}

function clusterOf(ours: Ours, cluster: DBCluster): Resource[] {
  const { DBClusterIdentifier: identifier, TagList: tags } = cluster;
  if (identifier === undefined || cluster.Status === 'deleting' || !isOurs(ours, 'aws_rds_cluster', identifier, tags)) return [];
  const asked = tryExpected(ours.expected, 'aws_rds_cluster', identifier)?.arguments;
  return [
    named(ours, 'aws_rds_cluster', identifier, {
      id: identifier,
      arn: cluster.DBClusterArn,
      cluster_identifier: identifier,
      engine: cluster.Engine,
      engine_version: asAsked(asked, 'engine_version', cluster.EngineVersion),
      // Aurora's nodes have classes of their own.
      db_cluster_instance_class: cluster.Engine?.startsWith('aurora') ? undefined : cluster.DBClusterInstanceClass || undefined,
      db_subnet_group_name: cluster.DBSubnetGroup,
      backup_retention_period: cluster.BackupRetentionPeriod,
      deletion_protection: cluster.DeletionProtection,
      storage_encrypted: cluster.StorageEncrypted,
    }),
  ];
}

/** Caches, and the subnets that they lie in. */
export async function caches(sdk: Sdk['cache'], client: ElastiCacheClient, ours: Ours): Promise<Resource[]> {
  const config = { client };
  const [groups, nodes, subnets] = await Promise.all([
    asking(
      'caches',
      itemsIn(sdk.paginateDescribeReplicationGroups(config, {}), (page) => page.ReplicationGroups),
    ),
    asking(
      'cache nodes',
      itemsIn(sdk.paginateDescribeCacheClusters(config, {}), (page) => page.CacheClusters),
    ),
    asking(
      'cache subnet groups',
      itemsIn(sdk.paginateDescribeCacheSubnetGroups(config, {}), (page) => page.CacheSubnetGroups),
    ),
  ]);
  const own = groups.filter(({ ReplicationGroupId: id, Status: status }) => {
    return status !== 'deleting' && isOurs(ours, 'aws_elasticache_replication_group', id);
  });
  return [
    ...own.map((group) => cacheOf(ours, group, nodes)),
    ...subnets.flatMap(({ CacheSubnetGroupName: name, Subnets: all = [] }) =>
      name !== undefined && name.startsWith(ours.prefix)
        ? [
            named(ours, 'aws_elasticache_subnet_group', name, {
              id: name,
              name,
              subnet_ids: all.flatMap(({ SubnetIdentifier: id }) => id ?? []),
            }),
          ]
        : [],
    ),
  ];
}

function cacheOf(ours: Ours, group: ReplicationGroup, all: readonly CacheCluster[]): Resource {
  const { NodeGroups: shards = [], ReplicationGroupId: id = '' } = group;
  const node = all.find(({ ReplicationGroupId: of }) => of === id);
  const asked = tryExpected(ours.expected, 'aws_elasticache_replication_group', id)?.arguments;
  const sharded = group.ClusterEnabled === true;
  const members = shards.flatMap(({ NodeGroupMembers: nodes = [] }) => nodes);
  const zones = members.flatMap(({ PreferredAvailabilityZone: zone }) => zone ?? []);
  return named(ours, 'aws_elasticache_replication_group', id, {
    id,
    arn: group.ARN,
    replication_group_id: id,
    engine: group.Engine ?? node?.Engine,
    engine_version: asAsked(asked, 'engine_version', node?.EngineVersion),
    node_type: group.CacheNodeType,
    cluster_enabled: sharded,
    ...(sharded
      ? { num_node_groups: shards.length, replicas_per_node_group: Math.max(0, members.length / Math.max(1, shards.length) - 1) }
      : { num_cache_clusters: members.length }),
    // Only where zones were asked for does the model count on them.
    preferred_cache_cluster_azs: !sharded && asked?.preferred_cache_cluster_azs !== undefined ? zones : undefined,
    automatic_failover_enabled: group.AutomaticFailover === 'enabled' || group.AutomaticFailover === 'enabling',
    multi_az_enabled: group.MultiAZ === 'enabled',
    subnet_group_name: node?.CacheSubnetGroupName,
    snapshot_retention_limit: group.SnapshotRetentionLimit,
  });
}

/** Queues, those for dead letters among them. */
export async function queues(sdk: Sdk['sqs'], client: SQSClient, ours: Ours): Promise<Resource[]> {
  const urls = await asking(
    'queues',
    itemsIn(sdk.paginateListQueues({ client }, { QueueNamePrefix: ours.prefix }), (page) => page.QueueUrls),
  );
  const found = await Promise.all(urls.map((url) => queue(sdk, client, ours, url)));
  return found.flat();
}

async function queue(sdk: Sdk['sqs'], client: SQSClient, ours: Ours, url: string): Promise<Resource[]> {
  const command = new sdk.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
  const { Attributes: says = {} } = await asking('attributes of a queue', client.send(command));
  const name = says.QueueArn?.split(':').at(-1);
  if (name === undefined || !isOurs(ours, 'aws_sqs_queue', name)) return [];
  return [
    named(ours, 'aws_sqs_queue', name, {
      id: url,
      arn: says.QueueArn,
      name,
      fifo_queue: says.FifoQueue === 'true',
      content_based_deduplication: says.ContentBasedDeduplication === 'true',
      message_retention_seconds: Number(says.MessageRetentionPeriod),
      visibility_timeout_seconds: Number(says.VisibilityTimeout),
      redrive_policy: says.RedrivePolicy,
    }),
  ];
}
