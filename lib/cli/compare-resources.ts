import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { differenceOf, type Move, type ResourceDifference } from '../resources/difference';
import { fromSynthesized, type Resources } from '../resources/resources';
import { resolve } from '../resolve/resolve';
import type { Topology } from '../topology/topology';

/** The Terraform of a topology as resources. */
export interface Synthesized {
  readonly resources: Resources;
  readonly moves: readonly Move[];
}

/** What changes in the Terraform of a topology; diagnostics where one of the versions cannot be synthesized. */
export async function compareResources(
  before: Topology | null,
  after: Topology | null,
): Promise<ResourceDifference | readonly Diagnostic[]> {
  const [old, now] = [await synthesized(before), await synthesized(after)];
  if (!('resources' in old)) return old;
  if (!('resources' in now)) return now;
  return differenceOf(old.resources, now.resources, now.moves);
}

/** The resources that a topology is made of; diagnostics where it cannot be synthesized. */
export async function synthesized(topology: Topology | null): Promise<Synthesized | readonly Diagnostic[]> {
  if (!topology) return { resources: fromSynthesized({}), moves: [] };
  // Flows make no resources, and a missed target must not keep from showing what changes.
  const bare = resolve({ ...topology.settings, flows: {} });
  if (!bare.topology) return bare.diagnostics;
  const { synthesize } = await import('../stack/synthesize');
  const folder = mkdtempSync(join(tmpdir(), 'nines-diff-'));
  try {
    const { stacks, diagnostics } = synthesize([bare.topology], folder);
    if (stacks.length === 0) return diagnostics;
    const json = JSON.parse(readFileSync(join(folder, stacks[0]!.directory, 'cdk.tf.json'), 'utf8')) as Parameters<
      typeof fromSynthesized
    >[0] & {
      readonly moved?: readonly Move[];
    };
    return { resources: fromSynthesized(json), moves: json.moved ?? [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
