// What is compiled from our sources, the schema of specs and the kernel, is made before the tests where it is older than what it is made from: it is too
// large and changes too often to be committed.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const changed = (file) => statSync(file).mtimeMs;

function newest(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, changed(join(entry.parentPath ?? entry.path, entry.name))), 0);
}

module.exports = () => {
  const made = ['spec/validate', 'spec/validate-policy', 'kernel/kernel'].map((name) => join(root, `lib/${name}.generated.js`));
  const folders = ['lib/kinds', 'lib/spec', 'lib/units', 'lib/resolve', 'lib/topology', 'lib/kernel', 'scripts'];
  // The kernel takes the normal distribution from the engine.
  const sources = [...folders.map((folder) => newest(join(root, folder))), changed(join(root, 'lib/engine/normal.ts'))];
  if (made.every((file) => existsSync(file) && changed(file) > Math.max(...sources))) return;
  execFileSync(process.execPath, ['scripts/run.cjs', 'scripts/generate.ts', '--compiled'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
};
