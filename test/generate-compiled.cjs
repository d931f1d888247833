// The compiled schema is made before the tests where it is older than what it is made from: it is too large and changes too often to be committed.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');

function newest(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);
}

module.exports = () => {
  const made = ['validate', 'validate-policy'].map((name) => join(root, `lib/spec/${name}.generated.js`));
  const sources = ['lib/kinds', 'lib/spec', 'lib/units', 'lib/resolve', 'lib/topology', 'scripts'].map((folder) =>
    newest(join(root, folder)),
  );
  if (made.every((file) => existsSync(file) && statSync(file).mtimeMs > Math.max(...sources))) return;
  execFileSync(process.execPath, ['scripts/run.cjs', 'scripts/generate.ts', '--validator'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
};
