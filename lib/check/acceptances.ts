import { error, warning, type Diagnostic, type SettingPath, type SourceRange } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { Policy } from '../topology/policy';
import { accepts, holds, type Judgement } from './gate';
import { matches } from './matches';

export interface PolicyFileState {
  readonly policy: Policy;
  /** Digest of the default assumptions that were reviewed; null: any. */
  readonly defaults: string | null;
  readonly rangeOf: (path: SettingPath) => SourceRange;
}

/** What is wrong with a policy file itself on a day: acceptances that are over or have nothing to accept, and default assumptions that have moved. */
export function policyFileDiagnostics(
  { defaults, policy, rangeOf }: PolicyFileState,
  judged: readonly { readonly topology: string; readonly judgement: Judgement }[],
  { assumptions, today }: { readonly assumptions: string; readonly today: string },
): Diagnostic[] {
  const said = policy.accepted.flatMap((acceptance, i): Diagnostic[] => {
    const { code, expires, owner } = acceptance;
    if (!holds(acceptance, today)) {
      const detail = `${quote(code)} was accepted until ${expires}, and today is ${today}. Correct what it is about, or ask ${owner} again.`;
      return [error('policy/expired', 'Accepted until a day that is over', detail, { range: rangeOf(['accept', i, 'expires']) })];
    }
    // Of a topology that was not looked at, nothing is known.
    const looked = judged.filter(({ topology }) => matches(acceptance.topology, topology));
    const used = looked.some(({ judgement, topology }) => judgement.findings.some((finding) => accepts(acceptance, topology, finding)));
    if (used || looked.length === 0) return [];
    const detail = `Nothing of ${looked.map(({ topology }) => topology).join(', ')} is ${quote(code)} as described here. Remove it.`;
    return [warning('policy/unused', 'Nothing left to accept', detail, { range: rangeOf(['accept', i]) })];
  });
  if (defaults === null || defaults === assumptions) return said;
  const detail = `The default assumptions have the digest ${assumptions}, and ${defaults} was reviewed. Read the changes, look at the estimates again, and write the new digest.`;
  return [...said, error('policy/defaults-moved', 'Default assumptions have changed', detail, { range: rangeOf(['defaults']) })];
}
