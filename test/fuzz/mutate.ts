import type { Random } from '../../lib/engine/random';
import type { Plain, PlainValue } from '../../lib/topology/plain';
import { oneOf, whole } from '../random-topologies/draw';

/** Values that are out of place almost everywhere. */
const strange: readonly PlainValue[] = [
  null, true, false, 0, -1, 0.5, 1e308, -0, 9_007_199_254_740_992, '', ' ', '0', 'a', '__proto__', 'constructor', '../../x', 'a\u0000b', '\u202Ereversed',
  '99.95%', '100%', '0%', '1000%', '10s', '0s', '999999999999999d', '900/s', '0/s', '10.0.0.0/16', 'us-east-1a', [], [[]], [null], {}, { on: 'db-x' },
  { kind: 'queue' }, 'x'.repeat(5000),
]; // prettier-ignore

const keys = [
  'kind',
  'dependsOn',
  'on',
  'count',
  'needs',
  'assumptions',
  'terraform',
  'was',
  'zones',
  'cidr',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'a b',
  '',
  'x',
];

/** Every list and object inside a value, itself included. */
function containers(value: PlainValue, found: PlainValue[] = []): PlainValue[] {
  if (typeof value === 'object' && value !== null) {
    found.push(value);
    for (const part of Object.values(value as Plain)) containers(part, found);
  }
  return found;
}

/** Any value from elsewhere in the same spec: the right thing in the wrong place. */
function borrowed(random: Random, spec: PlainValue): PlainValue {
  const from = oneOf(random, containers(spec));
  const parts = Object.values(from as Plain);
  return structuredClone(parts.length > 0 ? oneOf(random, parts) : from);
}

/** A spec with some settings changed, added, removed or moved. */
export function mutateSettings(random: Random, given: Plain): Plain {
  const spec = structuredClone(given) as Plain;
  for (let changes = whole(random, 1, 4); changes > 0; changes--) {
    const target = oneOf(random, containers(spec)) as Record<string, PlainValue> | PlainValue[];
    const value = random.happens(0.5) ? structuredClone(oneOf(random, strange)) : borrowed(random, spec);
    if (Array.isArray(target)) {
      if (random.happens(0.5)) target.splice(whole(random, 0, target.length), random.happens(0.5) ? 1 : 0, value);
      else target.push(value, structuredClone(value));
      continue;
    }
    const key = random.happens(0.3) || Object.keys(target).length === 0 ? oneOf(random, keys) : oneOf(random, Object.keys(target));
    if (random.happens(0.25)) delete target[key];
    else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return spec;
}

const pieces = [
  '\t',
  '\n',
  '\r',
  ': ',
  '- ',
  '? ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '&a ',
  '*a ',
  '!!x ',
  '|',
  '>',
  '#',
  '%',
  '---\n',
  '...\n',
  '\u0000',
  '\uFEFF',
  '\\',
  '<<: ',
  '~',
  '.nan',
  '\u0085',
  '\u2028',
];

/** A text with some bytes changed, and pieces of YAML where they do not belong. */
export function mutateBytes(random: Random, text: string): Uint8Array {
  let bytes = Buffer.from(text);
  for (let changes = whole(random, 1, 6); changes > 0; changes--) {
    const at = whole(random, 0, bytes.length);
    const end = Math.min(bytes.length, at + whole(random, 0, random.happens(0.2) ? 200 : 3));
    const form = whole(random, 0, 4);
    const put =
      form === 0
        ? Buffer.from(oneOf(random, pieces))
        : form === 1
          ? Buffer.from([random.integer(256)])
          : form === 2
            ? bytes.subarray(end, end + 50)
            : Buffer.alloc(0);
    bytes = Buffer.concat([bytes.subarray(0, at), put, form === 4 ? bytes.subarray(at) : bytes.subarray(end)]);
  }
  return bytes;
}
