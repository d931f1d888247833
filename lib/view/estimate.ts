import type { AssumptionDocument, FlowDocument, HitDocument, TargetDocument, TopologyDocument, UsersDocument } from '../document/estimate';
import { minutesPerYear } from '../units/duration';
import { addressText, families } from './address';
import { adviceOf } from './advice';
import { availabilityText, durationText, perYearText, quantityText, shareText } from './numbers';
import { toldApart } from '../units/told-apart';

/** A verdict's tone. */
export type Tone = 'good' | 'doubtful' | 'bad' | 'none';

/** The estimate of a topology in words and rounded numbers. Every format is written from this. */
export interface TopologyView {
  readonly verdict: string;
  readonly tone: Tone;
  readonly flows: readonly FlowView[];
  /** Who is hit, of flows whose users are divided over shards. */
  readonly users: readonly string[];
  /** Rows of what the downtime comes from, with a share for each flow. */
  readonly causes: readonly { readonly name: string; readonly shares: readonly string[] }[];
  readonly singlePoints: readonly string[];
  readonly singleCauses: readonly string[];
  readonly advice: readonly string[];
  readonly assumed: string;
  readonly assumptions: readonly AssumptionView[];
  readonly turns: readonly string[];
  readonly objectives: readonly string[];
  readonly notModelled: readonly string[];
  readonly cutSets: readonly { readonly flow: string; readonly sets: readonly { readonly share: string; readonly words: string }[] }[];
}

export interface FlowView {
  readonly flow: string;
  readonly available: string;
  /** What is compared with the target. */
  readonly judged: string;
  readonly down: string;
  readonly outages: string;
  readonly lasting: string;
  readonly between: string;
  readonly withoutChange: string;
  readonly target: string;
  readonly verdict: string;
  readonly tone: Tone;
  readonly chance: string | null;
}

export interface AssumptionView {
  readonly name: string;
  readonly value: string;
  readonly range: string;
  readonly basis: string;
  readonly source: string;
}

const mostCauses = 8;

/** Words the estimate of one topology. */
export function topologyView(document: Omit<TopologyDocument, 'findings'>): TopologyView {
  const { assumptions, objectives, results, topology } = document;
  return {
    ...verdictOf(topology, results),
    flows: results.map(flowView),
    users: results.flatMap(({ flow, users }) => (users ? [`${flow}: ${usersText(users)}`] : [])),
    causes: causesOf(results),
    singlePoints: singlesOf(results, 'singlePoints'),
    singleCauses: singlesOf(results, 'singleCauses'),
    advice: adviceOf(results),
    assumed: assumedText(assumptions),
    // Most who look at an estimate ask neither for all assumptions nor for cut sets.
    get assumptions() {
      return assumptions.map(assumptionView);
    },
    turns: results.flatMap((result) => turnsOf(result, assumptions)),
    objectives: objectives.map(
      ({ because, flow, objective, seconds }) => `${flow}: ${objective.toUpperCase()} of ${durationText(seconds / 60)}. ${because ?? ''}`,
    ),
    notModelled: [...new Set(document.notModelled)],
    get cutSets() {
      return results.map(({ cutSets, flow, unavailability }) => ({
        flow,
        sets: cutSets.map((set) => ({
          share: shareText(set.unavailability / unavailability),
          words: set.events.map(eventText).join(' and '),
        })),
      }));
    },
  };
}

