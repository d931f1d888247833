import type { Plain } from '../../lib/topology/plain';
import { needs } from '../requirements';
import { awsAt, textsOf } from './aws';
import { startEmulator, type Emulator } from './emulator';
import { post } from './post';
import { openProject, until, type Project } from './project';

const minutes = 60_000;
const deployed = needs('python3', 'terraform');

let emulator: Emulator;
const projects: Project[] = [];
afterAll(async () => {
  for (const project of projects) project.remove();
  await emulator?.stop();
});

deployed(
  'of two deployments at once with a state in S3 one is refused while the other holds the lock, and nothing is lost',
  async () => {
    emulator = await startEmulator();
    const bucket = 'states-of-post';
    const body = '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>';
    const aws = awsAt(emulator.url, 'eu-central-1');
    await aws.rest('s3', 'PUT', `/${bucket}`, body);
    const shared: Plain = { ...post, backend: { s3: { bucket, key: 'post.tfstate', region: 'eu-central-1' } } };
    const [first, second] = [openProject('first', emulator.url), openProject('second', emulator.url)];
    projects.push(first, second);
    first.write(shared);
    second.write(shared);

    const running = first.start('deploy', 'post', '--auto-approve');
    const objects = async () => textsOf(await aws.rest('s3', 'GET', `/${bucket}?list-type=2`), 'Key');
    const holds = async () => (await objects()).includes('post.tfstate.tflock');
    await until(
      'the first holds the lock, and makes what it has planned',
      running,
      async () => running.said().includes('Creating...') && (await holds()),
    );
    const refused = await second.cdktf('deploy', 'post', '--auto-approve');
    expect(await holds()).toBe(true);
    expect(refused.status).toBe(1);
    expect(refused.said).toContain('Error acquiring the state lock');
    expect(await running.done).toMatchObject({ status: 0 });
    expect(await holds()).toBe(false);

    // Both see the same: all that the first has made.
    for (const project of [first, second]) expect((await project.diff('post')).actions).toEqual({});
  },
  10 * minutes,
);
