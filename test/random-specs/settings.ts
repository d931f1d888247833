import type { Random } from '../../lib/engine/random';
import { classes as cacheClasses, evictions, versionsOf } from '../../lib/kinds/cache/engines';
import { classesOf } from '../../lib/kinds/database/classes';
import { lineOf, type Engine, type Form } from '../../lib/kinds/database/engines';
import type { Plain, PlainValue } from '../../lib/topology/plain';
import { oneOf, whole } from '../random-topologies/draw';

/** Settings as they are drawn; what is undefined is left out. */
type Draft = Record<string, PlainValue | undefined>;

export interface Place {
  readonly region: string;
  readonly zones: readonly string[];
}

export function clean(draft: Draft): Plain {
  return Object.fromEntries(Object.entries(draft).filter((entry): entry is [string, PlainValue] => entry[1] !== undefined));
}

/** What `make` gives, with this chance. */
export function maybe<T>(random: Random, chance: number, make: () => T): T | undefined {
  // Drawn in any case, so that what follows does not hang on it.
  const happens = random.happens(chance);
  const value = make();
  return happens ? value : undefined;
}

const kmsKey = ({ region }: Place) => `arn:aws:kms:${region}:123456789012:key/12345678-1234-1234-1234-123456789012`;
const certificate = ({ region }: Place) => `arn:aws:acm:${region}:123456789012:certificate/11111111-2222-3333-4444-555555555555`;

/** Windows that do not meet: at night on weekdays, and on a Sunday at noon. */
const daily = ['02:00-03:00', '23:30-00:30', '00:30-02:00'];
const weekly = ['sun:10:00-sun:12:00', 'sat:12:00-sat:13:30'];

export function cacheSettings(random: Random, place: Place): Plain {
  const engine = oneOf(random, ['valkey', 'redis'] as const);
  const form = oneOf(random, ['replication-group', 'cluster']);
  const most = place.zones.length > 1 ? 3 : 0;
  return clean({
    kind: 'cache',
    engine: maybe(random, 0.7, () => engine) ?? (engine === 'valkey' ? undefined : engine),
    form,
    class: oneOf(random, cacheClasses()),
    version: maybe(random, 0.5, () => oneOf(random, versionsOf(engine))),
    replicas: most === 0 ? 0 : maybe(random, 0.7, () => whole(random, 0, most)),
    shards: form === 'cluster' ? whole(random, 1, 4) : undefined,
    port: maybe(random, 0.3, () => whole(random, 6000, 7000)),
    eviction: maybe(random, 0.7, () => oneOf(random, evictions)),
    snapshotRetention: maybe(random, 0.3, () => `${whole(random, 1, 35)}d`),
    snapshotWindow: maybe(random, 0.3, () => oneOf(random, daily)),
    maintenanceWindow: maybe(random, 0.3, () => oneOf(random, weekly)),
    kmsKey: maybe(random, 0.2, () => kmsKey(place)),
    lastSnapshot: maybe(random.split('last snapshot'), 0.3, () => 'final-2'),
  });
}

/** Forms that a region with so many zones can have. */
function formsIn({ zones }: Place): readonly Form[] {
  return zones.length > 2 ? ['single', 'multi-az-instance', 'multi-az-cluster', 'aurora'] : ['single', 'multi-az-instance', 'aurora'];
}

const minors: Readonly<Record<string, readonly string[]>> = { postgres: ['', '.4'], mysql: ['', '.4'] };

