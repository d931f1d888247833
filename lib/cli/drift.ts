import { resolve } from 'node:path';
import { driftDocument, type DriftDocument } from '../document/drift';
import { drift } from '../drift/drift';
import { driftText } from '../report/drift-text';
import { fromPlan, fromState, UnreadableTerraform } from '../resources/from-terraform';
import type { Resources } from '../resources/resources';
import type { Topology } from '../topology/topology';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { synthesized } from './compare-resources';
import { json } from './estimate';
import { parseFormats, refuseOverwriting, writeFormats } from './formats';
import { loadAll, tell } from './load';
import { parseOptions } from './options';
import { readText } from './read-file';
import { tool } from './tool';

const help = `Usage: nines drift SPEC --plan FILE | --state FILE | --live [--format text|json[=FILE]]

Whether what is deployed is what the number was made for: units and their zones, standbys and replicas, health checks, ways out of each zone, who may
talk to whom, alarms and whom they tell, backups. Each difference is shown with what it does to the estimate. A state says what Terraform has seen
last, so refresh it first; --live asks AWS itself, by read-only calls of the AWS SDK for JavaScript (npm packages of their own), with credentials,
profile and AWS_ENDPOINT_URL as the SDK finds them (a role that the spec assumes is not assumed), in the region of the topology. What AWS does not
keep (how instances are replaced in a deployment) is taken as Terraform has it.

Options
  --state FILE                 a state as \`terraform show -json\` writes it; - for standard input
  --plan FILE                  a plan as \`terraform show -json PLAN\` writes it: what will be there after it
  --live                       ask AWS: things are found by their names and by the tag \`topology\`
  --format text|json[=FILE]    repeatable; one may go to standard output

Exit code: 0 all is as the model counts on, 1 something is not, 2 it could not be compared.

Examples
  terraform -chdir=cdktf.out/stacks/orders show -json > state.json
  nines drift topologies/orders.yaml --state state.json
  nines drift topologies/orders.yaml --plan plan.json --format json
  AWS_PROFILE=audit nines drift topologies/orders.yaml --live
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { plan: 'value', state: 'value', live: 'flag', format: 'values' });
  const formats = parseFormats(options.format, ['text', 'json'], io);
  if (positionals.length !== 1) throw new UsageError('it takes one spec.');
  const { live, plan, state } = options;
  if ([plan !== undefined, state !== undefined, live].filter(Boolean).length !== 1)
    throw new UsageError('it needs --plan FILE, --state FILE or --live, one of them.');
  const file = plan ?? state;
  if (file === '-' && positionals[0] === '-') throw new UsageError('the spec and the Terraform cannot both come from standard input.');
  if (file !== undefined) refuseOverwriting(formats, [file === '-' ? '<stdin>' : file], io);
  const read = file === undefined ? null : await resourcesIn(file, plan === undefined ? 'state' : 'plan', io);
  const { bad, good } = await loadAll(positionals, io, formats);
  if (bad) return 2;
  if (good.length !== 1) throw new UsageError(`${positionals[0]} holds ${good.length} topologies; name the file of one.`);
  const { source, topology } = good[0]!;
  const expected = await synthesized(topology);
  if (!('resources' in expected)) {
    tell(expected, [], io);
    return 2;
  }
  const found = read ?? (await asked(topology, expected.resources));
  if (read === null && found.all.length === 0)
    io.stderr.write(`AWS has nothing of ${topology.name} in ${topology.regions[0]!.name}. Are these the credentials of its account?\n`);
  const document: DriftDocument = driftDocument({
    tool: tool(),
    drift: drift(topology, expected.resources, found),
    source,
    with:
      file === undefined
        ? { form: 'live', path: topology.regions[0]!.name }
        : { form: plan === undefined ? 'state' : 'plan', path: file === '-' ? '<stdin>' : file.replaceAll('\\', '/') },
  });
  writeFormats(formats, (name) => (name === 'json' ? json(document) : driftText(document)), io);
  return document.drifted ? 1 : 0;
}

async function asked(topology: Topology, expected: Resources): Promise<Resources> {
  // Loaded only where AWS is asked: whoever reads plans has no SDK.
  const { LiveError, liveResources } = await import('../drift/live');
  try {
    return await liveResources(topology, expected);
  } catch (cause) {
    if (cause instanceof LiveError) throw new UsageError(cause.message);
    throw cause;
  }
}

async function resourcesIn(path: string, form: 'plan' | 'state', io: Io): Promise<Resources> {
  const text = path === '-' ? await io.readStdin() : readText(resolve(io.cwd, path), path);
  try {
    return (form === 'plan' ? fromPlan : fromState)(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof UnreadableTerraform) throw new UsageError(`${path} cannot be read. ${cause.message}`);
    if (cause instanceof SyntaxError) throw new UsageError(`${path} is no JSON: ${cause.message}.`);
    throw cause;
  }
}

export const command: Command = { name: 'drift', summary: 'what is deployed beside what the model counts on', help, run };
