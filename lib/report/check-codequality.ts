import { createHash } from 'node:crypto';
import type { CheckDocument } from '../document/check';
import { problemsOf } from '../view/problems';
import { visible } from './visible';

const severities = { error: 'critical', warning: 'minor', note: 'info' } as const;

/** The gate's answer as GitLab's code quality report; what is accepted is left out. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function renderCodeQuality(document: CheckDocument): string {
  const issues = problemsOf(document)
    .filter(({ suppressed }) => suppressed === null)
    .map(({ code, file, identity, message, range, severity }) => ({
      description: visible(message),
      check_name: code,
      fingerprint: createHash('sha256').update(identity).digest('hex'),
      severity: severities[severity],
      location: { path: file, lines: { begin: range?.start.line ?? 1 } },
    }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
