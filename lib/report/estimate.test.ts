import Ajv from 'ajv';
import { assumption, cause, component, flow, pool, promoted, target, topology, whole, zoneCause } from '../../test/estimate/build';
import { estimateDocument, type EstimateDocument } from '../document/estimate';
import schema from '../document/estimate.schema.json';
import { estimate } from '../estimate/estimate';
import type { Topology } from '../topology/topology';
import { eventText } from '../view/estimate';
import { renderMarkdown } from './estimate-markdown';
import { renderText } from './estimate-text';

function documentOf(unavailability = 5e-4, source = 'a judge'): EstimateDocument {
  const spec = topology({
    components: [
      component('web', { ...pool('web', ['a', 'b'], 1), balanced: { group: 'targets', detection: 20, loadInUnits: 1 } }, ['bank']),
      component(
        'bank',
        whole({
          ...cause('external/bank', { component: 'bank' }, 1),
          occurrence: { unavailability: { assumption: 'bank' }, length: null },
        }),
      ),
    ],
    flows: [flow('pay', ['web'], { target: target('99.95%', 5e-4, { rto: 900 }) })],
    causes: [zoneCause('a'), zoneCause('b')],
    assumptions: [assumption('bank', unavailability, [1e-4, 1e-2], { unit: 'probability', source })],
  });
  return documentAbout(spec);
}

const documentAbout = (spec: Topology): EstimateDocument =>
  estimateDocument({ tool: { nines: '0.0.0', assumptions: 'sha256:0' }, topologies: [{ estimate: estimate(spec), source: null }] });

/** What the schema says against a document; null: nothing. */
function schemaErrors(document: EstimateDocument): unknown {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(JSON.stringify(document)));
  return validate.errors;
}

test('the document is what its schema says, and survives JSON', () => {
  const document = documentOf();
  expect(schemaErrors(document)).toBeNull();
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document.topologies[0]!.results[0]!.because['outagesPerYear']).toContain('external/bank');
  expect(document.topologies[0]!.objectives).toEqual([
    { flow: 'pay', objective: 'rto', seconds: 900, met: null, because: 'Recovery objectives are not judged yet.' },
  ]);
});

test('a cut set says for how long after an outage a node is still behind', () => {
  const one = { outcomes: [{ zones: {}, primary: 'unit/db/a/0' }] };
  const db = promoted('db', ['a', 'b'], { place: one, catchUp: 900 });
  const spec = topology({
    components: [component('db', { ...db, causes: [cause('unit/db/b/0', { units: ['unit/db/b/0'] }, 2)] })],
    flows: [flow('pay', ['db'])],
    causes: [zoneCause('a')],
  });
  const document = documentAbout(spec);
  expect(schemaErrors(document)).toBeNull();
  const { events } = document.topologies[0]!.results[0]!.cutSets.find((set) =>
    set.events.some(({ phase }) => phase && 'overForLessThanSeconds' in phase),
  )!;
  expect(events.map(eventText)).toEqual(['unit db b 0', expect.stringMatching(/^zone a.*\(and 15 min after; it went out first\)$/)]);
});

test('where users are divided over shards, document, text and Markdown say who is hit', () => {
  const units = [0, 1].map((shard) => `unit/db/shard-${shard}/a/0`);
  const [first, second] = units.map((address, shard) => ({ ...pool('db', ['a'], 1, { name: `shard-${shard}`, shard, units: [address] }) }));
  const db = {
    ...first!,
    units: units.map((address) => ({ address, zone: 'a' })),
    causes: units.map((address) => cause(address, { units: [address] }, 2, 3600)),
    groups: [...first!.groups, ...second!.groups],
  };
  const spec = topology({
    components: [component('db', db), component('app', whole())],
    flows: [flow('read', ['db']), flow('wait', ['app'])],
  });
  const document = documentAbout(spec);
  expect(schemaErrors(document)).toBeNull();
  const [read, wait] = document.topologies[0]!.results;
  expect(wait).not.toHaveProperty('users');
  const { allUsers, anyUser, expectedShareDown, perUser } = read!.users!;
  expect(perUser).toEqual({
    unavailability: read!.unavailability,
    outagesPerYear: read!.outagesPerYear,
    meanOutageMinutes: read!.meanOutageMinutes,
    because: {},
  });
  expect(expectedShareDown).toBe(read!.unavailability);
  expect((anyUser.unavailability + allUsers.unavailability) / (2 * expectedShareDown)).toBeCloseTo(1, 12);
  const who =
    'read: down for someone 4 h a year (4 a year), for everyone 1.6 s a year (less than once in 1000 years), for a given user 2 h a year (2 a year)';
  expect(renderText(document, { width: 200 })).toContain(`Who is hit\n  - ${who}.\n`);
  expect(renderMarkdown(document).replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))).toContain(
    `**Who is hit**\n\n- ${who}\n`,
  );
  expect(renderText(documentOf())).not.toContain('Who is hit');
});

test('the text begins with the verdict and goes on to why, what to do, and what it stands on', () => {
  const text = renderText(documentOf(2e-3));
  expect(text.split('\n')[0]).toBe('test misses its target: pay is 99.8 % available, and 99.95 % is wanted.');
  const titles = text.split('\n').filter((line) => /^[A-Z]/.test(line));
  expect(titles).toEqual([
    'Where the downtime comes from',
    'Single points of failure',
    'What else takes a flow down alone',
    'What to change first',
    'What was assumed',
    'Where the verdict turns',
    'Not judged',
    'What was not modelled',
  ]);
  expect(text).toContain('pay misses its target when bank is above 0.05 %');
  expect(text).not.toContain('\u001b');
});

test('the list of assumptions shows each with its range and source', () => {
  expect(renderText(documentOf(), { assumptions: true })).toContain('a judge (2026-01)');
  expect(renderText(documentOf())).not.toContain('a judge');
});

test('colour changes nothing but colour', () => {
  const coloured = renderText(documentOf(), { colour: true });
  expect(coloured).toContain('\u001b[');
  expect(coloured.replaceAll(new RegExp(`${'\u001b'}\\[[0-9]+m`, 'g'), '')).toBe(renderText(documentOf()));
});

test('text of users steers neither a terminal nor Markdown', () => {
  const hostile = documentOf(5e-4, 'x|y `z` <b>@everyone</b>\n# no\u001b[2J');
  expect(renderText(hostile, { assumptions: true })).not.toContain('\u001b');
  const markdown = renderMarkdown(hostile);
  expect(markdown).not.toContain('<b>');
  expect(markdown).not.toContain('@everyone');
  expect(markdown).not.toContain('\n# no');
  const row = markdown.split('\n').find((line) => line.includes('everyone'))!;
  expect(row.match(/\|/g)).toHaveLength(6);
});
