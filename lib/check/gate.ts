import type { SettingPath, SourceRange } from '../diagnostics/diagnostic';
import type { Estimate } from '../estimate/estimate';
import { noPolicy, type Acceptance, type Policy } from '../topology/policy';
import type { CheckFinding, Found, Suppressed } from './finding';
import { matches } from './matches';
import { policyFindings } from './policy';
import { settingOf } from './setting-of';

/** What the gate says to one topology. */
export interface Judgement {
  readonly passed: boolean;
  readonly findings: readonly CheckFinding[];
}

export interface JudgeOptions {
  /** @default - what the topology itself wants */
  readonly policy?: Policy;
  /** `YYYY-MM-DD`, for ages and expiries. @default - nothing has an age, and no acceptance holds */
  readonly today?: string;
  /** Whether a finding was there before. @default - none was */
  readonly known?: (topology: string, finding: Found) => boolean;
  /** Where a setting is written. @default - nowhere */
  readonly rangeOf?: (path: SettingPath) => SourceRange;
}

/** Judges a topology: a finding that is an error fails it. Objectives that nobody judges yet are warned about, never passed over. */
export function judge(estimate: Estimate, { known, policy = noPolicy, rangeOf, today }: JudgeOptions = {}): Judgement {
  const { findings, objectives, topology } = estimate;
  const notJudged = objectives
    .filter(({ met }) => met === null)
    .map(({ flow, objective }): Found => ({ code: 'not-judged', severity: 'warning', flow, address: `flow/${flow}/${objective}` }));
  const all = [...findings, ...notJudged, ...policyFindings(estimate, policy, today ?? null)].map((found): CheckFinding => {
    const severity = severityOf(found, policy);
    const accepted = policy.accepted.find((one) => holds(one, today) && accepts(one, topology.name, found));
    const suppressed: Suppressed | null = accepted
      ? { by: 'nines.yaml', reason: accepted.reason, owner: accepted.owner, expires: accepted.expires }
      : known?.(topology.name, found)
        ? { by: 'baseline', reason: null, owner: null, expires: null }
        : null;
    return { ...found, severity, range: rangeOf?.(settingOf(found.address, found.flow, topology)) ?? null, suppressed };
  });
  return { passed: all.every(({ severity, suppressed }) => severity !== 'error' || suppressed !== null), findings: all };
}

function severityOf({ code, severity }: Found, { forbidden, metAt95, singlePoints }: Policy): Found['severity'] {
  if (forbidden.includes(code)) return 'error';
  if (code === 'single-point') return singlePoints;
  if (code === 'target-uncertain' && metAt95) return 'error';
  return severity;
}

/** Whether an acceptance is still good on a day. */
export function holds({ expires }: Acceptance, today: string | undefined): boolean {
  return today !== undefined && today <= expires;
}

/** Whether an acceptance is about a finding. */
export function accepts(acceptance: Acceptance, topology: string, { address, code, flow }: Found): boolean {
  return (
    acceptance.code === code &&
    matches(acceptance.topology, topology) &&
    matches(acceptance.flow, flow ?? '') &&
    matches(acceptance.address, address)
  );
}
