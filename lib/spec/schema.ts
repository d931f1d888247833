import type { JsonSchema, Kind } from '../topology/kind';
import { availabilityPattern } from '../units/availability';
import { durationPattern } from '../units/duration';
import { longestName, namePattern } from '../resolve/names';

const name: JsonSchema = { type: 'string', pattern: namePattern, maxLength: longestName };

/** A component's or topology's name where it is referred to; that it exists is not the schema's business. */
const reference: JsonSchema = { type: 'string', minLength: 1, maxLength: 100 };

/** An object with these settings and no others. */
export function closed(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[], description: string): JsonSchema {
  return { type: 'object', description, properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

function named(of: string, description: string): JsonSchema {
  return { type: 'object', description, additionalProperties: { $ref: `#/definitions/${of}` } };
}

const number: JsonSchema = {
  type: ['number', 'string'],
  description: 'In the unit of the assumption: times a year (0.2), a time (90s), or a chance (0.95, 95%).',
  examples: [0.2, '90s', '95%'],
};

const override = closed(
  {
    value: number,
    range: {
      type: 'array',
      items: number,
      minItems: 2,
      maxItems: 2,
      description: 'From its 5 % point to its 95 % point. Left out: the value is certain.',
    },
    source: { type: 'string', minLength: 1, maxLength: 2000, description: 'Where the value is from: records, a contract, an address.' },
    reason: { type: 'string', minLength: 1, maxLength: 2000, description: 'Without a source: why this value.' },
    date: { type: 'string', pattern: '^[0-9]{4}(-[0-9]{2}){0,2}$', description: 'Of the source.', examples: ['2026-03-01'] },
  },
  ['value'],
  'Another value for an assumption, with its source or reason.',
);

/** The definition `override` of this schema, for others that have assumptions. */
export const assumptionOverrides = (): JsonSchema => override;

const dependency: JsonSchema = {
  description: 'A component, or what this one is without it.',
  examples: ['orders-db', { on: 'sessions', without: 'degraded' }],
  anyOf: [
    reference,
    closed(
      {
        on: { ...reference, description: 'The component.' },
        without: { enum: ['down', 'degraded'], description: 'What this component is without it. Left out: down.' },
      },
      ['on'],
      'A dependency, and what this component is without it.',
    ),
  ],
};

const lossReason: JsonSchema = { type: 'string', minLength: 1, maxLength: 2000 };

/** Settings that every component may have. */
const shared: Readonly<Record<string, JsonSchema>> = {
  dependsOn: { $ref: '#/definitions/dependsOn' },
  assumptions: { $ref: '#/definitions/assumptions' },
  terraform: { $ref: '#/definitions/terraform' },
  was: { ...name, description: 'Its name before it was renamed: it is moved and not made anew, and at AWS it is still called so.' },
  allowReplacement: {
    ...lossReason,
    description: 'Why a change may destroy what it holds, or make it anew and empty. Left out: such a change is refused.',
  },
};

const sharedDefinitions: Readonly<Record<string, JsonSchema>> = {
  dependsOn: { type: 'array', items: dependency, maxItems: 200, description: 'What it cannot do without, or is degraded without.' },
  assumptions: named('override', 'Other values for assumptions, for this component alone.'),
  terraform: {
    type: 'object',
    description: 'Arguments of the provider that the kind lacks, by resource, with the reason for them.',
    properties: { reason: { type: 'string', minLength: 1, maxLength: 2000, description: 'Why, for the reviewer.' } },
    required: ['reason'],
    additionalProperties: { type: 'object', description: 'Arguments of one resource.' },
  },
};

function ofKind(kind: Kind): JsonSchema {
  const { properties, required = [] } = kind.schema;
  const kindSetting: JsonSchema = { const: kind.name, description: kind.summary };
  // What a kind has none of, cannot be set.
  const { assumptions, terraform, ...others } = shared;
  const own = {
    ...others,
    ...(kind.assumptions.length > 0 ? { assumptions: assumptions! } : {}),
    ...(Object.keys(kind.owns).length > 0 ? { terraform: terraform! } : {}),
  };
  return closed({ kind: kindSetting, ...properties, ...own }, ['kind', ...required], kind.summary);
}

const text = (description: string, pattern?: string, examples?: readonly string[]): JsonSchema => ({
  type: 'string',
  ...(pattern === undefined ? { maxLength: 1000 } : { pattern }),
  description,
  ...(examples ? { examples } : {}),
});

const region = closed(
  {
    zones: {
      type: 'array',
      items: { type: 'string', maxLength: 40 },
      minItems: 1,
      maxItems: 8,
      description: 'Availability zones by name.',
      examples: [['us-east-1a', 'us-east-1b', 'us-east-1c']],
    },
    cidr: text('Address range of its network, /16 to /23; subnets are computed.', '^[0-9./]{1,18}$', ['10.20.0.0/16']),
    nat: { enum: ['per-zone', 'shared'], description: 'A NAT gateway in each zone, or one for all. Left out: per-zone.' },
  },
  ['zones', 'cidr'],
  'A region with its zones.',
);

const target = closed(
  {
    availability: text('The share of time or requests that must work.', availabilityPattern, ['99.95%']),
    measure: { enum: ['time', 'requests'], description: 'The share of what. Left out: time.' },
    includesChange: { type: 'boolean', description: 'Whether outages by deployments count. Left out: true.' },
    enforce: { type: 'boolean', description: 'Whether synthesis fails when it is missed. Left out: true.' },
    rto: text('Longest time until it works again after a failure.', durationPattern, ['15m']),
    rpo: text('Most data, as time, that a failure may lose.', durationPattern, ['0s']),
  },
  ['availability'],
  'What the users are promised.',
);

const labels = (description: string): JsonSchema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string', maxLength: 63 },
  maxProperties: 50,
  examples: [{ tier: 'critical' }],
});

