import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import type { Construct } from 'constructs';
import { ComponentConstruct, type Access, type ComponentProps, type Outputs } from '../../terraform/component-construct';
import { policyOf } from '../../terraform/statement';
import { kind, longestRetention, type QueueSettings } from './kind';

/** Settings of a queue as a spec would write them. */
export interface QueueProps extends ComponentProps {
  /** Keeps the order of messages in a group and delivers each once. @default false */
  readonly fifo?: boolean;
  /** FIFO: equal messages within five minutes are one. @default false */
  readonly contentBasedDeduplication?: boolean;
  /** Tries after which a message goes to the dead-letter queue. @default 5 */
  readonly maxReceives?: number;
  /** How long a message is kept. @default 7d */
  readonly retention?: string;
  /** How long a received message is hidden from others. @default 2m */
  readonly visibility?: string;
  /** Age of the oldest message that rings an alarm. @default 15m */
  readonly alarmAge?: string;
  /** ARN of the key that encrypts messages. @default - the topology's own key */
  readonly kmsKey?: string;
}

/**
 * An SQS queue with its dead-letter queue, encrypted, reached by TLS only.
 * @example new Queue(stack, 'jobs', { network, maxReceives: 3 })
 */
export class Queue extends ComponentConstruct<QueueSettings> {
  readonly queue: SqsQueue;
  readonly deadLetters: SqsQueue;
  private readonly keyArn: string;

  constructor(scope: Construct, name: string, props: QueueProps) {
    super(scope, name, kind, props);
    const { fifo, contentBasedDeduplication, retention, visibility, maxReceives } = this.settings;
    this.keyArn = this.settings.kmsKey ?? this.network.keyArn;
    const both = {
      ...(fifo ? { fifoQueue: true } : {}),
      kmsMasterKeyId: this.keyArn,
      // An hour without a call to the key service is an hour in which its outage does not matter.
      kmsDataKeyReusePeriodSeconds: 3600,
    };
    this.deadLetters = this.add(
      new SqsQueue(this, 'dead', { ...both, name: this.queueName('dead'), messageRetentionSeconds: longestRetention }),
      'dead-letters',
    );
    this.queue = this.add(
      new SqsQueue(this, 'queue', {
        ...both,
        name: this.queueName(),
        ...(fifo ? { contentBasedDeduplication } : {}),
        messageRetentionSeconds: retention,
        visibilityTimeoutSeconds: visibility,
        receiveWaitTimeSeconds: 20,
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: this.deadLetters.arn, maxReceiveCount: maxReceives }),
      }),
      'queue',
    );
    this.add(
      new SqsQueueRedriveAllowPolicy(this, 'redrive', {
        queueUrl: this.deadLetters.id,
        redriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns: [this.queue.arn] }),
      }),
      'redrive',
    );
    this.add(this.tlsOnly('policy', this.queue), 'policy', 'queue');
    this.add(this.tlsOnly('dead-policy', this.deadLetters), 'policy', 'dead-letters');
    this.watch();
  }

  override get outputs(): Outputs {
    return { url: this.queue.url, deadLetters: this.deadLetters.url };
  }

  override get access(): Access {
    const messages = ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes', 'GetQueueUrl'];
    return {
      statements: [
        { Sid: 'Messages', Effect: 'Allow', Action: messages.map((action) => `sqs:${action}`), Resource: this.queue.arn },
        {
          Sid: 'Key',
          Effect: 'Allow',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          Resource: this.keyArn,
          // The key may be that of all the topology's data: who reads messages reads nothing else by it.
          Condition: { StringEquals: { 'kms:ViaService': `sqs.${this.network.region.name}.amazonaws.com` } },
        },
      ],
      endpoints: [],
    };
  }

  private queueName(part?: string): string {
    return `${this.physicalName(part)}${this.settings.fifo ? '.fifo' : ''}`;
  }

  private tlsOnly(id: string, queue: SqsQueue): SqsQueuePolicy {
    const policy = policyOf([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: queue.arn,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
    return new SqsQueuePolicy(this, id, { queueUrl: queue.id, policy });
  }

  private watch(): void {
    this.alarm({
      name: 'age',
      means: `The oldest message of ${this.name} waits too long: its consumers are down, or too slow.`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: this.queueName() },
      statistic: 'Maximum',
      comparison: '>',
      threshold: this.settings.alarmAge,
    });
    this.alarm({
      name: 'dead-letters',
      means: `Messages of ${this.name} were given up and wait in its dead-letter queue for a person.`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: this.queueName('dead') },
      statistic: 'Maximum',
      comparison: '>',
      threshold: 0,
      periods: 1,
    });
  }
}
