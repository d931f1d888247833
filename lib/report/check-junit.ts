import type { CheckDocument, CheckedTopology } from '../document/check';
import { checkView, type FindingView } from '../view/check';
import { visible } from './visible';

interface Case {
  readonly name: string;
  readonly failures: readonly (readonly [code: string, text: string])[];
  readonly error?: boolean;
  readonly said: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly file: string;
  readonly cases: readonly Case[];
}

/** The gate's answer as JUnit XML: a suite for each topology, a case for each flow and one for the topology, and an erroneous case for each file that could not be read. */
export function renderJunit(document: CheckDocument): string {
  const suites = [...unreadOf(document), ...document.topologies.map(suiteOf)];
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="nines check" ${counts(all)}>`,
    ...suites.flatMap(({ cases, file, name }) => [
      `  <testsuite name="${xml(name)}" ${counts(cases)} file="${xml(file)}">`,
      ...cases.flatMap((one) => caseText(one, name)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(topology: CheckedTopology): Suite {
  const { findings } = checkView(topology);
  const about = (flow: string | null, name: string): Case => {
    const own = findings.filter((finding) => finding.flow === flow);
    const fails = ({ severity, suppressed }: FindingView) => severity === 'error' && suppressed === null;
    return {
      name,
      failures: own.filter(fails).map(({ code, sentence }) => [code, sentence]),
      said: own
        .filter((finding) => !fails(finding))
        .map(({ sentence, severity, suppressed }) => `${severity}: ${sentence}${suppressed === null ? '' : ` (${suppressed})`}`),
    };
  };
  const cases = [...topology.results.map(({ flow }) => about(flow, flow)), about(null, 'topology')];
  return { name: topology.topology, file: topology.source?.path ?? '', cases };
}

function unreadOf({ diagnostics }: CheckDocument): Suite[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const files = [...new Set(errors.map(({ range }) => range?.file ?? ''))];
  return files.map((file) => ({
    name: file === '' ? 'nines check' : file,
    file,
    cases: [
      {
        name: errors.every(({ code, range }) => (range?.file ?? '') !== file || code.startsWith('policy/')) ? 'holds today' : 'can be read',
        error: true,
        failures: errors
          .filter(({ range }) => (range?.file ?? '') === file)
          .map(({ code, detail, range, summary }) => [code, `${range ? `line ${range.start.line}: ` : ''}${summary}: ${detail}`]),
        said: [],
      },
    ],
  }));
}

function counts(cases: readonly Case[]): string {
  const bad = cases.filter(({ failures }) => failures.length > 0);
  const errors = bad.filter(({ error }) => error).length;
  return `tests="${cases.length}" failures="${bad.length - errors}" errors="${errors}"`;
}

function caseText({ error, failures, name, said }: Case, suite: string): string[] {
  const tag = error ? 'error' : 'failure';
  const inner = [
    ...failures.map(([code, text]) => `      <${tag} type="${xml(code)}" message="${xml(text)}"/>`),
    ...(said.length > 0 ? [`      <system-out>${said.map(xml).join('\n')}</system-out>`] : []),
  ];
  const start = `    <testcase name="${xml(name)}" classname="${xml(suite)}"`;
  return inner.length === 0 ? [`${start}/>`] : [`${start}>`, ...inner, '    </testcase>'];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot hold, not even as a reference, is shown as a replacement. */
function xml(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character]!);
}
