import type { RdsClusterConfig } from '@cdktf/provider-aws/lib/rds-cluster';
import type { RdsClusterInstanceConfig } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { isPinned, lineOf } from './engines';
import { protection, upgrade, type Surroundings } from './instance-resources';
import type { DatabaseSettings } from './settings';

const day = 86_400;

/** Performance Insights does not run on burstable classes of Aurora MySQL, nor on the smallest ones. */
const observed = ({ engine, class: given }: DatabaseSettings) => engine !== 'mysql' || !given.startsWith('db.t');

/** A Multi-AZ cluster, whose three nodes AWS makes by itself, or an Aurora cluster, whose nodes are resources of their own. */
export function clusterConfig(settings: DatabaseSettings, identifier: string, around: Surroundings): RdsClusterConfig {
  const { engine, form, version } = settings;
  const logs = engine === 'mysql' ? ['error', 'slowquery'] : form === 'aurora' ? ['postgresql'] : ['postgresql', 'upgrade'];
  return {
    clusterIdentifier: identifier,
    engine: lineOf(engine, form).name,
    engineVersion: version,
    ...upgrade(settings),
    databaseName: settings.database,
    port: settings.port,
    masterUsername: settings.username,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: around.keyArn,
    storageEncrypted: true,
    kmsKeyId: around.keyArn,
    dbSubnetGroupName: around.subnetGroup,
    vpcSecurityGroupIds: [around.securityGroupId],
    dbClusterParameterGroupName: around.parameterGroup,
    backupRetentionPeriod: settings.backupRetention / day,
    preferredBackupWindow: settings.backupWindow,
    preferredMaintenanceWindow: settings.maintenanceWindow,
    ...protection(settings, identifier),
    enabledCloudwatchLogsExports: logs,
    ...(form === 'aurora' ? { iamDatabaseAuthenticationEnabled: true } : ownNodes(settings, around.keyArn)),
    // AWS adds zones to a cluster by itself; taking them as a change would make the cluster anew.
    lifecycle: { ignoreChanges: ['availability_zones'] },
  };
}

function ownNodes(settings: DatabaseSettings, keyArn: string): Partial<RdsClusterConfig> {
  return {
    dbClusterInstanceClass: settings.class,
    storageType: 'io1',
    allocatedStorage: settings.storage!,
    iops: settings.iops!,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keyArn,
    performanceInsightsRetentionPeriod: 7,
  };
}

/** A node of an Aurora cluster in a zone; which of them writes is decided by Aurora. */
export function nodeConfig(
  settings: DatabaseSettings,
  identifier: string,
  cluster: string,
  zone: string,
  around: Surroundings,
): RdsClusterInstanceConfig {
  const { engine, form, version } = settings;
  return {
    identifier,
    clusterIdentifier: cluster,
    engine: lineOf(engine, form).name,
    instanceClass: settings.class,
    availabilityZone: zone,
    dbSubnetGroupName: around.subnetGroup,
    publiclyAccessible: false,
    autoMinorVersionUpgrade: !isPinned(engine, form, version),
    preferredMaintenanceWindow: settings.maintenanceWindow,
    copyTagsToSnapshot: true,
    // Every node may be promoted, whichever zone is lost.
    promotionTier: 1,
    ...(observed(settings)
      ? { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: around.keyArn, performanceInsightsRetentionPeriod: 7 }
      : { performanceInsightsEnabled: false }),
  };
}
