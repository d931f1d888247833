import type { ChangeDocument, ComparedFlow, DiffDocument, EditDocument } from '../document/diff';
import { minutesPerYear } from '../units/duration';
import { addressText, families } from './address';
import { editText } from './edit';
import { eventText, flowView, list, spaced, type Tone } from './estimate';
import { durationText, quantityText, shareText } from './numbers';

/** What a change does to availability, in words and rounded numbers. Every format of `diff` is written from this. */
export interface DiffView {
  /** Nothing that anybody would want to be told about. */
  readonly nothing: boolean;
  readonly verdict: string;
  readonly tone: Tone;
  /** Flows that changed in any way, what matters most first. */
  readonly rows: readonly RowView[];
  readonly unchanged: readonly string[];
  readonly causes: readonly CausesView[];
  readonly findings: readonly { readonly sentence: string; readonly good: boolean }[];
  readonly assumptions: readonly string[];
  readonly notes: readonly string[];
  readonly resources: ResourcesView;
  readonly details: readonly DetailsView[];
}

export interface RowView {
  readonly flow: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly target: string;
  readonly verdict: string;
  readonly tone: Tone;
}

/** What the change of one flow comes from. */
export interface CausesView {
  readonly flow: string;
  readonly causes: readonly {
    readonly change: string;
    readonly words: string;
    readonly worse: boolean;
    readonly place: EditDocument['place'];
  }[];
  /** null: all are told. */
  readonly others: string | null;
}

