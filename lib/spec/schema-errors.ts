import { error, type Diagnostic, type SettingPath } from '../diagnostics/diagnostic';
import { instead, quote } from '../diagnostics/way-out';
import type { JsonSchema } from '../topology/kind';
import type { Plain, PlainValue } from '../topology/plain';
import { withoutOtherForms } from './chosen-form';
import { definitionOf } from './schema';
import { boundsOf, counted, described, exampleOf, formDescribed, sizesOf, typeOf, wanted, wayOut } from './rule-words';

/** What the compiled schema says of a value that it refuses. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Explained {
  readonly diagnostics: readonly Diagnostic[];
  /** Settings that cannot be counted on. */
  readonly invalid: readonly SettingPath[];
}

/** Kinds are looked up, and their names reported, where references are resolved; a missing one is a missing setting. */
const saidElsewhere = (failure: SchemaError) => failure.keyword === 'discriminator';

/** Names have a rule of their own with a better way out. */
const isName = (failure: SchemaError) => /^#\/properties\/name\/(pattern|maxLength)$/.test(failure.schemaPath);

/** The schema's refusals as diagnostics, each about the form that was meant. */
export function explainSchemaErrors(failures: readonly SchemaError[], schema: JsonSchema, settings: PlainValue): Explained {
  const told = withoutOtherForms(failures).filter((failure) => !saidElsewhere(failure) && !isName(failure));
  const explained = told.map((failure) => explain(failure, schema, settings));
  return { diagnostics: explained, invalid: explained.map(({ path }) => path) };
}

function pathOf({ instancePath }: SchemaError, settings: PlainValue): SettingPath {
  let value: PlainValue | undefined = settings;
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = partOf(value, step);
      return step;
    });
}

function partOf(value: PlainValue | undefined, step: string | number): PlainValue | undefined {
  if (Array.isArray(value)) return (value as readonly PlainValue[])[step as number];
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Plain)[step as string] : undefined;
}

function valueAt(settings: PlainValue, path: SettingPath): PlainValue | undefined {
  return path.reduce<PlainValue | undefined>(partOf, settings);
}

