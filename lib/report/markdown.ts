import { visible } from './visible';

// Characters that mean something in Markdown, HTML or to a platform that reads it. A dot, comma or hyphen inside a line does no harm, and numbers stay readable in the source.
const special = /[\\`*_{}[\]()#+!|<>&~@:$]/g;

/**
 * Text that stays what it is in Markdown: no markup, no HTML, no mention of a user, no automatic link, no cell of a table.
 * @example markdownText('a|b @everyone') // => 'a&#124;b &#64;everyone'
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(special, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/www\./gi, (match) => `${match.slice(0, 3)}&#46;`);
}

/** A table; cells are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A part that is closed until a reader opens it. */
export function markdownDetails(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
