// Runs a TypeScript script of this folder: node scripts/run.cjs scripts/x.ts ARGUMENTS. Types are checked by tsc, here they are only removed.
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const { transformSync } = require('esbuild');

require.extensions['.ts'] = (module, path) => {
  const { code } = transformSync(readFileSync(path, 'utf8'), {
    loader: 'ts',
    format: 'cjs',
    target: 'node20',
    // import() of a TypeScript file would go around this hook.
    supported: { 'dynamic-import': false },
    sourcefile: path,
    sourcemap: 'inline',
  });
  module._compile(code, path);
};
const [script, ...args] = process.argv.slice(2);
process.argv = [process.argv[0], script, ...args];
require(resolve(script));
