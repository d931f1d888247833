import { needs } from '../requirements';
import { awsAt, itemsOf } from './aws';
import { startEmulator, type Emulator } from './emulator';
import { post } from './post';
import { addressesIn, openProject, until, type Project } from './project';

const minutes = 60_000;
const deployed = needs('python3', 'terraform');

let emulator: Emulator;
let project: Project;
afterAll(async () => {
  project?.remove();
  await emulator?.stop();
});

/** Resources that Terraform has begun and not finished, from what it says. */
function begun(said: string): string[] {
  const finished = new Set([...said.matchAll(/(aws_[\w.-]+): Creation complete/g)].map(([, address]) => address));
  return [...said.matchAll(/(aws_[\w.-]+): Creating\.\.\./g)].map(([, address]) => address!).filter((address) => !finished.has(address));
}

deployed(
  'a deployment that is killed half-way is finished by the next one: nothing is made twice, and nothing is left to change',
  async () => {
    emulator = await startEmulator();
    project = openProject('post', emulator.url);
    project.write(post);
    const running = project.start('deploy', 'post', '--auto-approve');
    // A queue takes the longest: for half a minute Terraform waits for nothing else.
    await until('all but the queue is made', running, () => {
      const said = running.said();
      return said.includes('aws_sqs_queue.letters_dead-letters: Still creating') && begun(said).length === 1;
    });
    running.kill();
    await running.done;
    const half = addressesIn(project, 'post');
    expect(half).toContain('aws_vpc.network');
    expect(half).not.toContain('aws_sqs_queue.letters_queue');

    const said = await project.deploy('post');
    expect(said).not.toContain('Error');
    expect(addressesIn(project, 'post')).toEqual(expect.arrayContaining([...half, 'aws_sqs_queue.letters_queue']));
    expect((await project.diff('post')).actions).toEqual({});

    const aws = awsAt(emulator.url, 'eu-central-1');
    const vpcs = itemsOf(await aws.query('ec2', 'DescribeVpcs'), 'vpcSet').filter((vpc) => vpc.includes('post-network'));
    expect(vpcs).toHaveLength(1);
    const { QueueUrls: queues } = (await aws.json('sqs', 'AmazonSQS.ListQueues', {})) as { readonly QueueUrls: readonly string[] };
    expect(queues).toHaveLength(2);
  },
  10 * minutes,
);
