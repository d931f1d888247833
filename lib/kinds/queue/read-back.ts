import type { FoundComponent, ReadBack } from '../../resources/read-back';
import type { Resource, Resources } from '../../resources/resources';

interface Redrive {
  readonly deadLetterTargetArn?: unknown;
  readonly maxReceiveCount?: unknown;
}

/** Only a queue that gives messages up somewhere is one of ours; the dead-letter queues themselves do not. */
function redriveOf({ arguments: { redrive_policy: policy } }: Resource): Redrive | undefined {
  if (typeof policy !== 'string' || policy === '') return undefined;
  const parsed: unknown = JSON.parse(policy);
  return parsed !== null && typeof parsed === 'object' ? parsed : undefined;
}

function found(resources: Resources, prefix: string, queue: Resource): FoundComponent[] {
  const { name, fifo_queue: fifo, content_based_deduplication: deduplication } = queue.arguments;
  // Left out, they have the cloud's defaults.
  const { message_retention_seconds: retention = 345_600, visibility_timeout_seconds: visibility = 30 } = queue.arguments;
  const redrive = redriveOf(queue);
  if (typeof name !== 'string' || !name.startsWith(prefix) || isDeadLetters(resources, queue)) return [];
  const settings = {
    fifo: fifo === true,
    contentBasedDeduplication: deduplication === true,
    // Without a dead-letter queue a message is tried for ever: no setting says that, so none is found.
    ...(redrive && resources.tryFollow(redrive.deadLetterTargetArn) ? { maxReceives: redrive.maxReceiveCount } : {}),
    retention: `${Number(retention)}s`,
    visibility: `${Number(visibility)}s`,
  };
  return [{ name: name.slice(prefix.length).replace(/\.fifo$/, ''), settings, units: [] }];
}

function isDeadLetters(resources: Resources, queue: Resource): boolean {
  return resources
    .ofType('aws_sqs_queue')
    .some((other) => other !== queue && resources.tryFollow(redriveOf(other)?.deadLetterTargetArn) === queue);
}

/** Finds queues. They have no units: a queue is regional, and stands and falls with its service. */
export const readBack: ReadBack = (resources, prefix) =>
  resources.ofType('aws_sqs_queue').flatMap((queue) => found(resources, prefix, queue));
