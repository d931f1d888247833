import { version } from '../../package.json';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';

/** The file beside each `cdk.tf.json` from which `estimate`, `check` and `diff` read the topology back. */
export const topologyFile = 'topology.json';

/**
 * The topology as text. Components are sorted by name: a spec lists them as it reads best, TypeScript makes them in the order of their
 * dependencies, and both give the same bytes.
 */
export function topologyText({ settings }: Topology): string {
  const components = (settings.components ?? {}) as Plain;
  const sorted = Object.fromEntries(
    Object.keys(components)
      .sort()
      .map((name) => [name, components[name]!]),
  );
  return `${JSON.stringify({ version: 1, nines: version, settings: { ...settings, components: sorted } }, null, 2)}\n`;
}
