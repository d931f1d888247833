import type { EditDocument } from '../document/diff';
import { addressText } from './address';

/**
 * What was changed, as a reviewer would say it.
 * @example editText({ address: 'component/db', setting: 'form', before: 'single', after: 'multi-az', … }) // => 'db: form single → multi-az'
 */
export function editText({ address, after, before, setting }: Pick<EditDocument, 'address' | 'setting' | 'before' | 'after'>): string {
  const subject = subjectText(address);
  // An override that is there or not: what counts is the number.
  if (address.startsWith('assumption/')) {
    const [one, other] = [before, after].map((value) => (value === null ? 'default' : valueText(value)));
    return `${subject}: ${one} → ${other}${setting === null ? '' : ` (${setting})`}`;
  }
  if (setting === null) {
    if (before === null) return `${subject} added`;
    if (after === null) return `${subject} removed`;
    return `${subject} became another one${kinds(before, after)}`;
  }
  const [first, ...rest] = setting.split('.');
  const other = rest.join('.');
  if (first === 'dependsOn' && other !== '') {
    if (before === null) return `${subject} now depends on ${other}${after === 'degraded' ? ' (without it: degraded)' : ''}`;
    if (after === null) return `${subject} no longer depends on ${other}`;
    return `${subject} without ${other}: ${valueText(before)} → ${valueText(after)}`;
  }
  if ((first === 'requires' || first === 'atomic') && other !== '' && (before === null || after === null)) {
    const verb = first === 'requires' ? 'requires' : 'is atomic over';
    return before === null ? `${subject} now ${verb} ${other}` : `${subject} no longer ${verb} ${other}`;
  }
  return `${subject}: ${setting} ${before === null ? 'unset' : valueText(before)} → ${after === null ? 'unset' : valueText(after)}`;
}

function subjectText(address: string): string {
  const name = address.slice(address.indexOf('/') + 1);
  if (address.startsWith('region/')) return `region ${name}`;
  if (address.startsWith('assumption/')) return `assumption ${name}`;
  return address.startsWith('topology/') ? name : addressText(address);
}

const longest = 60;

function valueText(value: EditDocument['before']): string {
  const text = typeof value === 'string' ? value : assumptionText(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** An override by its number; everything else as JSON. */
function assumptionText(value: EditDocument['before']): string {
  if (typeof value === 'object' && value !== null && 'value' in value) return String(value.value);
  return JSON.stringify(value);
}

function kinds(before: EditDocument['before'], after: EditDocument['after']): string {
  const kind = (value: EditDocument['before']): string | null =>
    typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : null;
  const [one, other] = [kind(before), kind(after)];
  return one !== null && other !== null && one !== other ? `: ${one} → ${other}` : '';
}
