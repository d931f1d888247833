import { Token } from 'cdktf';
import { error, type Diagnostic } from '../diagnostics/diagnostic';
import { quote } from '../diagnostics/way-out';
import type { JsonSchema, Kind } from '../topology/kind';
import type { Plain, PlainValue } from '../topology/plain';

/**
 * Settings that a spec could not say either. A spec is held against the schema by its reader; the types of TypeScript know nothing of patterns and
 * ranges. What is a token is not known yet.
 */
export function refusedSettings(name: string, kind: Kind, written: Plain): Diagnostic[] {
  const missing = (kind.schema.required ?? [])
    .filter((setting) => written[setting] === undefined)
    .map((setting) => refused(`"${name}" needs "${setting}".`, kind.schema.properties[setting]));
  return [...missing, ...wrongIn(name, kind.schema.properties, written, '')];
}

function wrongIn(name: string, properties: Readonly<Record<string, JsonSchema>>, given: Plain, within: string): Diagnostic[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key]! : undefined;
    if (schema === undefined || value === undefined || Token.isUnresolved(value)) return [];
    if (!fits(value, schema))
      return [
        refused(
          `"${name}" is given ${typeof value === 'number' ? value : quote(value)} for "${within}${key}", which does not take that.`,
          schema,
        ),
      ];
    const inner = schema.properties as Readonly<Record<string, JsonSchema>> | undefined;
    if (inner === undefined) return [];
    const unknown = Object.keys(value as Plain).find((one) => schema.additionalProperties === false && !Object.hasOwn(inner, one));
    if (unknown !== undefined)
      return [
        refused(
          `"${name}" is given "${within}${key}.${unknown}", which is no setting. There are ${Object.keys(inner).join(', ')}.`,
          undefined,
        ),
      ];
    return wrongIn(name, inner, value as Plain, `${within}${key}.`);
  });
}

function refused(what: string, schema: JsonSchema | undefined): Diagnostic {
  const { description, enum: values, examples, maximum, minimum } = schema ?? {};
  const hints = [
    typeof description === 'string' ? description : '',
    Array.isArray(values) ? `One of ${values.join(', ')}.` : '',
    minimum === undefined || maximum === undefined ? '' : `From ${String(minimum)} to ${String(maximum)}.`,
    Array.isArray(examples) ? `Such as ${String(examples[0])}.` : '',
  ];
  return error('terraform/setting', 'A setting of the wrong kind', [what, ...hints].filter((text) => text !== '').join(' '));
}

/** The words of JSON Schema that kinds use; a test holds that there are no others. */
export const understood: readonly string[] =
  'type enum pattern minLength maxLength minimum maximum exclusiveMinimum properties additionalProperties required description examples'.split(
    ' ',
  );

function fits(value: PlainValue, schema: JsonSchema): boolean {
  const limit = (word: string, otherwise: number) => (typeof schema[word] === 'number' ? schema[word] : otherwise);
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) return false;
  switch (schema.type) {
    case 'string':
      return (
        typeof value === 'string' &&
        (typeof schema.pattern !== 'string' || new RegExp(schema.pattern, 'u').test(value)) &&
        value.length >= limit('minLength', 0) &&
        value.length <= limit('maxLength', Infinity)
      );
    case 'integer':
    case 'number':
      return (
        typeof value === 'number' &&
        (schema.type === 'integer' ? Number.isInteger(value) : Number.isFinite(value)) &&
        value >= limit('minimum', -Infinity) &&
        value <= limit('maximum', Infinity) &&
        value > limit('exclusiveMinimum', -Infinity)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}
