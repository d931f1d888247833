import { estimateDocument, type EstimateDocument } from '../document/estimate';
import { estimate, type Estimate, type EstimateOptions } from '../estimate/estimate';
import { openPsaOf } from '../estimate/open-psa';
import { renderMarkdown } from '../report/estimate-markdown';
import { renderText } from '../report/estimate-text';
import { renderOpenSlo } from '../report/openslo';
import { renderPrometheus } from '../report/prometheus';
import { renderSloth } from '../report/sloth';
import { UsageError, wantsColour, type Command, type ExitCode, type Io } from './command';
import { parseFormats, refuseOverwriting, writeFormats, type Format } from './formats';
import { readInputs } from './inputs';
import { loadInputs, type LoadedAll } from './load';
import { parseOptions, wholeNumber } from './options';
import { filesOf, organizations } from './organization';
import { tool } from './tool';

const help = `Usage: nines estimate SPEC… [OPTIONS]

How available the system of a spec will be, how often and how long it is down, what that comes from, and how sure that is. SPEC is a file, a folder,
a glob, a cdktf.out folder, or - for standard input. Exit code 0 whenever it could be answered; \`nines check\` is the gate.

Options
  --assumptions                list every assumption with its source
  --chance                     the chance to meet each target in a month, a quarter, a year (takes longer)
  --samples N                  samples of the assumptions for the interval (default: 1000)
  --cut-sets N                 cut sets listed for each flow (default: 20)
  --seed N                     names the random numbers of the interval (default: 1)
  --format F[=FILE]            text, json, markdown, open-psa (the fault trees), and for each target: prometheus (burn-rate alerts), sloth, openslo;
                               repeatable, one may go to standard output

Examples
  nines estimate topologies/orders.yaml
  nines estimate topologies/orders.yaml --format open-psa=orders.xml
  nines estimate topologies --format text --format json=estimate.json
  nines estimate cdktf.out --assumptions
  nines estimate topologies --format prometheus=rules.yaml --format sloth=sloth.yaml --format openslo=openslo.yaml
`;

/** What tools that watch targets read. */
const objectiveFormats: Readonly<Record<string, (document: EstimateDocument) => string>> = {
  prometheus: renderPrometheus,
  sloth: renderSloth,
  openslo: renderOpenSlo,
};

const formatNames = ['text', 'json', 'markdown', 'open-psa', ...Object.keys(objectiveFormats)];

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, {
    assumptions: 'flag',
    chance: 'flag',
    samples: 'value',
    'cut-sets': 'value',
    seed: 'value',
    format: 'values',
  });
  const formats = parseFormats(options.format, formatNames, io);
  const settings: EstimateOptions = {
    chance: options.chance,
    ...(options.samples === undefined ? {} : { samples: wholeNumber('samples', options.samples, 100, 1_000_000) }),
    ...(options['cut-sets'] === undefined ? {} : { cutSets: wholeNumber('cut-sets', options['cut-sets'], 0, 10_000) }),
    ...(options.seed === undefined ? {} : { seed: wholeNumber('seed', options.seed, 0, 2 ** 32 - 1) }),
  };
  const { estimates, loaded } = await estimated(positionals, settings, formats, io);
  const topologies = loaded.good.map(({ source }, i) => ({ estimate: estimates[i]!, source }));
  const document = estimateDocument({ tool: tool(), topologies, diagnostics: loaded.diagnostics });
  const colour = wantsColour(io, io.stdout);
  const shown = loaded.good.length > 0 ? formats : formats.filter(({ name }) => name === 'json');
  if (formats.some(({ name }) => name === 'open-psa') && loaded.good.length > 1)
    throw new UsageError('an Open-PSA file holds one topology; name one spec.');
  const render = (name: string): string => {
    if (name === 'json') return json(document);
    if (name === 'markdown') return renderMarkdown(document);
    if (name === 'open-psa') return openPsaOf(loaded.good[0]!.topology);
    return objectiveFormats[name]?.(document) ?? renderText(document, { colour, assumptions: options.assumptions });
  };
  writeFormats(shown, render, io);
  return loaded.bad ? 2 : 0;
}

export const command: Command = { name: 'estimate', summary: 'how available the system will be, and why', help, run };

/** Threads, and what keeps answers, are loaded where there are several specs. */
async function estimated(
  positionals: readonly string[],
  options: EstimateOptions,
  formats: readonly Format[],
  io: Io,
): Promise<{ readonly loaded: LoadedAll; readonly estimates: readonly Estimate[] }> {
  const inputs = await readInputs(positionals, io);
  const organizationOf = organizations(io);
  refuseOverwriting(formats, filesOf(inputs, organizationOf), io);
  if (inputs.length === 1) {
    const loaded = loadInputs(inputs, io, organizationOf);
    return { loaded, estimates: loaded.good.map(({ topology }) => estimate(topology, options)) };
  }
  const { answersOf } = await import('./answers');
  const answers = await answersOf(inputs, organizationOf, options, io);
  const loaded = loadInputs(inputs, io, organizationOf, answers.loaded);
  return { loaded, estimates: loaded.good.map(({ topology }) => answers.estimateOf(topology)) };
}

export const json = (document: object) => `${JSON.stringify(document, null, 2)}\n`;
