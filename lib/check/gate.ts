import type { Estimate } from '../estimate/estimate';
import type { Finding } from '../estimate/findings';

/** What the gate says to one topology. */
export interface Judgement {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
}

/** Judges a topology: a finding that is an error fails it. Objectives that nobody judges yet are warned about, never passed over. */
export function judge({ findings, objectives }: Estimate): Judgement {
  const notJudged = objectives
    .filter(({ met }) => met === null)
    .map(({ flow, objective }): Finding => ({ code: 'not-judged', severity: 'warning', flow, address: `flow/${flow}/${objective}` }));
  const all = [...findings, ...notJudged];
  return { passed: all.every(({ severity }) => severity !== 'error'), findings: all };
}
