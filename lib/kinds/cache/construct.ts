import { ElasticacheParameterGroup } from '@cdktf/provider-aws/lib/elasticache-parameter-group';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import type { Construct } from 'constructs';
import { ComponentConstruct, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { choosesEncryptionMode, familyOf, type Engine, type Eviction, type Form } from './engines';
import { kind } from './kind';
import { zonesOfNodes } from './nodes';
import type { CacheSettings } from './settings';

/** Settings of a cache as a spec would write them. */
export interface CacheProps extends ComponentProps {
  readonly form: Form;
  /** Node class, such as `cache.r7g.large`. */
  readonly class: string;
  /** @default valkey */
  readonly engine?: Engine;
  /** @default - 8.0 (valkey), 7.1 (redis) */
  readonly version?: string;
  /** Replicas of each primary, in other zones. @default 1 */
  readonly replicas?: number;
  /** Shards of a cluster. @default 2 */
  readonly shards?: number;
  /** @default 6379 */
  readonly port?: number;
  /** What to drop when memory is full. @default volatile-lru */
  readonly eviction?: Eviction;
  /** How long snapshots are kept. @default 7d */
  readonly snapshotRetention?: string;
  /** UTC. @default 02:00-03:00 */
  readonly snapshotWindow?: string;
  /** UTC. @default sun:04:00-sun:05:00 */
  readonly maintenanceWindow?: string;
  /** Ending of the name of the snapshot that is made when it is destroyed; one of that name must not be there yet. @default final */
  readonly lastSnapshot?: string;
  /** ARN of a key. @default - the topology's own key */
  readonly kmsKey?: string;
}

const day = 86_400;

/**
 * A Valkey or Redis cache: encrypted at rest and on the wire, reachable only for what depends on it.
 * @example new Cache(stack, 'sessions', { network, form: 'replication-group', class: 'cache.r7g.large', replicas: 2 })
 */
export class Cache extends ComponentConstruct<CacheSettings> {
  /** Host name for writes; in a cluster, the one that tells clients the shards. */
  readonly endpoint: string;

  constructor(scope: Construct, name: string, props: CacheProps) {
    super(scope, name, kind, props);
    const { settings } = this;
    const { form, replicas, shards } = settings;
    const identifier = this.physicalName();
    const subnets = this.add(
      new ElasticacheSubnetGroup(this, 'subnets', {
        name: identifier,
        description: `Data subnets for ${name}`,
        subnetIds: this.network.subnetIds('data'),
      }),
      'subnets',
    );
    const named = zonesOfNodes(settings, this.network.region.zones);
    const nodes =
      form === 'cluster'
        ? { numNodeGroups: shards, replicasPerNodeGroup: replicas }
        : { numCacheClusters: 1 + replicas, ...(named.length > 0 ? { preferredCacheClusterAzs: named } : {}) };
    const group = new ElasticacheReplicationGroup(this, 'group', {
      replicationGroupId: identifier,
      description: `${this.network.topology}: ${name}`,
      engine: settings.engine,
      engineVersion: settings.version,
      autoMinorVersionUpgrade: 'true',
      nodeType: settings.class,
      ...nodes,
      port: settings.port,
      parameterGroupName: this.parameters(),
      subnetGroupName: subnets.name,
      securityGroupIds: [this.securityGroupId],
      // Cluster mode has it always, even where there is no replica to promote.
      automaticFailoverEnabled: replicas > 0 || form === 'cluster',
      multiAzEnabled: replicas > 0,
      atRestEncryptionEnabled: 'true',
      kmsKeyId: settings.kmsKey ?? this.network.keyArn,
      transitEncryptionEnabled: true,
      ...(choosesEncryptionMode(settings.version) ? { transitEncryptionMode: 'required' } : {}),
      snapshotRetentionLimit: settings.snapshotRetention / day,
      snapshotWindow: settings.snapshotWindow,
      maintenanceWindow: settings.maintenanceWindow,
      finalSnapshotIdentifier: `${identifier}-${settings.lastSnapshot}`,
      // Honoured only when the group is made; where nodes were added or moved later, the list is no change to make.
      lifecycle: { ignoreChanges: ['preferred_cache_cluster_azs'] },
    });
    this.add(group, 'group');
    this.endpoint = form === 'cluster' ? group.configurationEndpointAddress : group.primaryEndpointAddress;
    this.signals(identifier);
  }

  override get outputs(): Outputs {
    return { endpoint: this.endpoint };
  }

  private parameters(): string {
    const { engine, version, form, eviction } = this.settings;
    const family = familyOf(engine, version);
    const cluster = form === 'cluster' ? [{ name: 'cluster-enabled', value: 'yes' }] : [];
    const group = new ElasticacheParameterGroup(this, 'parameters', {
      // Its name holds the family, so that an upgrade finds the next one beside it.
      name: `${this.physicalName()}-${family.replace('.', '-')}`,
      family,
      description: `Parameters of ${this.calledAs}`,
      parameter: [...cluster, { name: 'maxmemory-policy', value: eviction }],
      lifecycle: { createBeforeDestroy: true },
    });
    return this.add(group, 'parameters').name;
  }

  /** ElastiCache counts its nodes from 001, in cluster mode within each shard. */
  private signals(identifier: string): void {
    const { form, shards, replicas, eviction } = this.settings;
    // What may drop anything is full as a rule, and means to be.
    const staysFull = eviction.startsWith('allkeys-');
    const pad = (value: number, length: number) => `${value}`.padStart(length, '0');
    const groups = Array.from({ length: shards }, (_, i) => (form === 'cluster' ? `${pad(i + 1, 4)}-` : ''));
    for (const part of groups.flatMap((shard) => Array.from({ length: 1 + replicas }, (_, i) => `${shard}${pad(i + 1, 3)}`))) {
      const base = { namespace: 'AWS/ElastiCache', dimensions: { CacheClusterId: `${identifier}-${part}` } };
      this.alarm({
        ...base,
        name: `silent-${part}`,
        means: 'A cache node reports nothing: it is being made anew, or it is gone.',
        metric: 'CurrConnections',
        statistic: 'SampleCount',
        comparison: '<',
        threshold: 1,
        missing: 'breaching',
      });
      if (!staysFull) {
        this.alarm({
          ...base,
          name: `memory-${part}`,
          means: 'A cache node is almost full: it drops what it should keep, or refuses writes, and a replica may no longer follow.',
          metric: 'DatabaseMemoryUsagePercentage',
          statistic: 'Maximum',
          comparison: '>',
          threshold: 90,
        });
      }
      this.alarm({
        ...base,
        name: `cpu-${part}`,
        means: 'The engine thread of a cache node is saturated; all requests wait.',
        metric: 'EngineCPUUtilization',
        statistic: 'Average',
        comparison: '>',
        threshold: 90,
        period: 300,
      });
      if (replicas === 0) continue;
      this.alarm({
        ...base,
        name: `lag-${part}`,
        means: 'A replica is more than half a minute behind; a switch-over to it would lose that much.',
        metric: 'ReplicationLag',
        statistic: 'Maximum',
        comparison: '>',
        threshold: 30,
      });
    }
  }
}
