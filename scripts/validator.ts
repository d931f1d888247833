import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { kinds } from '../lib/kinds/kinds.generated';
import { policySchema } from '../lib/spec/policy-schema';
import { schemaOf } from '../lib/spec/schema';

/** The JSON Schema of specs, as it is published. */
export function schemaText(): string {
  return `${JSON.stringify(schemaOf(kinds), null, 2)}\n`;
}

/** The JSON Schema of `nines.yaml`, as it is published. */
export function policySchemaText(): string {
  return `${JSON.stringify(policySchema(), null, 2)}\n`;
}

/** What a schema says to people and not to data. */
const annotations = ['title', 'description', 'examples'];

/** The schema without annotations, which the code would carry along. `properties` may have any names. */
function bare(schema: unknown, names = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => bare(item));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => names || !annotations.includes(key))
      .map(([key, value]) => [key, bare(value, !names && (key === 'properties' || key === 'definitions'))]),
  );
}

/** The schema as a function, so that start-up does not compile it. */
export function validatorCode(schema: object = schemaOf(kinds)): string {
  const ajv = new Ajv({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    unicodeRegExp: false,
    messages: false,
    code: { source: true, lines: true, optimize: 2 },
  });
  return `// Made by \`npm run generate\` from the schema. Not to be edited.\n${standaloneCode(ajv, ajv.compile(bare(schema) as object))}`;
}
