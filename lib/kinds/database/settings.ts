import type { JsonSchema, KindPlace } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { durationPattern, parseDuration } from '../../units/duration';
import { dailyWindowPattern } from '../../units/window';
import { defaultVersion, engines, type Engine, forms, type Form } from './engines';
import { kmsKeySchema, maintenanceWindowSchema } from '../../topology/setting-schemas';

/** What a database is, with all defaults filled in. */
export interface DatabaseSettings {
  readonly engine: Engine;
  readonly form: Form;
  readonly class: string;
  readonly version: string;
  /** Why its major version may change, and changes are made at once; null: AWS refuses another major version. */
  readonly upgrade: string | null;
  /** Aurora only; 0 elsewhere. */
  readonly readers: number;
  /** Asynchronous copies of a single or Multi-AZ instance; with one missing the component is degraded. */
  readonly readReplicas: number;
  readonly shards: number;
  /** GiB; null: the volume grows by itself (Aurora). */
  readonly storage: number | null;
  /** Provisioned operations per second; null: what the storage comes with. */
  readonly iops: number | null;
  readonly port: number;
  /** Name of the first database in it. */
  readonly database: string;
  readonly username: string;
  /** Raised to write the password anew; only where RDS does not manage it. */
  readonly passwordVersion: number;
  /** Seconds; also how far back a point in time can be restored. */
  readonly backupRetention: number;
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
  /** ARN of a key of the user; null: the topology's own. */
  readonly kmsKey: string | null;
  /** Why it may be deleted; null: it is protected. */
  readonly deletable: string | null;
  /** Why nothing of it is kept when it is deleted; null: a last snapshot and the backups are. */
  readonly withoutLastSnapshot: string | null;
  /** What follows its identifier in the name of the last snapshot. */
  readonly lastSnapshot: string;
}

/** Upper limits are those of the service; shards are bounded to keep a spec readable. */
const properties: Readonly<Record<keyof DatabaseSettings, JsonSchema>> = {
  engine: { enum: engines, description: 'Engine of the database.' },
  form: {
    enum: forms,
    description:
      'single: one instance. multi-az-instance: with a synchronous standby in another zone. multi-az-cluster: a writer and two readable standbys in three zones. aurora: a writer and readers over one shared volume.',
  },
  class: { type: 'string', maxLength: 40, description: 'Instance class, such as db.r7g.large.' },
  version: {
    type: 'string',
    maxLength: 40,
    description:
      'Engine version. With a minor version it stays there; without one AWS upgrades minor versions. A multi-az-cluster takes none, since AWS upgrades it.',
  },
  upgrade: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'Why the major version may change now. All changes are then made at once, not in the maintenance window, and the database is down while it is upgraded. Default: another major version is refused.',
  },
  readers: {
    type: 'integer',
    minimum: 0,
    maximum: 15,
    description: 'Readers of an Aurora cluster, which are also its standbys. Default 1.',
  },
  readReplicas: {
    type: 'integer',
    minimum: 0,
    maximum: 15,
    description: 'Asynchronous read replicas of an instance; with one missing the component is degraded. Default 0.',
  },
  shards: {
    type: 'integer',
    minimum: 1,
    maximum: 32,
    description: 'Databases of the same make, each with its part of the users. Default 1.',
  },
  storage: {
    type: 'string',
    pattern: '^[0-9]{1,6}GiB$',
    examples: ['200GiB'],
    description: 'Allocated storage, such as 100GiB. Not for Aurora, whose volume grows.',
  },
  iops: { type: 'integer', minimum: 1000, maximum: 256_000, description: 'Provisioned operations per second.' },
  port: { type: 'integer', minimum: 1150, maximum: 65_535, description: 'Default 5432 (postgres), 3306 (mysql).' },
  database: {
    type: 'string',
    pattern: '^[A-Za-z][A-Za-z0-9_]{0,62}$',
    description: 'Name of the first database. Default: app.',
    examples: ['orders'],
  },
  username: {
    type: 'string',
    pattern: '^[a-z][a-z0-9_]{0,15}$',
    description: 'Name of the master user. Default: dbadmin.',
    examples: ['dbadmin'],
  },
  passwordVersion: {
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    description:
      'Raise it to set the master password anew from its variable; only with readReplicas, otherwise RDS manages the password. Default 1.',
  },
  backupRetention: { type: 'string', pattern: durationPattern, description: 'How long backups are kept, 1d to 35d. Default 14d.' },
  backupWindow: { type: 'string', pattern: dailyWindowPattern, description: 'UTC. Default 02:00-03:00.', examples: ['02:00-03:00'] },
  maintenanceWindow: maintenanceWindowSchema,
  kmsKey: kmsKeySchema,
  deletable: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'Why deletion protection is off. Default: it is on.',
  },
  withoutLastSnapshot: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'Why it is deleted without a last snapshot, and its automated backups with it; only with deletable. Default: a last snapshot is taken, and backups stay until they expire.',
  },
  lastSnapshot: {
    type: 'string',
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: 40,
    description: 'Ending of the name of the last snapshot; another one where a snapshot of this name exists already. Default: final.',
    examples: ['final-2'],
  },
};

/** Ending of the name of a last snapshot, where nothing else is said. */
export const usualLastSnapshot = 'final';

/** The settings of a database as a spec has them. */
export const schema = { properties, required: ['engine', 'form', 'class'] };

/** Fills in the careful choice for what is left out. */
export function settings(given: Plain, _place: KindPlace): DatabaseSettings {
  const engine = given.engine as Engine;
  const form = given.form as Form;
  const number = (key: keyof DatabaseSettings, otherwise: number) => (given[key] as number | undefined) ?? otherwise;
  const text = (key: keyof DatabaseSettings, otherwise: string) => (given[key] as string | undefined) ?? otherwise;
  return {
    engine,
    form,
    class: given.class as string,
    version: text('version', defaultVersion(engine, form)),
    upgrade: (given.upgrade as string | undefined) ?? null,
    readers: number('readers', form === 'aurora' ? 1 : 0),
    readReplicas: number('readReplicas', 0),
    shards: number('shards', 1),
    storage: given.storage === undefined ? (form === 'aurora' ? null : 100) : Number((given.storage as string).slice(0, -3)),
    // A Multi-AZ cluster runs on provisioned operations only.
    iops: (given.iops as number | undefined) ?? (form === 'multi-az-cluster' ? 3000 : null),
    port: number('port', engine === 'postgres' ? 5432 : 3306),
    database: text('database', 'app'),
    username: text('username', 'dbadmin'),
    passwordVersion: number('passwordVersion', 1),
    backupRetention: parseDuration(text('backupRetention', '14d')),
    backupWindow: text('backupWindow', '02:00-03:00'),
    maintenanceWindow: text('maintenanceWindow', 'sun:04:00-sun:05:00'),
    kmsKey: (given.kmsKey as string | undefined) ?? null,
    deletable: (given.deletable as string | undefined) ?? null,
    withoutLastSnapshot: (given.withoutLastSnapshot as string | undefined) ?? null,
    lastSnapshot: text('lastSnapshot', usualLastSnapshot),
  };
}
