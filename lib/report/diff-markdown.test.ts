import fc from 'fast-check';
import { settingsIn, topologyOf } from '../../test/specs';
import { diffDocument, type DiffDocument, type EditDocument } from '../document/diff';
import { compare } from '../estimate/compare';
import type { Plain } from '../topology/plain';
import { renderDiffText } from './diff-text';
import { isQuiet, renderComment } from './diff-markdown';

const tool = { nines: 'test', assumptions: 'test' };
const minimal = settingsIn('topologies/minimal.yaml');
const before = topologyOf(minimal);
const { web } = minimal.components as Record<string, Plain>;
const after = topologyOf({ ...minimal, components: { ...(minimal.components as Plain), web: { ...web!, count: 2, needs: 1 } } });

const documentOf = (comparison: ReturnType<typeof compare>): DiffDocument =>
  diffDocument({
    tool,
    parts: [{ comparison, before: null, after: null, resources: null, placeOf: () => ({ path: 'a.yaml', line: 3, in: 'after' }) }],
    resourcesBecause: 'not asked for',
  });
const document = documentOf(compare(before, after, { samples: 20 }));

/** The same document with all texts of users replaced. */
function hostile(text: string): DiffDocument {
  const edit = <Made extends EditDocument>(made: Made): Made => ({
    ...made,
    address: `component/${text}`,
    setting: text,
    before: text,
    after: text,
    place: { ...made.place!, path: text },
  });
  const flows = document.flows.map((flow) => ({
    ...flow,
    topology: text,
    flow: text,
    before: { ...flow.before!, flow: text },
    after: { ...flow.after!, flow: text, contributors: [{ address: `unit/${text}/a/0`, share: 1, splitShare: 1 }] },
    changes: flow.changes.map((change) => ({ ...edit(change), joined: [edit(change)] })),
  }));
  return {
    ...document,
    topologies: document.topologies.map((topology) => ({ ...topology, topology: text, renamed: [{ from: text, to: text }] })),
    flows,
    findings: { added: [{ topology: text, code: 'single-point', severity: 'warning', flow: text, address: `unit/${text}` }], removed: [] },
    resources: {
      added: [{ topology: text, address: text }],
      removed: [],
      changed: [{ topology: text, address: text, was: text, arguments: [text] }],
      because: null,
    },
    diagnostics: [],
  };
}

const attacks = [
  'a|b',
  '`code`',
  '<script>alert(1)</script>',
  '<!-- nines diff -->',
  '@everyone',
  'line\nbreak',
  'line\r\n\r\n# heading',
  '[text](javascript:alert(1))',
  '![image](https://example.com/x.png)',
  '</details><b>',
  'https://example.com www.example.com',
  '**bold** _it_ ~~no~~ $x$',
  '\u202Etxt',
  '#1 !2 :tada:',
];

/** What of a comment is ours: the same comment with harmless texts. */
const frame = (markdown: string) => markdown.replace(/[^|<>\n]/g, '').replace(/\n+/g, '\n');

test.each(attacks)('%j stays what it is', (text) => {
  const markdown = renderComment(hostile(text), () => 'https://example.com/line');
  const harmless = renderComment(hostile('x'), () => 'https://example.com/line');
  expect(frame(markdown)).toBe(frame(harmless));
  const ours = markdown.replaceAll('(https://example.com/line)', '').replaceAll(/<\/?(details|summary)>/g, '');
  expect(ours).not.toMatch(/[<>@]|https?:|www\.|javascript:|!\[|`/);
  expect(markdown).not.toContain('\u202E');
});

test('any text whatever leaves the frame of the comment as it is', () => {
  const harmless = frame(renderComment(hostile('x')));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (text) =>
      expect(frame(renderComment(hostile(text)))).toBe(harmless),
    ),
    { numRuns: 100, seed: 20261121 },
  );
});

test('what is not folded away fits on a screen, however much changes', () => {
  const many = { ...document, flows: Array.from({ length: 200 }, (_, i) => ({ ...document.flows[0]!, flow: `flow-${i}` })) };
  const open = renderComment(many).replaceAll(/<details>.*?<\/details>/gs, '');
  expect(open.split('\n').filter((line) => line !== '').length).toBeLessThan(45);
  expect(renderComment(many)).toContain('192 more flows');
});

test('nothing changed is one line in every format, and quiet', () => {
  const same = documentOf(compare(before, before, { samples: 20 }));
  expect(isQuiet(same)).toBe(true);
  expect(isQuiet(document)).toBe(false);
  expect(renderDiffText(same).trim().split('\n')).toHaveLength(1);
  expect(renderComment(same).trim().split('\n')).toHaveLength(1);
});

test('an availability never reads as a pass where the target is missed', () => {
  const [flow] = document.flows;
  const target = flow!.after!.target!;
  for (const nearly of [1 + 1e-6, 1 + 1e-9, 1 + 1e-12, 1, 1 - 1e-9]) {
    const judged = 1e-3 * nearly;
    const missed = judged > 1e-3;
    const side = {
      ...flow!.after!,
      unavailability: judged,
      target: { ...target, availability: '99.9%', unavailability: 1e-3, judged, met: !missed },
    };
    const made = {
      ...document,
      flows: [{ ...flow!, after: side, delta: { ...flow!.delta!, target: missed ? ('newly missed' as const) : ('met' as const) } }],
    };
    for (const text of [renderDiffText(made), renderComment(made).replaceAll('&#124;', '|')]) {
      const shown = /99\.9\d*(?= %)|99\.8\d*(?= %)/g;
      const row = text.split('\n').find((line) => line.includes(missed ? 'newly missed' : 'met'))!;
      const [, available] = row.match(shown)!;
      expect(Number(available) < 99.9).toBe(missed);
    }
  }
});