function verdictOf(topology: string, results: readonly FlowDocument[]): { readonly verdict: string; readonly tone: Tone } {
  const judged = results.flatMap((result) => (result.target ? [{ ...result, target: result.target }] : []));
  if (judged.length === 0) {
    const flows = results.map(({ flow, unavailability }) => `${flow} is ${availabilityText(unavailability)} available`).join(', ');
    return {
      verdict: results.length === 0 ? `${topology} has no flows.` : `${topology}: ${flows}. There is no target to meet.`,
      tone: 'none',
    };
  }
  const missed = judged.filter(({ target }) => !target.met);
  const doubtful = judged.filter(({ target }) => target.met && !target.metAt95);
  if (missed.length > 0) {
    const first = missed[0]!;
    const others = missed.length > 1 ? ` So ${missed.length > 2 ? 'do' : 'does'} ${list(missed.slice(1).map(({ flow }) => flow))}.` : '';
    const counted = judged.length === 1 ? 'its target' : `${missed.length} of its ${judged.length} targets`;
    return {
      verdict: `${topology} misses ${counted}: ${first.flow} ${achieves(first.target)}, and ${spaced(first.target.availability)} is wanted.${others}`,
      tone: 'bad',
    };
  }
  const all = judged.length === 1 ? 'its target' : `all ${judged.length} of its targets`;
  if (doubtful.length === 0) return { verdict: `${topology} meets ${all}, also at the pessimistic end of what is assumed.`, tone: 'good' };
  return {
    verdict: `${topology} meets ${all}; at the pessimistic end of what is assumed ${list(doubtful.map(({ flow }) => flow))} would miss ${doubtful.length > 1 ? 'theirs' : 'its'}.`,
    tone: 'doubtful',
  };
}

function achieves(target: TargetDocument): string {
  const text = availabilityText(target.judged, target.unavailability);
  return target.measure === 'requests' ? `answers ${text} of its requests` : `is ${text} available`;
}

/** A target with the space that a unit wants. */
export const spaced = (availability: string): string => availability.replace('%', ' %');

