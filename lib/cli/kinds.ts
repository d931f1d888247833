import type { Assumption } from '../assumptions/assumption';
import { didYouMean } from '../diagnostics/did-you-mean';
import { kinds } from '../kinds/kinds.generated';
import type { JsonSchema, Kind } from '../topology/kind';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { parseFormats, writeFormats } from './formats';
import { parseOptions } from './options';

const help = `Usage: nines kinds [KIND] [--format text|json[=FILE]]

The catalogue of component kinds; of one kind its settings, and what the estimate assumes about it, with the source of each number.

Examples
  nines kinds
  nines kinds database
  nines kinds database --format json
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { format: 'values' });
  if (positionals.length > 1) throw new UsageError('it takes at most one kind.');
  const formats = parseFormats(options.format, ['text', 'json'], io);
  const shown = positionals[0] === undefined ? kinds : [find(positionals[0])];
  const text = positionals[0] === undefined ? catalogue : () => details(shown[0]!);
  writeFormats(
    formats,
    (format) => (format === 'text' ? text() : `${JSON.stringify({ version: 1, kinds: shown.map(asJson) }, null, 2)}\n`),
    io,
  );
  return 0;
}

export const command: Command = { name: 'kinds', summary: 'the catalogue of component kinds', help, run };

function find(name: string): Kind {
  const kind = kinds.find((candidate) => candidate.name === name);
  if (kind) return kind;
  const names = kinds.map((candidate) => candidate.name);
  const meant = didYouMean(name, names);
  throw new UsageError(`there is no kind ${JSON.stringify(name)}.${meant ? ` Did you mean ${meant}?` : ''} Kinds: ${names.join(', ')}.`);
}

function catalogue(): string {
  const width = Math.max(...kinds.map(({ name }) => name.length));
  return `${kinds.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`).join('\n')}\n\nOne kind in full: nines kinds KIND\n`;
}

function details(kind: Kind): string {
  const needs = kind.mayDependOn.length > 0 ? kind.mayDependOn.join(', ') : 'nothing';
  return [
    `${kind.name}: ${kind.summary}`,
    '',
    'Settings',
    ...settingsOf(kind.schema, ''),
    '  Every component also takes dependsOn, assumptions, terraform, was and allowReplacement.',
    '',
    `May depend on: ${needs}`,
    `Resources whose further arguments \`terraform:\` sets: ${Object.keys(kind.owns).join(', ') || 'none'}`,
    '',
    'Assumptions (value, 5 % to 95 % range, basis, source)',
    ...(kind.assumptions.length > 0 ? kind.assumptions.map(assumed) : ['  none: every number is stated in the spec']),
    '',
  ].join('\n');
}

/** Settings with those inside of them, `healthCheck.interval`. */
function settingsOf({ properties, required = [] }: Kind['schema'], within: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const line = `  ${within}${name}${required.includes(name) ? ' (required)' : ''}: ${typeOf(schema)}${described(schema)}`;
    const inner = schema.properties === undefined ? [] : settingsOf(schema as unknown as Kind['schema'], `${within}${name}.`);
    return [line, ...inner];
  });
}

const described = (schema: JsonSchema) => (typeof schema.description === 'string' ? `\n      ${schema.description}` : '');

function typeOf(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  const options = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (options) return options.map(typeOf).join(' | ');
  return typeof schema.type === 'string' ? schema.type : 'value';
}

/** The exact numbers: nothing is rounded here. */
function assumed({ name, value, range, unit, basis, source, date, covers }: Assumption): string {
  const spread = range ? ` (${range[0]} to ${range[1]})` : '';
  return `  ${name}: ${value}${unit === 'probability' ? '' : ` ${unit}`}${spread}, ${basis}\n      ${covers}\n      ${source} (${date})`;
}

const asJson = ({ name, summary, schema, mayDependOn, reach, assumptions, owns }: Kind) => ({
  name,
  summary,
  settings: schema,
  mayDependOn,
  reach,
  assumptions,
  resources: Object.keys(owns),
});