export function databaseSettings(random: Random, place: Place): Plain {
  const engine: Engine = oneOf(random, ['postgres', 'mysql'] as const);
  const form = oneOf(random, formsIn(place));
  const instance = form === 'single' || form === 'multi-az-instance';
  const readReplicas = instance ? maybe(random, 0.4, () => whole(random, 0, 3)) : undefined;
  const iops = form === 'aurora' ? undefined : maybe(random, 0.25, () => whole(random, 3, 10) * 1000);
  const { majors } = lineOf(engine, form);
  const deletable = maybe(random, 0.15, () => 'It holds copies only.');
  const withoutLastSnapshot = maybe(random, 0.5, () => (deletable ? 'What it holds is made again.' : undefined));
  return clean({
    kind: 'database',
    engine,
    form,
    class: oneOf(random, classesOf(engine, form)),
    version: maybe(random, 0.5, () => oneOf(random, majors) + (instance ? oneOf(random, minors[engine]!) : '')),
    upgrade: maybe(random, 0.2, () => 'The version before is no longer maintained.'),
    readers: form === 'aurora' ? whole(random, 0, 3) : undefined,
    readReplicas,
    shards: maybe(random, 0.3, () => whole(random, 1, 3)),
    storage:
      form === 'aurora' ? undefined : iops ? `${whole(random, 4, 20) * 100}GiB` : maybe(random, 0.5, () => `${whole(random, 100, 900)}GiB`),
    iops,
    port: maybe(random, 0.3, () => whole(random, 3000, 6000)),
    database: maybe(random, 0.3, () => 'orders'),
    username: maybe(random, 0.3, () => 'owner'),
    passwordVersion: maybe(random, 0.2, () => whole(random, 1, 9)),
    backupRetention: maybe(random, 0.3, () => `${whole(random, 1, 35)}d`),
    backupWindow: maybe(random, 0.3, () => oneOf(random, daily)),
    maintenanceWindow: maybe(random, 0.3, () => oneOf(random, weekly)),
    kmsKey: maybe(random, 0.2, () => kmsKey(place)),
    deletable,
    withoutLastSnapshot,
    lastSnapshot: maybe(random, 0.2, () => (withoutLastSnapshot ? undefined : 'final-2')),
  });
}

export function queueSettings(random: Random, place: Place): Plain {
  const fifo = maybe(random, 0.6, () => random.happens(0.5));
  return clean({
    kind: 'queue',
    fifo,
    contentBasedDeduplication: fifo ? maybe(random, 0.7, () => random.happens(0.5)) : maybe(random, 0.2, () => false),
    maxReceives: maybe(random, 0.5, () => whole(random, 1, 20)),
    retention: maybe(random, 0.5, () => `${whole(random, 2, 7)}d`),
    visibility: maybe(random, 0.5, () => `${whole(random, 1, 15)}m`),
    alarmAge: maybe(random, 0.5, () => `${whole(random, 5, 60)}m`),
    kmsKey: maybe(random, 0.2, () => kmsKey(place)),
  });
}

export function externalSettings(random: Random): Plain {
  const form = whole(random, 0, 2);
  return clean({
    kind: 'external',
    availability: form === 2 ? undefined : oneOf(random, ['99.9%', '99.95%', '99.5%']),
    failuresPerYear: form === 2 ? whole(random, 1, 6) : undefined,
    meanOutage: form === 0 ? undefined : `${whole(random, 5, 90)}m`,
    source: 'Contract of 2026-03-01',
    port: maybe(random, 0.4, () => oneOf(random, [443, 8443, 5671])),
  });
}

/** A group of instances; `balanced` when a balancer of this type stands before it. */
export function instancesSettings(random: Random, balanced: 'application' | 'network' | undefined): Plain {
  const arm = random.happens(0.5);
  const sizing = whole(random, 0, 4);
  const count = whole(random, 2, 6);
  const capacity = sizing === 2 || sizing === 3;
  const load = capacity ? `${whole(random, 1, count - 1) * 100}/s` : undefined;
  const sized = sizing === 4 || sizing === 0 || sizing === 2;
  const scalings = capacity && balanced === 'application' ? ['cpu', 'requests', 'nothing'] : ['cpu', 'nothing'];
  return clean({
    kind: 'instances',
    image: oneOf(random, [
      `resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${arm ? 'arm64' : 'x86_64'}`,
      'ami-0123456789abcdef0',
    ]),
    type: oneOf(random, arm ? ['t4g.small', 'm7g.large', 'c7g.xlarge'] : ['t3.small', 'm6i.large', 'm5.xlarge', 'm7i-flex.large']),
    port: balanced ? whole(random, 8000, 9000) : maybe(random, 0.2, () => 9000),
    count: sized ? count : undefined,
    needs: sizing === 0 || sizing === 1 ? whole(random, 1, count) : undefined,
    load,
    capacity: capacity ? '100/s' : undefined,
    max: maybe(random, 0.3, () => 20),
    batch: maybe(random, 0.3, () => 1),
    warmUp: maybe(random, 0.3, () => `${whole(random, 30, 300)}s`),
    grace: maybe(random, 0.3, () => `${whole(random, 5, 15)}m`),
    healthCheck: maybe(random, 0.6, () => oneOf(random, balanced ? ['automatic', 'elb', 'ec2'] : ['automatic', 'ec2'])),
    distribution: maybe(random, 0.5, () => oneOf(random, ['balanced-best-effort', 'balanced-only'])),
    scaleOn: maybe(random, 0.6, () => oneOf(random, scalings)),
    scaleAt: maybe(random, 0.3, () => `${whole(random, 30, 80)}%`),
    volume: maybe(random, 0.3, () => `${whole(random, 10, 200)}GiB`),
    rootDevice: maybe(random, 0.2, () => '/dev/xvda'),
    userData: maybe(random, 0.2, () => '#!/bin/sh\necho "ready: $(hostname)" > /tmp/ready\n'),
    instanceProfile: maybe(random, 0.2, () => 'orders-profile'),
    detailedMonitoring: maybe(random, 0.4, () => random.happens(0.5)),
    deployInAlarm: maybe(random.split('deployment'), 0.1, () => 'The image that runs does not start.'),
  });
}