export interface ResourcesView {
  readonly summary: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What a reader may open: what the new version's downtime comes from. */
export interface DetailsView {
  readonly flow: string;
  readonly contributors: readonly { readonly name: string; readonly share: string }[];
  readonly cutSets: readonly { readonly share: string; readonly words: string }[];
}

const mostCauses = 5;

/** Words a comparison. */
export function diffView(document: DiffDocument): DiffView {
  const several = document.topologies.filter(({ status }) => status !== 'unchanged').length > 1;
  const nameOf = ({ flow, topology }: { readonly flow: string; readonly topology: string }) => (several ? `${topology}/${flow}` : flow);
  const changed = document.flows.filter(hasChanged).sort((a, b) => weightOf(b) - weightOf(a));
  const rows = changed.map((flow) => rowOf(flow, nameOf(flow)));
  const findings = findingsOf(document, nameOf);
  const assumptions = document.assumptions.map(({ after, before, name, topology, unit }) => {
    const text = (side: typeof before) => (side ? quantityText(side.value, unit as 'seconds') : 'unset');
    return `${several ? `${topology}: ` : ''}${name} ${text(before)} → ${text(after)}`;
  });
  const notes = notesOf(document);
  const resources = resourcesOf(document, several);
  const touched = document.topologies.some(({ status }) => status !== 'unchanged');
  const nothing = !touched && document.diagnostics.length === 0;
  return {
    nothing,
    ...verdictOf(document, changed, nameOf, nothing),
    rows,
    unchanged: document.flows
      .filter((flow) => !hasChanged(flow))
      .map(({ flow, topology }) => (document.topologies.length > 1 ? `${topology}/${flow}` : flow)),
    causes: changed.flatMap((flow) => causesOf(flow, nameOf(flow))),
    findings,
    assumptions,
    notes,
    resources,
    details: changed.flatMap((flow) => detailsOf(flow, nameOf(flow))),
  };
}

function hasChanged({ after, before, delta }: ComparedFlow): boolean {
  if (!delta) return true;
  const target = (side: typeof before) => side?.target && [side.target.availability, side.target.measure, side.target.includesChange];
  return (
    delta.unavailability !== 0 ||
    delta.requestFailure !== 0 ||
    delta.target === 'newly missed' ||
    delta.target === 'newly met' ||
    JSON.stringify(target(before)) !== JSON.stringify(target(after))
  );
}

/** Newly missed targets first, then by how much the downtime changes. */
function weightOf({ after, before, delta }: ComparedFlow): number {
  const verdict = delta?.target ?? (before === null && after?.target?.met === false ? 'newly missed' : null);
  return (verdict === 'newly missed' ? 1e9 : verdict === 'newly met' ? 1e8 : 0) + Math.abs(delta?.downtimeMinutesPerYear ?? 0);
}

const signed = (minutes: number): string => (minutes === 0 ? 'none' : `${minutes > 0 ? '+' : '−'}${durationText(Math.abs(minutes))}`);

function rowOf({ after, before, delta }: ComparedFlow, flow: string): RowView {
  const [one, other] = [before && flowView(before), after && flowView(after)];
  const change = !before
    ? 'new'
    : !after
      ? 'removed'
      : `${signed(delta!.downtimeMinutesPerYear)}${delta!.unavailability !== 0 && !delta!.significant ? ' (within the uncertainty)' : ''}`;
  const verdict = !after ? '' : (delta?.target ?? (after.target ? (after.target.met ? 'met' : 'missed') : 'no target'));
  return {
    flow,
    before: one?.available ?? '',
    after: other?.available ?? '',
    change,
    target: other?.target ?? '',
    verdict,
    tone: toneOf({ after, before, delta }),
  };
}

function toneOf({ after, before, delta }: Pick<ComparedFlow, 'after' | 'before' | 'delta'>): Tone {
  if (!before) return after?.target ? (after.target.met ? 'good' : 'bad') : 'none';
  if (!delta) return 'none';
  if (delta.target === 'newly missed') return 'bad';
  if (delta.target === 'newly met') return 'good';
  return !isMaterial({ before, delta }) ? 'none' : delta.unavailability > 0 ? 'doubtful' : 'good';
}

function verdictOf(
  document: DiffDocument,
  changed: readonly ComparedFlow[],
  nameOf: (flow: ComparedFlow) => string,
  nothing: boolean,
): { readonly verdict: string; readonly tone: Tone } {
  const broken = document.diagnostics.length;
  if (broken > 0)
    return {
      verdict: `A spec is broken (${broken === 1 ? 'one mistake' : `${broken} mistakes`}), so its availability is unknown.`,
      tone: 'bad',
    };
  if (nothing) return { verdict: 'Nothing changed: availability and Terraform are as before.', tone: 'none' };
  const by = (test: (flow: ComparedFlow) => boolean) => changed.filter(test);
  const missed = by((flow) => flow.delta?.target === 'newly missed');
  const news = by(({ before }) => before === null);
  const newMissed = news.filter(({ after }) => after?.target?.met === false);
  const met = by((flow) => flow.delta?.target === 'newly met');
  const rest = by((flow) => isMaterial(flow) && !missed.includes(flow) && !met.includes(flow));
  const worse = rest.filter(({ delta }) => delta!.unavailability > 0);
  const better = rest.filter(({ delta }) => delta!.unavailability < 0);
  const deleted = document.topologies.filter(({ status }) => status === 'removed').map(({ topology }) => topology);
  const gone = by(({ after, topology }) => after === null && !deleted.includes(topology));
  const sentences = [
    ...missed.map((flow) => `${nameOf(flow)} newly misses its target of ${spaced(flow.after!.target!.availability)}${byHowMuch(flow)}.`),
    ...newMissed.map((flow) => `${nameOf(flow)} is new and misses its target of ${spaced(flow.after!.target!.availability)}.`),
    ...told(worse, nameOf, 'worse', 'more'),
    ...met.map((flow) => `${nameOf(flow)} newly meets its target of ${spaced(flow.after!.target!.availability)}${byHowMuch(flow)}.`),
    ...told(better, nameOf, 'better', 'less'),
    ...plural(
      news.filter((flow) => !newMissed.includes(flow)),
      nameOf,
      'is new',
      'are new',
    ),
    ...plural(gone, nameOf, 'was removed', 'were removed'),
    ...(deleted.length > 0 ? [`${list(deleted)} ${deleted.length > 1 ? 'were' : 'was'} deleted, with all flows.`] : []),
  ];
  const tone: Tone =
    missed.length + newMissed.length > 0 ? 'bad' : worse.length > 0 ? 'doubtful' : met.length + better.length > 0 ? 'good' : 'none';
  if (sentences.length > 0)
    return { verdict: sentences.slice(0, 3).join(' ') + (sentences.length > 3 ? ' See below for the others.' : ''), tone };
  const moved = by(({ delta }) => delta !== null && delta.unavailability !== 0);
  if (moved.length > 0)
    return {
      verdict: `No flow changes much, or by more than the uncertainty: ${moved
        .map((flow) => `${nameOf(flow)} ${signed(flow.delta!.downtimeMinutesPerYear)} a year`)
        .slice(0, 3)
        .join(', ')}.`,
      tone: 'none',
    };
  return { verdict: 'Availability stays exactly as it was.', tone: 'none' };
}

/** A change that is surely there and that somebody could notice: a half percent of the downtime. */
function isMaterial({ before, delta }: Pick<ComparedFlow, 'before' | 'delta'>): boolean {
  return before !== null && delta !== null && delta.significant && Math.abs(delta.unavailability) >= 0.005 * before.unavailability;
}

function byHowMuch({ delta }: ComparedFlow): string {
  const minutes = delta!.downtimeMinutesPerYear;
  return minutes === 0 ? '' : `: down ${durationText(Math.abs(minutes))} ${minutes > 0 ? 'more' : 'less'} a year`;
}

function told(flows: readonly ComparedFlow[], nameOf: (flow: ComparedFlow) => string, word: string, direction: string): string[] {
  const [first, ...others] = flows;
  if (!first) return [];
  const also =
    others.length === 0
      ? ''
      : others.length > 2
        ? `, and ${others.length} other flows get ${word}`
        : `, and ${list(others.map(nameOf))} ${others.length > 1 ? 'get' : 'gets'} ${word}`;
  return [`${nameOf(first)} gets ${word}: down ${durationText(Math.abs(first.delta!.downtimeMinutesPerYear))} ${direction} a year${also}.`];
}

function plural(flows: readonly ComparedFlow[], nameOf: (flow: ComparedFlow) => string, one: string, many: string): string[] {
  if (flows.length === 0) return [];
  const names = flows.slice(0, 5).map(nameOf);
  return [`${list(flows.length > 5 ? [...names, `${flows.length - 5} others`] : names)} ${flows.length > 1 ? many : one}.`];
}

function causesOf({ changes, delta }: ComparedFlow, flow: string): CausesView[] {
  if (!delta) return [];
  const effective = changes
    .filter(({ unavailability }) => unavailability !== 0)
    .sort((a, b) => Math.abs(b.unavailability) - Math.abs(a.unavailability));
  if (effective.length === 0) return [];
  const perYear = (change: ChangeDocument) => change.unavailability * minutesPerYear;
  const shown = effective.slice(0, mostCauses);
  const rest = effective.slice(mostCauses);
  return [
    {
      flow,
      causes: shown.map((change) => ({
        change: signed(perYear(change)),
        words: `${editText(change)}${change.joined.length > 0 ? ` (together with: ${joinedText(change.joined)})` : ''}`,
        worse: change.unavailability > 0,
        place: change.place,
      })),
      others:
        rest.length === 0 ? null : `${signed(rest.reduce((sum, change) => sum + perYear(change), 0))} from ${rest.length} other changes`,
    },
  ];
}

function joinedText(joined: readonly EditDocument[]): string {
  const words = joined.slice(0, 3).map(editText);
  return `${words.join('; ')}${joined.length > 3 ? `; ${joined.length - 3} more` : ''}`;
}

/** Recovery objectives newly missed or met, single points of failure that come and go, each with all flows that it takes down, and verdicts that have become doubtful. */
function findingsOf(
  { findings, objectives }: DiffDocument,
  nameOf: (finding: { flow: string; topology: string }) => string,
): DiffView['findings'] {
  const of = (found: DiffDocument['findings']['added'], good: boolean) => {
    const flows = new Map<string, string[]>();
    for (const finding of found) {
      if (finding.code !== 'single-point') continue;
      const key = JSON.stringify([finding.topology, finding.address]);
      flows.set(key, [...(flows.get(key) ?? []), nameOf(finding)]);
    }
    return [...flows].map(([key, names]) => {
      const [, address] = JSON.parse(key) as [string, string];
      return { good, sentence: `${addressText(address)} ${good ? 'no longer takes' : 'now takes'} ${list(names)} down alone.` };
    });
  };
  const doubtful = findings.added
    .filter(({ code }) => code === 'target-uncertain')
    .map((finding) => ({
      good: false,
      sentence: `${nameOf(finding)} would now miss its target at the pessimistic end of what is assumed.`,
    }));
  const recovery = objectives.flatMap((one) => {
    const [was, is] = [one.before?.met ?? null, one.after?.met ?? null];
    if (is === null || is === was || (is && was === null)) return [];
    return [
      {
        good: is,
        sentence: `${nameOf(one)} newly ${is ? 'meets' : 'misses'} its ${one.objective.toUpperCase()} of ${durationText(one.after!.seconds / 60)}.`,
      },
    ];
  });
  return [...recovery, ...of(findings.added, false), ...of(findings.removed, true), ...doubtful];
}

function notesOf({ topologies }: DiffDocument): string[] {
  return topologies.flatMap(({ attribution, because, renamed, status, topology }) => [
    ...(status === 'added' ? [`${topology} is new.`] : []),
    ...renamed.map(({ from, to }) => `${from} is called ${to} now.`),
    ...(because === null ? [] : [because]),
    ...(attribution === 'drawn' ? ['There are more than eight changes, so their parts are from drawn orders.'] : []),
  ]);
}

function resourcesOf({ resources }: DiffDocument, several: boolean): ResourcesView {
  const name = ({ address, topology }: { readonly address: string; readonly topology: string }) =>
    several ? `${topology}: ${address}` : address;
  const counts = [
    [resources.added.length, 'added'],
    [resources.removed.length, 'removed'],
    [resources.changed.length, 'changed'],
  ] as const;
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return {
    summary: resources.because ?? (parts.length === 0 ? 'no resource changes' : list(parts)),
    added: resources.added.map(name),
    removed: resources.removed.map(name),
    changed: resources.changed.map((change) => {
      const what = [
        ...(change.was === null ? [] : [`was ${change.was}`]),
        ...(change.arguments.length > 0 ? [change.arguments.join(', ')] : []),
      ];
      return `${name(change)} (${what.join('; ')})`;
    }),
  };
}

function detailsOf({ after }: ComparedFlow, flow: string): DetailsView[] {
  if (!after) return [];
  return [
    {
      flow,
      contributors: families(after.contributors)
        .slice(0, 6)
        .map(({ name, part }) => ({ name, share: shareText(part) })),
      cutSets: after.cutSets
        .slice(0, 5)
        .map((set) => ({ share: shareText(set.unavailability / after.unavailability), words: set.events.map(eventText).join(' and ') })),
    },
  ];
}
