import type { SourceRange } from '../diagnostics/diagnostic';
import type { CheckedTopology } from '../document/check';
import { addressText } from './address';
import { availabilityText } from './numbers';
import { topologyView, type FlowView, type Tone, type TopologyView } from './estimate';

export interface CheckView {
  readonly verdict: string;
  readonly tone: Tone;
  readonly flows: readonly FlowView[];
  readonly findings: readonly FindingView[];
}

export interface FindingView {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly flow: string | null;
  readonly address: string;
  readonly sentence: string;
  readonly range: SourceRange | null;
  /** Why it does not count; null: it does. */
  readonly suppressed: string | null;
}

type Found = CheckedTopology['findings'][number];

const rank = { error: 0, warning: 1, note: 2 } as const;

/** Words what the gate says to a topology: what fails it first. */
export function checkView(topology: CheckedTopology): CheckView {
  const view = topologyView(topology);
  const { verdict, tone, flows } = view;
  const findings = topology.findings.map((finding): FindingView => ({
    severity: finding.severity,
    code: finding.code,
    flow: finding.flow,
    address: finding.address,
    sentence: capital(sentenceOf(finding, view, topology.results)),
    range: finding.range,
    suppressed: finding.suppressed && suppressedText(finding.suppressed),
  }));
  const order = ({ severity, suppressed }: FindingView): number => rank[severity] + (suppressed === null ? 0 : rank.note + 1);
  // Missed targets are what the verdict itself is about.
  const others = findings.filter((one) => one.severity === 'error' && one.suppressed === null && one.code !== 'target-missed').length;
  const against =
    others === 0 ? '' : ` ${others} ${others === 1 ? 'finding' : 'findings'} against policies ${others === 1 ? 'fails' : 'fail'} it.`;
  return {
    verdict: `${verdict}${against}`,
    tone: others > 0 ? 'bad' : tone,
    flows,
    findings: findings.sort((a, b) => order(a) - order(b)),
  };
}

function sentenceOf(
  { code, flow, address, detail, wanted }: Found,
  { flows, turns }: TopologyView,
  results: CheckedTopology['results'],
): string {
  const result = results.find((one) => one.flow === flow);
  const of = flows.find((view) => view.flow === flow);
  switch (code) {
    case 'target-missed':
      return `${flow} is ${of?.available} available, and ${of?.target} is wanted.`;
    case 'target-uncertain':
      return `${flow} meets ${of?.target}, and would miss it at the pessimistic end of what is assumed.`;
    case 'single-point':
      return `${addressText(address)} takes ${flow} down alone.`;
    case 'verdict-turns':
      return turns.find((sentence) => sentence.startsWith(`${flow} `)) ?? `The verdict on ${flow} hangs on ${addressText(address)}.`;
    case 'not-judged':
      return `The ${address.split('/').at(-1)?.toUpperCase()} of ${flow} is not judged by this version.`;
    case 'policy-target':
      return `${flow} is ${availabilityText(result!.unavailability, wanted!.unavailability)} available, and the policy wants ${wanted!.availability.replace('%', ' %')}.`;
    case 'target-above-promise':
      return `${flow} wants ${of?.target}, more than is promised for ${addressText(address)}, without which it is down.`;
    default:
      return detail ?? `${addressText(address)} is against a policy.`;
  }
}

function suppressedText({ by, expires, owner, reason }: NonNullable<Found['suppressed']>): string {
  const until = expires === null ? '' : ` until ${expires}`;
  return by === 'baseline' ? 'known in the baseline' : `accepted by ${owner}${until}: ${reason}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
