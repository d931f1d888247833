import { judge } from '../check/gate';
import { checkDocument } from '../document/check';
import { estimateDocument } from '../document/estimate';
import { estimate } from '../estimate/estimate';
import { renderCheckText } from '../report/check-text';
import { wantsColour, type Command, type ExitCode, type Io } from './command';
import { json } from './estimate';
import { parseFormats, writeFormats } from './formats';
import { loadAll } from './load';
import { parseOptions } from './options';
import { tool } from './tool';

const help = `Usage: nines check SPEC… [OPTIONS]

The gate for CI: exit code 1 when a target is missed, 2 when a spec could not be read, 0 otherwise. Single points of failure, verdicts that hang on a
judged number, and objectives that are not judged are warned about.

Options
  --format text|json[=FILE]    repeatable; one may go to standard output

Examples
  nines check topologies
  nines check topologies/orders.yaml --format text --format json=check.json
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { format: 'values' });
  const formats = parseFormats(options.format, ['text', 'json']);
  const { good, bad, diagnostics } = await loadAll(positionals, io);
  const estimates = good.map(({ topology, source }) => ({ estimate: estimate(topology), source }));
  const estimated = estimateDocument({ tool: tool(), topologies: estimates, diagnostics });
  const document = checkDocument(
    estimated,
    estimates.map((one) => judge(one.estimate)),
    bad,
  );
  const shown = good.length > 0 ? formats : formats.filter(({ name }) => name === 'json');
  writeFormats(shown, (name) => (name === 'json' ? json(document) : renderCheckText(document, { colour: wantsColour(io, io.stdout) })), io);
  return bad ? 2 : document.passed ? 0 : 1;
}

export const command: Command = { name: 'check', summary: 'the gate for CI: targets, single points of failure', help, run };
