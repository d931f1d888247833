import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGit } from './git';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'nines-git-')));
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
let first: string;

beforeAll(() => {
  git('init', '-q', '-b', 'main');
  mkdirSync(join(folder, 'topologies'));
  writeFileSync(join(folder, 'topologies', 'a b.yaml'), 'one');
  git('add', '.');
  git('commit', '-q', '-m', 'one');
  first = git('rev-parse', 'HEAD');
  git('checkout', '-q', '-b', 'feature');
  writeFileSync(join(folder, 'topologies', 'a b.yaml'), 'two');
  git('commit', '-qam', 'two');
});

test('files are read at a revision, whatever is checked out', async () => {
  const repository = await openGit(join(folder, 'topologies'));
  expect(repository.top).toBe(folder);
  expect(await repository.tryCommit('main')).toBe(first);
  expect(await repository.files(first, 'topologies')).toEqual(['topologies/a b.yaml']);
  expect(Buffer.from(await repository.read(first, 'topologies/a b.yaml')).toString()).toBe('one');
  expect(await repository.mergeBase('main', 'feature')).toBe(first);
});

test('many files are read by one process, whatever their names and bytes are', async () => {
  const contents = new Map([
    ['many/line\nbreak.yaml', Buffer.from('one\n')],
    ['many/tab\tand "quote".yaml', Buffer.from([0, 10, 255, 10])],
    ['many/empty.yaml', Buffer.alloc(0)],
    ['many/ümlaut.yaml', Buffer.from('ü'.repeat(70_000))],
  ]);
  git('checkout', '-q', '-b', 'many');
  mkdirSync(join(folder, 'many'));
  for (const [name, bytes] of contents) writeFileSync(join(folder, name), bytes);
  git('add', '.');
  git('commit', '-q', '-m', 'many');
  const commit = git('rev-parse', 'HEAD');
  const repository = await openGit(folder);
  const files = await repository.files(commit, 'many');
  expect([...files].sort()).toEqual([...contents.keys()].sort());
  const read = await repository.readAll(commit, files);
  expect(read.map((bytes) => Buffer.from(bytes))).toEqual(files.map((file) => contents.get(file)));
  expect(await repository.readAll(commit, [])).toEqual([]);
  git('checkout', '-q', 'feature');
});

test('a file that is new, changed or not yet tracked counts as changed', async () => {
  const repository = await openGit(folder);
  writeFileSync(join(folder, 'topologies', 'new.yaml'), 'new');
  expect(await repository.changedSince(first)).toEqual(['topologies/a b.yaml', 'topologies/new.yaml']);
});

test('what names no commit is no revision', async () => {
  const repository = await openGit(folder);
  expect(await repository.tryCommit('no-such-branch')).toBeUndefined();
  expect(await repository.tryCommit('main; touch x')).toBeUndefined();
  expect(await repository.tryCommit('$(touch x)')).toBeUndefined();
});

test('a revision that git would read as an option is refused', async () => {
  const repository = await openGit(folder);
  await expect(repository.tryCommit('--output=/tmp/x')).rejects.toThrow('a revision cannot begin with a dash');
  await expect(repository.mergeBase('main', '--all')).rejects.toThrow('a revision cannot begin with a dash');
  await expect(repository.files('-x', '')).rejects.toThrow('a revision cannot begin with a dash');
});

test('outside of a repository git says so', async () => {
  await expect(openGit(mkdtempSync(join(tmpdir(), 'nines-no-git-')))).rejects.toThrow(/git rev-parse failed: .*not a git repository/);
});
