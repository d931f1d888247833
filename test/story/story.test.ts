import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import schema from '../../lib/document/diff.schema.json';
import { version } from '../../package.json';
import type { ExitCode } from '../../lib/cli/command';
import { ForgeServer } from '../forge/server';
import { expectGoldenText } from '../golden/golden';
import { Repository, type Answer } from './story';

const spec = readFileSync(join(__dirname, 'shop.yaml'), 'utf8');
const file = 'topologies/shop.yaml';
const validate = new Ajv({ strict: false }).compile(schema);

let repository: Repository;
beforeAll(() => {
  repository = new Repository();
  repository.write(file, spec);
  repository.write('topologies/status.yaml', readFileSync(join(__dirname, 'status.yaml'), 'utf8'));
  repository.commit('main');
});
afterAll(() => repository.remove());

/** What the gate says to what is checked out, golden in the formats that CI shows. */
async function gate(step: string): Promise<ExitCode> {
  const formats = ['sarif', 'junit', 'text'].flatMap((name) => ['--format', `${name}=.git/${name}.out`]);
  const { code } = await repository.nines(['check', 'topologies', '--today', '2026-11-01', ...formats]);
  expectGoldenText(join(__dirname, `${step}.check.txt`), `exit ${code}\n${repository.read('.git/text.out')}`);
  // The version changes with each release, and nothing else here does.
  expectGoldenText(
    join(__dirname, `${step}.sarif`),
    repository.read('.git/sarif.out').replace(`"version": "${version}"`, '"version": "…"'),
  );
  expectGoldenText(join(__dirname, `${step}.junit.xml`), repository.read('.git/junit.out'));
  return code;
}

/** A pull request: the spec otherwise, checked, and compared with main as CI does it. */
async function pullRequest(
  branch: string,
  change: (spec: string) => string | null,
): Promise<Answer & { readonly document: string; readonly gate: ExitCode }> {
  const text = change(spec);
  repository.git('checkout', '--quiet', '-B', branch, 'main');
  if (text === null) repository.git('rm', '--quiet', file);
  else repository.write(file, text);
  repository.commit(branch);
  const checked = await gate(branch);
  repository.git('checkout', '--quiet', 'main');
  const formats = ['--format', 'text', '--format', 'json=diff.json', '--format', 'markdown=comment.md'];
  const answer = await repository.nines(['diff', `main..${branch}`, '--gate', '--allow', '5m', '--samples', '40', ...formats]);
  const document = repository.read('diff.json');
  expect(validate(JSON.parse(document)) ? [] : validate.errors).toEqual([]);
  expectGoldenText(join(__dirname, `${branch}.txt`), `exit ${answer.code}\n${answer.out}`);
  expectGoldenText(join(__dirname, `${branch}.md`), repository.read('comment.md'));
  return { ...answer, document, gate: checked };
}

test('a good spec passes', async () => {
  expect(await gate('good')).toBe(0);
});

test('a pull request that moves to a shared NAT gateway is told what it costs, and the gate closes', async () => {
  const { code, out, document, gate: checked } = await pullRequest('shared-nat', (text) => text.replace('nat: per-zone', 'nat: shared'));
  // It still meets its target; the change costs more than it may.
  expect([code, checked]).toEqual([1, 0]);
  expect(out).toMatch(/region eu-central-1: nat per-zone → shared {2}topologies\/shop\.yaml:7/);
  const { findings } = JSON.parse(document) as { findings: { added: { code: string }[] } };
  expect(findings.added.map((finding) => finding.code)).toContain('single-point');
});

test('one that adds a replica passes', async () => {
  const { code, out, gate: checked } = await pullRequest('more-replicas', (text) => text.replace('replicas: 1', 'replicas: 2'));
  expect([code, checked]).toEqual([0, 0]);
  expect(out).toContain('sessions: replicas 1 → 2');
});

