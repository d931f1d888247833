import type { ExplainDocument } from '../document/explain';
import { explainView } from '../view/explain';
import { visible } from './visible';

/** An explanation for a person at a terminal: sections of name, value and formula, then the sources. */
export function renderExplainText(document: ExplainDocument): string {
  const { title, sections, sources } = explainView(document);
  const parts = sections.map(({ title: heading, rows }) => {
    const [names, values] = [widest(rows.map(({ name }) => visible(name))), widest(rows.map(({ value }) => visible(value)))];
    const lines = rows.map(({ name, value, formula }) =>
      `  ${visible(name).padEnd(names)}  ${visible(value).padEnd(values)}${formula === '' ? '' : `  = ${visible(formula)}`}`.trimEnd(),
    );
    return `${visible(heading)}\n${lines.join('\n')}\n`;
  });
  const listed = sources.length > 0 ? [`Sources\n${sources.map((source) => `  ${visible(source)}`).join('\n')}\n`] : [];
  return [`${visible(title)}\n`, ...parts, ...listed].join('\n');
}

/** Wider names are not padded for: one long cut set would push all values off the screen. */
const widest = (texts: readonly string[]) => Math.min(72, Math.max(0, ...texts.map((text) => text.length)));
