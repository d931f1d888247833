import { error, warning } from '../diagnostics/diagnostic';
import { diagnosticsText } from './diagnostics-text';
import { visible } from './visible';

const range = (line: number, column: number, offset: number, length: number) => ({
  file: 'shop.yaml',
  start: { line, column, offset },
  end: { line, column: column + length, offset: offset + length },
});

test('a diagnostic shows its place, the line with what is meant underlined, and the way out', () => {
  const text = 'name: shop\n    kind: queu\n';
  const given = error('spec/unknown-kind', 'Unknown component kind', 'There is no kind "queu". Did you mean "queue"?', {
    range: range(2, 11, 21, 4),
    address: 'component/jobs',
  });
  expect(diagnosticsText([given], { texts: new Map([['shop.yaml', text]]) })).toBe(`╷
│ Error: Unknown component kind                                                  [spec/unknown-kind]
│
│   on shop.yaml:2:11, in component "jobs":
│     2:     kind: queu
│                  ~~~~
│ There is no kind "queu". Did you mean "queue"?
╵
`);
});

test('a warning without a place says what it is about', () => {
  expect(diagnosticsText([warning('check/x', 'Something', 'Look at it.')])).toBe(`╷
│ Warning: Something                                                                       [check/x]
│
│ Look at it.
╵
`);
});

test('colour is there only where it is asked for', () => {
  const given = error('a/b', 'Summary', 'Detail.');
  expect(diagnosticsText([given])).not.toContain('\u001B');
  expect(diagnosticsText([given], { colour: true })).toContain('\u001B[31m');
});

test('what would steer a terminal, hide or turn around is made visible', () => {
  expect(visible('a\u001B[2J\u0000\u007F\u009B\u202Eb\tc\nd')).toBe('a␛[2J␀␡\uFFFD\uFFFDb c␊d');
});

test('the underline stands under what is meant, also behind characters that became visible', () => {
  const text = `"\u202E": x`;
  const given = error('a/b', 'Summary', 'Detail.', { range: range(1, 6, 5, 1) });
  const lines = diagnosticsText([given], { texts: new Map([['shop.yaml', text]]) }).split('\n');
  const [line, mark] = lines.slice(4, 6) as [string, string];
  expect(line[mark.indexOf('~')]).toBe('x');
});

test('of a long line, the part around the mistake is shown', () => {
  const text = `${'a'.repeat(5000)}X${'b'.repeat(5000)}`;
  const given = error('a/b', 'Summary', 'Detail.', { range: range(1, 5001, 5000, 1) });
  const lines = diagnosticsText([given], { texts: new Map([['shop.yaml', text]]) }).split('\n');
  const [line, mark] = lines.slice(4, 6) as [string, string];
  expect(line.length).toBeLessThan(180);
  expect(line[mark.indexOf('~')]).toBe('X');
});
