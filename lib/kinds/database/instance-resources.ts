import type { DbInstanceConfig } from '@cdktf/provider-aws/lib/db-instance';
import { isPinned, lineOf } from './engines';
import type { DatabaseSettings } from './settings';

/** What instances and clusters of a database get from around them. */
export interface Surroundings {
  readonly subnetGroup: string;
  readonly parameterGroup: string;
  readonly securityGroupId: string;
  readonly keyArn: string;
  /** Where RDS does not manage the password: the variable that holds it. */
  readonly password: string | null;
}

const day = 86_400;

/** Performance Insights does not run on the smallest classes of MySQL. */
const observed = ({ engine, class: given }: DatabaseSettings) => engine !== 'mysql' || !/\.(micro|small)$/.test(given);

const insights = (settings: DatabaseSettings, keyArn: string) =>
  observed(settings)
    ? { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: keyArn, performanceInsightsRetentionPeriod: 7 }
    : { performanceInsightsEnabled: false };

const logs = ({ engine }: DatabaseSettings) => (engine === 'postgres' ? ['postgresql', 'upgrade'] : ['error', 'slowquery']);

/** The last snapshot, and protection against deletion before it. */
export function protection({ deletable, withoutLastSnapshot, lastSnapshot }: DatabaseSettings, identifier: string) {
  const kept = withoutLastSnapshot === null;
  return {
    deletionProtection: deletable === null,
    deleteAutomatedBackups: !kept,
    skipFinalSnapshot: !kept,
    ...(kept ? { finalSnapshotIdentifier: `${identifier}-${lastSnapshot}` } : {}),
    copyTagsToSnapshot: true,
  };
}

/** Full storage stops a database; room to grow costs nothing until it is used. AWS takes no limit less than a tenth above what is there. */
function growth(gib: number) {
  const most = Math.min(65_536, 5 * gib);
  return most < 1.1 * gib ? {} : { maxAllocatedStorage: most };
}

/** Another major version, whose time somebody has chosen. */
export const upgrade = ({ upgrade: reason }: DatabaseSettings) =>
  reason === null ? {} : { allowMajorVersionUpgrade: true, applyImmediately: true };

/** The instance that takes writes, with its standby where it has one. */
export function instanceConfig(settings: DatabaseSettings, identifier: string, around: Surroundings): DbInstanceConfig {
  const { engine, form, version, storage, iops } = settings;
  const gib = storage!;
  return {
    identifier,
    engine: lineOf(engine, form).name,
    engineVersion: version,
    ...upgrade(settings),
    autoMinorVersionUpgrade: !isPinned(engine, form, version),
    instanceClass: settings.class,
    multiAz: form === 'multi-az-instance',
    dbName: settings.database,
    port: settings.port,
    username: settings.username,
    ...(around.password === null
      ? { manageMasterUserPassword: true, masterUserSecretKmsKeyId: around.keyArn }
      : { passwordWo: around.password, passwordWoVersion: settings.passwordVersion }),
    iamDatabaseAuthenticationEnabled: true,
    allocatedStorage: gib,
    ...growth(gib),
    storageType: iops === null ? 'gp3' : 'io1',
    ...(iops === null ? {} : { iops }),
    storageEncrypted: true,
    kmsKeyId: around.keyArn,
    dbSubnetGroupName: around.subnetGroup,
    vpcSecurityGroupIds: [around.securityGroupId],
    publiclyAccessible: false,
    parameterGroupName: around.parameterGroup,
    backupRetentionPeriod: settings.backupRetention / day,
    backupWindow: settings.backupWindow,
    maintenanceWindow: settings.maintenanceWindow,
    ...protection(settings, identifier),
    enabledCloudwatchLogsExports: logs(settings),
    ...insights(settings, around.keyArn),
    // A switch-over changes the zone of the primary.
    lifecycle: { ignoreChanges: ['availability_zone'] },
  };
}

/** An asynchronous copy of an instance in a zone of its own. Subnets, key, engine and credentials are those of its source. */
export function replicaConfig(
  settings: DatabaseSettings,
  identifier: string,
  source: string,
  zone: string,
  around: Surroundings,
): DbInstanceConfig {
  const { engine, form, version, storage, iops } = settings;
  return {
    identifier,
    replicateSourceDb: source,
    availabilityZone: zone,
    instanceClass: settings.class,
    autoMinorVersionUpgrade: !isPinned(engine, form, version),
    multiAz: false,
    port: settings.port,
    iamDatabaseAuthenticationEnabled: true,
    ...growth(storage!),
    storageType: iops === null ? 'gp3' : 'io1',
    ...(iops === null ? {} : { iops }),
    storageEncrypted: true,
    vpcSecurityGroupIds: [around.securityGroupId],
    publiclyAccessible: false,
    parameterGroupName: around.parameterGroup,
    maintenanceWindow: settings.maintenanceWindow,
    // AWS takes no last snapshot of a replica: its data is in its source.
    skipFinalSnapshot: true,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: logs(settings),
    ...insights(settings, around.keyArn),
  };
}
