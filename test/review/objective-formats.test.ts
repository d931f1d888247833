import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { run } from '../../lib/cli/main';
import openslo from '../schemas/openslo-v1.json';
import sloth from '../schemas/sloth-prometheus-v1.json';
import { needs } from '../requirements';
import { temporaryIo } from './temporary-io';

const spec = (name: string, flows: string): string => `version: 1
name: ${name}
regions:
  us-east-1: { zones: [us-east-1a, us-east-1b], cidr: 10.0.0.0/16 }
components:
  pay: { kind: external, availability: 99.95%, meanOutage: 10m, source: contract }
flows:
  other: { requires: [pay] }
${flows}`;

const specs = {
  'a.yaml': spec(
    'shop',
    '  buy: { requires: [pay], target: { availability: 99.999999999% } }\n  c: { requires: [pay], target: { availability: 5% } }\n',
  ),
  'b.yaml': spec('s', '  sell: { requires: [pay], target: { availability: 99.8%, measure: requests } }\n'),
  'none.yaml': spec('none', ''),
};

const ajv = new Ajv({ strict: false });
const validates = { openslo: ajv.compile(openslo), sloth: ajv.compile(sloth) };

async function written(format: keyof typeof validates, files: Readonly<Record<string, string>> = specs) {
  const io = temporaryIo(files);
  expect(await run(['estimate', '.', '--samples', '100', '--format', `${format}=out/objectives.yaml`], io)).toBe(0);
  const text = readFileSync(join(io.cwd, 'out/objectives.yaml'), 'utf8');
  const documents = loadAll(text, { schema: CORE_SCHEMA }).filter((document) => document !== null) as Record<string, unknown>[];
  for (const document of documents) expect(validates[format](document) ? [] : validates[format].errors).toEqual([]);
  return { text, documents };
}

interface Slo {
  kind: string;
  metadata: { name: string };
  spec: {
    service: string;
    description: string;
    objectives: { target: number }[];
    indicator: { spec: { ratioMetric: Record<string, { metricSource: { spec: { query: string } } }> } };
  };
}

test('OpenSLO has a service for each topology with targets, and an SLO for each flow with one', async () => {
  const { documents, text } = await written('openslo');
  const objects = documents as unknown as Slo[];
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Service shop',
    'SLO shop--buy',
    'SLO shop--c',
    'Service s',
    'SLO s--sell',
  ]);
  const slos = objects.filter(({ kind }) => kind === 'SLO');
  expect(slos.map(({ spec: { objectives, service } }) => [service, objectives[0]!.target])).toEqual([
    ['shop', 0.99999999999],
    ['shop', 0.05],
    ['s', 0.998],
  ]);
  expect(text).toContain('target: 0.99999999999\n');
  expect(slos[0]!.spec.description).toMatch(/^The estimate expects 4 h 4\d min down a year; outages: 2\d a year, of 10 min .*\.$/);
  expect(slos[0]!.spec.indicator.spec.ratioMetric).toMatchObject({
    counter: false,
    good: { metricSource: { spec: { query: 'sum(probe_success{topology="shop",flow="buy"})' } } },
  });
  expect(slos[2]!.spec.indicator.spec.ratioMetric).toMatchObject({
    counter: true,
    bad: { metricSource: { spec: { query: 'sum(flow_requests_total{topology="s",flow="sell",outcome="failed"})' } } },
  });
});

interface SlothSpec {
  service: string;
  slos: { name: string; objective: number; sli: { raw?: { error_ratio_query: string }; events?: Record<string, string> } }[];
}

test('Sloth has a spec for each topology with targets, also where a name has one letter', async () => {
  const { documents, text } = await written('sloth');
  const services = documents as unknown as SlothSpec[];
  expect(services.map(({ service, slos }) => [service, slos.map(({ name, objective }) => [name, objective])])).toEqual([
    [
      'shop',
      [
        ['buy', 99.999999999],
        ['flow_c', 5],
      ],
    ],
    ['topology_s', [['sell', 99.8]]],
  ]);
  // Sloth tells its specs from others by their first lines, as text.
  for (const part of text.replace(/^#.*$/gm, '').split(/^---/m)) expect(part.trim()).toMatch(/^version: +['"]?prometheus\/v1['"]?$/m);
});

test('where there are no targets there are no objects', async () => {
  for (const format of ['openslo', 'sloth'] as const)
    expect((await written(format, { 'none.yaml': specs['none.yaml'] })).documents).toEqual([]);
});

const judged = needs('promtool');

judged('promtool accepts every query of both', async () => {
  const slos = (await written('openslo')).documents as unknown as Slo[];
  const services = (await written('sloth')).documents as unknown as SlothSpec[];
  const queries = [
    ...slos.flatMap(({ spec: { indicator } }) =>
      Object.values(indicator?.spec.ratioMetric ?? {}).flatMap((source) => source.metricSource?.spec.query ?? []),
    ),
    ...services.flatMap(({ slos: all }) => all.flatMap(({ sli }) => [...Object.values(sli.events ?? {}), ...Object.values(sli.raw ?? {})])),
  ];
  expect(queries).toHaveLength(6 + 4);
  const io = temporaryIo({});
  const rules = queries.map((query, i) => ({ record: `query:${i}`, expr: query.replaceAll('{{.window}}', '5m') }));
  writeFileSync(join(io.cwd, 'rules.yaml'), JSON.stringify({ groups: [{ name: 'queries', rules }] }));
  expect(execFileSync('promtool', ['check', 'rules', 'rules.yaml'], { cwd: io.cwd, encoding: 'utf8' })).toContain('10 rules found');
});
