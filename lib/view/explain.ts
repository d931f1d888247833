import type { ExplainDocument } from '../document/explain';
import { addressText } from './address';
import { quantityText, shareText, significant } from './numbers';

export interface ExplainView {
  readonly title: string;
  readonly sections: readonly {
    readonly title: string;
    readonly rows: readonly { readonly name: string; readonly value: string; readonly formula: string }[];
  }[];
  readonly sources: readonly string[];
}

type Line = ExplainDocument['sections'][number]['lines'][number];

/** Words an explanation. */
export function explainView({ address, topology, sections, assumptions }: ExplainDocument): ExplainView {
  return {
    title: `${addressText(address)} of ${topology}`,
    sections: sections.map(({ title, lines }) => ({
      title,
      rows: lines.map((line) => ({ name: line.name, value: valueText(line), formula: line.formula ?? '' })),
    })),
    sources: assumptions.map(({ name, value, range, unit, basis, source, date, covers, from }) => {
      const spread = range ? ` (${quantityText(range[0], unit)} to ${quantityText(range[1], unit)})` : '';
      const origin = from === 'default' ? '' : `, set by ${from.join('.')}`;
      return `${name}: ${quantityText(value, unit)}${spread}, ${basis}${origin}. ${covers}. ${source} (${date})`;
    }),
  };
}

function valueText({ value, unit }: Line): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (unit === 'share') return shareText(value);
  if (unit === 'count') return String(value);
  return unit === null ? significant(value, 3) : quantityText(value, unit);
}
