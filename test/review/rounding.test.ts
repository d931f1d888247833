import fc from 'fast-check';
import { judge } from '../../lib/check/gate';
import { checkDocument } from '../../lib/document/check';
import type { DiffDocument } from '../../lib/document/diff';
import { estimateDocument, type EstimateDocument } from '../../lib/document/estimate';
import { estimate } from '../../lib/estimate/estimate';
import { findingsOf } from '../../lib/estimate/findings';
import { checkFormats } from '../../lib/report/check-formats';
import { renderCheckText } from '../../lib/report/check-text';
import { renderComment } from '../../lib/report/diff-markdown';
import { renderDiffText } from '../../lib/report/diff-text';
import { renderMarkdown } from '../../lib/report/estimate-markdown';
import { renderText } from '../../lib/report/estimate-text';
import { noPolicy } from '../../lib/topology/policy';
import { parseAvailability } from '../../lib/units/availability';
import { minutesPerYear } from '../../lib/units/duration';
import { topologyOf } from '../specs';

const real = estimate(
  topologyOf({
    version: 1,
    name: 'shop',
    regions: { 'us-east-1': { zones: ['us-east-1a', 'us-east-1b'], cidr: '10.0.0.0/16' } },
    components: { pay: { kind: 'external', availability: '99.95%', meanOutage: '10m', source: 'contract' } },
    flows: { buy: { requires: ['pay'], target: { availability: '99.9%' } } },
  }),
  { samples: 100 },
);

/** The document of the check of a flow that is exactly so unavailable, with its own target and the same one from a policy. */
function documentOf(unavailability: number, availability: string) {
  const wanted = { availability, unavailability: parseAvailability(availability) };
  const [flow] = real.results;
  const results = [
    {
      ...flow!,
      unavailability,
      target: {
        ...flow!.target!,
        target: { ...flow!.target!.target, ...wanted },
        judged: unavailability,
        met: unavailability <= wanted.unavailability,
        metAt95: unavailability <= wanted.unavailability,
      },
    },
  ];
  const one = { ...real, results, findings: findingsOf(results) };
  const judgement = judge(one, { policy: { ...noPolicy, targets: [{ flows: '*', labels: {}, fail: wanted, warn: null }] } });
  return checkDocument(
    estimateDocument({ tool: { nines: '0', assumptions: '' }, topologies: [{ estimate: one, source: null }] }),
    [judgement],
    { unread: false },
  );
}

const formats = { ...checkFormats, text: renderCheckText };

/** The row of the flow in an estimate: what is available, what without changes, what is wanted, and the verdict. */
function rowOf(document: EstimateDocument, form: 'text' | 'markdown') {
  const line = (text: string) => text.split('\n').find((one) => /^(\| | {2})buy /.test(one))!;
  const cells =
    form === 'text'
      ? line(renderText(document, {})).trim().split(/ {2,}/)
      : line(renderMarkdown(document)).slice(2, -2).split(' | ').map(undone);
  const number = (cell: string): string => /[0-9.]+(?= %)/.exec(cell)![0];
  return {
    available: number(cells[1]!),
    wanted: number(cells[2]!),
    missed: /missed/.test(cells[3]!),
    atWorst: number(cells[7]!),
    // The table of Markdown has no such column.
    withoutChange: form === 'text' ? number(cells[8]!) : null,
  };
}

const undone = (text: string): string => text.replaceAll('&#46;', '.').replaceAll('%25', '%');

/** Digits after the decimal point, of equal length, so that they compare as texts. */
const missingDigits = (percent: string): string => {
  const [whole = '', fraction = ''] = percent.split('.');
  return whole.padStart(3, '0') + fraction.padEnd(40, '0');
};

