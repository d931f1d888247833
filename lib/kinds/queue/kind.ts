import { error, warning, type Diagnostic } from '../../diagnostics/diagnostic';
import { quote } from '../../diagnostics/way-out';
import type { Behaviour } from '../../topology/behaviour';
import type { Kind, KindContext } from '../../topology/kind';
import { booleanIn, numberIn, secondsIn, textIn } from '../../topology/given';
import type { Plain } from '../../topology/plain';
import { durationPattern, type Seconds } from '../../units/duration';
import { assumptions } from './assumptions';

/** Settings of a queue with all defaults filled in. */
export interface QueueSettings {
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly maxReceives: number;
  readonly retention: Seconds;
  readonly visibility: Seconds;
  readonly alarmAge: Seconds;
  /** null: the topology's own key. */
  readonly kmsKey: string | null;
}

const day = 86_400;

/** The longest that the cloud keeps a message, and how long dead letters wait for a person. */
export const longestRetention = 14 * day;

function settings(given: Plain): QueueSettings {
  const fifo = booleanIn(given, 'fifo') ?? false;
  return {
    fifo,
    contentBasedDeduplication: booleanIn(given, 'contentBasedDeduplication') ?? false,
    maxReceives: numberIn(given, 'maxReceives') ?? 5,
    retention: secondsIn(given, 'retention') ?? 7 * day,
    visibility: secondsIn(given, 'visibility') ?? 120,
    alarmAge: secondsIn(given, 'alarmAge') ?? 900,
    kmsKey: textIn(given, 'kmsKey') ?? null,
  };
}

function checkTimes({ retention, visibility, alarmAge, maxReceives }: QueueSettings): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (retention < 60 || retention > longestRetention) {
    found.push(
      error('queue/retention', 'Retention is out of range', 'The cloud keeps messages between 60s and 14d.', { path: ['retention'] }),
    );
  } else if (retention === longestRetention) {
    const detail =
      'A dead letter keeps the age of its message, and dead letters are kept for 14d: one that gets there at the end is deleted at once. Use 7d or less.';
    found.push(warning('queue/retention-leaves-no-time', 'Dead letters may be deleted at once', detail, { path: ['retention'] }));
  }
  if (visibility > 43_200) {
    found.push(
      error('queue/visibility', 'Visibility timeout is out of range', 'The cloud hides a message for 12h at most.', {
        path: ['visibility'],
      }),
    );
  } else if (visibility * maxReceives >= retention) {
    const detail = `${maxReceives} tries of ${visibility} s take longer than the ${retention} s that a message is kept: it would be deleted and never become a dead letter.`;
    found.push(error('queue/expires-before-dead-letter', 'Messages expire before they are given up', detail, { path: ['maxReceives'] }));
  }
  if (alarmAge < 1 || alarmAge >= retention) {
    const detail = `Messages are deleted after ${retention} s, so an alarm at an age of ${alarmAge} s would never tell of them. Lower alarmAge.`;
    found.push(error('queue/alarm-age', 'The alarm would never ring', detail, { path: ['alarmAge'] }));
  }
  for (const [key, seconds] of Object.entries({ retention, visibility, alarmAge })) {
    if (!Number.isInteger(seconds))
      found.push(error('queue/whole-seconds', 'Not whole seconds', 'The cloud counts this in whole seconds.', { path: [key] }));
  }
  return found;
}

function check(given: QueueSettings, { prefix, name }: KindContext): Diagnostic[] {
  const found = checkTimes(given);
  const longest = `${prefix}${name}-dead${given.fifo ? '.fifo' : ''}`;
  if (longest.length > 80) {
    const detail = `Its dead-letter queue would be called ${quote(longest)}, and the cloud takes 80 characters. Shorten the name, or the name prefix.`;
    found.push(error('queue/name', 'The name is too long', detail, { path: [] }));
  }
  if (given.contentBasedDeduplication && !given.fifo) {
    const detail = 'Only a FIFO queue knows messages that it has seen before. Add fifo: true, or remove contentBasedDeduplication.';
    found.push(error('queue/deduplication-without-fifo', 'Deduplication without FIFO', detail, { path: ['contentBasedDeduplication'] }));
  }
  return found;
}

function describe(_: QueueSettings, { name }: KindContext): Behaviour {
  return {
    units: [],
    causes: [
      {
        address: `service/${name}`,
        scope: 'service',
        occurrence: {
          unavailability: { assumption: 'queue.unavailability' },
          length: { distribution: 'exponential', mean: { assumption: 'queue.meanOutage' }, sigma: null },
        },
        hits: { component: name },
        caught: null,
      },
    ],
    groups: [],
    balanced: null,
    notModelled: [
      'The backlog: an outage of the consumer delays messages and stops no flow of the producer.',
      'Messages that are delivered twice, and dead letters that nobody looks at.',
      "The service that holds the queue's encryption key.",
    ],
  };
}

/** A regional message queue with a dead-letter queue. */
export const kind: Kind<QueueSettings> = {
  name: 'queue',
  summary: 'Message queue (SQS), standard or FIFO, with dead-letter queue.',
  schema: {
    properties: {
      fifo: { type: 'boolean', description: 'Keeps the order of messages in a group and delivers each once. Left out: false.' },
      contentBasedDeduplication: {
        type: 'boolean',
        description: 'FIFO: equal messages within five minutes are one. Left out: false, the sender says which are.',
      },
      maxReceives: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        description: 'Tries after which a message goes to the dead-letter queue. Left out: 5.',
      },
      retention: { type: 'string', pattern: durationPattern, description: 'How long a message is kept, 60s to 14d. Left out: 7d.' },
      visibility: {
        type: 'string',
        pattern: durationPattern,
        description: 'How long a received message is hidden from others, up to 12h. Left out: 2m.',
      },
      alarmAge: { type: 'string', pattern: durationPattern, description: 'Age of the oldest message that rings an alarm. Left out: 15m.' },
      kmsKey: {
        type: 'string',
        examples: ['arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555'],
        pattern: '^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$',
        description: "Key that encrypts messages. Left out: the topology's own.",
      },
    },
  },
  endings: ['-dead'],
  mayDependOn: [],
  // The public endpoint of the service, through the NAT gateway.
  reach: 'outside',
  assumptions,
  owns: {
    queue: [
      'content_based_deduplication',
      'fifo_queue',
      'kms_master_key_id',
      'message_retention_seconds',
      'name',
      'redrive_policy',
      'sqs_managed_sse_enabled',
      'visibility_timeout_seconds',
    ],
    'dead-letters': [
      'fifo_queue',
      'kms_master_key_id',
      'message_retention_seconds',
      'name',
      'redrive_allow_policy',
      'sqs_managed_sse_enabled',
    ],
    redrive: ['queue_url', 'redrive_allow_policy'],
    policy: ['policy', 'queue_url'],
    alarm: ['dimensions', 'metric_name', 'namespace'],
  },
  stores: {
    queue: { name: { setting: null }, fifo_queue: { setting: 'fifo' } },
    'dead-letters': { name: { setting: null }, fifo_queue: { setting: 'fifo' } },
  },
  settings,
  check,
  offers: () => ({ port: 443, protocol: 'tcp' }),
  describe,
};
