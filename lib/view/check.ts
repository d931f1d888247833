import type { CheckedTopology } from '../document/check';
import { addressText } from './address';
import { topologyView, type FlowView, type Tone } from './estimate';

export interface CheckView {
  readonly verdict: string;
  readonly tone: Tone;
  readonly flows: readonly FlowView[];
  readonly findings: readonly FindingView[];
}

export interface FindingView {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly sentence: string;
}

const rank = { error: 0, warning: 1, note: 2 } as const;

/** Words what the gate says to a topology: what fails it first. */
export function checkView(topology: CheckedTopology): CheckView {
  const { verdict, tone, flows, turns } = topologyView(topology);
  const findings = topology.findings.map(({ code, severity, flow, address }): FindingView => {
    const of = flows.find((view) => view.flow === flow);
    switch (code) {
      case 'target-missed':
        return { severity, code, sentence: `${flow} is ${of?.available} available, and ${of?.target} is wanted.` };
      case 'target-uncertain':
        return { severity, code, sentence: `${flow} meets ${of?.target}, and would miss it at the pessimistic end of what is assumed.` };
      case 'single-point':
        return { severity, code, sentence: `${addressText(address)} takes ${flow} down alone.` };
      case 'verdict-turns':
        return {
          severity,
          code,
          sentence: turns.find((sentence) => sentence.includes(flow)) ?? `The verdict on ${flow} hangs on ${addressText(address)}.`,
        };
      case 'not-judged':
        return { severity, code, sentence: `The ${address.split('/').at(-1)?.toUpperCase()} of ${flow} is not judged by this version.` };
    }
  });
  return { verdict, tone, flows, findings: findings.sort((a, b) => rank[a.severity] - rank[b.severity]) };
}
