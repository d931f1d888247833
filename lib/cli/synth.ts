import { join, resolve } from 'node:path';
import { DiagnosticsError, type Diagnostic } from '../diagnostics/diagnostic';
import { placed } from '../spec/positions';
import type { Topology } from '../topology/topology';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { readInputs } from './inputs';
import { loadAll, loadInputs, tell, type LoadedTopology } from './load';
import { parseOptions } from './options';

const help = `Usage: nines synth SPEC… [--out FOLDER] [--baseline PATH]

Writes the Terraform of specs as cdktf does: FOLDER/stacks/NAME/cdk.tf.json, with a topology.json beside it that \`estimate\` and \`check\` read.
Nothing is written when anything is wrong, when an enforced target is missed (exit code 1), or when Terraform would destroy a database, cache or queue
with its data, or make it anew (exit code 1), unless the spec says \`allowReplacement: <reason>\`. Needs neither cdktf nor Terraform.

Options
  --out FOLDER     where to (default: cdktf.out)
  --baseline PATH  what is deployed: a topology.json, a folder like cdktf.out, or a spec (default: what the output folder holds)

Examples
  nines synth topologies/orders.yaml
  nines synth topologies --out build/terraform
  nines synth topologies/orders.yaml --baseline deployed/topology.json
  cd cdktf.out/stacks/orders && terraform init && terraform plan
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { out: 'value', baseline: 'value' });
  const out = options.out ?? 'cdktf.out';
  if (out === '') throw new UsageError('--out names no folder.');
  const { good, bad } = await loadAll(positionals, io);
  const deployed = options.baseline === undefined ? undefined : loadInputs(await readInputs([options.baseline], io), io);
  if (bad || deployed?.bad) return 2;
  const { synthesize } = await import('../stack/synthesize');
  const topologies = good.map(({ topology }) => topology);
  try {
    const { stacks, diagnostics } = synthesize(topologies, resolve(io.cwd, out), {
      place: inSpec(good),
      ...(deployed ? { baseline: deployed.good.map(({ topology }) => topology) } : {}),
    });
    tell(
      diagnostics,
      good.map(({ loaded, source }) => [source.path, loaded.text] as const),
      io,
    );
    if (stacks.length === 0) return judgedOnly(diagnostics) ? 1 : 2;
    io.stdout.write(told(stacks, out));
    return 0;
  } catch (cause) {
    if (!(cause instanceof DiagnosticsError)) throw cause;
    tell(cause.diagnostics, [], io);
    return 2;
  }
}

export const command: Command = { name: 'synth', summary: 'Terraform JSON from a spec', help, run };

/** Read and understood, and not good enough: the other reasons for which nothing is written are mistakes. */
function judgedOnly(diagnostics: readonly Diagnostic[]): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.length > 0 && errors.every(({ code }) => code === 'stack/target-missed' || code === 'stack/data-loss');
}

/** What is said about a topology is shown at its place in the spec. */
function inSpec(good: readonly LoadedTopology[]) {
  const positionsOf = new Map(good.map(({ loaded, topology }) => [topology, loaded.positions]));
  return (diagnostic: Diagnostic, topology: Topology): Diagnostic => {
    const positions = positionsOf.get(topology);
    return positions ? placed([diagnostic], positions)[0]! : diagnostic;
  };
}

function told(stacks: readonly { readonly name: string; readonly directory: string; readonly resources: number }[], out: string): string {
  const first = stacks[0]!;
  return `${stacks.map(({ name, directory, resources }) => `Synthesized ${name}: ${resources} resources in ${join(out, directory, 'cdk.tf.json')}`).join('\n')}

Next
  terraform -chdir=${join(out, first.directory)} init && terraform -chdir=${join(out, first.directory)} plan
  or, with a cdktf.json (\`nines init\` writes one):  npx cdktf diff ${first.name}  and  npx cdktf deploy ${first.name}
`;
}
