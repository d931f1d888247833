import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckDocument } from '../../lib/document/check';
import type { DiffDocument } from '../../lib/document/diff';
import { run } from '../../lib/cli/main';
import { temporaryIo } from './temporary-io';

const spec = (name: string, availability = '99.95%') => `version: 1
name: ${name}
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: ${availability}, meanOutage: 10m, source: contract }
flows:
  buy:
    requires: [pay]
    target: { availability: 99.9% }
`;

const names = ['a', 'b', 'c', 'd', 'e'];
const fleet = () => temporaryIo(Object.fromEntries(names.map((name) => [`t/${name}.yaml`, spec(name)])));

async function check(io: ReturnType<typeof temporaryIo>, ...args: string[]): Promise<CheckDocument> {
  io.out = '';
  expect(await run(['check', 't', '--today', '2026-11-01', '--format', 'json', ...args], io)).toBe(0);
  return JSON.parse(io.out) as CheckDocument;
}

const checked = ({ topologies }: CheckDocument) => topologies.map(({ topology }) => topology);

test('shards are disjoint and together all', async () => {
  const io = fleet();
  const parts = [await check(io, '--shard', '1/3'), await check(io, '--shard', '2/3'), await check(io, '--shard', '3/3')].map(checked);
  expect(parts).toEqual([['a', 'd'], ['b', 'e'], ['c']]);
  for (const wrong of ['0/3', '4/3', '1', '1/0', 'x/2', '-1/2']) expect(await run(['check', 't', `--shard=${wrong}`], io)).toBe(2);
});

test('threads answer what one thread answers', async () => {
  const io = fleet();
  const together = await check(io);
  const alone = await Promise.all(
    names.map(async (name) => {
      const one = temporaryIo({ 't/x.yaml': '', [`t/${name}.yaml`]: spec(name) });
      await run(['check', `t/${name}.yaml`, '--today', '2026-11-01', '--format', 'json'], one);
      return (JSON.parse(one.out) as CheckDocument).topologies[0];
    }),
  );
  expect(together.topologies).toEqual(alone);
}, 60_000);

test('the cache answers the same bytes, survives damage, and forgets what has changed', async () => {
  const io = fleet();
  const first = await check(io, '--cache', 'kept');
  const fresh = io.out;
  const entries = readdirSync(join(io.cwd, 'kept'));
  expect(entries).toHaveLength(5);
  await check(io, '--cache', 'kept');
  expect(io.out).toBe(fresh);
  for (const [i, name] of entries.entries()) {
    const path = join(io.cwd, 'kept', name);
    const bytes = readFileSync(path);
    if (i === 0) writeFileSync(path, '');
    else if (i === 1) writeFileSync(path, bytes.subarray(0, bytes.length >> 1));
    else if (i === 2) writeFileSync(path, Buffer.concat([bytes.subarray(0, 100), Buffer.from([bytes[100]! ^ 1]), bytes.subarray(101)]));
  }
  await check(io, '--cache', 'kept');
  expect(io.out).toBe(fresh);
  writeFileSync(join(io.cwd, 't/a.yaml'), spec('a', '99.99%'));
  const changed = await check(io, '--cache', 'kept');
  expect(changed.topologies[0]!.results[0]!.unavailability).not.toBe(first.topologies[0]!.results[0]!.unavailability);
  expect(readdirSync(join(io.cwd, 'kept'))).toHaveLength(6);
}, 60_000);

test('several may write the cache at once', async () => {
  const [one, two] = [fleet(), temporaryIo({})];
  const other = Object.assign(two, { cwd: one.cwd });
  const [first, second] = await Promise.all([check(one, '--cache', 'kept'), check(other, '--cache', 'kept')]);
  expect(second).toEqual(first);
  expect(readdirSync(join(one.cwd, 'kept')).filter((name) => !name.endsWith('.estimate'))).toEqual([]);
  expect(await check(one, '--cache', 'kept')).toEqual(first);
}, 60_000);

test('threads compare what one thread compares, and what has not changed is not compared', async () => {
  const changed = Object.fromEntries(names.map((name, i) => [`new/${name}.yaml`, spec(name, i === 4 ? '99.95%' : `99.9${i}%`)]));
  const io = temporaryIo({ ...Object.fromEntries(names.map((name) => [`t/${name}.yaml`, spec(name)])), ...changed });
  const diff = async (before: string, after: string) => {
    io.out = '';
    expect(await run(['diff', before, after, '--no-resources', '--samples', '40', '--format', 'json'], io)).toBe(0);
    return JSON.parse(io.out) as DiffDocument;
  };
  const together = await diff('t', 'new');
  const alone: DiffDocument[] = [];
  for (const name of names) alone.push(await diff(`t/${name}.yaml`, `new/${name}.yaml`));
  expect(together.flows).toEqual(alone.flatMap(({ flows }) => flows));
  expect(together.topologies).toEqual(alone.flatMap(({ topologies }) => topologies));
  expect(together.topologies.map(({ status }) => status)).toEqual(['changed', 'changed', 'changed', 'changed', 'unchanged']);
}, 60_000);

test('only what differs from a revision is checked, and all when the policy differs', async () => {
  const io = fleet();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], { cwd: io.cwd });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=base');
  expect(checked(await check(io, '--changed-since', 'main'))).toEqual([]);
  expect(io.err).toContain('There is no spec left to check.');
  writeFileSync(join(io.cwd, 't/b.yaml'), spec('b', '99.96%'));
  writeFileSync(join(io.cwd, 't/new.yaml'), spec('new'));
  expect(checked(await check(io, '--changed-since', 'main'))).toEqual(['b', 'new']);
  writeFileSync(join(io.cwd, 'nines.yaml'), 'version: 1\n');
  expect(checked(await check(io, '--changed-since', 'HEAD'))).toHaveLength(6);
  expect(await run(['check', 't', '--changed-since=--output=x'], io)).toBe(2);
  expect(await run(['check', 't', '--changed-since', 'nowhere'], io)).toBe(2);
});
