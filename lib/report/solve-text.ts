import type { SolveDocument } from '../document/solve';
import { solveView } from '../view/solve';
import { visible } from './visible';

/** The result of solving a fault tree for a person to read. */
export function solveText(document: SolveDocument): string {
  const view = solveView(document);
  const lines = [view.verdict, `  ${view.size}`];
  if (view.uncertainty !== undefined) lines.push(`  ${view.uncertainty}`);
  if (view.simulation !== undefined) lines.push(`  ${view.simulation}`);
  if (view.cutSets !== undefined) {
    lines.push('', `  ${view.cutSets.summary}`);
    if (view.cutSets.byOrder.length > 0) lines.push(`  ${view.cutSets.byOrder.join(', ')}`);
    lines.push(...table(view.cutSets.top.map(([probability, events]) => [probability, events])));
  }
  if (view.importance.length > 0)
    lines.push('', ...table([['event', 'Birnbaum', 'criticality', 'achievement', 'reduction'], ...view.importance.map((row) => [...row])]));
  if (view.stopped !== undefined) lines.push('', view.stopped);
  return `${lines.map(visible).join('\n')}\n`;
}

/** Columns side by side, two spaces in front. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => rows.reduce((most, row) => Math.max(most, row[i]!.length), 0));
  return rows.map((row) => `  ${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!))).join('  ')}`);
}
