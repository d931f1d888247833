import { resolve } from 'node:path';
import { kinds } from '../kinds/kinds.generated';
import { policySchema } from '../spec/policy-schema';
import { schemaOf } from '../spec/schema';
import { UsageError, type Command, type ExitCode, type Io } from './command';
import { writeWhole } from './formats';
import { parseOptions } from './options';

const help = `Usage: nines schema [OPTIONS]

The JSON Schema of specs, for editors: completion, checks and descriptions while typing. A spec names it in its first line:
  # yaml-language-server: $schema=./nines.schema.json

Options
  --policy    the schema of nines.yaml instead
  --out FILE  write it there (default: standard output)

Examples
  nines schema --out nines.schema.json
  nines schema --policy --out nines-policy.schema.json
  nines schema | jq '.definitions | keys'
`;

async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { options, positionals } = parseOptions(args, { out: 'value', policy: 'flag' });
  if (positionals.length > 0) throw new UsageError('it takes no arguments.');
  const text = `${JSON.stringify(options.policy ? policySchema() : schemaOf(kinds), null, 2)}\n`;
  if (options.out === undefined) io.stdout.write(text);
  else writeWhole(resolve(io.cwd, options.out), text);
  return 0;
}

export const command: Command = { name: 'schema', summary: 'the JSON Schema of specs', help, run };
