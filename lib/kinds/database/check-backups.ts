import { error, warning, type Diagnostic } from '../../diagnostics/diagnostic';
import { meets, parseWindow } from '../../units/window';
import { usualLastSnapshot, type DatabaseSettings } from './settings';

const day = 86_400;

/** Whether backups are taken, and when. */
export function backups({ backupRetention, backupWindow, maintenanceWindow }: DatabaseSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (backupRetention % day !== 0 || backupRetention < day || backupRetention > 35 * day) {
    const detail = 'Backups are kept for whole days, 1d to 35d; without them there is no restore to a point in time.';
    found.push(error('database/backup-retention', 'Backup retention out of range', detail, { path: ['backupRetention'] }));
  }
  const daily = parseWindow(backupWindow);
  const weekly = parseWindow(maintenanceWindow);
  for (const [key, { start, end }] of [['backupWindow', daily] as const, ['maintenanceWindow', weekly] as const]) {
    if (end - start < 30 || end - start > 24 * 60) {
      found.push(
        error('database/window-length', 'Window of a wrong length', 'A window lasts from 30 minutes to 24 hours.', { path: [key] }),
      );
    }
  }
  if (meets(daily, weekly)) {
    const detail = `Backups at ${backupWindow} run into maintenance at ${maintenanceWindow}; AWS refuses that. Move one of them.`;
    found.push(error('database/windows-overlap', 'Backup and maintenance windows overlap', detail, { path: ['maintenanceWindow'] }));
  }
  return found;
}

/** What is left when it is deleted. */
export function protection({ deletable, withoutLastSnapshot, lastSnapshot }: DatabaseSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  const path = ['withoutLastSnapshot'];
  if (deletable !== null) {
    const detail = `Deletion protection is off because: ${deletable}`;
    found.push(warning('database/deletable', 'A database that may be deleted', detail, { path: ['deletable'] }));
  }
  if (withoutLastSnapshot === null) return found;
  if (deletable === null) {
    const detail = 'It is protected from deletion, so nothing ends without a last snapshot. Say deletable too, or leave this out.';
    found.push(error('database/without-last-snapshot', 'No last snapshot of what cannot be deleted', detail, { path }));
  } else {
    const detail = `When it is deleted, its data and all its automated backups are gone, because: ${withoutLastSnapshot}`;
    found.push(warning('database/without-last-snapshot', 'A database that leaves nothing behind', detail, { path }));
  }
  if (lastSnapshot !== usualLastSnapshot) {
    const detail = `lastSnapshot names a snapshot that withoutLastSnapshot keeps from being taken. Leave one of them out.`;
    found.push(error('database/without-last-snapshot', 'A name of no snapshot', detail, { path: ['lastSnapshot'] }));
  }
  return found;
}
