import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildKernel } from './kernel';
import { registriesOf } from './registries';

const root = join(__dirname, '..');

function write(path: string, text: string): boolean {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    // It is as new as what it is made from.
    const now = new Date();
    utimesSync(file, now, now);
    return false;
  }
  writeFileSync(file, text);
  process.stderr.write(`wrote ${path}\n`);
  return true;
}

// `--validators` and `--kernel` leave the committed files as they are, so that a test can find them stale.
const asked = process.argv.filter((argument) => ['--validators', '--kernel'].includes(argument));
const everything = asked.length === 0;
if (everything) for (const [path, text] of Object.entries(registriesOf(root))) write(path, text);

if (everything || asked.includes('--validators')) {
  // The schema follows from the registry of kinds, which may only now be right.
  // eslint-disable-next-line typescript/no-require-imports
  const { policySchemaText, schemaText, validatorCode, verdictCode } = require('./validator') as typeof import('./validator');
  write('lib/spec/verdict.generated.js', verdictCode());
  write('lib/spec/validate.generated.js', validatorCode());
  write('lib/spec/validate-policy.generated.js', validatorCode(JSON.parse(policySchemaText()) as object));
  if (everything) {
    write('nines.schema.json', schemaText());
    write('nines-policy.schema.json', policySchemaText());
  }
}
if (everything || asked.includes('--kernel')) buildKernel();
