// Runs a TypeScript script with its imports: node scripts/run.cjs scripts/generate.ts
const { buildSync } = require('esbuild');
const { resolve } = require('node:path');
const Module = require('node:module');

const file = resolve(process.argv[2]);
const { outputFiles } = buildSync({
  entryPoints: [file],
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  write: false,
});
process.setSourceMapsEnabled(true);
process.argv.splice(1, 2, file);
const script = new Module(file, null);
script.filename = file;
script.paths = Module._nodeModulePaths(resolve(file, '..'));
script._compile(outputFiles[0].text, file);
