import { TerraformResource } from 'cdktf';
import { join } from 'node:path';
import { DiagnosticsError, error, hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Topology } from '../topology/topology';
import { earlierIn, lossesOf } from './earlier';
import { baselineContext, judged } from './flows';
import { TopologyStack } from './topology-stack';
import { writeApp } from './write-app';

/** What synthesis wrote, or why it wrote nothing; warnings where it did. */
export interface Synthesis {
  /** Empty: nothing was written. */
  readonly stacks: readonly SynthesizedStack[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface SynthesisOptions {
  /** What is deployed: no data that it holds is destroyed without the spec saying so. @default - what the output folder holds */
  readonly baseline?: readonly Topology[];
  /** Gives what is said about a topology its place. @default - it stays as it is */
  place?(diagnostic: Diagnostic, topology: Topology): Diagnostic;
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
export function synthesize(topologies: readonly Topology[], outdir: string, options: SynthesisOptions = {}): Synthesis {
  const wrong = sameNames(topologies);
  if (wrong.length > 0) return { stacks: [], diagnostics: wrong };
  const { baseline, place = (diagnostic) => diagnostic } = options;
  const judge = (stack: TopologyStack, topology: Topology): Diagnostic[] => {
    const folder = join(outdir, 'stacks', stack.node.id);
    const earlier = baseline ? (baseline.find(({ name }) => name === topology.name) ?? null) : earlierIn(folder);
    const { missed, tolerated } = stack.flows.verdict();
    return [...missed, ...tolerated, ...lossesOf(stack, topology, earlier, folder, baseline && 'the baseline')].map((found) =>
      place(found, topology),
    );
  };
  try {
    const { stacks, found } = writeApp(outdir, (app) => {
      // Against the folder that they will be put into, or the baseline: below.
      app.node.setContext(baselineContext, judged);
      const stacks = topologies.map((topology) => new TopologyStack(app, topology.name, topology));
      // All are judged before the app begins to write.
      const found = stacks.flatMap((stack, i) => judge(stack, topologies[i]!));
      if (hasErrors(found)) throw new DiagnosticsError(found);
      return { stacks, found };
    });
    return {
      stacks: stacks.map((stack) => ({ name: stack.node.id, directory: `stacks/${stack.node.id}`, resources: resourcesOf(stack) })),
      diagnostics: found,
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