test('one that only renames changes no number, and moves resources', async () => {
  const {
    code,
    out,
    gate: checked,
  } = await pullRequest('rename', (text) =>
    text
      .replace('  sessions:\n    kind: cache', '  carts:\n    was: sessions\n    kind: cache')
      .replace('[sessions, provider]', '[carts, provider]'),
  );
  expect([code, checked]).toEqual([0, 0]);
  expect(out).toContain('Availability stays exactly as it was.');
  expect(out).toContain('sessions is called carts now.');
  expect(out).toMatch(/~ aws_elasticache_replication_group\.carts\S* \(was aws_elasticache_replication_group\.sessions/);
});

test('one that deletes the spec is told what goes', async () => {
  const { code, out, gate: checked } = await pullRequest('delete', () => null);
  expect([code, checked]).toEqual([0, 0]);
  expect(out).toContain('shop was deleted, with all flows.');
});

test('one that breaks the spec cannot be answered, and the comment says why', async () => {
  const { code, err, gate: checked } = await pullRequest('break', (text) => text.replace('kind: cache', 'kind: cach'));
  expect([code, checked]).toEqual([2, 2]);
  expect(err).toContain('Did you mean "cache"?');
});

test('nothing changed is one line, and no comment', async () => {
  const { code, out, gate: checked } = await pullRequest('comments-only', (text) => `# A comment that no number hangs on.\n${text}`);
  expect([code, checked]).toEqual([0, 0]);
  expect(out.trim().split('\n')).toHaveLength(1);
});

describe('the comment', () => {
  let server: ForgeServer;
  let env: Record<string, string>;
  beforeEach(async () => {
    server = new ForgeServer('secret');
    const event = { pull_request: { number: 7, base: { sha: 'b'.repeat(40) }, head: { sha: 'a'.repeat(40) } } };
    // Where no commit takes it along.
    repository.write('.git/event.json', JSON.stringify(event));
    env = {
      GITHUB_API_URL: await server.start(),
      GITHUB_REPOSITORY: 'shop/orders',
      GITHUB_EVENT_PATH: join(repository.folder, '.git/event.json'),
      GITHUB_TOKEN: 'secret',
    };
  });
  afterEach(() => server.stop());

  test('is posted with links to lines, and updated when the next version changes nothing', async () => {
    const { document } = await pullRequest('shared-nat', (text) => text.replace('nat: per-zone', 'nat: shared'));
    const posted = await repository.nines(['comment'], env, document);
    expect(posted).toMatchObject({ code: 0, out: 'shop/orders#7: comment created\n' });
    expect(server.comments[0]!.body).toContain(`https://github.com/shop/orders/blob/${'a'.repeat(40)}/topologies/shop.yaml#L7`);
    const same = await repository.nines(['diff', 'main', '--format', 'json']);
    expect(await repository.nines(['comment', '-'], env, same.out)).toMatchObject({ code: 0, out: 'shop/orders#7: comment updated\n' });
    expect(server.comments).toHaveLength(1);
    expect(server.comments[0]!.body).toContain('Nothing changed');
  });

  test('is not posted where nothing changed', async () => {
    const same = await repository.nines(['diff', 'main', '--format', 'json']);
    expect(await repository.nines(['comment'], env, same.out)).toMatchObject({ code: 0 });
    expect(server.comments).toEqual([]);
  });

  test('is only printed with --dry-run, also outside of a pull request', async () => {
    const { document } = await pullRequest('more-replicas', (text) => text.replace('replicas: 1', 'replicas: 2'));
    const { code, out } = await repository.nines(['comment', '--dry-run'], {}, document);
    expect({ code, out }).toEqual({ code: 0, out: repository.read('comment.md') });
    expect(server.requests).toEqual([]);
    expect(await repository.nines(['comment'], {}, document)).toMatchObject({ code: 2, out: '' });
  });

  test('goes to GitLab too', async () => {
    const same = await repository.nines(['diff', 'main', 'main', '--format', 'json']);
    const gitlab = {
      CI_API_V4_URL: `${env.GITHUB_API_URL}/api/v4`,
      CI_PROJECT_ID: 'shop/orders',
      CI_MERGE_REQUEST_IID: '7',
      GITLAB_TOKEN: 'secret',
    };
    expect(await repository.nines(['comment'], gitlab, same.out)).toMatchObject({
      code: 0,
      out: 'shop/orders!7: nothing changed, so nothing was posted\n',
    });
    expect(server.requests[0]).toContain('/api/v4/projects/shop%2Forders/merge_requests/7/notes');
  });

  test('never shows the token, and a refusal is exit code 2', async () => {
    const same = await repository.nines(['diff', 'main', '--format', 'json']);
    const refused = await repository.nines(['comment'], { ...env, GITHUB_TOKEN: 'wrong-token' }, same.out);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('401');
    expect(refused.err + refused.out).not.toContain('wrong-token');
    expect(await repository.nines(['comment'], { ...env, GITHUB_TOKEN: '' }, same.out)).toMatchObject({ code: 2 });
  });

  test.each(['', '{', '[]', '{"version":1}', '{"version":2,"flows":[]}'])('of %j is refused', async (text) => {
    const { code, err } = await repository.nines(['comment', '--dry-run'], env, text);
    expect(code).toBe(2);
    expect(err).toContain('nines diff --format json');
  });
});
