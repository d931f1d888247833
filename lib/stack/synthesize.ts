import { App, TerraformResource } from 'cdktf';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { withoutStackTraces } from '../terraform/stack-traces';
import type { Topology } from '../topology/topology';
import { TopologyStack } from './topology-stack';

/** What synthesis wrote, or why it wrote nothing. */
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
 * Writes the Terraform of topologies as cdktf does: `manifest.json`, and for each `stacks/<name>/cdk.tf.json` with its `topology.json`. All is made
 * beside the output folder first and then put in place file by file, so that each file is there whole, and none when something is wrong.
 */
export function synthesize(topologies: readonly Topology[], outdir: string): Synthesis {
  const wrong = sameNames(topologies);
  if (wrong.length > 0) return { stacks: [], diagnostics: wrong };
  const target = resolve(outdir);
  mkdirSync(dirname(target), { recursive: true });
  const made = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const stacks = withoutStackTraces(() => {
      const app = new App({ outdir: made, stackTraces: false });
      const stacks = topologies.map((topology) => new TopologyStack(app, topology.name, topology));
      app.synth();
      return stacks.map((stack) => ({ name: stack.node.id, directory: `stacks/${stack.node.id}`, resources: resourcesOf(stack) }));
    });
    for (const file of filesBelow(made)) {
      const to = join(target, relative(made, file));
      mkdirSync(dirname(to), { recursive: true });
      renameSync(file, to);
    }
    return { stacks, diagnostics: [] };
  } finally {
    rmSync(made, { recursive: true, force: true });
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

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
