import type { JsonSchema, Kind } from '../../lib/topology/kind';
import type { Plain, PlainValue } from '../../lib/topology/plain';

type Note = (point: string) => void;

/** The schema that a reference leads to. */
function followed(schema: JsonSchema, root: JsonSchema): { readonly schema: JsonSchema; readonly name: string | undefined } {
  if (typeof schema.$ref !== 'string') return { schema, name: undefined };
  const name = schema.$ref.replace('#/definitions/', '');
  return { schema: (root.definitions as Readonly<Record<string, JsonSchema>>)[name]!, name };
}

const propertiesOf = (schema: JsonSchema) => (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
const choicesOf = (schema: JsonSchema) => (schema.anyOf ?? schema.oneOf ?? []) as readonly JsonSchema[];

/** What the schema lets a spec say: every setting, every value of every enumeration, both values of every yes or no, every form of a value. */
export function pointsOf(root: JsonSchema): Set<string> {
  const points = new Set<string>();
  const seen = new Set<string>();
  const visit = (given: JsonSchema, above: string) => {
    const { schema, name } = followed(given, root);
    if (name !== undefined && seen.has(name)) return;
    if (name !== undefined) seen.add(name);
    const at = name ?? above;
    for (const value of (schema.enum ?? []) as readonly unknown[]) points.add(`${at} = ${String(value)}`);
    if (schema.type === 'boolean') for (const value of [true, false]) points.add(`${at} = ${value}`);
    for (const [key, part] of Object.entries(propertiesOf(schema))) {
      points.add(`${at}.${key}`);
      visit(part, `${at}.${key}`);
    }
    choicesOf(schema).forEach((choice, i) => {
      if (choice.$ref === undefined) points.add(`${at} form ${i}`);
      visit(choice, at);
    });
    for (const part of [schema.items, schema.additionalProperties])
      if (typeof part === 'object' && part !== null) visit(part as JsonSchema, `${at}[]`);
  };
  visit(root, 'spec');
  return points;
}

/** Whether a value has the form of a choice, as far as its type tells. */
function fits(value: PlainValue, schema: JsonSchema): boolean {
  if (schema.const !== undefined) return schema.const === value;
  return schema.type === (Array.isArray(value) ? 'array' : typeof value);
}

/** Which of these points a spec says. */
export function coveredBy(spec: Plain, root: JsonSchema): Set<string> {
  const points = new Set<string>();
  const note: Note = (point) => points.add(point);
  const visit = (value: PlainValue, given: JsonSchema, above: string) => {
    const { schema, name } = followed(given, root);
    const at = name ?? above;
    if (schema.discriminator !== undefined) {
      if ((value as Plain).kind !== undefined) note(`${at}.kind`);
      const kind = choicesOf(schema).find(({ $ref }) => $ref === `#/definitions/component-${String((value as Plain).kind)}`);
      if (kind) visit(value, kind, at);
      return;
    }
    if ((schema.enum as readonly unknown[] | undefined)?.includes(value) || schema.type === 'boolean') note(`${at} = ${String(value)}`);
    choicesOf(schema).forEach((choice, i) => {
      const inner = followed(choice, root).schema;
      if (!fits(value, inner)) return;
      note(`${at} form ${i}`);
      visit(value, choice, at);
    });
    if (Array.isArray(value)) for (const item of value as readonly PlainValue[]) visit(item, (schema.items ?? {}) as JsonSchema, `${at}[]`);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value as Plain)) {
        const part = propertiesOf(schema)[key];
        if (part) {
          note(`${at}.${key}`);
          visit(entry, part, `${at}.${key}`);
        } else if (typeof schema.additionalProperties === 'object') {
          visit(entry, schema.additionalProperties as JsonSchema, `${at}[]`);
        }
      }
    }
  };
  visit(spec, root, 'spec');
  return points;
}

/** Every pair of kinds of which one may stand on the other. */
export function pairsOf(kinds: readonly Kind[]): Set<string> {
  return new Set(kinds.flatMap(({ name, mayDependOn }) => mayDependOn.map((on) => `${name} on ${on}`)));
}

/** The pairs of kinds that a spec has. */
export function pairsIn(spec: Plain): Set<string> {
  const components = spec.components as Readonly<Record<string, Plain>>;
  const pairs = Object.values(components).flatMap(({ kind, dependsOn }) =>
    ((dependsOn ?? []) as readonly (string | { readonly on: string })[]).map(
      (dependency) => `${String(kind)} on ${String(components[typeof dependency === 'string' ? dependency : dependency.on]?.kind)}`,
    ),
  );
  return new Set(pairs);
}
