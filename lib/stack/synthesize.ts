import { TerraformResource } from 'cdktf';
import { DiagnosticsError, error, type Diagnostic } from '../diagnostics/diagnostic';
import type { Topology } from '../topology/topology';
import { TopologyStack } from './topology-stack';
import { writeApp } from './write-app';

/** What synthesis wrote, or why it wrote nothing; warnings where it did. */
export interface Synthesis {
  /** Empty: nothing was written. */
  readonly stacks: readonly SynthesizedStack[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SynthesizedStack {
  readonly name: string;
  /** Where its `cdk.tf.json` and `topology.json` lie, from the output folder. */
  readonly directory: string;
  /** How many resources it has. */
  readonly resources: number;
}

/**
 * Writes the Terraform of topologies as cdktf does: `manifest.json`, and for each `stacks/<name>/cdk.tf.json` with its `topology.json`. None when
 * something is wrong.
 */
export function synthesize(topologies: readonly Topology[], outdir: string): Synthesis {
  const wrong = sameNames(topologies);
  if (wrong.length > 0) return { stacks: [], diagnostics: wrong };
  try {
    const stacks = writeApp(outdir, (app) => {
      const stacks = topologies.map((topology) => new TopologyStack(app, topology.name, topology));
      // All are judged before the app begins to write.
      const missed = stacks.flatMap(({ flows }) => flows.verdict().missed);
      if (missed.length > 0) throw new DiagnosticsError(missed);
      return stacks;
    });
    return {
      stacks: stacks.map((stack) => ({ name: stack.node.id, directory: `stacks/${stack.node.id}`, resources: resourcesOf(stack) })),
      diagnostics: stacks.flatMap(({ flows }) => flows.verdict().tolerated),
    };
  } catch (cause) {
    if (!(cause instanceof DiagnosticsError)) throw cause;
    return { stacks: [], diagnostics: cause.diagnostics };
  }
}

function resourcesOf(stack: TopologyStack): number {
  return stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node)).length;
}

function sameNames(topologies: readonly Topology[]): Diagnostic[] {
  const names = topologies.map((topology) => topology.name);
  return [...new Set(names.filter((name, i) => names.indexOf(name) !== i))].map((name) =>
    error(
      'stack/same-name',
      'Two topologies of one name',
      `Two of the specs are named "${name}", and each needs a stack of its own. Rename one.`,
    ),
  );
}
