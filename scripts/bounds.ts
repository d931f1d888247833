import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { buildKernel } from './kernel';

/*
 * npm run test:bounds: runs what uses the kernel with one that stops where an array is read or written beyond its end. The one that is shipped does not
 * look.
 */

const root = resolve(__dirname, '..');
const jest = resolve(root, 'node_modules/jest/bin/jest.js');

buildKernel(true);
try {
  const { status } = spawnSync(process.execPath, [jest, 'lib/estimate', 'test/estimate', 'test/golden'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  buildKernel();
}
