import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';

const [longestKey, longestValue] = [128, 256];

/** What is wrong with the tags of all resources. */
export function checkTags(tags: Readonly<Record<string, string>>): Diagnostic[] {
  if (Object.keys(tags).length === 0) return [];
  // What AWS allows in keys and values of tags in every service; it keeps out `${`, which Terraform would take for an expression. Made only
  // where there are tags, since it takes a noticeable part of a start.
  const allowed = /^[\p{L}\p{N}\p{Zs}_.:/=+@-]*$/u;
  return Object.entries(tags).flatMap(([key, value]) => {
    const path = ['tags', key];
    if (key === '' || key.length > longestKey || !allowed.test(key) || key.toLowerCase().startsWith('aws:')) {
      const detail = `${quote(key)} is no key of a tag: 1 to ${longestKey} letters, digits, spaces and _.:/=+@-, not beginning with aws:. Rename it.`;
      return [error('spec/tags', 'Tag that AWS does not take', detail, { path, atKey: true })];
    }
    if (value.length <= longestValue && allowed.test(value)) return [];
    const detail = `${quote(value)} is no value of a tag: up to ${longestValue} letters, digits, spaces and _.:/=+@-. Leave out the other characters.`;
    return [error('spec/tags', 'Tag that AWS does not take', detail, { path })];
  });
}
