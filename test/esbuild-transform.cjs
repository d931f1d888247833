// TypeScript to CommonJS for jest: types are checked by tsc, here they are only removed.
const { transformSync } = require('esbuild');

module.exports = {
  process(source, path) {
    const loader = path.endsWith('.ts') ? 'ts' : 'js';
    const { code, map } = transformSync(source, {
      loader,
      format: 'cjs',
      target: 'node20',
      sourcefile: path,
      sourcemap: 'both',
      supported: { 'dynamic-import': false },
    });
    return { code, map };
  },
};
