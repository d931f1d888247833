import type { DifferenceDocument, DriftDocument } from '../document/drift';
import { minutesPerYear } from '../units/duration';
import { addressText } from './address';
import { availabilityText, durationText } from './numbers';

/** What is there beside what the model counts on, worded and rounded. */
export interface DriftView {
  readonly verdict: string;
  readonly drifted: boolean;
  readonly rows: readonly DriftRow[];
  readonly flows: readonly { readonly flow: string; readonly reviewed: string; readonly there: string; readonly change: string }[];
  readonly notes: readonly string[];
}

export interface DriftRow {
  readonly subject: string;
  readonly counts: string;
  readonly found: string;
  readonly effect: string;
}

/** Words the document. */
export function driftView(document: DriftDocument): DriftView {
  const { because, differences, drifted, flows, moved, topology, with: compared } = document;
  const number = differences.length === 1 ? 'One thing is' : `${differences.length} things are`;
  const there = compared.form === 'live' ? `${compared.path} of AWS` : `the ${compared.form} ${compared.path}`;
  return {
    drifted,
    verdict: drifted
      ? `${topology}: ${number} not as the model counts on in ${there}.`
      : `${topology}: ${there} has what the model counts on.`,
    rows: differences.map((difference) => rowOf(difference, flows !== null)),
    flows: drifted
      ? (flows ?? []).flatMap(({ after, before, delta, flow }) =>
          before && after && delta
            ? [
                {
                  flow,
                  reviewed: availabilityText(before.unavailability),
                  there: availabilityText(after.unavailability),
                  change: moreOrLess(delta.unavailability),
                },
              ]
            : [],
        )
      : [],
    notes: [
      ...(because === null ? [] : [`What is there cannot be estimated. ${because}`]),
      ...(flows && differences.some(({ effects }) => effects === null)
        ? ['What is in no number cannot be said by a setting of a spec: what it does comes on top.']
        : []),
      ...moved.map(({ address, from, to, what }) => `${addressText(address)}: moved, which is no drift: ${what}, ${from} → ${to}.`),
    ],
  };
}

function rowOf({ address, counts, effects, found, resource, setting }: DifferenceDocument, estimated: boolean): DriftRow {
  return {
    subject: [addressText(address), ...(setting === null ? [] : [setting])].join(': '),
    counts: valueText(counts, resource),
    found: valueText(found, null),
    effect:
      effects === null
        ? estimated
          ? 'in no number'
          : 'unknown'
        : effects.length === 0
          ? 'nothing'
          : effects.map(({ flow, unavailability }) => `${flow} ${moreOrLess(unavailability)}`).join(', '),
  };
}

function valueText(value: DifferenceDocument['counts'], resource: string | null): string {
  if (value === null) return 'nothing';
  if (value === true && resource !== null) return resource;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${JSON.stringify(part)}`)
    .join(', ');
}

function moreOrLess(unavailability: number): string {
  if (unavailability === 0) return 'the same';
  const length = durationText(Math.abs(unavailability) * minutesPerYear);
  return `${length} ${unavailability > 0 ? 'more' : 'less'} a year`;
}
