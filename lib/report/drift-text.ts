import type { DriftDocument } from '../document/drift';
import { driftView } from '../view/drift';
import { visible } from './visible';

/** What is not as the model counts on, for a person at a terminal. */
export function driftText(document: DriftDocument): string {
  const { drifted, flows, notes, rows, verdict } = driftView(document);
  const differences = rows.map(({ counts, effect, found, subject }) => [subject, counts, found, effect]);
  const numbers = flows.map(({ change, flow, reviewed, there }) => [flow, reviewed, there, change]);
  const parts = [
    [visible(verdict)],
    ...(drifted ? [table(['', 'counted on', 'there', 'downtime'], differences)] : []),
    ...(numbers.length > 0 ? [table(['', 'as reviewed', 'with what is there', 'downtime'], numbers)] : []),
    ...(notes.length > 0 ? [notes.map((note) => `  ${visible(note)}`)] : []),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows].map((row) => row.map(visible));
  const widths = header.map((_, column) => all.reduce((widest, row) => Math.max(widest, row[column]!.length), 0));
  return all.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`.trimEnd());
}
