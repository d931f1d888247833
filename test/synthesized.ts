import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../lib/stack/synthesize';
import type { Topology } from '../lib/topology/topology';
import type { Stack, StackJson } from './terraform/stack-json';

/** The stacks of topologies as the product writes them. */
export function stacksOf(topologies: readonly Topology[]): Stack[] {
  const folder = mkdtempSync(join(tmpdir(), 'nines-synth-'));
  try {
    const { stacks, diagnostics } = synthesize(topologies, join(folder, 'out'));
    if (stacks.length === 0) throw new Error(diagnostics.map(({ detail }) => detail).join('\n'));
    return stacks.map(({ name, directory }) => ({
      name,
      json: JSON.parse(readFileSync(join(folder, 'out', directory, 'cdk.tf.json'), 'utf8')) as StackJson,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The stack of one topology. */
export function stackOf(topology: Topology): Stack {
  return stacksOf([topology])[0]!;
}
