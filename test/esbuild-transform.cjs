// TypeScript to CommonJS for jest: types are checked by tsc, here they are only removed.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const options = { format: 'cjs', target: 'node20', sourcemap: 'both', supported: { 'dynamic-import': false } };

module.exports = {
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(JSON.stringify([version, options, path, source]))
      .digest('hex'),
  process(source, path) {
    const { code, map } = transformSync(source, { ...options, loader: path.endsWith('.ts') ? 'ts' : 'js', sourcefile: path });
    return { code, map };
  },
};
