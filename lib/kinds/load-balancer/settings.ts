import type { HealthCheck } from '../../topology/detection';
import type { JsonSchema } from '../../topology/kind';
import type { Plain } from '../../topology/plain';
import { durationPattern, parseDuration } from '../../units/duration';

export const types = ['application', 'network'] as const;
export const schemes = ['internet-facing', 'internal'] as const;
export const protocols = ['https', 'tls', 'tcp'] as const;
export const targetProtocols = ['http', 'https', 'tcp', 'tls'] as const;
export const algorithms = ['round-robin', 'least-outstanding', 'weighted-random', 'flow-hash'] as const;
export const stickinesses = ['cookie', 'source-ip'] as const;

/** How a balancer asks its targets whether they are well. */
export interface BalancerCheck extends HealthCheck {
  /** null: a connection is enough. */
  readonly path: string | null;
  /** Consecutive successes that bring a target back. */
  readonly healthy: number;
}

/** What a balancer is, with all defaults filled in. */
export interface LoadBalancerSettings {
  readonly type: (typeof types)[number];
  readonly scheme: (typeof schemes)[number];
  readonly protocol: (typeof protocols)[number];
  readonly port: number;
  /** null: encryption passes through to the targets. */
  readonly certificate: string | null;
  /** Port 80 sends callers to the listener. */
  readonly redirect: boolean;
  readonly targetProtocol: (typeof targetProtocols)[number];
  readonly healthCheck: BalancerCheck;
  readonly algorithm: (typeof algorithms)[number];
  readonly stickiness: (typeof stickinesses)[number] | null;
  /** Seconds for which a cookie binds a user to a target. */
  readonly stickyFor: number;
  readonly crossZone: boolean;
  /** Seconds for which a leaving target finishes what it has. */
  readonly deregistrationDelay: number;
  /** Why nobody records who called; null: access is logged. */
  readonly withoutAccessLogs: string | null;
  /** Why it may be deleted; null: it is protected. */
  readonly deletable: string | null;
}

const duration = { type: 'string', pattern: durationPattern };

const properties: Readonly<Record<keyof LoadBalancerSettings, JsonSchema>> = {
  type: { enum: types, description: 'application: understands HTTP. network: passes connections on. Default application.' },
  scheme: {
    enum: schemes,
    description: 'Who may call: everybody, or components of this topology that depend on it. Default internet-facing.',
  },
  protocol: { enum: protocols, description: 'What it listens to: https (application), tls or tcp (network). Default https or tls.' },
  port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'Where it listens. Default 443.' },
  certificate: {
    type: 'string',
    examples: ['arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555'],
    pattern: '^arn:aws[a-z-]*:(acm|iam):[a-z0-9-]*:[0-9]{12}:[A-Za-z0-9/_.-]+$',
    maxLength: 200,
    description: 'ARN of the certificate with which it answers. Needed unless the protocol is tcp.',
  },
  redirect: {
    type: 'boolean',
    description: 'Port 80 sends callers to the listener. Default: where it is internet-facing and application.',
  },
  targetProtocol: { enum: targetProtocols, description: 'How it talks to its targets. Default http (application), tcp (network).' },
  healthCheck: {
    type: 'object',
    additionalProperties: false,
    description: 'How it finds out that a target is dead. A target leaves after about interval / 2 + (unhealthy - 1) * interval + timeout.',
    properties: {
      path: {
        type: 'string',
        pattern: '^/[A-Za-z0-9/_.~%=&?+-]*$',
        examples: ['/ready'],
        maxLength: 1024,
        description: 'What it asks for. Default / (application); without one a network balancer only connects.',
      },
      interval: { ...duration, description: '5s to 300s. Default 30s.' },
      timeout: { ...duration, description: '2s to 120s, shorter than the interval. Default 5s (application), 6s or 10s (network).' },
      unhealthy: { type: 'integer', minimum: 2, maximum: 10, description: 'Failures in a row that take a target out. Default 2.' },
      healthy: { type: 'integer', minimum: 2, maximum: 10, description: 'Successes in a row that bring it back. Default 5.' },
    },
  },
  algorithm: { enum: algorithms, description: 'Which target is next. Default round-robin (application), flow-hash (network).' },
  stickiness: {
    enum: stickinesses,
    description: 'Binds a user to a target: cookie (application), source-ip (network over tcp). Default: not.',
  },
  stickyFor: { ...duration, description: 'How long a cookie binds, 1s to 7d. Default 1d.' },
  crossZone: { type: 'boolean', description: 'Each zone sends to the targets of all zones. Default true.' },
  deregistrationDelay: { ...duration, description: 'How long a leaving target may finish what it has, 0s to 1h. Default 60s.' },
  withoutAccessLogs: { type: 'string', minLength: 1, maxLength: 200, description: 'Why access is not logged. Default: it is.' },
  deletable: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description: 'Why deletion protection is off. Access logs go when no balancer that writes them is protected. Default: it is on.',
  },
};

/** The settings of a balancer as a spec has them. */
export const schema = { properties };

/** Fills in the careful choice for what is left out. */
export function settings(given: Plain): LoadBalancerSettings {
  const type = (given.type ?? 'application') as LoadBalancerSettings['type'];
  const scheme = (given.scheme ?? 'internet-facing') as LoadBalancerSettings['scheme'];
  const application = type === 'application';
  const text = <T extends string>(key: keyof LoadBalancerSettings, otherwise: T): T => (given[key] as T | undefined) ?? otherwise;
  return {
    type,
    scheme,
    protocol: text('protocol', application ? 'https' : 'tls'),
    port: (given.port as number | undefined) ?? 443,
    certificate: (given.certificate as string | undefined) ?? null,
    redirect: (given.redirect as boolean | undefined) ?? (application && scheme === 'internet-facing'),
    targetProtocol: text('targetProtocol', application ? 'http' : 'tcp'),
    healthCheck: healthCheck((given.healthCheck ?? {}) as Plain, application),
    algorithm: text('algorithm', application ? 'round-robin' : 'flow-hash'),
    stickiness: (given.stickiness as LoadBalancerSettings['stickiness'] | undefined) ?? null,
    stickyFor: parseDuration(text('stickyFor', '1d')),
    crossZone: (given.crossZone as boolean | undefined) ?? true,
    deregistrationDelay: parseDuration(text('deregistrationDelay', '60s')),
    withoutAccessLogs: (given.withoutAccessLogs as string | undefined) ?? null,
    deletable: (given.deletable as string | undefined) ?? null,
  };
}

/** The service's own defaults: target-group-health-checks.md of both user guides, 2023-06-15. */
function healthCheck(given: Plain, application: boolean): BalancerCheck {
  const path = (given.path as string | undefined) ?? (application ? '/' : null);
  const seconds = (key: string, otherwise: string) => parseDuration((given[key] as string | undefined) ?? otherwise);
  return {
    path,
    intervalSeconds: seconds('interval', '30s'),
    timeoutSeconds: seconds('timeout', application ? '5s' : path === null ? '10s' : '6s'),
    unhealthy: (given.unhealthy as number | undefined) ?? 2,
    healthy: (given.healthy as number | undefined) ?? 5,
  };
}
