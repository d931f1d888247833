import { readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { registriesOf } from './registries';

const root = join(__dirname, '..');
for (const [path, text] of Object.entries(registriesOf(root))) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  writeFileSync(file, text);
  process.stderr.write(`wrote ${path}\n`);
}
