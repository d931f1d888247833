import type { Assumption } from '../../assumptions/assumption';
import { error, type Diagnostic } from '../../diagnostics/diagnostic';
import type { Behaviour, Length, Occurrence } from '../../topology/behaviour';
import type { Kind, KindContext } from '../../topology/kind';
import { numberIn, secondsIn, textIn } from '../../topology/given';
import type { Plain } from '../../topology/plain';
import { availabilityPattern, parseAvailability, type Unavailability } from '../../units/availability';
import { durationPattern, type Seconds } from '../../units/duration';
import { assumptions } from './assumptions';

/** Settings of an external part with all defaults filled in. */
export interface ExternalSettings {
  /** From the stated availability; null: failures per year are stated. */
  readonly unavailability: Unavailability | null;
  readonly failuresPerYear: number | null;
  readonly meanOutage: Seconds | null;
  readonly source: string;
  readonly port: number;
}

function settings(given: Plain): ExternalSettings {
  const availability = textIn(given, 'availability');
  return {
    unavailability: availability === undefined ? null : parseAvailability(availability),
    failuresPerYear: numberIn(given, 'failuresPerYear') ?? null,
    meanOutage: secondsIn(given, 'meanOutage') ?? null,
    source: textIn(given, 'source') ?? '',
    port: numberIn(given, 'port') ?? 443,
  };
}

function check({ unavailability, failuresPerYear, meanOutage, source }: ExternalSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (unavailability !== null && failuresPerYear !== null) {
    const detail = 'How often it fails follows from availability and meanOutage. Remove failuresPerYear, or availability.';
    found.push(error('external/stated-twice', 'Its availability is said twice', detail, { path: ['failuresPerYear'] }));
  } else if (unavailability === null && failuresPerYear === null) {
    const detail =
      'Nothing says how available it is. Add availability and meanOutage, or failuresPerYear and meanOutage, as its contract or your records have it.';
    found.push(error('external/not-stated', 'Its availability is not said', detail, { path: [] }));
  } else if (failuresPerYear !== null && meanOutage === null) {
    const detail = 'So many failures a year make no availability as long as their length is unknown. Add meanOutage, such as 20m.';
    found.push(error('external/failures-without-length', 'Failures without a length', detail, { path: ['failuresPerYear'] }));
  }
  if (unavailability === 0 || unavailability === 1) {
    const detail =
      'Nothing is always up, and what is never up need not be modelled. State what was promised or measured, with as many nines as it has.';
    found.push(error('external/availability', 'Not an availability to count on', detail, { path: ['availability'] }));
  }
  if (failuresPerYear !== null && failuresPerYear <= 0) {
    found.push(
      error('external/failures', 'Never fails', 'State how often it fails in a year, such as 0.5 for once in two years.', {
        path: ['failuresPerYear'],
      }),
    );
  }
  if (meanOutage !== null && meanOutage <= 0) {
    found.push(
      error('external/length', 'Outages without length', 'State how long its outages last on average, such as 20m.', {
        path: ['meanOutage'],
      }),
    );
  }
  if (source.trim() === '') {
    found.push(
      error('external/source', 'Empty source', 'Say where the figures are from: a contract, a status page, your records.', {
        path: ['source'],
      }),
    );
  }
  return found;
}

/** Its figures as assumptions, so that reports print them with their source. */
function stated({ unavailability, failuresPerYear, meanOutage, source }: ExternalSettings): Assumption[] {
  const from = { basis: 'stated', source, date: /\b(?:19|20)[0-9]{2}(-[0-9]{2}){0,2}\b/.exec(source)?.[0] ?? 'undated' } as const;
  return [
    ...(unavailability === null
      ? []
      : [{ name: 'external.unavailability', unit: 'probability', value: unavailability, covers: 'all of its outages', ...from } as const]),
    ...(failuresPerYear === null
      ? []
      : [{ name: 'external.failuresPerYear', unit: 'per year', value: failuresPerYear, covers: 'all of its outages', ...from } as const]),
    ...(meanOutage === null
      ? []
      : [{ name: 'external.meanOutage', unit: 'seconds', value: meanOutage, covers: 'mean length of its outages', ...from } as const]),
  ];
}

function occurrenceOf({ unavailability, meanOutage }: ExternalSettings): Occurrence {
  const length: Length | null =
    meanOutage === null ? null : { distribution: 'exponential', mean: { assumption: 'external.meanOutage' }, sigma: null };
  if (unavailability !== null) return { unavailability: { assumption: 'external.unavailability' }, length };
  if (length === null) throw new Error('failures without a length passed the checks. This is a bug in nines.');
  return { perYear: { assumption: 'external.failuresPerYear' }, length };
}

function describe(given: ExternalSettings, { name }: KindContext): Behaviour {
  return {
    units: [],
    causes: [{ address: `external/${name}`, scope: 'external', occurrence: occurrenceOf(given), hits: { component: name }, caught: null }],
    groups: [],
    balanced: null,
    notModelled: [
      'Outages that it shares with us: it may run in the same region or zones, and is taken as independent.',
      'Slow answers, limits on requests, and maintenance that its figures leave out.',
      ...(given.meanOutage === null ? ['How often it is down and for how long: only the share of time is stated.'] : []),
    ],
  };
}

/** What we depend on and don't build. */
export const kind: Kind<ExternalSettings> = {
  name: 'external',
  summary: 'Something that we do not build, such as a payment provider, as available as it states.',
  schema: {
    properties: {
      availability: { type: 'string', pattern: availabilityPattern, description: 'As promised or measured.', examples: ['99.95%'] },
      failuresPerYear: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 1e6,
        description: 'Instead of availability: how often it fails, with meanOutage.',
      },
      meanOutage: {
        type: 'string',
        pattern: durationPattern,
        description:
          'Mean length of its outages. Without it nothing is known about how often flows that need it are down, nor for how long.',
        examples: ['20m'],
      },
      source: { type: 'string', minLength: 1, maxLength: 2000, description: 'Where these figures are from, with a date.' },
      port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'The port on which it is called. Left out: 443.' },
    },
    required: ['source'],
  },
  mayDependOn: [],
  reach: 'outside',
  assumptions,
  stated,
  owns: {},
  settings,
  check,
  offers: ({ port, unavailability }) => ({ port, protocol: 'tcp', ...(unavailability === null ? {} : { promise: unavailability }) }),
  describe,
};
