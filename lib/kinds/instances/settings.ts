import type { JsonSchema, KindPlace } from '../../topology/kind';
import { booleanIn, numberIn, oneOfIn, rateIn, secondsIn, textIn } from '../../topology/given';
import type { Plain } from '../../topology/plain';
import { durationPattern, type Seconds } from '../../units/duration';
import { ratePattern } from '../../units/rate';

/** Settings of instances with all defaults filled in. */
export interface InstancesSettings {
  readonly image: string;
  readonly type: string;
  /** null: it takes no connections. */
  readonly port: number | null;
  readonly count: number;
  /** As stated; null: it follows from the load, or all are needed. */
  readonly needs: number | null;
  /** Requests per second. */
  readonly load: number | null;
  /** Requests per second of one unit. */
  readonly capacity: number | null;
  readonly max: number;
  /** Units that a deployment replaces at a time. */
  readonly batch: number;
  readonly warmUp: Seconds;
  readonly grace: Seconds;
  readonly healthCheck: 'automatic' | 'elb' | 'ec2';
  readonly distribution: 'balanced-best-effort' | 'balanced-only';
  readonly scaleOn: 'cpu' | 'requests' | 'nothing';
  /** Percent. */
  readonly scaleAt: number;
  /** GiB. */
  readonly volume: number;
  readonly rootDevice: string;
  readonly userData: string | null;
  readonly instanceProfile: string | null;
  readonly detailedMonitoring: boolean;
  /** Why no alarm stops a deployment; null: one does. */
  readonly deployInAlarm: string | null;
}

export const healthChecks = ['automatic', 'elb', 'ec2'] as const;
export const distributions = ['balanced-best-effort', 'balanced-only'] as const;
export const scalings = ['cpu', 'requests', 'nothing'] as const;

/** More than this is more than an account may launch without asking, and more than a reviewer can have meant. */
export const mostUnits = 500;

export const properties: Readonly<Record<string, JsonSchema>> = {
  image: {
    type: 'string',
    pattern: '^(resolve:ssm:[A-Za-z0-9_./-]+(:[A-Za-z0-9_.-]+)?|ami-([0-9a-f]{8}|[0-9a-f]{17}))$',
    maxLength: 1024,
    description:
      'Machine image: `resolve:ssm:` and a parameter that holds its id, or the id. Only with an id can the cloud roll a bad deployment back.',
    examples: ['resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64'],
  },
  type: { type: 'string', maxLength: 40, description: 'Instance type.', examples: ['m7g.large', 't4g.small'] },
  port: { type: 'integer', minimum: 1, maximum: 65_535, description: 'Where the application listens. Left out: it takes no connections.' },
  count: {
    type: 'integer',
    minimum: 1,
    maximum: mostUnits,
    description: 'Units that run. Left out: as many as keep what is needed when a zone is lost; without needs or load, one per zone.',
  },
  needs: {
    type: 'integer',
    minimum: 1,
    maximum: mostUnits,
    description: 'Units that must be up. Left out: follows from load and capacity; without these, all of them.',
  },
  load: { type: 'string', pattern: ratePattern, description: 'Requests at the busiest time.', examples: ['900/s'] },
  capacity: { type: 'string', pattern: ratePattern, description: 'Requests that one unit serves.', examples: ['220/s'] },
  max: {
    type: 'integer',
    minimum: 1,
    maximum: 2 * mostUnits,
    description: 'Units to which the group may grow. It is never counted as available. Left out: count and one batch.',
  },
  batch: {
    type: 'integer',
    minimum: 1,
    maximum: mostUnits,
    description: 'Units that a deployment replaces at a time. Left out: a tenth of count, at least one.',
  },
  warmUp: {
    type: 'string',
    pattern: durationPattern,
    description: 'From launch until the application answers its health check. Left out: 2m.',
  },
  grace: {
    type: 'string',
    pattern: durationPattern,
    description: 'How long a new unit may fail its health check before it is replaced. Left out: 5m, or warmUp where that is longer.',
  },
  healthCheck: {
    enum: healthChecks,
    description: "By which check the group replaces units. `automatic`: the load balancer's where there is one, else EC2's own.",
  },
  distribution: {
    enum: distributions,
    description: 'Where a zone cannot launch: `balanced-best-effort` launches in another one, `balanced-only` keeps trying there.',
  },
  scaleOn: { enum: scalings, description: 'What the group grows and shrinks on: CPU, requests per unit against capacity, or nothing.' },
  scaleAt: {
    type: 'string',
    pattern: '^[1-9][0-9]?%$',
    examples: ['60%'],
    description: 'The share of CPU or capacity that scaling aims at. Left out: 60%.',
  },
  volume: {
    type: 'string',
    pattern: '^[1-9][0-9]{0,4}GiB$',
    description: 'Size of the root volume, which is encrypted. Left out: 20GiB.',
    examples: ['20GiB'],
  },
  rootDevice: {
    type: 'string',
    pattern: '^/dev/[a-z0-9]{1,20}$',
    examples: ['/dev/xvda'],
    description: "The image's root device, so that its volume is the one that is encrypted. Left out: /dev/xvda, as in Amazon Linux.",
  },
  userData: {
    type: 'string',
    maxLength: 65_536,
    description: 'Script that runs at the first start. No secrets: it can be read on the instance.',
  },
  instanceProfile: {
    type: 'string',
    pattern: '^[A-Za-z0-9+=,.@_-]{1,128}$',
    examples: ['orders'],
    description: 'Name of an existing instance profile. Left out: one is made that may do nothing but be reached by Session Manager.',
  },
  detailedMonitoring: { type: 'boolean', description: 'Metrics every minute and not every five. Left out: true.' },
  deployInAlarm: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'Why a deployment goes on although fewer units than count are in service, and is not rolled back. Left out: that alarm stops it.',
    examples: ['the image that runs does not start'],
  },
};

