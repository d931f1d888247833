// What is compiled from our sources, the schema of specs and the kernel, is made before the tests where it is older than what it is made from: it is too
// large and changes too often to be committed.
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const folders = ['lib/kinds', 'lib/spec', 'lib/units', 'lib/resolve', 'lib/topology', 'scripts'];

/** What each is made from; the kernel takes the normal distribution from the engine. */
const compiled = [
  {
    option: '--validators',
    made: ['verdict', 'validate', 'validate-policy'].map((name) => `lib/spec/${name}.generated.js`),
    from: folders,
  },
  {
    option: '--kernel',
    made: ['lib/kernel/kernel.generated.js'],
    from: ['lib/kernel/assembly', 'lib/engine/normal.ts', 'scripts/kernel.ts'],
  },
];

function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);
}

const isFresh = ({ from, made }) => {
  const latest = Math.max(...from.map((path) => newest(join(root, path))));
  return made.every((file) => existsSync(join(root, file)) && statSync(join(root, file)).mtimeMs > latest);
};

module.exports = () => {
  const stale = compiled.filter((one) => !isFresh(one)).map(({ option }) => option);
  if (stale.length === 0) return;
  execFileSync(process.execPath, ['scripts/run.cjs', 'scripts/generate.ts', ...stale], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
};