const references = (description: string): JsonSchema => ({ type: 'array', items: reference, maxItems: 200, description });

const flow = closed(
  {
    requires: references('Components that it cannot do without; all that these depend on follows.'),
    atomic: references('Participants of a transaction: all must be fully up at once.'),
    target: { $ref: '#/definitions/target' },
    labels: labels('What policies find it by, above those of the topology.'),
  },
  [],
  "A user's journey through components.",
);

const backend: JsonSchema = {
  description: "Where Terraform's state is kept. Left out: local.",
  examples: ['local', { s3: { bucket: 'shop-terraform-state' } }],
  anyOf: [
    { const: 'local' },
    closed(
      {
        s3: closed(
          {
            bucket: text('Its name.', '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', ['shop-terraform-state']),
            key: text('Path of the state. Left out: <name>/terraform.tfstate.', '^[A-Za-z0-9!_.*()/-]{1,512}$'),
            region: text("The bucket's region. Left out: that of the topology.", '^[a-z0-9-]{1,30}$'),
          },
          ['bucket'],
          'A bucket, with a lock file beside the state.',
        ),
      },
      ['s3'],
      'State in S3.',
    ),
  ],
};

/** The JSON Schema of specs, put together from the kinds. */
export function schemaOf(kinds: readonly Kind[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'nines: a topology that survives failures',
    ...closed(
      {
        version: { const: 1, description: 'Version of this language.', examples: [1] },
        name: { ...name, description: 'Name of the topology: part of the names of all resources.' },
        labels: labels('What policies find all its flows by.'),
        account: text('Number of the AWS account, in quotes.', '^[0-9]{12}$', ['123456789012']),
        assumeRole: text('Role that Terraform takes on.', '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}$', [
          'arn:aws:iam::123456789012:role/deploy',
        ]),
        namePrefix: text('Put before the names of all resources.', '^([a-z][a-z0-9]*(-[a-z0-9]+)*-?)?$', ['shop-']),
        tags: {
          type: 'object',
          description: 'Tags of all resources.',
          additionalProperties: { type: 'string', maxLength: 256 },
          // AWS takes fifty of a resource, of which two are our own.
          maxProperties: 48,
        },
        provider: { type: 'object', description: 'Any argument of the AWS provider.' },
        backend,
        regions: named('region', 'Where it lives: a region with its zones.'),
        components: named('component', 'Its parts, by name.'),
        flows: { ...named('flow', 'What its users do, by name: nothing else is estimated.'), minProperties: 1 },
        assumptions: named('override', 'Other values for assumptions, for all components.'),
        allowReplacement: {
          type: 'object',
          description: 'By the name of a component that is no longer here, why what it held may be destroyed.',
          additionalProperties: { ...lossReason, description: 'The reason.' },
          examples: [{ 'old-db': 'moved to orders-db on 2026-03-01' }],
        },
      },
      ['version', 'name', 'regions', 'components', 'flows'],
      'High-availability topologies as code.',
    ),
    definitions: {
      region,
      component: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { type: 'string', description: 'What it is: `nines kinds` lists the kinds.' } },
        discriminator: { propertyName: 'kind' },
        oneOf: kinds.map((kind) => ({ $ref: `#/definitions/${definitionOf(kind.name)}` })),
      },
      ...Object.fromEntries(kinds.map((kind) => [definitionOf(kind.name), ofKind(kind)])),
      ...sharedDefinitions,
      flow,
      target,
      override,
    },
  };
}

/** Under which name the schema defines components of a kind. */
export function definitionOf(kind: string): string {
  return `component-${kind}`;
}