/** Units that must be up: as stated, or as the load asks for, or all. */
export function needsOf(settings: Pick<InstancesSettings, 'needs' | 'load' | 'capacity' | 'count'>): number {
  return settings.needs ?? unitsForLoad(settings.load, settings.capacity) ?? settings.count;
}

/** Units whose capacity carries the load; undefined where they are not both stated. */
function unitsForLoad(load: number | null, capacity: number | null): number | undefined {
  if (load === null || capacity === null || capacity <= 0) return undefined;
  // 880/s at 220/s is four, also where a rate per minute is not exact in binary.
  return Math.max(1, Math.ceil((load / capacity) * (1 - 1e-12)));
}

/** The smallest count of which `needs` are left when the zone with most of them is lost; in one zone, nothing helps. */
function countFor(needs: number, zones: number): number {
  if (zones < 2) return needs;
  // Losing ⌈c/z⌉ of c leaves ⌊c·(z−1)/z⌋.
  return Math.ceil((needs * zones) / (zones - 1));
}

/** Batches are percentages to the cloud: of more than a hundred units not every batch can be said. */
export function batchPercentage(batch: number, count: number): number {
  return Math.min(100, Math.ceil((100 * batch) / count));
}

/** Units in a batch of so many percent. */
export function batchUnits(percentage: number, count: number): number {
  return Math.max(1, Math.floor((percentage * count) / 100));
}

export function settings(given: Plain, place: KindPlace): InstancesSettings {
  const needs = numberIn(given, 'needs') ?? null;
  const load = rateIn(given, 'load') ?? null;
  const capacity = rateIn(given, 'capacity') ?? null;
  const required = needs ?? unitsForLoad(load, capacity);
  const zones = place.region.zones.length;
  const count = numberIn(given, 'count') ?? (required === undefined ? zones : countFor(required, zones));
  const askedBatch = numberIn(given, 'batch') ?? Math.ceil(count / 10);
  const batch = askedBatch > count ? askedBatch : batchUnits(batchPercentage(askedBatch, count), count);
  const warmUp = secondsIn(given, 'warmUp') ?? 120;
  return {
    image: textIn(given, 'image') ?? '',
    type: textIn(given, 'type') ?? '',
    port: numberIn(given, 'port') ?? null,
    count,
    needs,
    load,
    capacity,
    max: numberIn(given, 'max') ?? count + batch,
    batch,
    warmUp,
    grace: secondsIn(given, 'grace') ?? Math.max(300, warmUp),
    healthCheck: oneOfIn(given, 'healthCheck', healthChecks) ?? 'automatic',
    distribution: oneOfIn(given, 'distribution', distributions) ?? 'balanced-best-effort',
    scaleOn: oneOfIn(given, 'scaleOn', scalings) ?? 'cpu',
    scaleAt: Number.parseInt(textIn(given, 'scaleAt') ?? '60%', 10),
    volume: Number.parseInt(textIn(given, 'volume') ?? '20GiB', 10),
    rootDevice: textIn(given, 'rootDevice') ?? '/dev/xvda',
    userData: textIn(given, 'userData') ?? null,
    instanceProfile: textIn(given, 'instanceProfile') ?? null,
    detailedMonitoring: booleanIn(given, 'detailedMonitoring') ?? true,
    deployInAlarm: textIn(given, 'deployInAlarm') ?? null,
  };
}
