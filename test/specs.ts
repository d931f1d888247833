import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORE_SCHEMA, load } from 'js-yaml';
import { hasErrors } from '../lib/diagnostics/diagnostic';
import { resolve } from '../lib/resolve/resolve';
import type { Plain } from '../lib/topology/plain';
import type { Topology } from '../lib/topology/topology';

const root = join(__dirname, '..');

/** The specs of `topologies/`, from the root of the repository. */
export const topologyFiles: readonly string[] = readdirSync(join(root, 'topologies'))
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => `topologies/${name}`);

/** The example of each kind. */
export const exampleFiles: readonly string[] = readdirSync(join(root, 'lib/kinds'))
  .sort()
  .map((kind) => `lib/kinds/${kind}/example.yaml`)
  .filter((file) => existsSync(join(root, file)));

/** The plain settings of a spec of this repository. */
export function settingsIn(file: string): Plain {
  return load(readFileSync(join(root, file), 'utf8'), { schema: CORE_SCHEMA }) as Plain;
}

/** The topology of settings that are right; throws what is wrong with them. */
export function topologyOf(settings: Plain): Topology {
  const { topology, diagnostics } = resolve(settings);
  if (!topology) {
    const errors = diagnostics.filter((diagnostic) => hasErrors([diagnostic]));
    throw new Error(errors.map(({ code, detail, path }) => `${code} at ${path?.join('.')}: ${detail}`).join('\n'));
  }
  return topology;
}

/** The same resources with nothing to estimate, for tests of many specs that look at resources alone. */
export function withoutFlows(settings: Plain): Plain {
  return { ...settings, flows: {} };
}
