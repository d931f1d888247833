import type { SinglePoint } from './singles';
import type { TargetVerdict } from './target';
import type { TurningPoint } from './turning-points';

/** What the estimate says against the topology. */
export interface Finding {
  readonly code: 'target-missed' | 'target-uncertain' | 'single-point' | 'verdict-turns' | 'not-judged';
  readonly severity: 'error' | 'warning' | 'note';
  readonly flow: string;
  readonly address: string;
}

interface Result {
  readonly flow: { readonly name: string };
  readonly singlePoints: readonly SinglePoint[];
  readonly target: TargetVerdict | null;
  readonly turns: readonly TurningPoint[];
}

/** Findings of all flows: missed targets, single points of failure, and verdicts that hang on a judgement. */
export function findingsOf(results: readonly Result[]): Finding[] {
  return results.flatMap(({ flow, singlePoints, target, turns }): Finding[] => {
    const of = (code: Finding['code'], severity: Finding['severity'], address: string): Finding => ({
      code,
      severity,
      flow: flow.name,
      address,
    });
    const self = `flow/${flow.name}`;
    return [
      ...(target && !target.met ? [of('target-missed', 'error', self)] : []),
      ...(target?.met && !target.metAt95 ? [of('target-uncertain', 'note', self)] : []),
      ...singlePoints.map(({ address }) => of('single-point', 'warning', address)),
      ...turns.slice(0, 1).map(({ assumption }) => of('verdict-turns', 'note', `assumption/${assumption.name}`)),
    ];
  });
}
