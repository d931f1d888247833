import { error, warning, type Diagnostic } from '../../diagnostics/diagnostic';
import { quote } from '../../diagnostics/way-out';
import { didYouMean } from '../../diagnostics/did-you-mean';
import type { KindContext } from '../../topology/kind';
import { backups, protection } from './check-backups';
import { classesOf } from './classes';
import { engines, isPinned, lineOf, tryMajor } from './engines';
import { clusterNodes } from './nodes';
import type { DatabaseSettings } from './settings';

const zonesNeeded = { single: 2, 'multi-az-instance': 2, 'multi-az-cluster': 3, aurora: 2 } as const;

/** Names that the engines keep for themselves. */
const reserved = {
  postgres: ['admin', 'postgres', 'rdsadmin', 'rdsrepladmin', 'rdstopmgr', 'public', 'user'],
  mysql: ['rdsadmin', 'rdsrepladmin', 'root', 'mysql', 'sys'],
} as const;

const reservedDatabases = { postgres: ['template0', 'template1', 'rdsadmin'], mysql: ['mysql', 'sys', 'information_schema'] } as const;

/** What a schema cannot say about a database, and what neither Terraform nor the provider notices. */
export function check(settings: DatabaseSettings, context: KindContext): Diagnostic[] {
  return [
    ...zones(settings, context),
    ...make(settings),
    ...upgrade(settings),
    ...copies(settings),
    ...storage(settings),
    ...names(settings),
    ...identifiers(settings, context),
    ...backups(settings),
    ...protection(settings),
  ];
}

function zones({ form }: DatabaseSettings, { region }: KindContext): Diagnostic[] {
  const needed = zonesNeeded[form];
  if (region.zones.length >= needed) return [];
  const has = `Region ${region.name} of this spec has ${region.zones.length} zone${region.zones.length === 1 ? '' : 's'}`;
  const add = `Add zones to the region, at least ${needed}.`;
  if (form === 'single') {
    return [
      error('database/too-few-zones', 'A subnet group needs two zones', `${has}; AWS makes no database in fewer than two. ${add}`, {
        path: ['form'],
      }),
    ];
  }
  if (form === 'aurora') {
    return [
      error(
        'database/too-few-zones',
        'A subnet group needs two zones',
        `${has}; Aurora needs two, and its readers are no standbys in one. ${add}`,
        { path: ['form'] },
      ),
    ];
  }
  const detail = `${has}; ${form} puts its nodes into ${needed} different zones. ${add}`;
  return [error('database/standby-without-second-zone', 'A standby without a second zone', detail, { path: ['form'] })];
}

function make(settings: DatabaseSettings): Diagnostic[] {
  const { engine, form, version } = settings;
  const line = lineOf(engine, form);
  const found: Diagnostic[] = [];
  if (tryMajor(engine, form, version) === undefined) {
    const detail = `${line.name} has no version ${JSON.stringify(version)}. It is written like ${line.example}; major versions: ${line.majors.join(', ')}.`;
    found.push(error('database/unknown-version', 'Unknown engine version', detail, { path: ['version'] }));
  } else if (form === 'multi-az-cluster' && isPinned(engine, form, version)) {
    const detail = `AWS upgrades minor versions of a ${form}, which the provider cannot switch off, and the next plan would go back to ${version}, which AWS refuses. Say ${tryMajor(engine, form, version)}, or take another form.`;
    found.push(error('database/pinned-cluster', 'A minor version that does not stay', detail, { path: ['version'] }));
  }
  const classes = classesOf(engine, form);
  if (!classes.includes(settings.class)) {
    const near = didYouMean(settings.class, classes);
    const families = [...new Set(classes.map((name) => name.split('.')[1]))].sort();
    const other = engines.find((it) => classesOf(it, form).includes(settings.class));
    const only = other ? `, which ${other} alone has` : '';
    const detail = `${form === 'aurora' ? `aurora of ${engine}` : form} has no instance class ${JSON.stringify(settings.class)}${only}. ${near ? `Did you mean "${near}"? ` : ''}Families: ${families.join(', ')}.`;
    found.push(error('database/unknown-class', 'Instance class that this form does not have', detail, { path: ['class'] }));
  }
  return found;
}

function upgrade({ upgrade: reason }: DatabaseSettings): Diagnostic[] {
  if (reason === null) return [];
  const detail = `Its major version may change, and every change is made at once, because: ${reason}. Take upgrade out again once it is done.`;
  return [warning('database/upgrade', 'A database that is upgraded', detail, { path: ['upgrade'] })];
}

