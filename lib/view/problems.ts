import type { SourceRange } from '../diagnostics/diagnostic';
import type { CheckDocument } from '../document/check';
import { checkView } from './check';

/** Something to show at a line of a file: what is wrong with a spec, or what the gate found in it. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  /** One line for a list. */
  readonly title: string;
  readonly message: string;
  readonly file: string;
  /** null: about the file as a whole. */
  readonly range: SourceRange | null;
  /** Names the problem from run to run, also when lines have moved. */
  readonly identity: string;
  /** Why it does not count; null: it does. */
  readonly suppressed: string | null;
}

const titles: Readonly<Record<string, string>> = {
  'target-missed': 'Target missed',
  'target-uncertain': 'Target met with little to spare',
  'single-point': 'Single point of failure',
  'verdict-turns': 'Verdict hangs on a judged number',
  'not-judged': 'Objective not judged',
  'policy-target': 'Target below the policy',
  'policy-zones': 'Fewer zones than the policy wants',
  'policy-kind': 'Required kind missing',
  'policy-assumption-age': 'Assumption too old',
  'target-above-promise': 'Target stricter than a promise it stands on',
  'rpo-below-backup': 'RPO shorter than the age of a backup',
  'rto-below-redirect': 'RTO shorter than callers keep an old answer',
};

/** Everything that formats with lines show: diagnostics first, then the findings of each topology. */
export function problemsOf(document: CheckDocument): Problem[] {
  const said = document.diagnostics.map((diagnostic): Problem => {
    const { address = '', code, detail, range, severity, summary } = diagnostic;
    const file = range?.file ?? '';
    return {
      severity,
      code,
      title: summary,
      message: `${summary}: ${detail}`,
      file,
      range: range ?? null,
      identity: identity(code, file, address, detail),
      suppressed: null,
    };
  });
  const found = document.topologies.flatMap((topology) =>
    checkView(topology).findings.map((finding): Problem => {
      const file = finding.range?.file ?? topology.source?.path ?? '';
      return {
        severity: finding.severity,
        code: finding.code,
        title: titles[finding.code] ?? finding.code,
        message: finding.sentence,
        file,
        range: finding.range,
        identity: identity(finding.code, file, finding.flow ?? '', finding.address),
        suppressed: finding.suppressed,
      };
    }),
  );
  return numbered([...said, ...found]);
}

const identity = (...parts: readonly string[]): string => JSON.stringify(parts);

/** The same thing said twice is two problems. */
function numbered(problems: readonly Problem[]): Problem[] {
  const seen = new Map<string, number>();
  return problems.map((problem) => {
    const count = (seen.get(problem.identity) ?? 0) + 1;
    seen.set(problem.identity, count);
    return count === 1 ? problem : { ...problem, identity: `${problem.identity}#${count}` };
  });
}
