import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';

const read = (name: string) => readFileSync(join(__dirname, '../schemas', name), 'utf8');

const absolute = (text: string) => URL.canParse(text);

/** Whether something is SARIF by the official schema, with the URIs that it wants. */
export const sarifValid = () => {
  // Draft 4 and 7 differ in `id` and in exclusive bounds; this schema has none of the latter.
  const entries = Object.entries(JSON.parse(read('sarif-2.1.0.json')) as object).filter(([key]) => key !== '$schema' && key !== 'id');
  const schema: Record<string, unknown> = Object.fromEntries(entries);
  return new Ajv({
    strict: false,
    allErrors: true,
    // One of its patterns is none in Unicode mode.
    unicodeRegExp: false,
    formats: { uri: absolute, 'uri-reference': /^[A-Za-z0-9%:._~!'()*/#-]+$/, 'date-time': true },
  }).compile(schema);
};
