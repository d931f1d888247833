import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { RdsCluster } from '@cdktf/provider-aws/lib/rds-cluster';
import { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import { RdsClusterParameterGroup } from '@cdktf/provider-aws/lib/rds-cluster-parameter-group';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { ComponentConstruct, type Access, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { secretVariable } from '../../terraform/secret-variable';
import { databaseSignals, replicaSignals } from './alarm-resources';
import { clusterConfig, nodeConfig } from './cluster-resources';
import { familyOf, type Engine, type Form } from './engines';
import { instanceConfig, replicaConfig, type Surroundings } from './instance-resources';
import { kind } from './kind';
import { partOf, shardsOf, type Shard } from './nodes';
import type { DatabaseSettings } from './settings';

/** Settings of a database as a spec would write them. */
export interface DatabaseProps extends ComponentProps {
  readonly engine: Engine;
  /** How it survives the loss of a node. */
  readonly form: Form;
  /** Instance class, such as `db.r7g.large`. */
  readonly class: string;
  /** @default - the newest major version but one */
  readonly version?: string;
  /** Why the major version may change now, at once. @default - another major version is refused */
  readonly upgrade?: string;
  /** Aurora: readers, which are also its standbys. @default 1 */
  readonly readers?: number;
  /** Asynchronous read replicas of an instance; with one missing the component is degraded. @default 0 */
  readonly readReplicas?: number;
  /** Databases of the same make, each with its part of the users. @default 1 */
  readonly shards?: number;
  /** Allocated storage, such as `100GiB`; not for Aurora. @default 100GiB */
  readonly storage?: string;
  /** Provisioned operations per second. @default - 3000 for a Multi-AZ cluster, otherwise what the storage comes with */
  readonly iops?: number;
  /** @default - 5432 (postgres), 3306 (mysql) */
  readonly port?: number;
  /** Name of the first database. @default app */
  readonly database?: string;
  /** Name of the master user. @default dbadmin */
  readonly username?: string;
  /** Raised to write the master password anew, where it comes from a variable. @default 1 */
  readonly passwordVersion?: number;
  /** How long backups are kept. @default 14d */
  readonly backupRetention?: string;
  /** UTC. @default 02:00-03:00 */
  readonly backupWindow?: string;
  /** UTC. @default sun:04:00-sun:05:00 */
  readonly maintenanceWindow?: string;
  /** ARN of a key. @default - the topology's own key */
  readonly kmsKey?: string;
  /** Why deletion protection is off. @default - it is on */
  readonly deletable?: string;
  /** Why it is deleted without a last snapshot, and its backups with it; only with `deletable`. @default - they are kept */
  readonly withoutLastSnapshot?: string;
  /** Ending of the name of the last snapshot. @default final */
  readonly lastSnapshot?: string;
}

/**
 * A PostgreSQL or MySQL database: encrypted, reached by TLS only, backed up, protected against deletion.
 * @example new Database(stack, 'orders-db', { network, engine: 'postgres', form: 'multi-az-instance', class: 'db.r7g.large' })
 */
export class Database extends ComponentConstruct<DatabaseSettings> {
  /** Host names that take writes, one per shard; they stay the same when it fails over. */
  readonly endpoints: readonly string[];
  /** Host names that only read: of replicas, and of the readers of a cluster. */
  readonly readEndpoints: string[] = [];
  private readonly secretArns: string[] = [];
  private readonly keyArn: string;

  constructor(scope: Construct, name: string, props: DatabaseProps) {
    super(scope, name, kind, props);
    const { settings } = this;
    this.keyArn = settings.kmsKey ?? this.network.keyArn;
    const subnets = new DbSubnetGroup(this, 'subnets', {
      name: this.physicalName(),
      description: `Data subnets for ${name}`,
      subnetIds: this.network.subnetIds('data'),
    });
    const around: Surroundings = {
      subnetGroup: this.add(subnets, 'subnets').name,
      parameterGroup: this.parameters(),
      securityGroupId: this.securityGroupId,
      keyArn: this.keyArn,
      password: settings.readReplicas > 0 ? this.ownPassword() : null,
    };
    const clustered = settings.form === 'aurora' || settings.form === 'multi-az-cluster';
    this.endpoints = shardsOf(name, settings, this.network.region.zones).map((shard) =>
      clustered ? this.cluster(shard, around) : this.instance(shard, around),
    );
  }

  override get outputs(): Outputs {
    const { endpoints, readEndpoints, secretArns } = this;
    return { endpoints, ...(readEndpoints.length > 0 ? { readEndpoints } : {}), secrets: secretArns };
  }

  /** Whoever depends on it may read its password. */
  override get access(): Access {
    return {
      endpoints: ['secretsmanager'],
      statements: [
        {
          Sid: 'ReadPassword',
          Effect: 'Allow',
          // The caching clients of AWS ask for the versions of a secret first.
          Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
          Resource: this.secretArns,
        },
        {
          Sid: 'DecryptPassword',
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: this.keyArn,
          Condition: { StringEquals: { 'kms:ViaService': `secretsmanager.${this.network.region.name}.amazonaws.com` } },
        },
      ],
    };
  }

  private instance(shard: Shard, around: Surroundings): string {
    const part = partOf(shard);
    const identifier = this.physicalName(part);
    const instance = new DbInstance(this, join('instance', part), instanceConfig(this.settings, identifier, around));
    this.add(instance, 'instance', part);
    if (around.password === null) this.secretArns.push(instance.masterUserSecret.get(0).secretArn);
    shard.replicas.forEach((replica, i) => {
      const id = join(part, `${i}`);
      const name = this.physicalName(join(part, `replica-${i}`));
      const config = replicaConfig(this.settings, name, instance.identifier, replica.zone!, around);
      this.readEndpoints.push(this.add(new DbInstance(this, `replica-${id}`, config), 'replica', id).address);
      for (const signal of replicaSignals(this.settings, id, name)) this.alarm(signal);
    });
    for (const signal of databaseSignals(this.settings, part ?? '', identifier)) this.alarm(signal);
    return instance.address;
  }

  private cluster(shard: Shard, around: Surroundings): string {
    const part = partOf(shard);
    const identifier = this.physicalName(part);
    const cluster = new RdsCluster(this, join('cluster', part), clusterConfig(this.settings, identifier, around));
    this.add(cluster, 'cluster', part);
    this.secretArns.push(cluster.masterUserSecret.get(0).secretArn);
    if (this.settings.form === 'aurora') {
      shard.nodes.forEach((node, i) => {
        const id = join(part, `${i}`);
        const config = nodeConfig(this.settings, this.physicalName(join(part, `node-${i}`)), cluster.id, node.zone!, around);
        this.add(new RdsClusterInstance(this, `node-${id}`, config), 'node', id);
      });
    }
    for (const signal of databaseSignals(this.settings, part ?? '', identifier)) this.alarm(signal);
    if (shard.nodes.length > 1) this.readEndpoints.push(cluster.readerEndpoint);
    return cluster.endpoint;
  }

  /** The group that refuses connections without TLS. Its name holds the family, so that an upgrade finds the next one beside it. */
  private parameters(): string {
    const { engine, form, version } = this.settings;
    const family = familyOf(engine, form, version);
    const on = engine === 'mysql' && form === 'aurora' ? 'ON' : '1';
    const config = {
      name: `${this.physicalName()}-${family.replace(/[._]/g, '-')}`,
      family,
      description: `Parameters of ${this.calledAs}`,
      parameter: [{ name: engine === 'postgres' ? 'rds.force_ssl' : 'require_secure_transport', value: on }],
      lifecycle: { createBeforeDestroy: true },
    };
    const group =
      form === 'aurora' || form === 'multi-az-cluster'
        ? new RdsClusterParameterGroup(this, 'parameters', config)
        : new DbParameterGroup(this, 'parameters', config);
    return this.add(group, 'parameters').name;
  }

  /** RDS does not manage the password of an instance with read replicas: a variable feeds the instance and a secret of our own. */
  private ownPassword(): string {
    const variable = `${this.name.replaceAll('-', '_')}_password`;
    const description = `Master password of ${this.name}. Set TF_VAR_${variable}; raise passwordVersion to write another one.`;
    const password = secretVariable(this, variable, description);
    const secret = this.add(
      new SecretsmanagerSecret(this, 'secret', {
        // A deleted secret keeps its name for a month; another one must not have to wait for that.
        namePrefix: `${this.physicalName('password')}-`,
        description: `Master user of ${this.name}`,
        kmsKeyId: this.keyArn,
      }),
      'secret',
    );
    this.add(
      new SecretsmanagerSecretVersion(this, 'secret-version', {
        secretId: secret.id,
        secretStringWo: Fn.jsonencode({ username: this.settings.username, password }),
        secretStringWoVersion: this.settings.passwordVersion,
      }),
      'secret-version',
    );
    this.secretArns.push(secret.arn);
    return password;
  }
}

const join = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join('-');
