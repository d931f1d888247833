import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ran } from '../../test/listening-io';
import { writeWhole } from './formats';
import { readBytes } from './read-file';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'nines-inputs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const minimal = readFileSync(join(__dirname, '../../topologies/minimal.yaml'), 'utf8');

test.each(['estimate', 'check', 'simulate'])(
  '%s answers the specs that are there when one is missing, and says which was meant',
  async (command) => {
    writeFileSync(join(folder, 'minimal.yaml'), minimal);
    const few = command === 'simulate' ? ['--cycles', '1000', '--workers', '1'] : [];
    const { code, err, out } = await ran(folder, [command, 'minimal.yaml', 'minmal.yaml', ...few, '--format', 'json']);
    expect(code).toBe(2);
    expect(err).toContain('There is no file "minmal.yaml". Did you mean "minimal.yaml"?');
    const document = JSON.parse(out) as { version: number; topologies: { topology: string }[]; diagnostics: { code: string }[] };
    expect(document.version).toBe(1);
    expect(document.topologies.map(({ topology }) => topology)).toEqual(['minimal']);
    expect(document.diagnostics.map((one) => one.code)).toEqual(['spec/unreadable']);
  },
);

test('a missing spec alone gives an empty document, and nothing is synthesized beside one', async () => {
  writeFileSync(join(folder, 'minimal.yaml'), minimal);
  const alone = await ran(folder, ['estimate', 'missing.yaml', '--format', 'json']);
  expect([alone.code, (JSON.parse(alone.out) as { topologies: unknown[] }).topologies]).toEqual([2, []]);
  expect((await ran(folder, ['synth', 'minimal.yaml', 'missing.yaml'])).code).toBe(2);
  expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
});

test('each format of check tells a spec that is not there', async () => {
  for (const format of ['sarif', 'junit', 'github', 'codequality', 'markdown'])
    expect((await ran(folder, ['check', 'missing.yaml', '--format', format])).out).toContain('missing.yaml');
});

test('of a synthesized folder the stacks of the last run are read, and not what earlier runs have left', async () => {
  writeFileSync(join(folder, 'first.yaml'), minimal.replace('name: minimal', 'name: first'));
  writeFileSync(join(folder, 'second.yaml'), minimal.replace('name: minimal', 'name: second'));
  await ran(folder, ['synth', 'first.yaml']);
  await ran(folder, ['synth', 'second.yaml']);
  expect(existsSync(join(folder, 'cdktf.out/stacks/first'))).toBe(true);
  const { out } = await ran(folder, ['estimate', 'cdktf.out', '--format', 'json']);
  expect((JSON.parse(out) as { topologies: { topology: string }[] }).topologies.map(({ topology }) => topology)).toEqual(['second']);
});

test('a device without an end is read no further than what a file may have', () => {
  expect(readBytes('/dev/zero', 1000).length).toBe(1001);
  expect(readBytes('/dev/null', 1000).length).toBe(0);
});

test('a device stays a device, and a link a link, when a result is written to it', () => {
  symlinkSync('/dev/null', join(folder, 'nowhere'));
  writeWhole(join(folder, 'nowhere'), 'text');
  expect(lstatSync(join(folder, 'nowhere')).isSymbolicLink()).toBe(true);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  mkdirSync(join(folder, 'results'));
  writeFileSync(join(folder, 'results/now.json'), 'old');
  symlinkSync(join(folder, 'results/now.json'), join(folder, 'latest.json'));
  writeWhole(join(folder, 'latest.json'), 'new');
  expect(lstatSync(join(folder, 'latest.json')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'results/now.json'), 'utf8')).toBe('new');
});

const overwrites = 'would overwrite what is read. Name another file.';

test.each([
  [['check', 'minimal.yaml', '--format', 'json=minimal.yaml']],
  [['check', '.', '--format', 'text', '--format', 'sarif=./linked.yaml']],
  [['check', '-', 'minimal.yaml', '--format', 'json=../%/minimal.yaml']],
  [['check', 'minimal.yaml', '--format', 'json=nines.yaml']],
  [['check', 'minimal.yaml', '--baseline', 'known.json', '--format', 'json=known.json']],
  [['estimate', 'linked.yaml', '--format', 'json=minimal.yaml']],
  [['estimate', 'minimal.yaml', '--format', 'json=nines.yaml']],
  [['explain', 'minimal.yaml', '--format', 'json=minimal.yaml']],
  [['simulate', 'minimal.yaml', '--format', 'json=minimal.yaml']],
  [['diff', 'minimal.yaml', 'linked.yaml', '--format', 'json=minimal.yaml']],
  [['drift', 'minimal.yaml', '--state', 'state.json', '--format', 'json=minimal.yaml']],
  [['drift', 'minimal.yaml', '--state', 'state.json', '--format', 'json=state.json']],
  [['solve', 'model.xml', '--format', 'json=model.xml']],
])('what is read is not overwritten: %s', async (args) => {
  const files = {
    'minimal.yaml': minimal,
    'nines.yaml': 'version: 1\n',
    'known.json': '{"version":1,"topologies":[]}',
    'state.json': '{"format_version":"1.0","values":{"root_module":{}}}',
    'model.xml': '<x/>',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  symlinkSync('minimal.yaml', join(folder, 'linked.yaml'));
  const { code, err, out } = await ran(
    folder,
    args.map((arg) => arg.replace('%', basename(folder))),
  );
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(overwrites);
  for (const [name, text] of Object.entries(files)) expect(readFileSync(join(folder, name), 'utf8')).toBe(text);
});

test('a result replaces an older one, and two do not go to one file', async () => {
  writeFileSync(join(folder, 'minimal.yaml'), minimal);
  for (let i = 0; i < 2; i++) expect((await ran(folder, ['check', 'minimal.yaml', '--format', 'json=out.json'])).code).toBe(0);
  symlinkSync('out.json', join(folder, 'link.json'));
  for (const other of ['./out.json', 'link.json']) {
    const { code, err } = await ran(folder, ['check', 'minimal.yaml', '--format', 'text=out.json', '--format', `json=${other}`]);
    expect([code, err]).toEqual([2, expect.stringContaining(`only one format can go to ${other}`)]);
  }
  expect((await ran(folder, ['check', 'minimal.yaml', '--format', 'text=new/a', '--format', 'json=new/../new/a'])).code).toBe(2);
});

test('what other tools read is no spec of a folder, and where the specs are is told', async () => {
  expect((await ran(folder, ['init', '.', '--name', 'shop'])).code).toBe(0);
  const { code, err } = await ran(folder, ['check', '.']);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining(
      'the folder . holds no spec (.yaml, .yml or .json); cdktf.json, nines.schema.json are none. Did you mean topologies?',
    ),
  ]);
  expect((await ran(folder, ['check', '*.json'])).err).toContain('*.json matches no spec; cdktf.json, nines.schema.json');
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'nines.yaml'])
    writeFileSync(join(folder, name), 'version: 1\n');
  writeFileSync(join(folder, 'minimal.yaml'), minimal);
  for (const spec of ['.', '*.{yaml,json}']) expect(await ran(folder, ['check', spec])).toMatchObject({ code: 0, err: '' });
  expect((await ran(folder, ['check', 'cdktf.json'])).code).toBe(2);
});
