import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { needs } from '../requirements';
import { startEmulator, type Emulator } from './emulator';
import { post } from './post';
import { addressesIn, openProject, type Project } from './project';
import { startProxy, type Proxy } from './proxy';

const minutes = 60_000;
const deployed = needs('python3', 'terraform');

let emulator: Emulator;
let proxy: Proxy;
let project: Project;

afterAll(async () => {
  project?.remove();
  await proxy?.stop();
  await emulator?.stop();
});

deployed(
  'a topology below its target never reaches Terraform, and nobody asks AWS anything',
  async () => {
    emulator = await startEmulator();
    proxy = await startProxy(emulator.url);
    project = openProject('post', proxy.url);
    project.write({ ...post, flows: { send: { requires: ['letters'], target: { availability: '99.99999%' } } } });
    const { said, status } = await project.cdktf('deploy', 'post', '--auto-approve');
    expect(status).toBe(1);
    expect(said).toContain('An enforced target is missed');
    expect(existsSync(join(project.folder, 'cdktf.out/stacks'))).toBe(false);
    expect(proxy.asked).toBe(0);
  },
  5 * minutes,
);

deployed(
  'without credentials the deployment ends with what is missing, and has made nothing',
  async () => {
    const nobody = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
    const poor = openProject('post', proxy.url, { env: nobody });
    try {
      poor.write(post);
      const { said, status } = await poor.cdktf('deploy', 'post', '--auto-approve');
      expect(status).toBe(1);
      expect(said).toContain('No valid credential sources found');
      expect(addressesIn(poor, 'post')).toEqual([]);
    } finally {
      poor.remove();
    }
  },
  5 * minutes,
);

deployed(
  'a service that refuses for good ends the deployment with its name and the reason; what was made is in the state',
  async () => {
    proxy.refuse(({ body, service }) => service === 'sqs' && body.includes('"QueueName"'));
    project.write({ ...post, provider: { max_retries: 1 } });
    const { said, status } = await project.cdktf('deploy', 'post', '--auto-approve');
    expect(status).toBe(1);
    expect(said).toMatch(/creating SQS Queue \(post-letters-dead\)[^]*(ThrottlingException|503)/);
    expect(addressesIn(project, 'post')).toContain('aws_vpc.network');
    expect(addressesIn(project, 'post')).not.toContain('aws_sqs_queue.letters_dead-letters');
  },
  5 * minutes,
);

deployed(
  'the next one goes through although every fourth request is refused at first, and leaves nothing to change',
  async () => {
    const before = proxy.refused;
    proxy.refuse(({ number }) => number % 4 === 0);
    project.write({ ...post, provider: { max_retries: 25 } });
    await project.deploy('post');
    expect(proxy.refused - before).toBeGreaterThan(10);
    proxy.refuse(() => false);
    expect((await project.diff('post')).actions).toEqual({});
  },
  10 * minutes,
);
