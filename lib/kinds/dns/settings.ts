import type { HealthCheck } from '../../topology/detection';
import type { JsonSchema } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { durationPattern, parseDuration } from '../../units/duration';

export const records = ['alias', 'cname'] as const;
export const routings = ['simple', 'failover', 'weighted', 'latency'] as const;
export const roles = ['primary', 'secondary'] as const;

/** How Route 53 asks a place whether it is well. */
export interface DnsCheck extends HealthCheck {
  readonly path: string;
}

/** What a name is, with all defaults filled in. */
export interface DnsSettings {
  readonly domain: string;
  readonly hostedZone: string;
  readonly record: (typeof records)[number];
  /** Seconds for which callers keep the answer. */
  readonly ttl: number;
  readonly routing: (typeof routings)[number];
  readonly role: (typeof roles)[number];
  readonly weight: number;
  /** null: the balancer's own health decides. */
  readonly healthCheck: DnsCheck | null;
}

/** The TTL that an alias to a balancer has: resource-record-sets-values-weighted.md, 2023-06-15. */
export const aliasTtl = 60;

// HTTP checks of Route 53: four seconds to connect, two to answer. Not a setting of AWS.
const answerWithin = 6;

const duration = { type: 'string', pattern: durationPattern };

const properties: Readonly<Record<keyof DnsSettings, JsonSchema>> = {
  domain: {
    type: 'string',
    examples: ['shop.example.com'],
    pattern: '^(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$',
    maxLength: 253,
    description: 'The name that users call, in lower case.',
  },
  hostedZone: {
    type: 'string',
    pattern: '^Z[A-Z0-9]{5,31}$',
    description: 'Id of the hosted zone, which exists already.',
    examples: ['Z0123456789ABCDEFGHIJ'],
  },
  record: {
    enum: records,
    description: 'alias: follows the balancer by itself, also at the top of a zone. cname: with a TTL of your own. Default alias.',
  },
  ttl: { ...duration, description: 'cname only: how long callers keep the answer, 1s to 2d. Default 60s, which is what an alias has.' },
  routing: { enum: routings, description: 'How Route 53 chooses between the regions of a topology. Default simple.' },
  role: { enum: roles, description: 'failover only: whether this region comes first. Default primary.' },
  weight: { type: 'integer', minimum: 0, maximum: 255, description: 'weighted only: share of this region. Default 100.' },
  healthCheck: {
    type: 'object',
    additionalProperties: false,
    required: ['path'],
    description: 'Asks from outside whether the balancer answers. Default: the balancer says so itself.',
    properties: {
      path: {
        type: 'string',
        pattern: '^/[A-Za-z0-9/_.~%=&?+-]*$',
        maxLength: 255,
        description: 'What it asks for, by HTTPS.',
        examples: ['/ready'],
      },
      interval: { enum: ['10s', '30s'], description: 'Default 30s.' },
      unhealthy: { type: 'integer', minimum: 1, maximum: 10, description: 'Failures in a row. Default 3.' },
    },
  },
};

/** The settings of a name as a spec has them. */
export const schema = { properties, required: ['domain', 'hostedZone'] };

/** Fills in what is left out. */
export function settings(given: Plain): DnsSettings {
  const check = given.healthCheck as Plain | undefined;
  return {
    domain: given.domain as string,
    hostedZone: given.hostedZone as string,
    record: (given.record ?? 'alias') as DnsSettings['record'],
    ttl: given.ttl === undefined ? aliasTtl : parseDuration(given.ttl as string),
    routing: (given.routing ?? 'simple') as DnsSettings['routing'],
    role: (given.role ?? 'primary') as DnsSettings['role'],
    weight: (given.weight ?? 100) as number,
    healthCheck: check
      ? {
          path: check.path as string,
          intervalSeconds: parseDuration((check.interval ?? '30s') as string),
          timeoutSeconds: answerWithin,
          unhealthy: (check.unhealthy ?? 3) as number,
          fromAnswer: true,
        }
      : null,
  };
}