/** The part of the schema that an error names, without its keyword. Schema paths begin where the last reference led. */
function ruleOf({ schemaPath }: SchemaError, path: SettingPath, schema: JsonSchema, settings: PlainValue): JsonSchema {
  const steps = schemaPath
    .split('/')
    .slice(1, -1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const rule = steps.reduce<unknown>(
    (part, step) => (typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[step] : undefined),
    definitionFor(path, schema, settings),
  );
  return (rule ?? {}) as JsonSchema;
}

const sharedByReference = ['dependsOn', 'assumptions', 'terraform'];

function definitionFor(path: SettingPath, schema: JsonSchema, settings: PlainValue): JsonSchema {
  const definitions = schema.definitions as Readonly<Record<string, JsonSchema>>;
  const [section, name, inner, own] = path;
  if (name === undefined) return schema;
  if (section === 'assumptions' || (section === 'components' && inner === 'assumptions' && own !== undefined)) return definitions.override!;
  if (section === 'components' && sharedByReference.includes(String(inner))) return definitions[String(inner)]!;
  if (section === 'flows') return (inner === 'target' ? definitions.target : definitions.flow)!;
  if (section === 'regions') return definitions.region!;
  if (section !== 'components') return schema;
  const kind = valueAt(settings, ['components', name, 'kind']);
  const ofKind = definitionOf(String(kind));
  return (Object.hasOwn(definitions, ofKind) ? definitions[ofKind] : definitions.component)!;
}

function explain(failure: SchemaError, schema: JsonSchema, settings: PlainValue): Diagnostic & { readonly path: SettingPath } {
  const path = pathOf(failure, settings);
  const rule = ruleOf(failure, path, schema, settings);
  const value = valueAt(settings, path);
  const where = { path, ...addressOf(path) };
  const about = (code: string, summary: string, detail: string) => ({ ...error(code, summary, detail, where), path });
  switch (failure.keyword) {
    case 'additionalProperties':
      return unknownKey(String(failure.params.additionalProperty), path, rule);
    case 'required':
      return missing(String(failure.params.missingProperty), path, rule);
    case 'type':
      return about(
        'spec/type',
        'Wrong type of value',
        `${quote(value)} is ${typeOf(value)}; here ${wanted(rule)} is expected.${wayOut(value, rule)}`,
      );
    case 'enum':
      return about(
        'spec/value',
        'Value not allowed',
        `${quote(value)} is not one of the values. ${instead(String(value), (rule.enum as unknown[]).map(String), 'Values')}`,
      );
    case 'const':
      return about('spec/value', 'Value not allowed', `${quote(value)} is not allowed here: write ${quote(rule.const)}.`);
    case 'pattern':
      return about('spec/form', 'Value of the wrong form', `${quote(value)} is not ${formDescribed(rule)}.`);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return about('spec/range', 'Number out of range', `${quote(value)} is out of range: write a number ${boundsOf(rule)}.`);
    case 'minLength':
    case 'maxLength':
      return about(
        'spec/length',
        'Text too short or too long',
        `The text has ${String(value).length} characters and may have ${sizesOf(rule.minLength, rule.maxLength)}.`,
      );
    case 'minItems':
    case 'maxItems':
      return about(
        'spec/length',
        'List too short or too long',
        `The list has ${counted((value as unknown[]).length)} and may have ${sizesOf(rule.minItems, rule.maxItems)}.`,
      );
    case 'minProperties':
    case 'maxProperties':
      return about(
        'spec/length',
        'Too few or too many entries',
        `It has ${counted(Object.keys(value as Plain).length)} and may have ${sizesOf(rule.minProperties, rule.maxProperties)}. ${described(rule)}`.trim(),
      );
    case 'uniqueItems':
      return about('spec/duplicate', 'Entry written twice', 'The same entry is in the list twice. Remove one.');
    default:
      return about(
        'spec/form',
        'Value of the wrong form',
        `${quote(value)} has none of the forms that are possible here. ${described(rule)}`.trim(),
      );
  }
}

/** `component/C` and so on, where a setting lies in one. */
function addressOf([section, name]: SettingPath): { address?: string } {
  const subject = (
    { components: 'component', flows: 'flow', regions: 'region', assumptions: 'assumption' } as Record<string, string | undefined>
  )[String(section)];
  return subject !== undefined && name !== undefined ? { address: `${subject}/${name}` } : {};
}

/** Keys that other tools or later versions know, by the place where they stand. */
const foreign: Readonly<Record<string, string>> = {
  network: 'Existing networks come in a later version: this one makes the network of a region itself.',
  environments: 'Environments come in a later version: write one spec for each until then.',
};

function unknownKey(key: string, parent: SettingPath, rule: JsonSchema): Diagnostic & { readonly path: SettingPath } {
  const path = [...parent, key];
  const hint =
    Object.hasOwn(foreign, key) && parent.length === 0
      ? foreign[key]!
      : instead(key, Object.keys((rule.properties ?? {}) as object), 'Settings');
  return {
    ...error('spec/unknown-key', 'Unknown setting', `There is no setting ${quote(key)} here. ${hint}`, {
      path,
      atKey: true,
      ...addressOf(parent),
    }),
    path,
  };
}

function missing(key: string, parent: SettingPath, rule: JsonSchema): Diagnostic & { readonly path: SettingPath } {
  const path = [...parent, key];
  const setting = ((rule.properties ?? {}) as Readonly<Record<string, JsonSchema>>)[key] ?? {};
  const detail = `${quote(key)} is missing. ${described(setting)}${exampleOf(setting, ' Such as ', `${key}: `)}`.trim();
  return { ...error('spec/missing', 'Setting is missing', detail, { path, atKey: true, ...addressOf(parent) }), path };
}
