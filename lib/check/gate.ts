import type { SettingPath, SourceRange } from '../diagnostics/diagnostic';
import type { Estimate } from '../estimate/estimate';
import type { Finding } from '../estimate/findings';
import type { CheckFinding } from './finding';
import { settingOf } from './setting-of';

/** What the gate says to one topology. */
export interface Judgement {
  readonly passed: boolean;
  readonly findings: readonly CheckFinding[];
}

export interface JudgeOptions {
  /** Where a setting is written. @default - nowhere */
  readonly rangeOf?: (path: SettingPath) => SourceRange;
}

/** Judges a topology: a finding that is an error fails it. Objectives that nobody judges yet are warned about, never passed over. */
export function judge({ findings, objectives, topology }: Estimate, { rangeOf }: JudgeOptions = {}): Judgement {
  const notJudged = objectives
    .filter(({ met }) => met === null)
    .map(({ flow, objective }): Finding => ({ code: 'not-judged', severity: 'warning', flow, address: `flow/${flow}/${objective}` }));
  const all = [...findings, ...notJudged].map((finding): CheckFinding => ({
    ...finding,
    detail: null,
    range: rangeOf?.(settingOf(finding.address, finding.flow, topology)) ?? null,
    suppressed: null,
  }));
  return { passed: all.every(({ severity, suppressed }) => severity !== 'error' || suppressed !== null), findings: all };
}
