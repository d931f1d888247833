import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import type { Plain, PlainValue } from '../topology/plain';
import type { Flow, Target } from '../topology/topology';
import { tryParseAvailability } from '../units/availability';
import { tryParseDuration } from '../units/duration';
import { readLabels } from './labels';
import { checkLowTarget } from './low-target';
import type { Readable } from './readable';
import type { TargetSpec } from './spec';

interface Resolved<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A flow with its defaults, and what is wrong with it. */
export function resolveFlow(
  name: string,
  value: PlainValue,
  { components, labels }: { readonly components: ReadonlySet<string>; readonly labels: Readonly<Record<string, string>> },
  readable: Readable,
): Resolved<Flow> {
  const path = ['flows', name];
  const spec = readable.refused(path) ? {} : (value as Plain);
  const [inRequires, inAtomic] = (['requires', 'atomic'] as const).map(
    (key) => readable.items(spec[key], [...path, key]) as (string | undefined)[],
  );
  const [requires, atomic] = [inRequires!, inAtomic!].map((names) => names.filter((item) => item !== undefined)) as [string[], string[]];
  const target = spec.target && readable([...path, 'target']) ? resolveTarget(name, spec.target as unknown as TargetSpec) : undefined;
  const own = readLabels(spec.labels, [...path, 'labels'], readable);
  const complete = readable(path);
  const diagnostics = [
    ...(complete && requires.length + atomic.length === 0 ? [empty(name, path)] : []),
    ...references(name, 'requires', inRequires!, components),
    ...references(name, 'atomic', inAtomic!, components),
    ...(complete && atomic.length === 1 ? [alone(name, atomic[0]!)] : []),
    ...(target?.diagnostics ?? []),
    ...own.diagnostics,
  ];
  const inDoubt = atomic.length > 0 ? { assumption: 'flow.inDoubt' } : 0;
  return { value: { name, requires, atomic, inDoubt, target: target?.value ?? null, labels: { ...labels, ...own.labels } }, diagnostics };
}

function empty(name: string, path: SettingPath): Diagnostic {
  return error(
    'spec/empty-flow',
    'Flow without components',
    `The flow ${quote(name)} requires nothing, so that it could never fail. List in \`requires\` where its users come in.`,
    {
      path,
      atKey: true,
      address: `flow/${name}`,
    },
  );
}

function alone(name: string, participant: string): Diagnostic {
  return error(
    'spec/lone-participant',
    'Transaction of one',
    `A transaction is over two participants or more; ${quote(participant)} alone is required, not atomic. Move it to \`requires\`.`,
    { path: ['flows', name, 'atomic'], address: `flow/${name}` },
  );
}

function references(
  flow: string,
  setting: 'requires' | 'atomic',
  names: readonly (string | undefined)[],
  components: ReadonlySet<string>,
): Diagnostic[] {
  return names.flatMap((name, i) => {
    if (name === undefined) return [];
    const where = { path: ['flows', flow, setting, i], address: `flow/${flow}` };
    if (names.indexOf(name) < i) {
      return [error('spec/duplicate-requirement', 'Component named twice', `${quote(name)} is in the list twice. Remove one.`, where)];
    }
    if (components.has(name)) return [];
    return [
      error(
        'spec/unknown-component',
        'Unknown component',
        `The flow ${quote(flow)} requires ${quote(name)}, which is no component. ${instead(name, components, 'Components')}`,
        where,
      ),
    ];
  });
}

function resolveTarget(flow: string, spec: TargetSpec): Resolved<Target | null> {
  const where = (setting: string) => ({ path: ['flows', flow, 'target', setting], address: `flow/${flow}` });
  const diagnostics: Diagnostic[] = [];
  const unavailability = tryParseAvailability(spec.availability);
  if (unavailability === undefined) {
    diagnostics.push(
      error(
        'spec/availability',
        'Not an availability',
        `${quote(spec.availability)} is no availability. Write a share of time, such as 99.95%.`,
        where('availability'),
      ),
    );
  } else if (unavailability === 0) {
    diagnostics.push(
      error(
        'spec/target-of-100',
        'Target that nothing meets',
        'No system is available 100 % of the time. Say how much downtime is acceptable, such as 99.99%.',
        where('availability'),
      ),
    );
  } else {
    const { address, path } = where('availability');
    diagnostics.push(...checkLowTarget(spec.availability, path, address));
  }
  const time = (setting: 'rto' | 'rpo') => {
    const text = spec[setting];
    const seconds = text === undefined ? null : tryParseDuration(text);
    if (seconds === undefined) {
      diagnostics.push(
        error(
          'spec/duration',
          'Not a time',
          `${quote(text)} is no time. Write a number and its unit, such as 30s, 15m or 4h.`,
          where(setting),
        ),
      );
    }
    return seconds ?? null;
  };
  const [rto, rpo] = [time('rto'), time('rpo')];
  if (unavailability === undefined) return { value: null, diagnostics };
  const { availability, measure = 'time', includesChange = true, enforce = true } = spec;
  return { value: { availability, unavailability, measure, includesChange, enforce, rto, rpo }, diagnostics };
}