export function balancerSettings(random: Random, place: Place, type: 'application' | 'network', facing: boolean): Plain {
  const scheme = facing ? 'internet-facing' : 'internal';
  const application = type === 'application';
  const protocol = application ? 'https' : oneOf(random, ['tls', 'tcp']);
  const stickiness = maybe(random, 0.4, () => (application ? 'cookie' : 'source-ip'));
  const sticky = application || protocol === 'tcp' ? stickiness : undefined;
  const crossZone = maybe(random, 0.5, () => random.happens(0.5));
  return clean({
    kind: 'load-balancer',
    type: application ? maybe(random, 0.5, () => type) : type,
    scheme: facing ? maybe(random, 0.5, () => scheme) : scheme,
    protocol: protocol === 'tcp' ? protocol : maybe(random, 0.6, () => protocol),
    port: maybe(random, 0.3, () => oneOf(random, [443, 8443])),
    certificate: protocol === 'tcp' ? undefined : certificate(place),
    redirect: application && facing ? maybe(random, 0.5, () => random.happens(0.5)) : maybe(random, 0.2, () => false),
    targetProtocol: maybe(random, 0.6, () =>
      oneOf(random, application ? ['http', 'https'] : protocol === 'tcp' ? ['tcp'] : ['tcp', 'tls']),
    ),
    healthCheck: maybe(random, 0.6, () =>
      clean({
        path: maybe(random, 0.6, () => '/ready'),
        ...(random.happens(0.6) ? { interval: oneOf(random, ['10s', '20s']), timeout: oneOf(random, ['4s', '6s']) } : {}),
        unhealthy: maybe(random, 0.6, () => whole(random, 2, 4)),
        healthy: maybe(random, 0.6, () => whole(random, 2, 5)),
      }),
    ),
    algorithm: maybe(random, 0.6, () =>
      application ? oneOf(random, ['round-robin', 'least-outstanding', 'weighted-random']) : 'flow-hash',
    ),
    stickiness: sticky,
    stickyFor: sticky === 'cookie' ? maybe(random, 0.5, () => '2h') : undefined,
    crossZone: sticky === 'cookie' ? maybe(random, 0.3, () => true) : crossZone,
    deregistrationDelay: maybe(random, 0.3, () => `${whole(random, 0, 300)}s`),
    withoutAccessLogs: maybe(random, 0.2, () => 'What is called is in the log of the application.'),
    deletable: maybe(random, 0.15, () => 'It is made anew every week.'),
  });
}

export function dnsSettings(random: Random): Plain {
  const record = oneOf(random, ['alias', 'cname']);
  const routing = oneOf(random, ['simple', 'failover', 'weighted', 'latency']);
  // Without a check it would never fail over.
  const blind = record === 'cname' && routing === 'failover';
  return clean({
    kind: 'dns',
    domain: oneOf(random, ['shop.example.com', 'api.example.org']),
    hostedZone: 'Z0123456789ABCDEFGHIJ',
    record: record === 'cname' ? record : maybe(random, 0.5, () => record),
    ttl: record === 'cname' ? maybe(random, 0.6, () => `${whole(random, 10, 300)}s`) : undefined,
    routing: maybe(random, 0.8, () => routing),
    healthCheck:
      maybe(random, 0.7, () =>
        clean({
          path: '/ready',
          interval: maybe(random, 0.7, () => oneOf(random, ['10s', '30s'])),
          unhealthy: maybe(random, 0.6, () => 2),
        }),
      ) ?? (blind ? { path: '/ready' } : undefined),
  });
}

/** What only some routing takes. */
export function routingSettings(random: Random, routing: PlainValue | undefined): Plain {
  if (routing === 'failover') return clean({ role: maybe(random, 0.7, () => oneOf(random, ['primary', 'secondary'])) });
  return routing === 'weighted' ? clean({ weight: maybe(random, 0.7, () => whole(random, 0, 255)) }) : {};
}