test('no format tells a missed target as met, however near the value is to it', () => {
  const near = fc.record({
    nines: fc.constantFrom('99%', '99.9%', '99.95%', '99.99%', '99.999%'),
    away: fc.integer({ min: 1, max: 15 }),
    above: fc.boolean(),
  });
  fc.assert(
    fc.property(near, ({ above, away, nines }) => {
      const target = parseAvailability(nines);
      const document = documentOf(target * (above ? 1 + 10 ** -away : 1 - 10 ** -away), nines);
      expect(document.passed).toBe(!above);
      for (const [name, render] of Object.entries(formats)) {
        const text = undone(render(document));
        const said = [...text.matchAll(/buy is ([0-9.]+) % available, and (?:the policy wants )?([0-9.]+) %/gi)];
        expect([name, said.length > 0]).toEqual([name, above]);
        for (const [, is, wanted] of said) expect(missingDigits(is!) < missingDigits(wanted!)).toBe(true);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

test('no estimate shows a value that is missed as met, of time, of requests or without changes, nor its pessimistic end', () => {
  const near = fc.record({
    nines: fc.constantFrom('99%', '99.9%', '99.95%', '99.99%', '99.999%'),
    away: fc.integer({ min: 1, max: 15 }),
    above: fc.boolean(),
    judgedBy: fc.constantFrom('time' as const, 'requests' as const, 'withoutChange' as const),
  });
  fc.assert(
    fc.property(near, ({ above, away, judgedBy, nines }) => {
      const wanted = parseAvailability(nines);
      const value = wanted * (above ? 1 + 10 ** -away : 1 - 10 ** -away);
      const made = documentOf(value, nines);
      const [topology] = made.topologies;
      const [result] = topology!.results;
      const spread = { ...result!.unavailabilityInterval, p95: value };
      const document: EstimateDocument = {
        ...made,
        topologies: [
          {
            ...topology!,
            findings: [],
            results: [
              {
                ...result!,
                unavailability: judgedBy === 'time' ? value : wanted / 7,
                unavailabilityInterval: spread,
                infrastructureOnly: { ...result!.infrastructureOnly, unavailability: judgedBy === 'withoutChange' ? value : wanted / 9 },
                target: {
                  ...result!.target!,
                  measure: judgedBy === 'requests' ? 'requests' : 'time',
                  includesChange: judgedBy !== 'withoutChange',
                  judged: value,
                  interval: spread,
                },
              },
            ],
          },
        ],
      };
      const checked = { ...made, topologies: document.topologies.map((one) => ({ ...one, passed: !above, findings: [] })) };
      const [, is, target] = /buy +([0-9.]+) %[^,]*, target ([0-9.]+) %/.exec(renderCheckText(checked))!;
      expect([judgedBy, missingDigits(is!) < missingDigits(target!)]).toEqual([judgedBy, above]);
      for (const form of ['text', 'markdown'] as const) {
        const row = rowOf(document, form);
        const shown = judgedBy === 'withoutChange' ? row.withoutChange : row.available;
        expect([form, judgedBy, row.missed]).toEqual([form, judgedBy, above]);
        if (shown !== null) expect([form, judgedBy, missingDigits(shown) < missingDigits(row.wanted)]).toEqual([form, judgedBy, above]);
        if (judgedBy !== 'withoutChange') expect(missingDigits(row.atWorst) < missingDigits(row.wanted)).toBe(above);
      }
    }),
    { seed: 2, numRuns: 90 },
  );
});

test('no diff shows a newly missed target as met', () => {
  const near = fc.record({
    nines: fc.constantFrom('99%', '99.9%', '99.95%', '99.999%'),
    away: fc.integer({ min: 1, max: 15 }),
    above: fc.boolean(),
  });
  fc.assert(
    fc.property(near, ({ above, away, nines }) => {
      const wanted = parseAvailability(nines);
      const sideOf = (unavailability: number) => documentOf(unavailability, nines).topologies[0]!.results[0]!;
      const [before, after] = [sideOf(wanted / 3), sideOf(wanted * (above ? 1 + 10 ** -away : 1 - 10 ** -away))];
      const unavailability = after.unavailability - before.unavailability;
      const spread = { p5: unavailability, p50: unavailability, p95: unavailability, mean: unavailability };
      const diff: DiffDocument = {
        version: 1,
        tool: { nines: '0', assumptions: '' },
        topologies: [
          {
            topology: 'shop',
            status: 'changed',
            source: { before: null, after: null },
            renamed: [],
            edits: [],
            attribution: 'exact',
            because: null,
          },
        ],
        flows: [
          {
            topology: 'shop',
            flow: 'buy',
            before,
            after,
            delta: {
              unavailability,
              downtimeMinutesPerYear: unavailability * minutesPerYear,
              outagesPerYear: null,
              requestFailure: 0,
              interval: spread,
              significant: true,
              target: above ? 'newly missed' : 'met',
            },
            changes: [],
          },
        ],
        objectives: [],
        findings: { added: [], removed: [] },
        assumptions: [],
        resources: { added: [], removed: [], changed: [], because: null },
        diagnostics: [],
      };
      for (const text of [renderDiffText(diff), undone(renderComment(diff)).replaceAll(' | ', '  ')]) {
        const row = text.split('\n').find((line) => /^(\| | {2})buy /.test(line))!;
        const [, is, target] = [...row.matchAll(/([0-9.]+) %/g)].map(([, number]) => number!);
        expect([/newly missed/.test(row), missingDigits(is!) < missingDigits(target!)]).toEqual([above, above]);
      }
    }),
    { seed: 3, numRuns: 60 },
  );
});
