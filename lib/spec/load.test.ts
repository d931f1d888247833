import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadSpec, readTopologyFile } from './load';

const spec = `version: 1
name: shop
regions:
  eu-west-1: { zones: [eu-west-1a, eu-west-1b], cidr: 10.0.0.0/16 }
components:
  worker: { kind: instances, image: ami-12345678, type: m7g.large, count: 4, needs: 2, dependsOn: [jobs, { on: partner, without: degraded }] }
  jobs: { kind: queue }
  partner: { kind: external, availability: 99.9%, meanOutage: 10m, source: contract of 2026 }
flows:
  work: { requires: [worker], target: { availability: 99.5% } }
`;

const codes = (text: string) =>
  loadSpec(text, 's.yaml').diagnostics.map(({ code, range }) => `${range?.start.line}:${range?.start.column} ${code}`);

test('a spec becomes a topology with its defaults', () => {
  const { topology, diagnostics } = loadSpec(spec, 's.yaml');
  expect(diagnostics).toEqual([]);
  expect(topology?.components.map(({ name, kind }) => [name, kind])).toEqual([
    ['worker', 'instances'],
    ['jobs', 'queue'],
    ['partner', 'external'],
  ]);
  expect(topology?.flows[0]?.target).toEqual({
    availability: '99.5%',
    unavailability: 0.005,
    measure: 'time',
    includesChange: true,
    enforce: true,
    rto: null,
    rpo: null,
  });
  expect(topology?.notModelled.length).toBeGreaterThan(5);
});

test('the same spec in JSON is the same topology', () => {
  const { topology } = loadSpec(spec, 's.yaml');
  expect(loadSpec(JSON.stringify(topology?.settings, null, '\t'), 's.json').topology).toEqual(topology);
});

test('the settings of a topology, resolved again, give the same topology', () => {
  const { topology } = loadSpec(spec, 's.yaml');
  const file = JSON.stringify({ version: 1, nines: '0.1.0', settings: topology?.settings });
  expect(readTopologyFile(file, 'topology.json').topology).toEqual(topology);
});

test('a topology.json of another version or of another tool is refused', () => {
  expect(readTopologyFile('{"version": 2, "settings": {}}', 't.json').diagnostics[0]?.detail).toMatch(/reads version 1/);
  expect(readTopologyFile('{"resource": {}}', 't.json').diagnostics[0]?.code).toBe('spec/topology-file');
});

test('mistakes in a topology.json point into its settings', () => {
  const { diagnostics, topology } = readTopologyFile('{"version": 1,\n"settings": {"version": 1,\n "name": "Shop"}}', 't.json');
  expect(topology).toBeNull();
  expect(diagnostics.find(({ code }) => code === 'spec/name')?.range?.start).toMatchObject({ line: 3, column: 10 });
});

test('all mistakes are told at once, each at its place and in the order of the text', () => {
  const broken = spec
    .replace('name: shop', 'name: Shop')
    .replace('eu-west-1b]', 'eu-west-2b]')
    .replace('count: 4', 'count: "4"')
    .replace('[jobs,', '[job,')
    .replace('kind: queue', 'kind: queu')
    .replace('99.5%', '99.5');
  expect(codes(broken)).toEqual([
    '2:7 spec/name',
    '4:36 spec/unknown-zone',
    '6:75 spec/type',
    '6:102 spec/unknown-component',
    '7:17 spec/unknown-kind',
    '10:55 spec/type',
  ]);
});

test('a mistake in one setting hides neither those beside it nor those of the kind', () => {
  const broken = spec.replace('count: 4, needs: 2', 'count: 4, needs: 5, colour: red');
  expect(codes(broken)).toEqual(['6:85 instances/needs-above-count', '6:88 spec/unknown-key']);
});

test('what is said about a setting that could not be read is said once', () => {
  expect(codes(spec.replace('count: 4', 'count: .nan'))).toEqual(['6:75 spec/number']);
});

test('a byte order mark, carriage returns and a comment change nothing', () => {
  const { topology } = loadSpec(spec, 's.yaml');
  expect(loadSpec(`\uFEFF# reviewed\r\n${spec.replaceAll('\n', '\r\n')}`, 's.yaml').topology).toEqual(topology);
});

test('columns count after a byte order mark and in lines that end in carriage returns', () => {
  expect(codes(`\uFEFF${spec.replace('name: shop', 'name: Shop').replaceAll('\n', '\r\n')}`)).toEqual(['2:7 spec/name']);
  expect(codes(`\uFEFF${spec.replace('version: 1', 'version: 2')}`)).toEqual(['1:10 spec/value']);
});

test('a component may be called like a member of every object', () => {
  const named = spec.replaceAll('jobs', 'constructor');
  const { topology, diagnostics } = loadSpec(named, 's.yaml');
  expect(diagnostics).toEqual([]);
  expect(topology?.components[1]?.name).toBe('constructor');
});

test.each(['minimal', 'orders'])('topologies/%s.yaml is a spec without mistakes in its language', (name) => {
  const text = readFileSync(join(__dirname, `../../topologies/${name}.yaml`));
  const { diagnostics } = loadSpec(text, name);
  expect(diagnostics.filter(({ code }) => code.startsWith('spec/'))).toEqual([]);
});

test('a target that nearly everything meets is warned about', () => {
  const told = (availability: string) => loadSpec(spec.replace('99.5%', availability), 's.yaml');
  expect(told('0.999%').topology).not.toBeNull();
  expect(told('0.999%').diagnostics).toEqual([
    expect.objectContaining({
      severity: 'warning',
      code: 'spec/low-target',
      detail: '"0.999%" is met by what is down nearly all the time. Was 99.9% meant?',
    }),
  ]);
  for (const low of ['9.99%', '0.1%', '0%'])
    expect(told(low).diagnostics.map(({ detail }) => detail)).toEqual([
      `"${low}" is met by what is down more than half of the time. Are these the per cent that were meant?`,
    ]);
  expect(told('50%').diagnostics).toEqual([]);
});

test('what follows only from a wrong setting is not warned about', () => {
  expect(codes(spec.replace(', needs: 2', ''))).toEqual(['6:3 instances/needs-not-stated']);
  expect(codes(spec.replace('needs: 2', 'nedes: 2'))).toEqual(['6:78 spec/unknown-key']);
});

test('a name that is much too long is shown nowhere as a whole', () => {
  const text = spec
    .replace('name: shop', `name: ${'a'.repeat(50_000)}`)
    .replace(
      'components:\n',
      'components:\n  front: { kind: load-balancer, certificate: "arn:aws:acm:eu-west-1:123456789012:certificate/a" }\n',
    );
  const { diagnostics } = loadSpec(text, 's.yaml');
  expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(['spec/name', 'load-balancer/name-too-long', 'queue/name']));
  for (const { detail } of diagnostics) expect(detail.length).toBeLessThan(400);
});