function copies({ form, readers, readReplicas }: DatabaseSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (readers > 0 && form !== 'aurora') {
    const instead =
      form === 'multi-az-cluster' ? 'A multi-az-cluster always has two readable standbys.' : 'Say readReplicas instead, or form: aurora.';
    found.push(
      error('database/readers-without-aurora', 'Readers without Aurora', `A ${form} has no readers. ${instead}`, { path: ['readers'] }),
    );
  }
  const instance = form === 'single' || form === 'multi-az-instance';
  if (readReplicas > 0 && !instance) {
    const instead = form === 'aurora' ? 'Say readers instead.' : 'It has two readable standbys; leave readReplicas out.';
    found.push(
      error('database/replicas-without-instance', 'Read replicas of a cluster', `A ${form} takes no readReplicas. ${instead}`, {
        path: ['readReplicas'],
      }),
    );
  }
  return found;
}

function storage({ form, storage: size, iops }: DatabaseSettings): Diagnostic[] {
  if (form === 'aurora') {
    return [
      ...(size === null
        ? []
        : [
            error(
              'database/storage-of-aurora',
              'Storage of an Aurora cluster',
              'The volume of Aurora grows by itself. Leave storage out.',
              { path: ['storage'] },
            ),
          ]),
      ...(iops === null
        ? []
        : [
            error('database/storage-of-aurora', 'Storage of an Aurora cluster', 'Aurora provisions no operations. Leave iops out.', {
              path: ['iops'],
            }),
          ]),
    ];
  }
  const gib = size ?? 0;
  // Provisioned operations (io1) come with no less than 100 GiB.
  const least = iops === null ? 20 : 100;
  if (gib < least || gib > 65_536) {
    const detail = `A ${form}${iops === null ? '' : ' with provisioned operations'} takes ${least}GiB to 65536GiB, not ${gib}GiB.`;
    return [error('database/storage-out-of-range', 'Storage out of range', detail, { path: ['storage'] })];
  }
  if (iops !== null && (iops < 0.5 * gib || iops > 50 * gib)) {
    const detail = `${iops} operations per second on ${gib}GiB: AWS takes 0.5 to 50 per GiB. Say between ${Math.max(1000, Math.ceil(gib / 2))} and ${Math.min(256_000, 50 * gib)}, or change storage.`;
    return [error('database/iops-out-of-range', 'Operations per second do not fit the storage', detail, { path: ['iops'] })];
  }
  return [];
}

function names({ engine, username, database }: DatabaseSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if ((reserved[engine] as readonly string[]).includes(username)) {
    const detail = `${engine} keeps the user name "${username}" for itself. Choose another, such as dbadmin.`;
    found.push(error('database/reserved-name', 'Reserved name', detail, { path: ['username'] }));
  }
  if ((reservedDatabases[engine] as readonly string[]).includes(database.toLowerCase())) {
    const detail = `${engine} keeps the database name "${database}" for itself. Choose another, such as app.`;
    found.push(error('database/reserved-name', 'Reserved name', detail, { path: ['database'] }));
  }
  return found;
}

/** What AWS allows for the identifier of an instance or cluster. */
const identifierLimit = 63;

function identifiers({ form, readers, readReplicas, shards }: DatabaseSettings, { name, prefix }: KindContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (/-(shard|node|instance|replica)-[0-9]+$/.test(name)) {
    const detail = `Parts of a database are named like ${name}, so another one may come to have this name. Choose one that does not end so.`;
    found.push(error('database/reserved-name', 'Reserved name', detail, { path: [], atKey: true }));
  }
  const nodes = form === 'aurora' ? `-node-${readers}` : form === 'multi-az-cluster' ? `-${clusterNodes[0]}` : '';
  const replicas = readReplicas > 0 ? `-replica-${readReplicas - 1}` : '';
  const longest = `${prefix}${name}${shards > 1 ? `-shard-${shards - 1}` : ''}${nodes || replicas}`;
  if (longest.length > identifierLimit) {
    const detail = `AWS takes ${identifierLimit} characters, and ${quote(longest)} has ${longest.length}. Shorten the name of the component, of the topology, or the name prefix.`;
    found.push(error('database/name-too-long', 'A name that is too long for AWS', detail, { path: [], atKey: true }));
  }
  return found;
}
