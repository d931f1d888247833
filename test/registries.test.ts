import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registriesOf } from '../scripts/registries';

const root = join(__dirname, '..');

test.each(Object.entries(registriesOf(root)))(
  '%s lists the folders of lib/kinds as they are: otherwise run npm run generate',
  (path, text) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(text);
  },
);
