import type { Diagnostic } from '../diagnostics/diagnostic';
import { at, type Source } from './source';
import { unclosedAt } from './unclosed';

const openQuote = ['spec/syntax', 'Quote that is not closed', 'A text begins with a quote and does not end with one. Close it.'] as const;

const openBracket = [
  'spec/syntax',
  'Bracket that is not closed',
  'A list or object begins with [ or { and does not end. Close it.',
] as const;

/** What the parser's reasons mean to who wrote the text, and the way out; tried in order. */
const meanings: readonly (readonly [RegExp, string, string, string])[] = [
  [/tab characters/, 'spec/tab', 'Tab in the indentation', 'YAML is indented with spaces. Replace the tab by spaces.'],
  [/maxDepth/, 'spec/too-deep', 'Nested too deep', 'No setting lies that deep. Look for a bracket or a dash too many.'],
  [/quoted scalar/, ...openQuote],
  [/within a flow collection/, ...openBracket],
  [/missed comma/, 'spec/syntax', 'Comma is missing', 'Entries between [ ] or { } are separated by commas. Add one before this.'],
  [/found ','/, 'spec/syntax', 'Comma too many', 'There is nothing before this comma. Remove it.'],
  [
    /bad indentation|deficient indentation/,
    'spec/syntax',
    'Indentation that fits nothing',
    'This line neither continues what is above nor begins something new. Indent it like its neighbours; a text that contains `: ` needs quotes.',
  ],
  [
    /expected ':'|multiline key|whitespace character is expected after the key/,
    'spec/syntax',
    'Colon is missing',
    'Here a key should be, followed by a colon and a space: `key: value`.',
  ],
  [
    /document separator is expected|document end/,
    'spec/syntax',
    'Text after the end',
    'The spec was complete before this. Is it indented too little, or a quote or bracket too many?',
  ],
  [/alias|anchor/, 'spec/syntax', 'Anchor or alias that cannot be read', 'A text that begins with & or * needs quotes.'],
  [/tag|directive/, 'spec/syntax', 'Tag or directive that cannot be read', 'A text that begins with ! or % needs quotes.'],
  [
    /escape|hexadecimal/,
    'spec/syntax',
    'Escape that does not exist',
    'In double quotes a backslash begins an escape such as \\n. Write \\\\ for a backslash, or use single quotes.',
  ],
];

/** The parser's error as a diagnostic. */
export function explainSyntax(source: Source, reason: string, offset: number): Diagnostic {
  const opening = /deficient indentation|end of the (stream|document) within/.test(reason) ? unclosedAt(source.text, offset) : undefined;
  if (opening !== undefined) {
    const [code, summary, detail] = /["']/.test(source.text[opening]!) ? openQuote : openBracket;
    return at(source, code, summary, detail, opening, opening + 1);
  }
  const colon = /separator is expected|multiline key|bad indentation/.test(reason) ? tightColon(source.text, offset) : undefined;
  if (colon !== undefined) {
    const detail = 'Without a space behind it this colon is a letter of a text. Write one: `key: value`.';
    return at(source, 'spec/syntax', 'Space after a colon is missing', detail, colon, colon + 1);
  }
  const [, code, summary, detail] = meanings.find(([pattern]) => pattern.test(reason)) ?? [
    undefined,
    'spec/syntax',
    'Not YAML',
    `From here on it cannot be read as YAML (${reason}). A text with special characters needs quotes.`,
  ];
  const place = Math.min(offset, source.text.length);
  return at(source, code, summary, detail, place, place + 1);
}

const tightKey = /^( *(?:- +)*)[A-Za-z_][A-Za-z0-9_.-]*:(?![\s/])(?!.*: )/;

/** The colon of the first of the lines right above a place that are `key:value`, where the key of the place begins in the same column. */
function tightColon(text: string, place: number): number | undefined {
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const [, lead = ''] = /^( *(?:- +)*)\S/.exec(text.slice(start, place)) ?? [];
  let found: number | undefined;
  for (let end = start - 1; end > 0;) {
    const above = text.lastIndexOf('\n', end - 1) + 1;
    const key = tightKey.exec(text.slice(above, end));
    if (!key || (start < place && key[1]!.length !== lead.length)) break;
    found = above + key[0].length - 1;
    end = above - 1;
  }
  return found;
}
