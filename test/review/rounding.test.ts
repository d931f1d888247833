import fc from 'fast-check';
import { judge } from '../../lib/check/gate';
import { checkDocument } from '../../lib/document/check';
import { estimateDocument } from '../../lib/document/estimate';
import { estimate } from '../../lib/estimate/estimate';
import { findingsOf } from '../../lib/estimate/findings';
import { checkFormats } from '../../lib/report/check-formats';
import { renderCheckText } from '../../lib/report/check-text';
import { noPolicy } from '../../lib/topology/policy';
import { parseAvailability } from '../../lib/units/availability';
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
