import { error, warning, type Diagnostic } from '../../diagnostics/diagnostic';
import { quote } from '../../diagnostics/way-out';
import { didYouMean } from '../../diagnostics/did-you-mean';
import type { KindContext } from '../../topology/kind';
import { meets, parseWindow } from '../../units/window';
import { classes, versionsOf } from './engines';
import type { CacheSettings } from './settings';

const day = 86_400;

/** Nodes per cluster that AWS allows without being asked. */
const quota = 90;

/** What a schema cannot say about a cache, and what neither Terraform nor the provider notices. */
export function check(settings: CacheSettings, context: KindContext): Diagnostic[] {
  return [...copies(settings, context), ...make(settings), ...snapshots(settings), ...identifier(context)];
}

function copies({ form, replicas, shards }: CacheSettings, { region }: KindContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (replicas > 0 && region.zones.length < 2) {
    const detail = `Region ${region.name} of this spec has one zone; a replica stands by in another. Add a zone to the region, or say replicas: 0.`;
    found.push(error('cache/standby-without-second-zone', 'A standby without a second zone', detail, { path: ['replicas'] }));
  }
  if (form === 'replication-group' && shards > 1) {
    const detail = `A replication-group has one shard, not ${shards}. Say form: cluster, or leave shards out.`;
    found.push(error('cache/shards-without-cluster', 'Shards without cluster mode', detail, { path: ['shards'] }));
  }
  const nodes = shards * (1 + replicas);
  if (nodes > quota) {
    const detail = `${shards} shards of ${1 + replicas} nodes are ${nodes}; AWS makes ${quota} unless you have asked for a higher quota.`;
    found.push(warning('cache/many-nodes', 'More nodes than the usual quota', detail, { path: ['shards'] }));
  }
  return found;
}

function make({ engine, version, class: given }: CacheSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!versionsOf(engine).includes(version)) {
    const detail = `${engine} has no version ${JSON.stringify(version)} here. Versions: ${versionsOf(engine).join(', ')}.`;
    found.push(error('cache/unknown-version', 'Unknown engine version', detail, { path: ['version'] }));
  }
  const known = classes();
  if (!known.includes(given)) {
    const near = didYouMean(given, known);
    const families = [...new Set(known.map((name) => name.split('.')[1]))].sort();
    const detail = `There is no node class ${JSON.stringify(given)}. ${near ? `Did you mean "${near}"? ` : ''}Families: ${families.join(', ')}.`;
    found.push(error('cache/unknown-class', 'Unknown node class', detail, { path: ['class'] }));
  }
  return found;
}

function snapshots({ snapshotRetention, snapshotWindow, maintenanceWindow }: CacheSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (snapshotRetention % day !== 0 || snapshotRetention < day || snapshotRetention > 35 * day) {
    const detail = 'Snapshots are kept for whole days, 1d to 35d.';
    found.push(error('cache/snapshot-retention', 'Snapshot retention out of range', detail, { path: ['snapshotRetention'] }));
  }
  const daily = parseWindow(snapshotWindow);
  const weekly = parseWindow(maintenanceWindow);
  for (const [key, { start, end }] of [['snapshotWindow', daily] as const, ['maintenanceWindow', weekly] as const]) {
    if (end - start < 60 || end - start > 24 * 60) {
      found.push(error('cache/window-length', 'Window of a wrong length', 'A window lasts from 60 minutes to 24 hours.', { path: [key] }));
    }
  }
  if (meets(daily, weekly)) {
    const detail = `Snapshots at ${snapshotWindow} run into maintenance at ${maintenanceWindow}; AWS refuses that. Move one of them.`;
    found.push(error('cache/windows-overlap', 'Snapshot and maintenance windows overlap', detail, { path: ['maintenanceWindow'] }));
  }
  return found;
}

/** What AWS allows for the identifier of a replication group. */
const identifierLimit = 40;

function identifier({ name, prefix }: KindContext): Diagnostic[] {
  const full = `${prefix}${name}`;
  if (full.length <= identifierLimit) return [];
  const detail = `AWS takes ${identifierLimit} characters, and ${quote(full)} has ${full.length}. Shorten the name of the component, of the topology, or the name prefix.`;
  return [error('cache/name-too-long', 'A name that is too long for AWS', detail, { path: [], atKey: true })];
}