/** Names in a row: "a", "a and b", "a, b and c". */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`;
}

/** Words the estimate of one flow. */
export function flowView(result: FlowDocument): FlowView {
  const { infrastructureOnly, meanOutageMinutes, outagesPerYear, target, unavailability, unavailabilityInterval } = result;
  const byRequests = target?.measure === 'requests';
  const wanted = target?.unavailability;
  const { p5, p95 } = byRequests ? target.interval : unavailabilityInterval;
  const withoutChange = availabilityText(infrastructureOnly.unavailability, byRequests ? undefined : wanted);
  const available = byRequests ? `${availabilityText(target.judged, wanted)} of requests` : availabilityText(unavailability, wanted);
  return {
    flow: result.flow,
    available,
    judged:
      target === null || target.includesChange
        ? available
        : `${availabilityText(target.judged, wanted)}${byRequests ? ' of requests' : ''} without changes`,
    down: durationText(result.downtimeMinutesPerYear),
    outages: outagesPerYear === null ? 'unknown' : perYearText(outagesPerYear),
    lasting: meanOutageMinutes === null ? 'unknown' : durationText(meanOutageMinutes),
    between: `${availabilityText(p95, wanted)} and ${availabilityText(p5)}`,
    withoutChange,
    target: target
      ? `${spaced(target.availability)}${target.measure === 'requests' ? ' of requests' : ''}${target.includesChange ? '' : ' without changes'}`
      : '',
    verdict: target ? (target.met ? (target.metAt95 ? 'met' : 'met, not at the pessimistic end') : 'missed') : 'no target',
    tone: target ? (target.met ? (target.metAt95 ? 'good' : 'doubtful') : 'bad') : 'none',
    chance: target?.chanceToMeet
      ? `${shareText(target.chanceToMeet.month)} of months, ${shareText(target.chanceToMeet.quarter)} of quarters, ${shareText(target.chanceToMeet.year)} of years`
      : null,
  };
}

function usersText({ allUsers, anyUser, perUser }: UsersDocument): string {
  const often = ({ outagesPerYear }: HitDocument): string =>
    outagesPerYear === null ? 'how often is unknown' : perYearText(outagesPerYear);
  const hit = (one: HitDocument): string =>
    one.unavailability === 0 ? 'never' : `${durationText(one.unavailability * minutesPerYear)} a year (${often(one)})`;
  return `down for someone ${hit(anyUser)}, for everyone ${hit(allUsers)}, for a given user ${hit(perUser)}`;
}

function causesOf(results: readonly FlowDocument[]): TopologyView['causes'] {
  const byFlow = results.map(({ contributors }) => new Map(families(contributors).map(({ name, part }) => [name, part])));
  const largest = new Map<string, number>();
  for (const parts of byFlow) for (const [name, part] of parts) largest.set(name, Math.max(part, largest.get(name) ?? 0));
  return [...largest]
    .filter(([, part]) => part >= 0.005)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostCauses)
    .map(([name]) => ({ name, shares: byFlow.map((parts) => (parts.has(name) ? shareText(parts.get(name)!) : '')) }));
}

function singlesOf(results: readonly FlowDocument[], field: 'singlePoints' | 'singleCauses'): string[] {
  const flows = new Map<string, { component: string | null; flows: string[]; share: number }>();
  for (const result of results) {
    for (const single of result[field]) {
      const known = flows.get(single.address) ?? {
        component: 'component' in single ? (single.component as string | null) : null,
        flows: [],
        share: 0,
      };
      known.flows.push(result.flow);
      known.share = Math.max(known.share, single.share);
      flows.set(single.address, known);
    }
  }
  return [...flows]
    .sort((a, b) => toldApart(b[1].share) - toldApart(a[1].share) || (a[0] < b[0] ? -1 : 1))
    .map(
      ([address, { flows: names }]) => `${addressText(address)} ${address.startsWith('change/') ? 'take' : 'takes'} ${list(names)} down`,
    );
}

function assumedText(assumptions: readonly AssumptionDocument[]): string {
  const counts = new Map<string, number>();
  for (const { basis } of assumptions) counts.set(basis, (counts.get(basis) ?? 0) + 1);
  const shared = assumptions.filter(({ from }) => from[0] === 'nines.yaml').length;
  const own = assumptions.filter(({ from }) => from !== 'default').length - shared;
  const parts = [
    ['published', 'published'],
    ['sla', 'from agreements (credit thresholds)'],
    ['measured', 'measured'],
    ['stated', 'stated in the spec'],
    ['judgement', 'judged, with wide ranges'],
  ] as const;
  const counted = parts.flatMap(([basis, words]) => (counts.has(basis) ? [`${counts.get(basis)!} ${words}`] : []));
  const overridden = own > 0 ? `; ${own} of them set by this spec` : '';
  const organized = shared > 0 ? `; ${shared} of them from nines.yaml` : '';
  return `${assumptions.length} ${assumptions.length === 1 ? 'number' : 'numbers'}: ${counted.join(', ')}${overridden}${organized}.`;
}

function assumptionView({ basis, date, name, range, source, unit, value }: AssumptionDocument): AssumptionView {
  return {
    name,
    value: quantityText(value, unit),
    range: range ? `${quantityText(range[0], unit)} to ${quantityText(range[1], unit)}` : 'no range',
    basis,
    source: `${source} (${date})`,
  };
}

function turnsOf({ flow, turns }: FlowDocument, assumptions: readonly AssumptionDocument[]): string[] {
  return turns.map(({ address, at, metBelow, value }) => {
    const assumption = assumptions.find(({ name }) => `assumption/${name}` === address)!;
    const side = metBelow ? 'above' : 'below';
    return `${flow} misses its target when ${assumption.name} is ${side} ${quantityText(at, assumption.unit)} (assumed: ${quantityText(value, assumption.unit)}; judged to lie between ${quantityText(assumption.range![0], assumption.unit)} and ${quantityText(assumption.range![1], assumption.unit)}).`;
  });
}

type EventDocument = FlowDocument['cutSets'][number]['events'][number];

const phaseText = (phase: NonNullable<EventDocument['phase']>): string =>
  'youngerThanSeconds' in phase
    ? `first ${durationText(phase.youngerThanSeconds / 60)}`
    : `and ${durationText(phase.overForLessThanSeconds / 60)} after`;

/** One event of a cut set in words. */
export function eventText({ address, choice, phase }: EventDocument): string {
  const details = [...(phase ? [phaseText(phase)] : []), ...(choice === null ? [] : [choice])];
  return `${addressText(address)}${details.length > 0 ? ` (${details.join('; ')})` : ''}`;
}
