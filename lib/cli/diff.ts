import { hasErrors } from '../diagnostics/diagnostic';
import { diffDocument, type DiffDocument, type DiffPart, type EditDocument } from '../document/diff';
import type { CompareOptions } from '../estimate/compare';
import type { Edit } from '../estimate/edits';
import { renderComment } from '../report/diff-markdown';
import { renderDiffText } from '../report/diff-text';
import type { ResourceDifference } from '../resources/difference';
import { visible } from '../report/visible';
import type { Budget } from '../topology/policy';
import { tryParseDuration } from '../units/duration';
import { durationText } from '../view/numbers';
import { UsageError, wantsColour, type Command, type ExitCode, type Io } from './command';
import { comparisonsOf, type Version } from './comparisons';
import { compareResources } from './compare-resources';
import { json } from './estimate';
import { labelsOf } from './forge/environment';
import { parseFormats, refuseOverwriting, writeFormats } from './formats';
import { loadInputs, type LoadedTopology } from './load';
import { parseOptions, wholeNumber } from './options';
import { filesOf, policyFileName } from './organization';
import { readSides, type Sides } from './sides';
import { tool } from './tool';

const help = `Usage: nines diff BASE [HEAD] [OPTIONS]

What a change does to availability: which flows get better or worse and by how much, which changed settings are responsible, which targets are newly
missed or met, single points of failure that come and go, and what changes in the Terraform. BASE and HEAD are specs, folders, cdktf.out folders or
git revisions (main, main..feature, main...feature); HEAD defaults to the working tree. An argument is a path if there is such a path, else a
revision. Revisions are read from git; nothing is checked out.

Options
  --rev REVISION, --path PATH  say which it is
  --specs PATH                 what to compare at revisions (repeatable; default: topologies)
  --gate                       exit code 1 when a target is newly missed, or a flow is worse than allowed
  --allow DURATION             with --gate: the downtime that a flow may gain in a year, such as 5m (default: the budget of nines.yaml, else any that
                               misses no target)
  --label NAME                 a label of the pull request, which may lift the budget of nines.yaml (repeatable; also read from the CI job's variables)
  --no-resources               do not compare the Terraform
  --samples N                  samples of the assumptions, shared by both versions (default: 300)
  --seed N                     names the random numbers (default: 1)
  --format text|markdown|json[=FILE]  repeatable; one may go to standard output

Examples
  nines diff main
  nines diff main...feature --gate --allow 5m
  nines diff main topologies/orders.yaml --format json=diff.json --format text
  nines diff old.yaml new.yaml
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, given } = parseOptions(args, {
    rev: 'values',
    path: 'values',
    specs: 'values',
    gate: 'flag',
    allow: 'value',
    label: 'values',
    'no-resources': 'flag',
    samples: 'value',
    seed: 'value',
    format: 'values',
  });
  const formats = parseFormats(options.format, ['text', 'markdown', 'json'], io);
  const allowed = options.allow === undefined ? null : minutesOf(options.allow);
  if (allowed !== null && !options.gate) throw new UsageError('--allow says what --gate lets pass; give both.');
  const settings: CompareOptions = {
    ...(options.samples === undefined ? {} : { samples: wholeNumber('samples', options.samples, 20, 100_000) }),
    ...(options.seed === undefined ? {} : { seed: wholeNumber('seed', options.seed, 0, 2 ** 32 - 1) }),
  };
  const sides = await readSides(given, options.specs, io);
  for (const { inputs, organizationOf } of [sides.base, sides.head]) refuseOverwriting(formats, filesOf(inputs, organizationOf), io);
  const { budgets, document, unread } = await documentOf(sides, settings, !options['no-resources'], io);
  const render = (name: string) =>
    name === 'json'
      ? json(document)
      : name === 'markdown'
        ? renderComment(document)
        : renderDiffText(document, { colour: wantsColour(io, io.stdout) });
  const shown = document.topologies.length > 0 || !unread ? formats : formats.filter(({ name }) => name !== 'text');
  writeFormats(shown, render, io);
  if (unread) return 2;
  if (!options.gate) return 0;
  const labels = [...options.label, ...labelsOf(io.env)];
  const reasons = closedBecause(document, (topology) => allowed ?? allowedBy(budgets.get(topology) ?? null, labels));
  io.stderr.write(reasons.map((reason) => `nines diff: ${visible(reason)}\n`).join(''));
  return reasons.length > 0 ? 1 : 0;
}

export const command: Command = { name: 'diff', summary: 'what a change does to availability', help, run };

function minutesOf(text: string): number {
  const seconds = tryParseDuration(text);
  if (seconds === undefined) throw new UsageError(`--allow takes a duration such as 5m, got ${JSON.stringify(text)}.`);
  return seconds / 60;
}

/** Minutes that a budget lets a flow lose; null: any. */
function allowedBy(budget: Budget | null, labels: readonly string[]): number | null {
  if (!budget || (budget.unlessLabel !== null && labels.includes(budget.unlessLabel))) return null;
  return budget.seconds / 60;
}

/** Why the gate stays closed: targets and recovery objectives that are newly missed, also by new flows, and flows that lose more than they may. */
export function closedBecause({ flows, objectives }: DiffDocument, allowedOf: (topology: string) => number | null): string[] {
  const unrecovered = objectives
    .filter(({ after, before }) => after?.met === false && before?.met !== false)
    .map(({ flow, objective, topology }) => `${topology}/${flow} newly misses its ${objective.toUpperCase()}.`);
  const worse = flows.flatMap(({ after, before, delta, flow, topology }) => {
    const name = `${topology}/${flow}`;
    if (delta?.target === 'newly missed' || (!before && after?.target?.met === false))
      return [`${name} newly misses its target of ${after!.target!.availability}.`];
    const allowed = allowedOf(topology);
    if (!delta || allowed === null || delta.downtimeMinutesPerYear <= allowed) return [];
    return [`${name} is down ${durationText(delta.downtimeMinutesPerYear)} more a year, and a change may cost ${durationText(allowed)}.`];
  });
  return [...worse, ...unrecovered];
}

interface Pair {
  readonly before: LoadedTopology | null;
  readonly after: LoadedTopology | null;
}

async function documentOf(
  { base, head, files }: Sides,
  options: CompareOptions,
  withResources: boolean,
  io: Io,
): Promise<{ document: DiffDocument; unread: boolean; budgets: ReadonlyMap<string, Budget | null> }> {
  const old = loadInputs(base.inputs, { ...io, stderr: labelled(io, base.name) }, base.organizationOf);
  const now = loadInputs(head.inputs, io, head.organizationOf);
  const unreadable = (side: typeof now, inputs: typeof head.inputs) =>
    inputs.filter(({ file }) => !side.good.some(({ source }) => source.path === file)).map(({ file }) => file);
  const brokenNow = unreadable(now, head.inputs);
  const pairs = pairsOf(old.good, now.good, files).filter(({ before, after }) => after || !brokenNow.includes(before!.source.path));
  const parts: DiffPart[] = [];
  let resourcesBecause: string | null = withResources ? null : 'Resources were not asked for.';
  const versions = pairs.map(({ before, after }) => ({ before: before && versionOf(before), after: after && versionOf(after) }));
  const comparisons = await comparisonsOf(versions, options, io);
  for (const [i, { before, after }] of pairs.entries()) {
    const comparison = comparisons[i]!;
    let resources: ResourceDifference | null = null;
    // What was not edited makes the same resources.
    if (withResources && (!before || !after || comparison.edits.length + comparison.renamed.size > 0)) {
      const found = await compareResources(before?.topology ?? null, after?.topology ?? null);
      if ('added' in found) resources = found;
      else
        resourcesBecause = `The Terraform of ${(after ?? before)!.topology.name} cannot be made: ${found.map(({ detail }) => detail).join(' ')}`;
    }
    parts.push({
      comparison,
      before: before?.source ?? null,
      after: after?.source ?? null,
      resources,
      placeOf: (edit) => placeOf(edit, { before, after }, comparison.renamed),
    });
  }
  const diagnostics = now.diagnostics.filter((diagnostic) => hasErrors([diagnostic]));
  const document = diffDocument({ tool: tool(), parts, diagnostics, ...(resourcesBecause === null ? {} : { resourcesBecause }) });
  // What was agreed on before counts: a change cannot raise its own budget.
  const budgets = new Map(
    pairs.map(({ before, after }) => {
      const policy = (before?.organization ?? after?.organization)?.policy;
      return [(after ?? before)!.topology.name, policy?.budget ?? null] as const;
    }),
  );
  return { document, unread: now.bad, budgets };
}

function versionOf({ organization, source, topology }: LoadedTopology): Version {
  return { topology, organization: organization?.assumptions ?? [], sha256: source.sha256 };
}

/** What is wrong with the old version is told with its name: a reader would look for it in the new one. */
function labelled(io: Io, name: string): Io['stderr'] {
  return { isTTY: io.stderr.isTTY, write: (text) => io.stderr.write(`In ${name}, which is compared with:\n${text}`) };
}

/** Topologies of one name, then of one file: a topology may have been renamed. */
function pairsOf(before: readonly LoadedTopology[], after: readonly LoadedTopology[], files: boolean): Pair[] {
  const left = new Set(before);
  const partners = new Map<LoadedTopology, LoadedTopology>();
  const match = (same: (old: LoadedTopology, now: LoadedTopology) => boolean) => {
    for (const now of after) {
      if (partners.has(now)) continue;
      const old = [...left].find((candidate) => same(candidate, now));
      if (!old) continue;
      left.delete(old);
      partners.set(now, old);
    }
  };
  match((old, now) => old.topology.name === now.topology.name && old.source.path === now.source.path);
  match((old, now) => old.topology.name === now.topology.name);
  match((old, now) => old.source.path === now.source.path);
  if (files) match(() => true);
  return [
    ...after.map((now): Pair => ({ before: partners.get(now) ?? null, after: now })),
    ...[...left].map((old): Pair => ({ before: old, after: null })),
  ];
}

function placeOf({ after: value, path }: Edit, { before, after }: Pair, renamed: ReadonlyMap<string, string>): EditDocument['place'] {
  const side = value === undefined ? before : after;
  const where = side === before ? 'before' : 'after';
  const { organization } = side ?? {};
  if (path[0] === policyFileName)
    return organization
      ? { path: organization.file, line: organization.rangeOf(['assumptions', ...path.slice(1)]).start.line, in: where }
      : null;
  const file = side?.source.path;
  if (!side?.loaded.positions || file === undefined || file.endsWith('topology.json')) return null;
  const formerly = new Map([...renamed].map(([from, to]) => [to, from]));
  const written =
    side === before ? path.map((step, i) => (i === 1 && path[0] === 'components' ? (formerly.get(step) ?? step) : step)) : path;
  return { path: file, line: side.loaded.positions.rangeOf(written).start.line, in: where };
}
