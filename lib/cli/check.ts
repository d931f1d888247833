import { judge, type JudgeOptions } from '../check/gate';
import { checkDocument } from '../document/check';
import { estimateDocument } from '../document/estimate';
import { estimate } from '../estimate/estimate';
import { checkFormats } from '../report/check-formats';
import { renderCheckText } from '../report/check-text';
import { wantsColour, type Command, type ExitCode, type Io } from './command';
import { json } from './estimate';
import { parseFormats, writeFormats } from './formats';
import { loadAll, type LoadedTopology } from './load';
import { parseOptions } from './options';
import { tool } from './tool';

const help = `Usage: nines check SPEC… [OPTIONS]

The gate for CI: exit code 1 when a target is missed, 2 when a spec could not be read, 0 otherwise. Single points of failure, verdicts that hang on a
judged number, and objectives that are not judged are warned about.

Options
  --format F[=FILE]    text, json, sarif, junit, github (annotations), codequality (GitLab), markdown; repeatable, one may go to standard output

Examples
  nines check topologies
  nines check topologies --format text --format sarif=nines.sarif --format junit=nines.xml
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { format: 'values' });
  const formats = parseFormats(options.format, ['text', 'json', ...Object.keys(checkFormats)]);
  const { good, bad, diagnostics } = await loadAll(positionals, io);
  const estimates = good.map(({ topology, source }) => ({ estimate: estimate(topology), source }));
  const estimated = estimateDocument({ tool: tool(), topologies: estimates, diagnostics });
  const document = checkDocument(
    estimated,
    estimates.map((one, i) => judge(one.estimate, rangesOf(good[i]!))),
    bad,
  );
  const render = (name: string): string => {
    if (name === 'json') return json(document);
    return checkFormats[name]?.(document) ?? renderCheckText(document, { colour: wantsColour(io, io.stdout) });
  };
  // Nothing is left to say to a person whom stderr has told what is wrong.
  const shown = good.length > 0 ? formats : formats.filter(({ name }) => name !== 'text');
  writeFormats(shown, render, io);
  return bad ? 2 : document.passed ? 0 : 1;
}

function rangesOf({ loaded: { positions } }: LoadedTopology): JudgeOptions {
  return positions ? { rangeOf: (path) => positions.rangeOf(path) } : {};
}

export const command: Command = { name: 'check', summary: 'the gate for CI: targets, single points of failure', help, run };
