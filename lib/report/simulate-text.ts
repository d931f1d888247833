import type { SimulateDocument } from '../document/simulate';
import { simulateView } from '../view/simulate';
import { visible } from './visible';

/** Simulated numbers beside exact ones, for a person at a terminal. */
export function simulateText(document: SimulateDocument): string {
  return document.topologies
    .map((topology) => {
      const view = simulateView(topology);
      const header = ['', 'exact', 'simulated', 'between', 'apart'];
      const rows = view.flows.flatMap(({ flow, rows: measures }) => [
        [flow, '', '', '', ''],
        ...measures.map(({ between, difference, exact, measure, simulated }) => [`  ${measure}`, exact, simulated, between, difference]),
      ]);
      const table = [header, ...rows].map((row) => row.map(visible));
      const widths = header.map((_, column) => table.reduce((widest, row) => Math.max(widest, row[column]!.length), 0));
      const lines = table.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`.trimEnd());
      return `${[visible(view.verdict), '', ...lines, '', ...view.notes.map((note) => `  ${visible(note)}`)].join('\n')}\n`;
    })
    .join('\n');
}
