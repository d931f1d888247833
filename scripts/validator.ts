import Ajv, { type Options } from 'ajv';
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

const made = '// Made by `npm run generate` from the schema. Not to be edited.\n';

function compiled(schema: object, options: Options): string {
  const ajv = new Ajv({
    discriminator: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    unicodeRegExp: false,
    messages: false,
    ...options,
    code: { source: true, lines: true, optimize: 2 },
  });
  return standaloneCode(ajv, ajv.compile(bare(schema) as object));
}

/** The schema as a function that tells everything that is wrong. It is large, so it is made when something is. */
export function validatorCode(schema: object = schemaOf(kinds)): string {
  const code = compiled(schema, { allErrors: true });
  return `${made}let validate;
module.exports = () => (validate ??= make({}));
function make(module) {
${code}
return module.exports;
}
`;
}

/** The schema as a function that only tells whether something is wrong: most specs are good, and every start-up reads it. */
export function verdictCode(schema: object = schemaOf(kinds)): string {
  const code = compiled(schema, { allErrors: false })
    .replace(/^(validate\d+\.errors) = \[\{.*\}\];$/gm, '$1 = something;')
    .replace(/^(const err\d+) = \{.*\};$/gm, '$1 = true;');
  return `${made}const something = [true];\n${namesOnly(code)}\n`;
}

/** Of the schema, only the names of properties are looked up by the code that is left; whatever else stood there was for what has been taken out. */
function namesOnly(code: string): string {
  return code.replace(/^const (schema\d+) = (.*);$/gm, (line, name: string, schema: string) => {
    const used = code.replace(line, '').match(new RegExp(`\\b${name}\\b\\S*`, 'g')) ?? [];
    if (used.length === 0) return '';
    if (!used.every((use) => use.startsWith(`${name}.properties,`)))
      throw new Error(`The verdict asks for more of ${name} than names: ${used[0]}.`);
    const { properties } = JSON.parse(schema) as { readonly properties: object };
    return `const ${name} = ${JSON.stringify({ properties: Object.fromEntries(Object.keys(properties).map((key) => [key, 0])) })};`;
  });
}
