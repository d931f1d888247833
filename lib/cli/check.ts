import { policyFileDiagnostics } from '../check/acceptances';
import { judge, type Judgement, type JudgeOptions } from '../check/gate';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { checkDocument } from '../document/check';
import { estimateDocument } from '../document/estimate';
import { checkFormats } from '../report/check-formats';
import { renderCheckText } from '../report/check-text';
import { isDay } from '../units/calendar';
import { answersOf } from './answers';
import { baseline } from './baseline';
import { UsageError, wantsColour, type Command, type ExitCode, type Io } from './command';
import { json } from './estimate';
import { parseFormats, refuseOverwriting, writeFormats } from './formats';
import { readInputs } from './inputs';
import { loadInputs, tell, type LoadedTopology } from './load';
import { parseOptions } from './options';
import { filesOf, organizations } from './organization';
import { selectBy } from './select';
import { tool } from './tool';

const help = `Usage: nines check SPEC… [OPTIONS]

The gate for CI: exit code 1 when a target is missed or a policy of nines.yaml does not hold, 2 when a spec could not be read, 0 otherwise. Single points
of failure, verdicts that hang on a judged number, and objectives that are not judged are warned about. nines.yaml is found upwards from each spec.

Options
  --format F[=FILE]    text, json, sarif, junit, github (annotations), codequality (GitLab), markdown; repeatable, one may go to standard output
  --baseline FILE      what an earlier --format json=FILE found does not fail again
  --changed-since REV  only specs that differ from a git revision, or whose nines.yaml does
  --shard 1/4          only the first quarter of the specs, for the jobs of a CI matrix
  --cache DIR          keep estimates there, and take from there what has not changed
  --today YYYY-MM-DD   the day on which ages and expiries are judged (default: today, in UTC)

Examples
  nines check topologies
  nines check topologies --format text --format sarif=nines.sarif --format junit=nines.xml
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, {
    format: 'values',
    today: 'value',
    baseline: 'value',
    cache: 'value',
    shard: 'value',
    'changed-since': 'value',
  });
  const formats = parseFormats(options.format, ['text', 'json', ...Object.keys(checkFormats)], io);
  const today = dayOf(options.today);
  const known = options.baseline === undefined ? undefined : baseline(options.baseline, io);
  const select = selectBy({ shard: options.shard, changedSince: options['changed-since'] }, io);
  const named = await readInputs(positionals, io);
  const organizationOf = organizations(io);
  refuseOverwriting(formats, options.baseline === undefined ? [] : [options.baseline], io);
  refuseOverwriting(formats, filesOf(named, organizationOf), io);
  const inputs = await select(named);
  // Only the document lists cut sets and says who is hit; for what else is shown nobody needs to look for that.
  const listed = formats.some(({ name }) => name === 'json') ? {} : { cutSets: 0, users: false };
  const answers = await answersOf(inputs, organizationOf, { cache: options.cache, ...listed }, io);
  const { bad, diagnostics, good } = loadInputs(inputs, io, organizationOf, answers.loaded);
  if (good.length === 0 && !bad) io.stderr.write('There is no spec left to check.\n');
  const estimates = good.map(({ source, topology }) => ({ estimate: answers.estimateOf(topology), source }));
  const judgements = estimates.map((one, i) => judge(one.estimate, { ...optionsOf(good[i]!), today, ...(known ? { known } : {}) }));
  const about = tool();
  const policies = policyDiagnostics(good, judgements, about.assumptions, today);
  tell(policies, policyTexts(good), io);
  const document = checkDocument(estimateDocument({ tool: about, topologies: estimates, diagnostics }), judgements, {
    unread: bad,
    today,
    diagnostics: policies,
  });
  const render = (name: string): string => {
    if (name === 'json') return json(document);
    return checkFormats[name]?.(document) ?? renderCheckText(document, { colour: wantsColour(io, io.stdout) });
  };
  // Nothing is left to say to a person whom stderr has told what is wrong.
  const shown = good.length > 0 ? formats : formats.filter(({ name }) => name !== 'text');
  writeFormats(shown, render, io);
  return bad ? 2 : document.passed ? 0 : 1;
}

function optionsOf({ loaded: { positions }, organization }: LoadedTopology): JudgeOptions {
  return {
    ...(positions ? { rangeOf: (path) => positions.rangeOf(path) } : {}),
    ...(organization ? { policy: organization.policy } : {}),
  };
}

/** What is wrong with the policy files themselves, each told once. */
function policyDiagnostics(
  good: readonly LoadedTopology[],
  judgements: readonly Judgement[],
  assumptions: string,
  today: string,
): Diagnostic[] {
  return policyFiles(good).flatMap((file) => {
    const judged = good.flatMap(({ organization, topology }, i) =>
      organization === file ? [{ topology: topology.name, judgement: judgements[i]! }] : [],
    );
    return policyFileDiagnostics(file, judged, { assumptions, today });
  });
}

const policyFiles = (good: readonly LoadedTopology[]) => [...new Set(good.flatMap(({ organization }) => organization ?? []))];

const policyTexts = (good: readonly LoadedTopology[]) => policyFiles(good).map(({ file, text }) => [file, text] as const);

function dayOf(given: string | undefined): string {
  if (given !== undefined && !isDay(given)) throw new UsageError(`--today takes a day such as 2026-03-31, got ${JSON.stringify(given)}.`);
  return given ?? new Date().toISOString().slice(0, 10);
}

export const command: Command = { name: 'check', summary: 'the gate for CI: targets, single points of failure', help, run };
