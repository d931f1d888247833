import { join, resolve } from 'node:path';
import { DiagnosticsError } from '../diagnostics/diagnostic';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { loadAll, tell } from './load';
import { parseOptions } from './options';

const help = `Usage: nines synth SPEC… [--out FOLDER]

Writes the Terraform of specs as cdktf does: FOLDER/stacks/NAME/cdk.tf.json, with a topology.json beside it that \`estimate\` and \`check\` read.
Nothing is written when anything is wrong, or when an enforced target is missed (exit code 1). Needs neither cdktf nor Terraform.

Options
  --out FOLDER  where to (default: cdktf.out)

Examples
  nines synth topologies/orders.yaml
  nines synth topologies --out build/terraform
  cd cdktf.out/stacks/orders && terraform init && terraform plan
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { out: 'value' });
  const out = options.out ?? 'cdktf.out';
  if (out === '') throw new UsageError('--out names no folder.');
  const { good, bad } = await loadAll(positionals, io);
  if (bad) return 2;
  const { synthesize } = await import('../stack/synthesize');
  const topologies = good.map(({ topology }) => topology);
  try {
    const { stacks, diagnostics } = synthesize(topologies, resolve(io.cwd, out));
    tell(diagnostics, [], io);
    if (stacks.length === 0) return missedOnly(diagnostics.map(({ code }) => code)) ? 1 : 2;
    io.stdout.write(told(stacks, out));
    return 0;
  } catch (cause) {
    if (!(cause instanceof DiagnosticsError)) throw cause;
    tell(cause.diagnostics, [], io);
    return 2;
  }
}

export const command: Command = { name: 'synth', summary: 'Terraform JSON from a spec', help, run };

const missedOnly = (codes: readonly string[]) => codes.length > 0 && codes.every((code) => code === 'stack/target-missed');

function told(stacks: readonly { readonly name: string; readonly directory: string; readonly resources: number }[], out: string): string {
  const first = stacks[0]!;
  return `${stacks.map(({ name, directory, resources }) => `Synthesized ${name}: ${resources} resources in ${join(out, directory, 'cdk.tf.json')}`).join('\n')}

Next
  terraform -chdir=${join(out, first.directory)} init && terraform -chdir=${join(out, first.directory)} plan
  or, with a cdktf.json (\`nines init\` writes one):  npx cdktf diff ${first.name}  and  npx cdktf deploy ${first.name}
`;
}
