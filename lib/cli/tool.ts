import { createHash } from 'node:crypto';
import { version } from '../../package.json';
import type { Tool } from '../document/estimate';
import { kinds } from '../kinds/kinds.generated';
import { regionAssumptions } from '../resolve/assumptions';

/** Which program and which default assumptions answer; a release that changes a default changes the digest. */
export function tool(): Tool {
  const defaults = [...regionAssumptions, ...kinds.flatMap((kind) => kind.assumptions)].map(({ name, value, range }) => [
    name,
    value,
    range ?? null,
  ]);
  return { nines: version, assumptions: `sha256:${createHash('sha256').update(JSON.stringify(defaults)).digest('hex')}` };
}
