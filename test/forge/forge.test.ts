import { github, gitlab, type Forge } from '../../lib/cli/forge/forge';
import type { Wire } from '../../lib/cli/forge/request';
import { cut, markerOf, upsert } from '../../lib/cli/forge/upsert';
import { ForgeServer } from './server';

const token = 'secret-token-of-the-job';
let server: ForgeServer;
let address: string;
let told: string[];
let slept: number[];

beforeEach(async () => {
  server = new ForgeServer(token);
  address = await server.start();
  [told, slept] = [[], []];
});
afterEach(() => server.stop());

const wire = (changes: Partial<Wire> = {}): Wire => ({
  token,
  fetch,
  sleep: async (milliseconds) => void slept.push(milliseconds),
  now: () => 1_000_000,
  tell: (sentence) => void told.push(sentence),
  ...changes,
});
const onGithub = (changes?: Partial<Wire>) => github({ api: address, repository: 'shop/orders', number: 7 }, wire(changes));
const onGitlab = (changes?: Partial<Wire>) => gitlab({ api: `${address}/api/v4`, project: 'shop/orders', number: 7 }, wire(changes));
const comment = { key: 'orders', markdown: 'checkout: 99.95 %\n', quiet: false };

describe.each<[string, (changes?: Partial<Wire>) => Forge]>([
  ['GitHub', onGithub],
  ['GitLab', onGitlab],
])('on %s', (_name, forge) => {
  test('a comment is posted once and then updated in place', async () => {
    expect(await upsert(forge(), comment)).toBe('created');
    expect(await upsert(forge(), { ...comment, markdown: 'checkout: 99.9 %\n' })).toBe('updated');
    expect(await upsert(forge(), { ...comment, markdown: 'checkout: 99.9 %\n' })).toBe('unchanged');
    expect(server.comments.map(({ body }) => body)).toEqual([`${markerOf('orders')}\ncheckout: 99.9 %\n`]);
  });

  test('our comment is found behind pages of others', async () => {
    for (let i = 0; i < 250; i++) server.add(`talk ${i}`);
    const ours = server.add(`${markerOf('orders')}\nold`);
    expect(await upsert(forge(), comment)).toBe('updated');
    expect(ours.body).toContain('99.95 %');
    expect(server.requests.filter((line) => line.startsWith('GET'))).toHaveLength(3);
  });

  test('comments with other keys stay as they are', async () => {
    const other = server.add(`${markerOf('learning')}\nold`);
    expect(await upsert(forge(), comment)).toBe('created');
    expect(other.body).toContain('old');
  });

  test('nothing is posted where there is nothing to say, but an earlier comment is brought up to date', async () => {
    expect(await upsert(forge(), { ...comment, quiet: true })).toBe('nothing to say');
    expect(server.comments).toEqual([]);
    await upsert(forge(), comment);
    expect(await upsert(forge(), { key: 'orders', markdown: 'No change.\n', quiet: true })).toBe('updated');
  });

  test('of two comments posted at once the older one stays, with the newest text', async () => {
    // The other job's comment gets its place in the list before ours.
    let other: { body: string } | undefined;
    server.onCreate = () => {
      if (other) return;
      other = { ...server.comments[0]!, id: 0, body: `${markerOf('orders')}\nthe other job\n` } as never;
      server.comments.unshift(other as never);
    };
    expect(await upsert(forge(), comment)).toBe('updated');
    expect(server.comments.map(({ body }) => body)).toEqual([`${markerOf('orders')}\ncheckout: 99.95 %\n`]);
  });

  test('a rate limit is waited for as long as the forge says', async () => {
    server.trouble.push({
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1000007' },
      body: { message: 'API rate limit exceeded' },
    });
    server.trouble.push({ status: 429, headers: { 'retry-after': '3' } });
    expect(await upsert(forge(), comment)).toBe('created');
    expect(slept).toEqual([7000, 3000]);
    expect(told).toHaveLength(2);
  });

  test('errors of the server are tried again, with longer and longer waits, and then told', async () => {
    for (let i = 0; i < 5; i++) server.trouble.push({ status: 502 });
    await expect(upsert(forge(), comment)).rejects.toThrow(/the forge answered 502/);
    expect(slept).toEqual([1000, 2000, 4000, 8000]);
  });

  test('a refusal is no reason to wait', async () => {
    await expect(upsert(forge({ token: 'wrong' }), comment)).rejects.toThrow('the forge answered 401: Bad credentials');
    expect(slept).toEqual([]);
  });

  test('the token is never in a message, even when the forge repeats it', async () => {
    server.trouble.push({ status: 422, body: { message: `token ${token} may not do this` } });
    await expect(upsert(forge(), comment)).rejects.toThrow(/token \*\*\* may not do this/);
    expect(told.join()).not.toContain(token);
  });

  test('a redirect is not followed, so that the token goes nowhere else', async () => {
    for (let i = 0; i < 5; i++) server.trouble.push({ status: 302, headers: { location: `${address}/elsewhere` } });
    await expect(upsert(forge(), comment)).rejects.toThrow(/no answer/);
    expect(server.requests.some((line) => line.includes('elsewhere'))).toBe(false);
  });

  test('a comment of somebody who copied our marker is left alone', async () => {
    server.add(`${markerOf('orders')}\nnot ours`);
    server.onRequest = (method) =>
      method === 'PATCH' || method === 'PUT' ? { status: 403, body: { message: 'Must have write access' } } : undefined;
    expect(await upsert(forge(), comment)).toBe('created');
    expect(server.comments[0]!.body).toContain('not ours');
  });
});

test('a forge that cannot be reached is told as such', async () => {
  const nowhere = github({ api: 'http://127.0.0.1:9', repository: 'shop/orders', number: 7 }, wire());
  await expect(upsert(nowhere, comment)).rejects.toThrow(/no answer/);
});

test('a long comment keeps its beginning, closes what is open, and says that it was cut', () => {
  const long = `verdict\n\n<details>\n${'a line of details\n'.repeat(5000)}</details>\n`;
  const text = cut(long, 1000);
  expect(text.length).toBeLessThanOrEqual(1000);
  expect(text).toMatch(/^verdict/);
  expect(text).toContain('</details>');
  expect(text).toContain('This comment was cut');
});

test('a hostile key cannot end the marker', () => {
  expect(markerOf('x --> <img src=x>')).toMatch(/^<!-- nines [A-Za-z0-9._/-]+ -->$/);
});
