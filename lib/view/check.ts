import type { SourceRange } from '../diagnostics/diagnostic';
import type { CheckedTopology } from '../document/check';
import { addressText } from './address';
import { availabilityText, durationText } from './numbers';
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
  { address, code, detail, flow, judged, promised, severity, times, wanted }: Found,
  { flows, turns }: TopologyView,
  results: CheckedTopology['results'],
): string {
  const result = results.find((one) => one.flow === flow);
  const of = flows.find((view) => view.flow === flow);
  switch (code) {
    case 'target-missed':
      return `${flow} is ${of!.judged.replace(/( without changes)?$/, ' available$1')}, and ${of!.target} is wanted.`;
    case 'target-uncertain':
      return `${flow} meets ${of?.target}, and would miss it at the pessimistic end of what is assumed.`;
    case 'single-point':
      return `${addressText(address)} takes ${flow} down alone.`;
    case 'verdict-turns':
      return turns.find((sentence) => sentence.startsWith(`${flow} `)) ?? `The verdict on ${flow} hangs on ${addressText(address)}.`;
    case 'not-judged':
      return `The ${address.split('/').at(-1)?.toUpperCase()} of ${flow} is not judged by this version.`;
    case 'policy-target':
      return `${flow} is ${availabilityText(judged ?? result!.unavailability, wanted!.unavailability)} available${judged === undefined ? '' : ' at the pessimistic end of what is assumed'}, and the policy wants ${wanted!.availability.replace('%', ' %')}.`;
    case 'target-above-promise':
      return `${flow} wants ${of?.target}, and ${availabilityText(promised!, result!.target!.unavailability)} is promised for ${addressText(address)}, without which it is down. Ask for less, let it do without, or state a measured figure.`;
    case 'rpo-below-backup':
      return `${flow} wants an RPO of ${secondsText(times!.wanted)}, and what is lost in ${addressText(address)} ${severity === 'note' ? 'by deletion or corruption ' : ''}comes back from a copy that may be ${secondsText(times!.parts[0]!)} old. Ask for no less than that, or let it do without.`;
    case 'rto-below-redirect':
      return redirectText(flow!, address, times!);
    default:
      return detail ?? `${addressText(address)} is against a policy.`;
  }
}

/** Where nothing of its own checks, only the TTL counts. */
function redirectText(flow: string, address: string, { parts, wanted }: NonNullable<Found['times']>): string {
  const [detection = 0, ttl = 0] = parts;
  const seen = detection === 0 ? '' : `${secondsText(detection)} until its check has failed, then `;
  const lower = detection === 0 ? 'the TTL' : 'the TTL, or the interval of the check';
  return `${flow} wants an RTO of ${secondsText(wanted)}, and ${addressText(address)} leads callers elsewhere later: ${seen}${secondsText(ttl)} for which they keep the old answer. Ask for more, or lower ${lower}.`;
}

const secondsText = (seconds: number): string => (seconds === 0 ? '0 s' : durationText(seconds / 60));

function suppressedText({ by, expires, owner, reason }: NonNullable<Found['suppressed']>): string {
  const until = expires === null ? '' : ` until ${expires}`;
  return by === 'baseline' ? 'known in the baseline' : `accepted by ${owner}${until}: ${reason}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
