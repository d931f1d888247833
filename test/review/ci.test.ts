import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { CORE_SCHEMA, load } from 'js-yaml';
import { version } from '../../package.json';
import { run } from '../../lib/cli/main';
import { loadPolicy } from '../../lib/spec/policy';
import { action, actionFile, runAction } from './run-action';
import { temporaryIo } from './temporary-io';

const root = join(__dirname, '../..');
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const yaml = (content: string) => load(content, { schema: CORE_SCHEMA }) as unknown;
const fromSources = `${process.execPath} ${join(root, 'scripts/run.cjs')} ${join(__dirname, 'nines.ts')}`;

const spec = `version: 1
name: shop
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
flows:
  buy:
    requires: [pay]
    target: { availability: 99.9% }
`;

function repository(): { cwd: string; git(...args: string[]): string } {
  const { cwd } = temporaryIo({ 'topologies/shop.yaml': spec });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], {
      cwd,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=base');
  return { cwd, git };
}

test('the action, the GitLab template and the hook are valid by the schemas of their platforms, and run this version', () => {
  const valid = (schema: string, content: unknown) => {
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
    const check = ajv.compile(JSON.parse(text(`test/schemas/${schema}.json`)) as object);
    check(content);
    return check.errors;
  };
  const metadata = yaml(readFileSync(actionFile, 'utf8')) as object;
  expect(valid('github-action', metadata)).toBeNull();
  expect(valid('github-action', { ...metadata, runs: { using: 'composite', steps: [{ run: 'x' }] } })).not.toBeNull();
  expect(valid('gitlab-ci', yaml(text('templates/nines.gitlab-ci.yml')))).toBeNull();
  const [hook] = yaml(text('.pre-commit-hooks.yaml')) as Record<string, string>[];
  expect(hook).toMatchObject({ id: 'nines-check', entry: 'nines check', language: 'node' });
  expect('topologies/shop.yaml').toMatch(new RegExp(hook!.files!));
  for (const command of [action.inputs.command!.default, text('templates/nines.gitlab-ci.yml')])
    expect(command).toContain(`nines@${version}`);
});

test('no input of the action becomes a text of its script', () => {
  for (const { run: script } of action.runs.steps) expect(script).not.toContain('${{');
});

test('the action checks, annotates, writes SARIF, JUnit and a summary, and comments what a pull request does', async () => {
  const { cwd, git } = repository();
  const base = git('rev-parse', 'HEAD');
  writeFileSync(join(cwd, 'topologies/shop.yaml'), spec.replace('99.95%', '99.8%'));
  const posted: { url: string; authorization: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => void (body += part.toString()));
    request.on('end', () => {
      if (request.method === 'POST') posted.push({ url: request.url!, authorization: request.headers.authorization ?? '', body });
      response
        .setHeader('content-type', 'application/json')
        .end(request.method === 'GET' ? '[]' : '{"id":1,"html_url":"https://example.com/1"}');
    });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const event = { pull_request: { number: 7, base: { sha: base }, head: { sha: base } } };
  const eventFile = join(cwd, '.git/event.json');
  writeFileSync(eventFile, JSON.stringify(event));
  try {
    const { code, log, outputs, summary } = await runAction(
      cwd,
      { command: fromSources },
      { token: 'secret-of-the-job', event },
      {
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_EVENT_PATH: eventFile,
        GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        GITHUB_ACTIONS: 'true',
      },
    );
    expect([code, outputs]).toEqual([1, { 'exit-code': '1', sarif: 'nines.sarif' }]);
    expect(log).toContain('::error file=topologies/shop.yaml,line=10,');
    expect(log).not.toContain('secret-of-the-job');
    expect(summary).toContain('### ❌ shop misses its target');
    expect(existsSync(join(cwd, 'nines.sarif')) && existsSync(join(cwd, 'nines.junit.xml'))).toBe(true);
    expect(posted.map(({ url }) => url)).toEqual(['/repos/acme/shop/issues/7/comments']);
    expect(posted[0]!.authorization).toContain('secret-of-the-job');
    expect(posted[0]!.body).toContain('buy');
  } finally {
    await new Promise((done) => void server.close(done));
  }
}, 120_000);

test('hostile inputs of the action run nothing', async () => {
  const { cwd } = repository();
  const { code, outputs } = await runAction(
    cwd,
    { command: fromSources, specs: 'topologies $(touch ran) `touch ran`;touch${IFS}ran --today=2020-13-01', comment: '"; touch ran; "' },
    { event: {} },
    {},
  );
  expect([code, outputs['exit-code'], existsSync(join(cwd, 'ran'))]).toEqual([2, '2', false]);
}, 60_000);

const page = text('docs/ci.md');
const snippets = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, content]) => content!);

test('the commands of the page on CI run', async () => {
  const { cwd } = repository();
  const io = { ...temporaryIo({}), cwd };
  const commands = snippets('console').flatMap((snippet) => snippet.trim().split('\n'));
  expect(commands.length).toBeGreaterThan(3);
  for (const command of commands) {
    expect(command).toMatch(/^npx nines /);
    expect([command, await run(command.split(' ').slice(2), io)]).toEqual([command, 0]);
  }
});

test('the workflows of the page use inputs, files and hooks that there are', () => {
  const [workflow, include, hooks, policy] = snippets('yaml');
  const { jobs } = yaml(workflow!) as { jobs: { nines: { steps: { uses: string; with?: Record<string, string> }[] } } };
  const used = jobs.nines.steps.find(({ uses }) => uses.startsWith('nines/'))!;
  expect(used.uses).toBe(`nines/nines@v${version}`);
  for (const name of Object.keys(used.with!)) expect(Object.keys(action.inputs)).toContain(name);
  expect(jobs.nines.steps.at(-1)!.with!.sarif_file).toBe(action.inputs.sarif!.default);
  expect(include).toContain(`/v${version}/templates/nines.gitlab-ci.yml`);
  expect(hooks).toContain('id: nines-check');
  expect(loadPolicy(policy!, 'nines.yaml').diagnostics).toEqual([]);
});

test('the policy file of the page judges the example of this repository', async () => {
  const io = temporaryIo({ 'nines.yaml': snippets('yaml')[3]! });
  mkdirSync(join(io.cwd, 'topologies'));
  writeFileSync(join(io.cwd, 'topologies/orders.yaml'), text('topologies/orders.yaml'));
  const code = await run(['check', 'topologies', '--today', '2026-11-01', '--format', 'json'], io);
  expect(
    (JSON.parse(io.out) as { diagnostics: { severity: string }[] }).diagnostics.filter(({ severity }) => severity === 'error'),
  ).toEqual([]);
  expect([0, 1]).toContain(code);
});
