import { error, type Diagnostic } from '../../diagnostics/diagnostic';
import { lineOf, tryMajor } from './engines';
import type { DatabaseSettings } from './settings';

/** Another major version that nobody has agreed to, or an older one. */
export function refusedChange(before: DatabaseSettings, after: DatabaseSettings): Diagnostic[] {
  if (resourceOf(before) !== resourceOf(after)) return [];
  const { name, majors } = lineOf(after.engine, after.form);
  const [was, is] = [before, after].map(({ engine, form, version }) => tryMajor(engine, form, version)!);
  const [from, to] = [majors.indexOf(was!), majors.indexOf(is!)];
  const where = { path: ['version'] };
  if (to < from) {
    const detail = `AWS never takes ${name} back from ${was} to ${is}. Say ${was} again, or restore a snapshot from before beside it.`;
    return [error('database/older-version', 'An older major version', detail, where)];
  }
  if (to === from || after.upgrade !== null) return [];
  const detail = `From ${was} to ${is} is another major version of ${name}: the database is down while it is upgraded, and there is no way back. Write \`upgrade: <reason>\` beside it, or say ${was} again; without that AWS refuses the change.`;
  return [error('database/unasked-upgrade', 'Another major version', detail, where)];
}

/** What stays the same resource, and is upgraded in place, has the same one of these. */
const resourceOf = ({ engine, form }: DatabaseSettings) =>
  `${lineOf(engine, form).name} ${form === 'multi-az-cluster' ? 'cluster' : form === 'aurora' ? form : 'instance'}`;
