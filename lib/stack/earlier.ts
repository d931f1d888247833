import { App, TerraformBackend, TerraformStack } from 'cdktf';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { resolve } from '../resolve/resolve';
import { withoutStackTraces } from '../terraform/stack-traces';
import type { Plain } from '../topology/plain';
import type { Topology } from '../topology/topology';
import { holdsData, refusedLosses, unknownLosses, type TerraformJson, type Version } from './losses';
import { makeTopology } from './make-topology';
import { refusedChanges } from './refused-changes';
import { topologyFile, topologyText } from './topology-file';

/** An earlier version of a topology; null: there is none; or why it cannot be read. */
export type Earlier = Topology | null | { readonly unreadable: string };

/** The version that was synthesized last into the folder of a stack. */
export function earlierIn(folder: string): Earlier {
  const file = join(folder, topologyFile);
  if (!existsSync(file)) return null;
  try {
    const { settings } = JSON.parse(readFileSync(file, 'utf8')) as { readonly settings: Plain };
    const { topology, diagnostics } = resolve({ ...settings, flows: {} });
    return topology ?? { unreadable: diagnostics.map(({ detail }) => detail).join(' ') };
  } catch (cause) {
    // Of another version of nines, or edited by hand: what it says is told as the reason.
    return { unreadable: (cause as Error).message };
  }
}

/** What a new version of a stack would destroy or AWS refuse, against its earlier version. Warns where that is not known and something may be deployed. */
export function lossesOf(stack: TerraformStack, topology: Topology, earlier: Earlier, folder: string, where = folder): Diagnostic[] {
  if (earlier && 'unreadable' in earlier) {
    return holdsData(topology) ? [unknownLosses(topology.name, `${join(folder, topologyFile)} cannot be read: ${earlier.unreadable}`)] : [];
  }
  if (earlier && sameComponents(earlier, topology)) return [];
  if (earlier) {
    const losses = refusedLosses(versionOf(earlier), { topology, json: stack.toTerraform() as TerraformJson });
    return [...losses, ...refusedChanges(earlier, topology)];
  }
  if (!holdsData(topology) || !mayBeDeployed(stack, folder)) return [];
  return [unknownLosses(topology.name, `There is no earlier version of it in ${where}.`)];
}

/** Nothing of a resource hangs on flows. */
function sameComponents(one: Topology, other: Topology): boolean {
  const text = (topology: Topology) => topologyText({ ...topology, settings: { ...topology.settings, flows: {} } });
  return text(one) === text(other);
}

function versionOf(topology: Topology): Version {
  // Never written: the folder is only asked for.
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), topology.name);
  withoutStackTraces(() => makeTopology(stack, topology));
  return { topology, json: stack.toTerraform() as TerraformJson };
}

/** Where the state is a local file that does not exist, this is the first deployment. */
function mayBeDeployed(stack: TerraformStack, folder: string): boolean {
  const made = stack.node.children.find((child) => TerraformBackend.isBackend(child)) as TerraformBackend | undefined;
  // All of a large stack is only asked for where its backend is no construct.
  const { terraform } = (made ?? stack).toTerraform() as TerraformJson;
  const { local } = terraform?.backend ?? {};
  const path = typeof local?.path === 'string' ? local.path : 'terraform.tfstate';
  return terraform?.backend && !local ? true : existsSync(resolvePath(folder, path));
}
