import { tmpdir } from 'node:os';
import { App, TerraformStack } from 'cdktf';
import { fromSynthesized } from '../../resources/resources';
import { Network } from '../../terraform/network';
import { withoutStackTraces } from '../../terraform/stack-traces';
import { Queue, type QueueProps } from './construct';
import { readBack } from './read-back';

type Given = Omit<QueueProps, 'network'>;

const build = (given: Given = {}) => withoutStackTraces(() => make(given));

function make(given: Given) {
  const stack = new TerraformStack(new App({ outdir: tmpdir() }), 'shop');
  const network = new Network(stack, 'network', { region: 'eu-central-1', zones: ['eu-central-1a'], cidr: '10.0.0.0/16' });
  const jobs = new Queue(stack, 'jobs', { network, ...given });
  const { resource } = stack.toTerraform();
  const { jobs_queue: queue, 'jobs_dead-letters': deadLetters } = resource.aws_sqs_queue;
  return { jobs, resource, queue, deadLetters };
}

test('a message that fails too often waits a fortnight in the dead-letter queue', () => {
  const { queue, deadLetters, resource } = build({ maxReceives: 3 });
  expect(JSON.parse(queue.redrive_policy)).toEqual({ deadLetterTargetArn: '${aws_sqs_queue.jobs_dead-letters.arn}', maxReceiveCount: 3 });
  expect(deadLetters.message_retention_seconds).toBe(14 * 86_400);
  expect(JSON.parse(resource.aws_sqs_queue_redrive_allow_policy.jobs_redrive.redrive_allow_policy)).toEqual({
    redrivePermission: 'byQueue',
    sourceQueueArns: ['${aws_sqs_queue.jobs_queue.arn}'],
  });
});

test('both queues are encrypted and refuse what comes without TLS', () => {
  const { queue, deadLetters, resource } = build();
  for (const { kms_master_key_id: key } of [queue, deadLetters]) expect(key).toBe('${aws_kms_key.key.arn}');
  for (const part of ['queue', 'dead-letters']) {
    const { Statement: statements } = JSON.parse(resource.aws_sqs_queue_policy[`jobs_policy_${part}`].policy);
    expect(statements).toEqual([expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]);
  }
  const key = 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555';
  expect(build({ kmsKey: key }).queue.kms_master_key_id).toBe(key);
});

test('a FIFO queue has its ending, and so has its dead-letter queue', () => {
  const { queue, deadLetters } = build({ fifo: true, contentBasedDeduplication: true });
  expect(queue).toMatchObject({ name: 'shop-jobs.fifo', fifo_queue: true, content_based_deduplication: true });
  expect(deadLetters).toMatchObject({ name: 'shop-jobs-dead.fifo', fifo_queue: true });
  expect(build().queue.fifo_queue).toBeUndefined();
});

test('alarms ring for old messages and for dead letters', () => {
  const { resource } = build({ alarmAge: '10m' });
  expect(resource.aws_cloudwatch_metric_alarm.jobs_alarm_age).toMatchObject({ threshold: 600, dimensions: { QueueName: 'shop-jobs' } });
  expect(resource.aws_cloudwatch_metric_alarm['jobs_alarm_dead-letters']).toMatchObject({
    threshold: 0,
    dimensions: { QueueName: 'shop-jobs-dead' },
  });
});

test('who depends on it may use its messages and its key, and nothing else', () => {
  const { statements } = build().jobs.access;
  expect(statements.map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow']);
  expect(JSON.stringify(statements)).not.toContain('*');
  expect(statements.find(({ Sid }) => Sid === 'Key')?.Condition).toEqual({
    StringEquals: { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' },
  });
});

test.each<[string, Given]>([
  ['as it is by default', {}],
  ['FIFO', { fifo: true, contentBasedDeduplication: true, maxReceives: 9 }],
  ['other times', { retention: '2d', visibility: '30s' }],
])('a queue is found as it was built: %s', (_, given) => {
  const { jobs, resource } = build(given);
  const { fifo, contentBasedDeduplication, maxReceives, retention, visibility } = jobs.settings;
  expect(readBack(fromSynthesized({ resource }), 'shop-')).toEqual([
    {
      name: 'jobs',
      settings: { fifo, contentBasedDeduplication, maxReceives, retention: `${retention}s`, visibility: `${visibility}s` },
      units: [],
    },
  ]);
});

test('a queue that has lost its dead-letter queue is found without one', () => {
  const { resource, queue } = build();
  delete queue.redrive_policy;
  const found = readBack(fromSynthesized({ resource }), 'shop-');
  expect(found.map(({ name }) => name)).toEqual(['jobs-dead', 'jobs']);
  expect(found.some(({ settings }) => 'maxReceives' in settings)).toBe(false);
});
