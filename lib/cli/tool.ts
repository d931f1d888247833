import { version } from '../../package.json';
import type { Tool } from '../document/estimate';
import { kinds } from '../kinds/kinds.generated';
import { regionAssumptions } from '../resolve/assumptions';
import { sha256 } from './digest';

/** Which program and which default assumptions answer; a release that changes a default changes the digest. */
export function tool(): Tool {
  return {
    nines: version,
    get assumptions() {
      return `sha256:${sha256(JSON.stringify(defaults()))}`;
    },
  };
}

function defaults(): unknown[] {
  const assumptions = [...regionAssumptions, ...kinds.flatMap((kind) => kind.assumptions)];
  return assumptions.map(({ name, value, range }) => [name, value, range ?? null]);
}
