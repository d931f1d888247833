import type { JsonSchema } from '../topology/kind';
import { acceptable, forbiddable } from '../topology/policy';
import { availabilityPattern } from '../units/availability';
import { daysPattern, durationPattern } from '../units/duration';
import { assumptionOverrides, closed } from './schema';

const pattern = (description: string): JsonSchema => ({
  type: 'string',
  pattern: '^[A-Za-z0-9*._/:-]{1,200}$',
  description: `${description} A * stands for any letters.`,
  examples: ['checkout*'],
});

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, maxLength: 1000, description });

const availability = (description: string): JsonSchema => ({
  type: 'string',
  pattern: availabilityPattern,
  description,
  examples: ['99.9%'],
});

const target = closed(
  {
    flows: pattern('Names of flows. Left out: all.'),
    labels: {
      type: 'object',
      additionalProperties: pattern('What the label says.'),
      minProperties: 1,
      maxProperties: 50,
      description: 'Labels of flows, or of their topology, each of which must be there. Left out: any.',
      examples: [{ tier: 'critical' }],
    },
    fail: availability('Below this it fails.'),
    warn: availability('Below this it is warned about.'),
  },
  [],
  'How available flows must be, whatever their specs want.',
);

const policy = closed(
  {
    targets: { type: 'array', items: target, maxItems: 100, description: 'Targets for flows by name or label.' },
    singlePoints: { enum: ['warning', 'error'], description: 'Whether single points of failure fail. Left out: warning.' },
    metAt95: {
      type: 'boolean',
      description: 'Whether targets must also be met at the pessimistic end of what is assumed. Left out: false.',
    },
    minimumZones: { type: 'integer', minimum: 1, maximum: 8, description: 'Fewest zones of a region.' },
    requiredKinds: {
      type: 'array',
      items: { type: 'string', maxLength: 100 },
      maxItems: 50,
      description: 'Kinds of which each topology has a component.',
      examples: [['dns']],
    },
    forbidden: {
      type: 'array',
      items: { enum: [...forbiddable] },
      maxItems: 50,
      description: 'Codes of findings that fail.',
      examples: [['verdict-turns']],
    },
    budget: closed(
      {
        downtime: {
          type: 'string',
          pattern: durationPattern,
          description: 'Downtime that a change may add to a flow in a year.',
          examples: ['5m'],
        },
        unlessLabel: {
          ...text('Label of the pull request with which it may cost more. Left out: none.'),
          examples: ['availability-approved'],
        },
      },
      ['downtime'],
      'What a change may cost; `nines diff --gate` holds it.',
    ),
    maximumAge: {
      type: 'string',
      pattern: daysPattern,
      description: "Age of an assumption's source from which it fails.",
      examples: ['730d'],
    },
  },
  [],
  'What is wanted of every topology.',
);

const acceptance = closed(
  {
    code: { enum: [...acceptable], description: 'Code of the finding.', examples: ['single-point'] },
    topology: pattern('Topologies by name. Left out: all.'),
    flow: pattern('Flows by name. Left out: all.'),
    address: pattern('What it is about. Left out: all.'),
    reason: text('Why it is accepted, for the reviewer.'),
    owner: text('Who answers for it.'),
    expires: {
      type: 'string',
      pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
      description: 'The last day on which it holds.',
      examples: ['2027-03-31'],
    },
  },
  ['code', 'reason', 'owner', 'expires'],
  'A finding that does not fail for a while.',
);

/** The JSON Schema of `nines.yaml`. */
export function policySchema(): JsonSchema {
  const override = assumptionOverrides();
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...closed(
      {
        version: { const: 1, description: 'Of this format.' },
        assumptions: {
          type: 'object',
          additionalProperties: { $ref: '#/definitions/override' },
          description: "The organization's own figures, which specs may override.",
        },
        defaults: {
          type: 'string',
          pattern: '^sha256:[0-9a-f]{64}$',
          description: 'Digest of the default assumptions that were reviewed; another one fails.',
        },
        policy,
        accept: { type: 'array', items: acceptance, maxItems: 500, description: 'Findings that do not fail for a while.' },
      },
      ['version'],
      'What an organization shares: figures and policies.',
    ),
    definitions: { override },
  };
}
