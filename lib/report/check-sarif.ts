import { createHash } from 'node:crypto';
import type { SourceRange } from '../diagnostics/diagnostic';
import type { CheckDocument } from '../document/check';
import { problemsOf, type Problem } from '../view/problems';
import { visible } from './visible';

/** The gate's answer as SARIF 2.1.0, which code scanning shows at the lines of the spec. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderSarif(document: CheckDocument): string {
  const problems = problemsOf(document);
  const rules = [...new Map(problems.map(({ code, title }) => [code, title]))];
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nines',
            version: document.tool.nines,
            rules: rules.map(([id, title]) => ({ id, shortDescription: { text: messageText(title) } })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => resultOf(problem, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(problem: Problem, rules: readonly (readonly [string, string])[]): object {
  const { code, file, identity, message, range, severity, suppressed } = problem;
  return {
    ruleId: code,
    ruleIndex: rules.findIndex(([id]) => id === code),
    level: severity,
    message: { text: messageText(message) },
    ...(file === '' ? {} : { locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: regionOf(range) } }] }),
    partialFingerprints: { 'nines/v1': createHash('sha256').update(identity).digest('hex') },
    ...(suppressed === null ? {} : { suppressions: [{ kind: 'external', justification: visible(suppressed) }] }),
  };
}

function regionOf(range: SourceRange | null): object {
  if (!range) return { startLine: 1 };
  const { end, start } = range;
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: Math.max(end.column, 1) };
}

/** Brackets would be links and braces placeholders (SARIF §3.11.5 and §3.11.6). */
function messageText(text: string): string {
  return visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}

function uriOf(file: string): string {
  // By its bytes, so that half a surrogate pair is a replacement and no failure.
  const path = Buffer.from(file).toString().split('/').map(encodeURIComponent).join('/');
  return file.startsWith('/') ? `file://${path}` : path;
}
