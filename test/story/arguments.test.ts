import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Repository } from './story';

const spec = readFileSync(join(__dirname, 'shop.yaml'), 'utf8');
const without = ['--no-resources', '--samples', '20'];
const shared = spec.replace('nat: per-zone', 'nat: shared');

let repository: Repository;
beforeAll(() => {
  repository = new Repository();
  repository.write('topologies/shop.yaml', spec);
  repository.commit('main');
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.write('topologies/shop.yaml', shared);
  repository.write('elsewhere/shop.yaml', spec);
  repository.commit('feature');
  repository.git('tag', 'elsewhere');
});
afterAll(() => repository.remove());

const changed = 'nat per-zone → shared';

test.each([
  ['a revision, with the working tree', ['main']],
  ['a range', ['main..feature']],
  ['a range from where the branch began', ['main...feature']],
  ['two revisions', ['main', 'feature']],
  ['a revision and a path', ['main', 'topologies/shop.yaml']],
  ['a revision of some specs', ['main', '--specs', 'topologies/shop.yaml']],
  ['two folders', ['elsewhere/', 'topologies/']],
  ['two files', ['elsewhere/shop.yaml', 'topologies/shop.yaml']],
  ['what is said to be a revision', ['--rev', 'main', '--rev', 'feature']],
  ['a revision and what is said to be a path', ['--rev=main', '--path=topologies']],
])('%s: the change is found', async (_, args) => {
  const { code, out, err } = await repository.nines(['diff', ...args, ...without]);
  expect(err).toBe('');
  expect({ code, found: out.includes(changed) }).toEqual({ code: 0, found: true });
});

test.each([
  ['what is a path and a revision', ['elsewhere', 'topologies'], '"elsewhere" is a path and a revision'],
  ['what is neither', ['nowhere'], 'there is no file, folder or revision "nowhere"'],
  ['a revision that begins with a dash', ['--', '-main'], 'a revision cannot begin with a dash'],
  ['the second half of a range that begins with a dash', ['main..-feature'], 'a revision cannot begin with a dash'],
  ['an option for git as a revision', ['--rev=--output=x'], 'a revision cannot begin with a dash'],
  ['three sides', ['main', 'feature', 'main'], 'it takes a BASE and a HEAD'],
  ['one path', ['topologies'], 'Name a second path, or a revision'],
  ['no side', [], 'it takes a BASE and a HEAD'],
  ['a path that is not there', ['--path', 'nowhere', 'main'], 'there is no file or folder "nowhere"'],
  ['no specs at all', ['main', '--specs', 'nowhere'], 'Say where they are'],
  ['what lies outside', ['main', '--specs', '../../other'], 'lies outside the repository'],
  ['--allow without a gate', ['main', '--allow', '5m'], 'give both'],
  ['--allow that is no duration', ['main', '--gate', '--allow', 'five'], '--allow takes a duration'],
])('%s is refused', async (_, args, message) => {
  const { code, out, err } = await repository.nines(['diff', ...args]);
  expect(err).toContain(message);
  expect({ code, out }).toEqual({ code: 2, out: '' });
});

test('the gate is open for a change that misses no target, until less is allowed', async () => {
  expect((await repository.nines(['diff', 'main', '--gate', ...without])).code).toBe(0);
  expect((await repository.nines(['diff', 'main', '--gate', '--allow', '10m', ...without])).code).toBe(1);
  expect((await repository.nines(['diff', 'main', ...without])).code).toBe(0);
});

test('a target that is newly missed closes the gate', async () => {
  repository.write('topologies/shop.yaml', shared.replace('99.95%', '99.975%'));
  const { code, out } = await repository.nines(['diff', 'main', '--gate', ...without]);
  expect(code).toBe(1);
  expect(out).toContain('buy newly misses its target of 99.975 %');
  repository.write('topologies/shop.yaml', shared);
});

test('several specs are compared at once, new ones are new, and one that was broken before is told as such', async () => {
  repository.write('topologies/second.yaml', spec.replace('name: shop', 'name: second'));
  const { out } = await repository.nines(['diff', 'main', ...without]);
  expect(out).toContain('second/buy is new');
  expect(out).toContain('shop/buy gets worse');
  repository.git('checkout', '--quiet', '-b', 'broken', 'main');
  repository.write('topologies/second.yaml', 'version: 1\n');
  repository.commit('broken');
  repository.git('checkout', '--quiet', 'feature');
  const fixed = await repository.nines(['diff', 'broken', 'main', ...without]);
  expect(fixed.code).toBe(0);
  expect(fixed.err).toContain('In broken, which is compared with:');
});

test('the figures of nines.yaml are read at the same version as the specs, and their change is attributed', async () => {
  repository.git('checkout', '--quiet', '-f', '-b', 'figures', 'main');
  const figure = (value: number) => `version: 1\nassumptions:\n  zone.outagesPerYear: { value: ${value}, reason: our own records }\n`;
  repository.write('nines.yaml', figure(0.1));
  repository.commit('figures');
  repository.write('nines.yaml', figure(0.4));
  const uncommitted = await repository.nines(['diff', 'HEAD', ...without]);
  expect(uncommitted).toMatchObject({ code: 0, err: '' });
  expect(uncommitted.out).toMatch(/assumption zone\.outagesPerYear: 0\.1 → 0\.4 \(nines\.yaml\) {2}nines\.yaml:3/);
  expect(uncommitted.out).toContain('zone.outagesPerYear 0.1 a year → 0.4 a year');
  const added = await repository.nines(['diff', 'main..figures', ...without]);
  expect(added.out).toMatch(/assumption zone\.outagesPerYear: default → 0\.1/);
});

test('two folders that cdktf has written are compared', async () => {
  repository.git('checkout', '--quiet', '-f', 'main');
  expect((await repository.nines(['synth', 'topologies', '--out', 'old.out'])).code).toBe(0);
  repository.write('topologies/shop.yaml', shared);
  expect((await repository.nines(['synth', 'topologies', '--out', 'new.out'])).code).toBe(0);
  repository.git('checkout', '--quiet', '-f', 'main');
  const { code, out, err } = await repository.nines(['diff', 'old.out', 'new.out', '--samples', '20']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(changed);
  expect(out).toContain('− aws_nat_gateway.nat-eu-central-1b');
});

test('a budget holds until a label lifts it, and a change cannot raise its own', async () => {
  const budget = (downtime: string) => `version: 1\npolicy:\n  budget: { downtime: ${downtime}, unlessLabel: approved }\n`;
  repository.git('checkout', '--quiet', '-f', '-b', 'budget', 'main');
  repository.write('nines.yaml', budget('5m'));
  repository.commit('budget');
  repository.write('nines.yaml', budget('9h'));
  repository.write('topologies/shop.yaml', shared);
  const gate = ['diff', 'budget', '--gate', ...without];
  const { code, err } = await repository.nines(gate);
  expect(code).toBe(1);
  expect(err).toMatch(/shop\/buy is down \d+ min more a year, and a change may cost 5 min\./);
  expect((await repository.nines([...gate, '--label', 'other', '--label', 'approved'])).code).toBe(0);
  expect((await repository.nines([...gate, '--allow', '9h'])).code).toBe(0);
  repository.write('.git/labels.json', JSON.stringify({ pull_request: { number: 1, labels: [{ name: 'approved' }] } }));
  expect((await repository.nines(gate, { GITHUB_EVENT_PATH: `${repository.folder}/.git/labels.json` })).code).toBe(0);
  expect((await repository.nines(gate, { CI_MERGE_REQUEST_LABELS: 'a,approved' })).code).toBe(0);
});
